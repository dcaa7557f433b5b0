"""Merge names that refer to one person; an unsafe merge is worse than a missed one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from newsextract.language.gender import given_gender
from newsextract.language.person_names import Name, is_typo, rank_lone, same_person, spelling_key
from newsextract.language.rules import rule
from newsextract.language.strings import initials_of
from newsextract.stages.known import Known
from newsextract.stages.people.mentions import NameMention

_MOST_NAMESAKES = 30
_LONGEST_INITIALS = 4


@dataclass(slots=True, eq=False)
class Cluster:
    """The names of one person while they are gathered."""

    names: list[Name] = field(default_factory=list)
    mentions: list[NameMention] = field(default_factory=list)
    key: str | None = None
    told_gender: str | None = None
    lone: Counter[tuple[str, ...]] = field(default_factory=Counter)
    last_free: int = -1

    @property
    def fullest(self) -> Name:
        """The name of the most words."""
        return max(self.names, key=lambda name: len(name.words))

    @property
    def gender(self) -> str | None:
        """The gender that honorifics and the given name imply."""
        return self.told_gender or given_gender(self.fullest)

    @property
    def is_called_by_given(self) -> bool:
        """Whether the given name alone means this person, as it does a child."""
        return self.lone[self.fullest.words[:1]] > 0

    @property
    def may_have_other_gender(self) -> bool:
        """Whether only the given name tells the gender, and it was read before the surname."""
        return self.told_gender is None and any(m.name.is_full for m in self.mentions)

    def add(self, mention: NameMention) -> None:
        """Add one mention.

        ``lone`` is how often each name alone meant this person, ``last_free`` where the person was
        named last without a preposition before the name.
        """
        self.mentions.append(mention)
        self.told_gender = self.told_gender or mention.name.gender
        self.lone[mention.name.words] += not mention.name.is_full
        self.last_free = self.last_free if mention.depends else mention.start


@dataclass(slots=True)
class _Index:
    """Clusters by the words of their names, so that no name is compared with all others."""

    words: dict[str, dict[Cluster, None]] = field(default_factory=lambda: defaultdict(dict))
    starts: dict[str, dict[Cluster, None]] = field(default_factory=lambda: defaultdict(dict))
    keys: dict[str, Cluster] = field(default_factory=dict)

    def add(self, cluster: Cluster, name: Name) -> None:
        """File ``cluster`` under the words of ``name``."""
        cluster.names.append(name)
        for word in (*name.words, initials_of(name.words)):
            self.words[spelling_key(word)][cluster] = None
        self.starts[name.words[-1][:3]][cluster] = None

    def find(self, word: str) -> list[Cluster]:
        """Return the clusters that have ``word`` in a name."""
        return list(islice(self.words.get(spelling_key(word), ()), _MOST_NAMESAKES))

    def find_start(self, word: str) -> list[Cluster]:
        """Return the clusters that have a family name with the first letters of ``word``."""
        return list(islice(self.starts.get(word[:3], ()), _MOST_NAMESAKES))


def merge_names(
    mentions: Sequence[NameMention],
    known: Known | None = None,
    aliases: Iterable[tuple[Name, Name]] = (),
) -> list[Cluster]:
    """Return one cluster a person, in text order of the first mention.

    Full names first, the longest before the shorter; then each lone name by itself, so that
    one surname can mean two people in one article. ``aliases`` are pairs of names that the text
    says are one person's.
    """
    index = _Index()
    known = known or Known()
    clusters: dict[Cluster, None] = {}
    counts = Counter(m.name.words for m in mentions)
    pairs = [either for pair in aliases for either in (pair, pair[::-1])]
    homes = _merge_full(mentions, index, known, pairs)
    genders = _find_genders(mentions)
    for name, alias in pairs:
        if name in homes and alias not in homes:
            index.add(homes[name], alias)
            homes[alias] = homes[name]
    for mention in mentions:
        cluster = homes.get(mention.name) or _find_known(mention.name, index, known)
        cluster = cluster or _find_lone(mention, index, counts, genders.get(mention.name.words))
        if cluster is None:
            cluster = Cluster()
            index.add(cluster, mention.name)
        cluster.add(mention)
        clusters[cluster] = None
    return list(clusters)


def _find_genders(mentions: Sequence[NameMention]) -> dict[tuple[str, ...], str]:
    """Return the gender of each name whose honorifics agree."""
    told: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.name.gender:
            told[mention.name.words].add(mention.name.gender)
    return {words: genders.pop() for words, genders in told.items() if len(genders) == 1}


def _merge_full(
    mentions: Sequence[NameMention],
    index: _Index,
    known: Known,
    aliases: Sequence[tuple[Name, Name]],
) -> dict[Name, Cluster]:
    """Return the cluster of every full name."""
    names = list(dict.fromkeys(m.name for m in mentions if m.name.is_full))
    homes: dict[Name, Cluster] = {}
    twins = dict(aliases)
    for name in sorted(names, key=lambda n: -len(n.words)):
        key = known.find_person(name.words, title=name.title, suffix=name.suffix)
        twin = homes.get(twins[name]) if name in twins else None
        cluster = index.keys.get(key or "") or twin or _find_full(name, index) or Cluster()
        cluster.key = cluster.key or key
        index.add(cluster, name)
        homes[name] = cluster
        if key:
            index.keys[key] = cluster
    return homes


@rule
def _find_known(name: Name, index: _Index, known: Known) -> Cluster | None:
    """Return the caller's person whom a lone name means: "Lula", where nobody else is a Lula.

    What the article says goes first: "Ray" is the Ann Ray whom it names, not the singer Ray.
    """
    key = known.find_person(name.words, title=name.title, suffix=name.suffix)
    if key is None or index.find(name.words[0]):
        return None
    if name.gender and known.genders.get(key, name.gender) != name.gender:
        return None
    cluster = index.keys.setdefault(key, Cluster(key=key))
    index.add(cluster, name)
    return cluster


def _find_full(name: Name, index: _Index) -> Cluster | None:
    """Return the one cluster that a full name fits, and every full name in it, if it is one."""
    near = dict.fromkeys((*index.find(name.words[-1]), *index.find(name.words[0])))
    fits = [c for c in near if all(same_person(n, name) for n in c.names if n.is_full)]
    fits = [c for c in fits if any(n.words == name.words for n in c.names)] or fits
    return fits[0] if len(fits) == 1 else None


@rule
def _find_lone(
    mention: NameMention, index: _Index, counts: Counter[tuple[str, ...]], gender: str | None
) -> Cluster | None:
    """Return the person that a lone name means: whom it meant before, else who came first.

    ``gender`` is what honorifics beside the same name say elsewhere in the article: it has to tell
    "Mrs. Hill" from the husband beside whom she was named.
    """
    name = mention.name
    if (cluster := _find_initials(mention, index)) is not None:
        return cluster
    found = ((c, _rank(name, c)) for c in index.find(name.words[0]))
    ranks = {c: rank for c, rank in found if rank is not None}
    gender = name.gender or gender
    fits = [c for c in ranks if not gender or c.gender in (None, gender)]
    if not fits and len(ranks) == 1:
        fits = [c for c in ranks if c.may_have_other_gender]
    if not fits:
        return _find_typo(name, index) if counts[name.words] == 1 else None
    best = min(ranks[c] for c in fits)
    choice = [c for c in fits if ranks[c] == best]
    titled = [c for c in choice if name.title and name.title in {n.title for n in c.names}]
    before = [c for c in titled or choice if c.mentions] or (titled or choice)[:1]
    return max(before, key=lambda c: (c.lone[name.words], not c.is_called_by_given, c.last_free))


def _rank(name: Name, cluster: Cluster) -> int | None:
    """Return how well a lone name fits: as a word of the name, or as it was called before."""
    rank = rank_lone(name.words[0], cluster.fullest.words)
    return 0 if rank is None and cluster.lone[name.words] else rank


@rule
def _find_initials(mention: NameMention, index: _Index) -> Cluster | None:
    """Return the one person whose initials are a lone name in capitals: "AL" for Ann Lee."""
    word = mention.name.words[0]
    if not mention.text.isupper() or not 1 < len(word) < _LONGEST_INITIALS:
        return None
    full = [(c, n.words) for c in index.find(word) for n in c.names if n.is_full]
    found = {c for c, words in full if word == initials_of(words)}
    return found.pop() if len(found) == 1 else None


@rule
def _find_typo(name: Name, index: _Index) -> Cluster | None:
    """Return the one person whose family name ``name`` misspells."""
    word = name.words[0]
    fits = [c for c in index.find_start(word) if is_typo(word, c.fullest.words[-1])]
    return fits[0] if len(fits) == 1 else None
