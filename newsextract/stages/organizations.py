"""Organizations: one record each, with acronyms, short forms and every mention."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsextract.language.doc import doc_text, entities_of
from newsextract.language.lexicon import read_words
from newsextract.language.nouns import SMALL_WORDS
from newsextract.language.organization_names import organization_words
from newsextract.language.strings import DASHES, initials_of
from newsextract.records import Block, Mention, Organization
from newsextract.stages.known import Known

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_SMALL = SMALL_WORDS | {"de", "la"}
_STEM = 5
_SHORTEST = 3
"""The letters that the initials of a name keep at least, where its first word is left out."""
_MOST_ALIKE = 20
_LONGEST = 12
"""Words by which a longer name can be looked up."""
Form = tuple[str, ...]
_BESIDE = re.compile(r"\s*\((?:[A-Z]{2,8}:\s?)?([A-Z][\w.&-]{1,11})\)")
_LEFT = re.compile(rf"(?:['’]s?|\s|[{DASHES}]\.?|(?<=^[A-Z])\.)+$")


@dataclass(slots=True, eq=False)
class _Group:
    """The mentions of one organization while they are gathered."""

    key: str | None = None
    mentions: list[Mention] = field(default_factory=list)


def find_organizations(
    doc: Doc, blocks: Sequence[Block], *, known: Known | None = None
) -> tuple[Organization, ...]:
    """Return the organizations named in ``doc`` (entities of label ORG), in text order.

    An acronym joins the name it is beside in parentheses, or whose initials it is; a short
    form joins the one longer name that it begins or ends ("the assembly" is no name).
    """
    mentions = [m for e in entities_of(doc, blocks, "ORG") if (m := _to_mention(e))]
    forms = list(dict.fromkeys(organization_words(m.text) for m in mentions))
    acronyms = _acronyms_in_text(doc_text(doc), mentions) | _mixed_acronyms(mentions, forms)
    homes: dict[Form, _Group] = {}
    index: dict[str, dict[_Group, None]] = defaultdict(dict)
    for form in sorted(forms, key=lambda f: (-len(f), -sum(map(len, f)))):
        key = known.find_organization(" ".join(form)) if known else None
        same = homes.get(acronyms.get(form, ()))
        if key:
            same = same or next(iter(index.get(f"@{key}", ())), None)
        homes[form] = group = same or _find_longer(form, index) or _Group(key)
        _file(form, group, index)
    for mention in mentions:
        homes[organization_words(mention.text)].mentions.append(mention)
    ordered = sorted({*homes.values()}, key=lambda group: group.mentions[0].start)
    return tuple(_to_record(group, number) for number, group in enumerate(ordered, 1))


def _to_mention(ent: Span) -> Mention | None:
    """Return the mention, without a possessive ending, a dash or a slash that the entity has.

    The period after "wrote on X." is the sentence's.
    """
    text = _LEFT.sub("", ent.text)
    start = len(text) - len(text.lstrip(DASHES))
    if not organization_words(text):
        return None
    return Mention(ent.start_char + start, ent.start_char + len(text), text[start:])


def _acronyms_in_text(text: str, mentions: Sequence[Mention]) -> dict[Form, Form]:
    """Return the acronyms that are in parentheses after a name: "(DNC)", "(ASX: RAY)"."""
    beside = ((_BESIDE.match(text, m.end, m.end + 28), m) for m in mentions)
    found = ((match[1], organization_words(m.text)) for match, m in beside if match)
    return {organization_words(word): name for word, name in found if _may_abbreviate(word, name)}


def _may_abbreviate(word: str, name: Form) -> bool:
    """Whether a word in parentheses can be short for a name: not in "Bank of Oslo (Reuters)"."""
    begins = any(part[0] == word[0].casefold() for part in name)
    return begins or (word.isupper() and word not in read_words("known_bodies"))


def _mixed_acronyms(mentions: Sequence[Mention], forms: Sequence[Form]) -> dict[Form, Form]:
    """Return the names whose capitals are the initials of another: IISc of Institute of Science."""
    names = {initials_of(form, without=_SMALL): form for form in forms if len(form) > 1}
    found: dict[Form, Form] = {}
    for mention in mentions:
        word = mention.text
        capitals = "".join(c for c in word if c.isupper()).casefold()
        if " " not in word and _SHORTEST <= len(capitals) < len(word) and capitals in names:
            found[organization_words(word)] = names[capitals]
    return found


def _find_longer(form: Form, index: dict[str, dict[_Group, None]]) -> _Group | None:
    """Return the one organization, named longer before, that ``form`` is short for.

    "Police Department" is only a kind of organization, and short for none.
    """
    joined = _joined(form)
    other = index.get(f".{joined}", {}) if len(form) == 1 else _in_other_order(form, index)
    drawers = [index.get(f"={joined}", {}), other]
    if not read_words("organization_nouns").issuperset(_main_words(form)):
        drawers.append(_longer_than(form, index))
    return next((next(iter(drawer)) for drawer in drawers if len(drawer) == 1), None)


def _in_other_order(form: Form, index: dict[str, dict[_Group, None]]) -> dict[_Group, None]:
    """Return the one group whose name has the words of ``form`` in another order.

    In the same order they are other names: "Austrian Guild" is not "Australian Guild".
    """
    same, found = (index.get(key, {}) for key in _stem_keys(form))
    if len(found) - len(same) != 1 or len(same) > _MOST_ALIKE:
        return {}
    return dict.fromkeys(found.keys() - same.keys())


def _longer_than(form: Form, index: dict[str, dict[_Group, None]]) -> dict[_Group, None]:
    """Return the groups of names that ``form`` begins or ends; names that begin like it first."""
    whole = " ".join(form)
    begun, ended = index.get(f"{whole}…", {}), index.get(f"…{whole}", {})
    alike = index.get(f"<{form[0]}", {})
    return {**begun, **{g: None for g in ended if g in alike}} if alike else ended


def _acronyms_of(form: Form) -> tuple[str, ...]:
    """Return the initials of a name, and those after its first word: FBI of "US Federal Bureau"."""
    whole = initials_of(form, without=_SMALL)
    return (whole, whole[1:]) if len(whole) > _SHORTEST else (whole,)


def _stem_keys(form: Form) -> tuple[str, str]:
    """Return what names share whose words begin alike: in the same order, and in any.

    "Football Federation of Utopia" and "Utopian Football Federation" share the second.
    """
    stems = [word[:_STEM] for word in _main_words(form)]
    return f"^{' '.join(stems)}", f"~{' '.join(sorted(stems))}"


def _joined(form: Form) -> str:
    """Return a name in one word, without "of" and the like."""
    return "".join(_main_words(form)) or "".join(form)


def _main_words(form: Form) -> list[str]:
    return [word for word in form if word not in _SMALL]


def _may_shorten(form: Form, size: int) -> bool:
    """Whether the first words may stand for the whole: "Wells" for "Wells Fargo" hardly."""
    return bool(_main_words(form[size:])) and (size > 1 or len(form[0]) > 4)


def _file(form: Form, group: _Group, index: dict[str, dict[_Group, None]]) -> None:
    """File ``group`` under what a shorter form of ``form`` could be looked up by."""
    sizes = range(1, min(len(form), _LONGEST + 1))
    names = [f"={_joined(form)}", f"<{form[0]}"]
    names += [f"{' '.join(form[:size])}…" for size in sizes if _may_shorten(form, size)]
    names += [f"…{' '.join(form[-size:])}" for size in sizes[1:]]
    if len(form) > 1:
        names += [*_stem_keys(form), *(f".{acronym}" for acronym in _acronyms_of(form))]
    if group.key:
        names.append(f"@{group.key}")
    for name in names:
        index[name][group] = None


def _to_record(group: _Group, number: int) -> Organization:
    """Return the record; the name is the form with the most words, written most often."""
    counts = Counter(" ".join(m.text.split()) for m in group.mentions)
    name = max(counts, key=lambda text: (len(text.split()), counts[text]))
    return Organization(
        id=f"O{number}",
        name=name,
        aliases=tuple(text for text in counts if text != name),
        key=group.key,
        mentions=tuple(group.mentions),
    )
