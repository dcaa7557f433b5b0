"""Hand-built documents: bracket markup instead of a model.

``[PERSON Ann Lee]`` is an entity; ``[source …]``, ``[cue …]`` and ``[content …]`` are the parts of
an attribution, linked to the nearest cue of their paragraph, or by number: ``[source2 …]``
belongs to ``[cue2 …]``. Brackets nest. Parts of speech come from small lists and capitals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import spacy
from spacy.tokens import Doc, Span

from newsextract.records import Context, Quote
from newsextract.records import Span as TextSpan
from newsextract.stages.entities import find_entities

ENTITY_LABELS = frozenset(
    ("PERSON", "ORG", "LOC", "FAC", "NORP", "DATE", "MONEY", "PRODUCT", "MISC")
)
PARTS = ("source", "cue", "content")
_OPEN = re.compile(r"\[(PERSON|ORG|LOC|FAC|NORP|DATE|MONEY|PRODUCT|MISC|source|cue|content)(\d*) ")
_NLP = spacy.blank("en")
_NO_BRACKETS = str.maketrans("[]", "()")
_ABBREVIATIONS = ("Sens", "Reps", "Govs")
_QUOTE_MARKS = '"“”'

WORDS_BY_POS = {
    "DET": "a an the this that these those some any each every no another",
    "ADP": "of in on at by for from with to into about after before during against under over "
    "between among through according as near since until via",
    "PRON": "he she it they we i you him her them us me who whom which his their its our your my "
    "himself herself themselves what",
    "AUX": "is are was were be been being has have had do does did will would can could may might "
    "must shall should",
    "CCONJ": "and or but nor &",
    "SCONJ": "if because although while when whether though since",
    "ADV": "not also then now however later earlier yesterday today recently still yet again",
    "VERB": "said says say told tell tells added adds wrote writes reported reports warned warns "
    "stated met asked asks citing quoting led announced argued believes called visited spoke "
    "joined left ran won lost informed informs noted insisted promised praised blamed replied "
    "came went opened voted found shows urged quoted elected named",
    "ADJ": "former new old late big small local federal national chief public senior German French "
    "Russian Ukrainian American British Polish interim general familiar",
}
_POS = {word: pos for pos, words in WORDS_BY_POS.items() for word in words.split()}


@dataclass(frozen=True)
class _Mark:
    label: str
    number: str
    start: int
    end: int


def read_markup(markup: str) -> tuple[str, list[_Mark]]:
    """Return the plain text of ``markup`` and its marks, with offsets into the text."""
    text, marks, stack = "", [], []
    at = 0
    while at < len(markup):
        opening = _OPEN.match(markup, at)
        if opening:
            stack.append((opening.group(1), opening.group(2), len(text)))
            at = opening.end()
        elif markup[at] == "]" and stack:
            label, number, start = stack.pop()
            marks.append(_Mark(label, number, start, len(text)))
            at += 1
        else:
            text += markup[at]
            at += 1
    return text, sorted(marks, key=lambda m: (m.start, -m.end))


def make_doc(markup: str, *, pos: Mapping[str, str] | None = None) -> Doc:
    """Return the document that ``markup`` describes, with reconciled entities.

    ``pos`` overrides word classes.
    """
    text, marks = read_markup(markup)
    doc = _NLP.make_doc(text)
    _set_sentences(doc)
    for token in doc:
        token.pos_ = (pos or {}).get(token.text) or guess_pos(token.text)
    doc.ents = [_to_span(doc, m) for m in marks if m.label in ENTITY_LABELS]
    doc.ents = find_entities(doc)
    _set_parts(doc, [m for m in marks if m.label in PARTS])
    return doc


def make_plain_doc(text: str) -> Doc:
    """Return ``text`` as a document without entities; lone surrogates are replaced."""
    return make_doc(text.encode("utf-8", "replace").decode("utf-8").translate(_NO_BRACKETS))


def guess_pos(word: str) -> str:
    """Return a part of speech for a word by lists and shape."""
    if word.isspace():
        return "SPACE"
    if word in ("'s", "’s"):
        return "PART"
    if not any(c.isalnum() for c in word):
        return "PUNCT"
    if word[0].isdigit():
        return "NUM"
    known = _POS.get(word) or _POS.get(word.lower())
    return known or ("PROPN" if word[0].isupper() else "NOUN")


def _set_sentences(doc: Doc) -> None:
    """Open a sentence after a line end, and after a full stop before a capital or a quote."""
    for token in doc:
        token.is_sent_start = token.i == 0 or _opens_sentence(doc, token.i)


def _opens_sentence(doc: Doc, i: int) -> bool:
    before, token = doc[i - 1], doc[i]
    if "\n" in before.text:
        return True
    if token.is_space or not (token.text[0].isupper() or token.text in ('"', "“")):
        return False
    if before.text in (".", "!", "?"):
        return doc[i - 2].text not in _ABBREVIATIONS if i > 1 else True
    return before.text in ('"', "”") and i > 1 and doc[i - 2].text in (".", "!", "?")


def _to_span(doc: Doc, mark: _Mark) -> Span:
    span = doc.char_span(mark.start, mark.end, label=mark.label, alignment_mode="expand")
    assert span is not None, doc.text[mark.start : mark.end]
    return span


def _set_parts(doc: Doc, marks: list[_Mark]) -> None:
    """Write the span groups of attribution parts, with the links to their cues."""
    cues = [m for m in marks if m.label == "cue"]
    doc.spans["cue"] = [_to_span(doc, m) for m in cues]
    for part in ("source", "content"):
        own = [m for m in marks if m.label == part]
        doc.spans[part] = [_to_span(doc, m) for m in own]
        doc.spans[part].attrs["cue"] = [_link(doc.text, m, cues) for m in own]
    links = doc.spans["source"].attrs["cue"]
    sources = [links.index(cue) if cue in links else -1 for cue in range(len(cues))]
    doc.spans["cue"].attrs["source"] = sources


def _link(text: str, mark: _Mark, cues: list[_Mark]) -> int:
    """Return the index of the cue of the same number, nearest in the same paragraph, or -1."""
    fits = []
    for index, cue in enumerate(cues):
        gap = text[min(mark.end, cue.end) : max(mark.start, cue.start)]
        if cue.number == mark.number and "\n" not in gap:
            fits.append((len(gap), index))
    return min(fits)[1] if fits else -1


def make_quotes(doc: Doc) -> tuple[Quote, ...]:
    """Return the quotes that the attribution parts of ``doc`` are, without speakers."""
    contents = list(doc.spans["content"])
    links = list(doc.spans["content"].attrs["cue"])
    groups: list[list[int]] = []
    for index, link in enumerate(links):
        home = next((g for g in groups if link >= 0 and links[g[0]] == link), None)
        if home is None:
            groups.append([index])
        else:
            home.append(index)
    return tuple(
        _make_quote(doc, [contents[i] for i in group], link=links[group[0]], number=number)
        for number, group in enumerate(groups, 1)
    )


def _make_quote(doc: Doc, parts: list[Span], *, link: int, number: int) -> Quote:
    sources = doc.spans["source"]
    owners = sources.attrs["cue"]
    source = next(
        (s for s, c in zip(sources, owners, strict=True) if link >= 0 and c == link), None
    )
    cue = doc.spans["cue"][link] if link >= 0 else None
    spans = [*parts, *(s for s in (source, cue) if s is not None)]
    first, last = min(s.start for s in spans), max(s.end for s in spans) - 1
    context = Context(doc[first].sent.start_char, doc[last].sent.end_char)
    opened = [doc.text[s.start_char] in _QUOTE_MARKS for s in parts]
    marked = any(c in _QUOTE_MARKS for s in parts for c in s.text)
    kind = "direct" if all(opened) else "mixed" if marked else "indirect"
    return Quote(
        f"Q{number}",
        kind,
        "statement",
        tuple(to_text(s.text, s.start_char) for s in parts),
        to_text(cue.text, cue.start_char) if cue is not None else None,
        to_text(source.text, source.start_char) if source is not None else None,
        context,
    )


def to_text(text: str, start: int) -> TextSpan:
    """Return the record of a stretch of text without quotation marks at its edges."""
    left = len(text) - len(text.lstrip(_QUOTE_MARKS))
    plain = text.strip(_QUOTE_MARKS)
    return TextSpan(start + left, start + left + len(plain), plain)
