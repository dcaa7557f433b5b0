"""Phrases without a name: "the spokesman", "officials", "the report", "the two men"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsextract.language.doc import sentence_of
from newsextract.language.gender import noun_gender
from newsextract.language.lexicon import read_words
from newsextract.language.nouns import is_plural_role, role_noun, singular
from newsextract.language.strings import fold
from newsextract.records import SourceKind
from newsextract.stages.speakers.antecedents import best_antecedent, find_person, gender_of
from newsextract.stages.speakers.context import Candidate, Scene
from newsextract.stages.speakers.entity_index import Referent
from newsextract.stages.speakers.phrases import Phrase

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SAME_OFFICE = (
    frozenset(("spokesman", "spokeswoman", "spokesperson")),
    frozenset(
        ("congressman", "congresswoman", "representative", "lawmaker", "senator", "legislator")
    ),
    frozenset(("president", "leader", "ruler", "chief", "head", "premier", "chancellor")),
    frozenset(("nominee", "candidate", "hopeful", "contender", "challenger", "front-runner")),
    frozenset(("professor", "academic", "scholar", "researcher", "scientist", "lecturer")),
    frozenset(("lawyer", "attorney", "counsel", "barrister", "solicitor")),
    frozenset(("ceo", "executive", "boss", "head", "chief")),
    frozenset(("doctor", "physician", "surgeon")),
    frozenset(("judge", "justice", "magistrate")),
    frozenset(("minister", "secretary")),
    frozenset(("reporter", "journalist", "correspondent", "writer", "columnist")),
)
_SAME_PAPER = (
    frozenset(("survey", "poll", "study", "report", "index")),
    frozenset(("book", "memoir", "biography")),
    frozenset(("film", "documentary", "movie")),
    frozenset(("article", "piece", "story", "column", "feature")),
    frozenset(("ruling", "decision", "judgment", "verdict")),
)
_LISTS: tuple[tuple[SourceKind, str], ...] = (
    ("document", "document_nouns"),
    ("organization", "organization_nouns"),
    ("place", "place_nouns"),
)
_OTHERS = frozenset(
    ("judge", "doctor", "official", "officer", "source", "expert", "analyst", "witness", "victim")
    + ("prosecutor", "teacher", "driver", "resident")
)
_FAR = 60
_PAST = frozenset(("former", "ex", "late", "retired"))
_ANY_BODY = frozenset(("federal", "national", "independent", "nonpartisan", "american", "new"))
_SMALL = frozenset(("the", "a", "an", "of", "for", "and", "in", "s", "his", "her", "their"))


def kind_of(doc: Doc, phrase: Phrase) -> SourceKind:
    """Return the kind of source that a phrase without a name at its head is."""
    token = doc[phrase.head]
    noun = phrase.noun(doc)
    if token.lower_ in read_words("quantity_nouns") or token.like_num:
        return "unnamed" if doc[phrase.first].lower_ == "one" else "group"
    if phrase.coordinated or is_plural(doc, phrase):
        return "group"
    if role_noun(token.text) and noun != "source":
        return "unnamed"
    if noun != token.lower_ and noun in read_words("organization_nouns"):
        return "group"
    listed = (kind for kind, name in _LISTS if {token.lower_, noun} & read_words(name))
    return next(listed, None) or kind_by_shape(doc, phrase)


def kind_by_shape(doc: Doc, phrase: Phrase) -> SourceKind:
    """Return a kind for a noun that no list knows."""
    token = doc[phrase.head]
    if token.ent_type_ == "NORP" or noun_gender(token.text) or role_noun(token.text):
        return "unnamed"
    if token.text[:1].isupper() and (not token.is_sent_start or token.pos_ == "PROPN"):
        return "organization"
    is_plural = token.pos_ == "NOUN" and singular(token.lower_) != token.lower_
    return "group" if is_plural else "document"


def is_plural(doc: Doc, phrase: Phrase) -> bool:
    """Whether the head names several people: "officials", "Republicans", "voters"."""
    token = doc[phrase.head]
    lower = token.lower_
    if lower in read_words("document_nouns") or lower in read_words("organization_nouns"):
        return False
    if lower in read_words("group_nouns") or is_plural_role(lower):
        return True
    return token.ent_type_ == "NORP" and lower.endswith(("s", "ese", "ish", "nch"))


def resolve_nominal(scene: Scene, phrase: Phrase, own: range) -> Referent:
    """Return what a phrase without a name stands for, itself if nothing before it fits."""
    kind = kind_of(scene.doc, phrase)
    rules = {
        "unnamed": _resolve_role,
        "document": _resolve_document,
        "organization": _resolve_body,
        "place": _resolve_place,
        "group": _resolve_group,
    }
    found = rules[kind](scene, phrase, own)
    return found or Referent(kind, name_of(scene.doc, phrase, kind))


def name_of(doc: Doc, phrase: Phrase, kind: SourceKind) -> str:
    """Return the phrase as a name: bodies and documents lose their determiner."""
    drop = phrase.determiner in ("definite", "indefinite") and kind in ("document", "organization")
    first = phrase.first + drop
    return " ".join(doc[first : phrase.last].text.split())


def _resolve_role(scene: Scene, phrase: Phrase, own: range) -> Referent | None:
    """Return the person whose role the phrase repeats, else the person talked of.

    "the spokesman" after "Ann Lee, the spokesman" is Ann Lee; "a spokesman" is nobody known.
    An office that the article gives to nobody is not one's who has another: "the senator" is
    hardly Ann Lee, a baker.
    """
    doc = scene.doc
    head = role_noun(doc[phrase.head].text) or phrase.noun(doc)
    named = None if phrase.determiner == "possessive" else _by_role(scene, phrase, head)
    if named is not None:
        return named
    if phrase.determiner != "definite" or phrase.possessor is not None or head in _OTHERS:
        return None
    if any(t.text[:1].isupper() or t.ent_type_ for t in doc[phrase.zone_end : phrase.last]):
        return None
    gender = noun_gender(doc[phrase.head].text)
    span = (phrase.first, phrase.last)

    def may_hold(referent: Referent) -> bool:
        has_office = scene.cast.roles.get(referent.entity or "")
        return _may_be(scene, referent, gender) and not has_office

    found = best_antecedent(scene, span, fits=may_hold, own=own, often=True)
    if found is None and gender:
        return find_person(scene, span, gender=gender, own=own)
    return found


def _may_be(scene: Scene, referent: Referent, gender: str | None) -> bool:
    if referent.kind != "person":
        return False
    return gender is None or gender_of(scene, referent) in (None, gender)


def _by_role(scene: Scene, phrase: Phrase, head: str) -> Referent | None:
    """Return the person, named or not, whose role has this head noun."""
    if phrase.determiner == "indefinite":
        return None
    words = frozenset(fold(phrase.text(scene.doc)).split()) - _SMALL
    if phrase.text(scene.doc).casefold().endswith("head of state"):
        head = "president"
    same = frozenset((head,)).union(*(group for group in _SAME_OFFICE if head in group))
    past = bool(words & _PAST)
    held = {
        person: [(h, role) for h, role in roles if past or not role & _PAST]
        for person, roles in scene.cast.roles.items()
    }
    exact = {p for p, roles in held.items() if any(h == head for h, _ in roles)}
    close = {p for p, roles in held.items() if any(h in same for h, _ in roles)}
    full = {p for p in close if any(words <= role for _, role in held[p])}
    bare = len(words) == 1 or len(close) == 1
    for owners in (full, exact, close if bare else set()):
        found = _latest(scene, phrase, owners, head)
        if found is not None:
            return found
    return None


def _latest(scene: Scene, phrase: Phrase, owners: set[str], head: str) -> Referent | None:
    """Return the best antecedent among the ``owners`` of a role and unnamed sources like it."""

    def fits(referent: Referent) -> bool:
        if referent.kind == "unnamed":
            return head in fold(referent.name).split()
        return referent.entity in owners

    if not owners and not scene.said:
        return None
    found = best_antecedent(scene, (phrase.first, phrase.last), fits=fits)
    if found is None and len(owners) == 1:
        person = next(p for p in scene.entities.people if p.id in owners)
        return Referent("person", person.name, person.id)
    return found


def _resolve_document(scene: Scene, phrase: Phrase, own: range) -> Referent | None:
    """Return the document of this kind that spoke before: "The survey" after "an Ipsos survey"."""
    if phrase.determiner != "definite" or phrase.last > phrase.zone_end:
        return None
    doc = scene.doc
    noun = phrase.noun(doc)
    last = next((c for c in scene.said_before(phrase.first, 1)), None)
    if doc[phrase.first].lower_ == "this" and last and last.referent.kind == "document":
        return last.referent
    if doc[phrase.head].lower_ in read_words("relayed_nouns") and last and _gave(scene, last, noun):
        return last.referent
    same = next((group for group in _SAME_PAPER if noun in group), frozenset((noun,)))
    for nouns in (frozenset((noun,)), same):
        for candidate in scene.said_before(phrase.first, 30):
            referent = candidate.referent
            if referent.kind == "document" and nouns & set(fold(referent.name).split()):
                return referent
    return None


def _gave(scene: Scene, last: Candidate, noun: str) -> bool:
    """Whether the sentence of the last source has the noun: "In a statement, Ann Lee said"."""
    start, end = sentence_of(scene.doc, last.first)
    near = scene.doc[max(start, last.first - _FAR) : min(end, last.first + _FAR)]
    return last.referent.kind != "document" and any(singular(t.lower_) == noun for t in near)


def _resolve_body(scene: Scene, phrase: Phrase, own: range) -> Referent | None:
    """Return the organisation that "the court", "a federal appeals court" stands for.

    A name that was not recognised stands for itself: "the Guardian".
    """
    named = _named_alike(scene, phrase)
    if named is not None:
        return named
    if phrase.determiner != "definite" or phrase.last > phrase.zone_end:
        return None
    words = frozenset(fold(phrase.text(scene.doc)).split()) - _SMALL

    def shares(referent: Referent) -> bool:
        return referent.kind == "organization" and words <= set(fold(referent.name).split())

    span = (phrase.first, phrase.last)
    found = best_antecedent(scene, span, fits=shares)
    is_name = _is_name(scene.doc[phrase.head])
    if found is not None or is_name or len(words) > 1 or words & {"government", "police"}:
        return found
    return best_antecedent(
        scene, span, fits=lambda r: r.kind == "organization", own=own, often=True
    )


def _is_name(token: Token) -> bool:
    """Whether a word is a body's own name: "the Guardian"; not "the Court"."""
    return token.text[:1].isupper() and token.lower_ not in read_words("organization_nouns")


