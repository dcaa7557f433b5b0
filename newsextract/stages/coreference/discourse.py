"""The discourse model: who has been mentioned where so far, named or not."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from operator import attrgetter, itemgetter

from newsextract.language.doc import tokens_of
from newsextract.language.nouns import SMALL_WORDS, role_noun
from newsextract.language.strings import fold, initials_of
from newsextract.records import Form, Person
from newsextract.stages.coreference.anaphors import Anaphor, office_of
from newsextract.stages.page import Page

PAST = frozenset(("former", "ex", "late", "retired"))
_RECENT = 10
_LOOKED_AT = 200
_FARTHEST = 30
_AHEAD = 8
_MOST_COMING = 2
_KEPT = 4
_MOST_HOLDERS = 20
_SMALL = SMALL_WORDS | {"his", "her"}
_LINKS = frozenset(("of", "for", "at", "in", "to", "from"))
_first = attrgetter("first")


@dataclass(frozen=True, slots=True, order=True)
class Seen:
    """One mention of a person (token offsets), with its syntactic position."""

    first: int
    last: int
    form: Form
    subject: bool = False
    possessor: bool = False


@dataclass(slots=True, eq=False)
class Figure:
    """Somebody in the article; ``person`` is the record, ``None`` for one who is never named.

    ``heads`` are the nouns of the person's roles and nominals, ``past`` those of former roles,
    ``words`` all words of them; ``named`` are the first names, ``names`` counts all. ``spoke`` is
    the first token where the person is a source, ``origin`` tells how somebody without a name was
    introduced.
    """

    person: Person | None = None
    gender: str | None = None
    heads: set[str] = field(default_factory=set)
    past: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    seen: list[Seen] = field(default_factory=list)
    named: Sequence[Seen] = ()
    names: int = 0
    spoke: int | None = None
    origin: tuple[float, ...] = (0.0,) * 4

    def count_before(self, at: int) -> int:
        """Return how many mentions are before token ``at``."""
        return bisect_left(self.seen, at, key=_first)

    def last_before(self, at: int) -> Sequence[Seen]:
        """Return the last mentions before token ``at``, in order."""
        count = self.count_before(at)
        return self.seen[max(0, count - _KEPT) : count]

    def after(self, at: int) -> Seen | None:
        """Return the first mention after token ``at``."""
        place = self.count_before(at + 1)
        return self.seen[place] if place < len(self.seen) else None

    def holds(self, anaphor: Anaphor, *, spelled_out: bool = False) -> bool:
        """Whether a nominal names a role of the person: "the former mayor" also a former one.

        With ``spelled_out`` the noun stands for its long form: "rep" for "representative".
        """
        head = anaphor.long_noun if spelled_out else anaphor.noun
        return head in self.heads or (head in self.past and bool(PAST & set(anaphor.words)))


@dataclass(slots=True)
class Discourse:
    """Everybody of an article.

    ``mentions`` are the mentions of all, ``sources`` those that are sources of quotes, ``speakers``
    the speaker of each quote by its index, and ``holders`` the named people of each role's noun.
    """

    page: Page
    figures: list[Figure] = field(default_factory=list)
    by_token: dict[int, Figure] = field(default_factory=dict)
    speakers: dict[int, Figure] = field(default_factory=dict)
    mentions: list[tuple[int, Figure]] = field(default_factory=list)
    sources: list[tuple[int, Figure]] = field(default_factory=list)
    openings: list[tuple[int, Figure]] = field(default_factory=list)
    holders: dict[str, list[Figure]] = field(default_factory=lambda: defaultdict(list))
    most_named: Figure | None = None

    def recent(self, at: int) -> list[Figure]:
        """Return who was mentioned last before token ``at``, the latest first."""
        here = self.page.sentence[at]
        stop = bisect_left(self.mentions, at, key=itemgetter(0))
        found: dict[Figure, None] = {}
        for first, figure in reversed(self.mentions[max(0, stop - _LOOKED_AT) : stop]):
            if here - self.page.sentence[first] > _FARTHEST or len(found) == _RECENT:
                break
            found[figure] = None
        return list(found)

    def coming(self, at: int) -> list[Figure]:
        """Return who is named for the first time within some sentences after token ``at``."""
        place = bisect_left(self.openings, at + 1, key=itemgetter(0))
        here = self.page.sentence[at]
        near = self.openings[place : place + _MOST_COMING]
        return [f for first, f in near if self.page.sentence[first] - here <= _AHEAD]

    def last_source(self, at: int) -> Figure | None:
        """Return who was the last source before token ``at``."""
        place = bisect_left(self.sources, at, key=itemgetter(0))
        return self.sources[place - 1][1] if place else None

    def holders_of(self, anaphor: Anaphor) -> list[Figure]:
        """Return the named people who have the role that a nominal names."""
        known = self.holders.get(anaphor.noun, ())[:_LOOKED_AT]
        return list(islice((f for f in known if f.holds(anaphor)), _MOST_HOLDERS))

    def speak(self, quote: int, figure: Figure, at: int) -> None:
        """Note that ``figure`` is the source of a quote at token ``at``."""
        self.speakers[quote] = figure
        insort(self.sources, (at, figure), key=itemgetter(0))
        figure.spoke = at if figure.spoke is None else min(at, figure.spoke)

    def see(self, figure: Figure, first: int, last: int, form: Form) -> None:
        """Put tokens among the mentions of ``figure``."""
        page = self.page
        subject, possessor = page.is_subject(first, last), page.is_possessor(last)
        insort(figure.seen, Seen(first, last, form, subject, possessor))
        insort(self.mentions, (first, figure), key=itemgetter(0))

    def add(self, figure: Figure, anaphor: Anaphor) -> None:
        """Put a resolved pronoun or nominal among the mentions of ``figure``."""
        form: Form = "pronoun" if anaphor.is_pronoun else "nominal"
        self.see(figure, anaphor.first, anaphor.last, form)
        self.by_token[anaphor.head] = figure
        figure.gender = figure.gender or anaphor.gender
        if anaphor.words:
            self._hold(figure, [anaphor.noun])
            figure.words.update(anaphor.words)

    def introduce(self, anaphor: Anaphor, origin: tuple[float, ...]) -> Figure:
        """Return a new, unnamed person."""
        figure = Figure(origin=origin)
        self.figures.append(figure)
        self.add(figure, anaphor)
        return figure

    def admit(self, person: Person) -> None:
        """Add a named person with all names and roles."""
        figure = Figure(person, person.gender)
        for mention in person.mentions:
            tokens = tokens_of(self.page.doc, mention)
            if tokens and mention.form == "name":
                self.see(figure, tokens.start, tokens.stop, "name")
                self.by_token.update(dict.fromkeys(tokens, figure))
        figure.names, figure.named = len(figure.seen), figure.seen[:_KEPT]
        for role in person.roles:
            words = role.text.casefold().replace("-", " ").split()
            figure.words.update(set(fold(role.text).split()) - _SMALL)
            self._hold(figure, list(_heads(words)), past=bool(PAST & set(words)))
        self.figures.append(figure)

    def _hold(self, figure: Figure, heads: Sequence[str], *, past: bool = False) -> None:
        (figure.past if past else figure.heads).update(heads)
        for head in heads if figure.person else ():
            if figure not in self.holders[head][-_MOST_HOLDERS:]:
                self.holders[head].append(figure)


def make_discourse(page: Page, people: Sequence[Person]) -> Discourse:
    """Return the discourse with the names of ``people`` seen and nothing else resolved."""
    discourse = Discourse(page)
    for person in people:
        discourse.admit(person)
    named = [f for f in discourse.figures if f.seen]
    discourse.openings = sorted(((f.seen[0].first, f) for f in named), key=itemgetter(0))
    discourse.most_named = max(named, key=lambda f: f.names, default=None)
    return discourse


def _heads(words: Sequence[str]) -> Iterator[str]:
    """Yield the noun of a role, its singular or long form, and the initials of its words.

    "prime minister of Bath" gives "minister" and "pm".
    """
    zone = list(takewhile(lambda word: word not in _LINKS, words))
    if not zone:
        return
    yield office_of(zone)
    if full := role_noun(zone[-1]):
        yield office_of([*zone[:-1], full])
    if len(zone) > 1:
        yield initials_of(zone)
