"""People: one entry per person, with aliases, roles, affiliations and every mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsextract.language.doc import doc_text
from newsextract.language.strings import fold
from newsextract.records import Block, Mention, Organization, Person, Role
from newsextract.stages.known import Known
from newsextract.stages.people.affiliations import find_affiliations, list_owners
from newsextract.stages.people.gender import add_gender, add_pronoun_gender
from newsextract.stages.people.mentions import find_aliases, find_names
from newsextract.stages.people.merging import merge_names
from newsextract.stages.people.roles import find_roles

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LONGEST_NAME = 5
_NO_BRACKETS = str.maketrans("", "", "()[]")

__all__ = ["add_pronoun_gender", "find_people"]


def find_people(
    doc: Doc,
    blocks: Sequence[Block],
    *,
    organizations: Sequence[Organization],
    known: Known | None = None,
) -> tuple[Person, ...]:
    """Return the people named in ``doc``, in the order of their first mention.

    Args:
        doc: the annotated document; names are its entities of label PERSON.
        blocks: its layout; names in blocks that repeat another are left out.
        organizations: those found in ``doc``, for the affiliations.
        known: the caller's own people, whose aliases join mentions and whose ids become keys.
    """
    names = find_names(doc, blocks)
    clusters = merge_names(names, known, find_aliases(doc, names))
    roles = find_roles(doc, names)
    owners = list_owners(organizations)
    headline_end = max((b.end for b in blocks if b.kind == "headline"), default=0)
    people = []
    for number, cluster in enumerate(clusters, 1):
        mentions = cluster.mentions
        own = _distinct([role for m in mentions for role in roles.get(m.start, ())])
        in_headline = sum(m.start < headline_end for m in mentions)
        name, aliases = choose_name([m.text for m in mentions], in_headline=in_headline)
        person = Person(
            id=f"P{number}",
            name=name,
            aliases=aliases,
            key=cluster.key,
            roles=own,
            affiliations=find_affiliations(doc, mentions, roles=own, owners=owners),
            mentions=tuple(Mention(m.start, m.end, m.text) for m in mentions),
        )
        people.append(add_gender(person, doc_text(doc), known))
    return tuple(people)


def _distinct(roles: Sequence[Role]) -> tuple[Role, ...]:
    """Return ``roles`` in text order, each once; "Presidents" is "President" again."""
    first: dict[str, Role] = {}
    for role in sorted(roles, key=lambda r: (r.start, r.end)):
        first.setdefault(fold(role.text), role)
    return tuple(r for text, r in first.items() if not (text[-1:] == "s" and text[:-1] in first))


def choose_name(texts: Sequence[str], *, in_headline: int = 0) -> tuple[str, tuple[str, ...]]:
    """Return the fullest of the forms of a name, and the others.

    The most words first, then a form that is not in capitals, then the one written most often;
    more words than a name has (a headline read as one) only where there is no other, and so a
    form that only the headline has, where every word has a capital: that of the first
    ``in_headline`` of the ``texts``. Initials are no words.
    """
    forms = [_plain(text) for text in texts]
    titles = set(forms[:in_headline]) - set(forms[in_headline:])
    counts = Counter(forms)

    def rank(form: str) -> tuple[bool, int, int, bool, int]:
        size = sum(len(word.strip(".")) > 1 for word in form.split())
        doubtful = size > _LONGEST_NAME or form in titles
        return doubtful, -size, -len(form.split()), form.isupper(), -counts[form]

    name = min(counts, key=rank)
    if len(name.split()) == 1:
        name = min(counts, key=lambda form: rank(form)[1:])
    return name, tuple(form for form in counts if form != name)


def _plain(text: str) -> str:
    """Return a name without line ends and brackets that are no nickname's: "Tom) DeLay"."""
    halved = text[-1:] in (")", "]") or any(text.count(a) != text.count(b) for a, b in ("()", "[]"))
    return " ".join((text.translate(_NO_BRACKETS) if halved else text).split())