def _named_alike(scene: Scene, phrase: Phrase) -> Referent | None:
    """Return the one organisation whose name the phrase closes with, or has two words of.

    "the nonpartisan Commission on Roads" is the Commission on Roads, "a federal appeals court"
    the Court of Appeals named later; "the state education department" is not the Department of
    Education, and "the court" alone may be any.
    """
    noun = fold(scene.doc[phrase.head].text)
    text = fold(phrase.text(scene.doc))
    words = frozenset(text.split()) - _SMALL
    shared: dict[Referent, int] = {}
    for body in scene.cast.bodies.get(noun, ()):
        name = fold(body.name)
        if f" {text}".endswith(f" {name}"):
            return body
        own = frozenset(name.split())
        if len(words & own) > 1 and words - own <= _ANY_BODY:
            shared[body] = len(words & own)
    most = max(shared.values(), default=0)
    best = [body for body, count in shared.items() if count == most]
    return best[0] if len(best) == 1 else None


def _resolve_place(scene: Scene, phrase: Phrase, own: range) -> Referent | None:
    """Return the place that "the country" stands for."""
    if phrase.determiner != "definite" or phrase.last > phrase.zone_end:
        return None
    span = (phrase.first, phrase.last)
    return best_antecedent(scene, span, fits=lambda r: r.kind == "place", own=own)


def _resolve_group(scene: Scene, phrase: Phrase, own: range) -> Referent | None:
    """Return the named people that "the senators", "the two men" stand for."""
    if phrase.determiner != "definite" or phrase.last > phrase.zone_end:
        return None
    doc = scene.doc
    noun = role_noun(doc[phrase.head].text)
    for candidate in scene.said_before(phrase.first, 30):
        referent = candidate.referent
        if referent.kind != "group":
            continue
        if referent.members and (noun is None or _share_role(scene, referent.members, noun)):
            return referent
        if phrase.noun(doc) in fold(referent.name).split():
            return referent
    return _two_people(scene, phrase)


def _share_role(scene: Scene, members: tuple[str, ...], noun: str) -> bool:
    return all(any(h == noun for h, _ in scene.cast.roles.get(p, ())) for p in members)


def _two_people(scene: Scene, phrase: Phrase) -> Referent | None:
    """Return the two people named last before "the two men", "both men"."""
    zone = {t.lower_ for t in scene.doc[phrase.first : phrase.last]}
    if not zone & {"two", "both", "pair", "duo", "couple"}:
        return None
    people: dict[Referent, None] = {}
    for name in scene.names_before(phrase.first, 16):
        if name.referent.kind == "person":
            people[name.referent] = None
        if len(people) == 2:
            return group_of(sorted(people, key=lambda r: int((r.entity or "P0")[1:])))
    return None


def group_of(members: list[Referent]) -> Referent:
    """Return the group of several named people, bodies or places."""
    return Referent(
        "group", "; ".join(m.name for m in members), None, tuple(m.entity or "" for m in members)
    )
