"""Parts of speech, dependency trees and sentences against a CoNLL-U file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from newsextract.errors import InputError
from newsextract.evaluation.tally import F1, Share, Tally

if TYPE_CHECKING:
    from spacy.language import Language

    from newsextract.encoder.model import Model

MEASURES = (
    Share("UPOS", "upos right", "upos all"),
    Share("UAS", "uas right", "uas all"),
    Share("LAS", "las right", "las all"),
    F1("sentences"),
    F1("sentence boundaries"),
)
Row = list[str]


@dataclass(slots=True)
class Treebank:
    """A document of a treebank: its text, and its words with gold annotation.

    ``heads`` are word indices in the document; the head of a root is itself.
    """

    name: str
    text: str = ""
    offsets: list[tuple[int, int]] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)


def read_conllu(path: str | Path) -> list[Treebank]:
    """Return the documents of a CoNLL-U file; paragraphs are parted by an empty line.

    Raises:
        InputError: the file is missing or no CoNLL-U.
    """
    try:
        lines = Path(path).read_text(encoding="utf8").split("\n")
        return list(_documents(lines, str(path)))
    except (OSError, ValueError, IndexError) as error:
        raise InputError(f"{path}: no usable CoNLL-U file ({error})") from error


def _documents(lines: Sequence[str], name: str) -> Iterator[Treebank]:
    document, rows, gap = Treebank(name), [], ""
    for line in [*lines, ""]:
        if line.startswith("# newdoc"):
            if document.offsets:
                yield document
            document, gap = Treebank(line.partition("=")[2].strip() or name), ""
        elif line.startswith("# newpar") and document.text:
            gap = "\n\n"
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line and rows:
            _add_sentence(document, rows, gap)
            rows, gap = [], " "
    if document.offsets:
        yield document


def _add_sentence(document: Treebank, rows: list[Row], gap: str) -> None:
    """Add one sentence; a multiword token gives its words its own surface, no space between."""
    words = [row for row in rows if row[0].isdecimal()]
    glued = _glued(rows)
    base = len(document.offsets)
    document.sentences.append(base)
    document.text += gap
    for row in words:
        start = len(document.text)
        document.text += row[1]
        document.offsets.append((start, len(document.text)))
        document.upos.append(row[3])
        head = int(row[6])
        document.heads.append(base + (head if head else int(row[0])) - 1)
        document.deprels.append(row[7])
        if row is not words[-1] and row[0] not in glued:
            document.text += " "


def _glued(rows: list[Row]) -> set[str]:
    """Return the ids of words not followed by a space."""
    glued = set()
    for row in rows:
        no_space = "SpaceAfter=No" in row[9]
        if "-" not in row[0]:
            if no_space:
                glued.add(row[0])
            continue
        first, last = map(int, row[0].split("-"))
        glued.update(map(str, range(first, last + no_space)))
    return glued


def tally_treebank(gold: Treebank, nlp: Language, model: Model) -> Tally:
    """Count one document: words and trees on gold words and sentences, sentences on raw text.

    UPOS, UAS and LAS count every word, punctuation too, and leave subtypes of relations out, as
    the CoNLL 2018 shared task does.
    """
    from newsextract.encoder.decode import label_words
    from newsextract.encoder.labels import UPOS
    from newsextract.encoder.words import read_words

    result = Tally()
    words = read_words(gold.text, gold.offsets)
    labels = label_words(model, words, syntax=True, sentences=gold.sentences)
    for i, (tag, head, relation) in enumerate(
        zip(labels.upos, labels.heads, labels.deprels, strict=True)
    ):
        result.add_case("upos", UPOS[tag] == gold.upos[i])
        result.add_case("uas", head == gold.heads[i])
        same = _universal(relation) == _universal(gold.deprels[i])
        result.add_case("las", head == gold.heads[i] and same)
    _add_sentences(result, gold, nlp)
    return result


def _universal(relation: str) -> str:
    """A relation without its subtype: "nmod" of "nmod:poss"."""
    return relation.partition(":")[0]


def _add_sentences(result: Tally, gold: Treebank, nlp: Language) -> None:
    ends = [*gold.sentences[1:], len(gold.offsets)]
    pairs = zip(gold.sentences, ends, strict=True)
    wanted = {(gold.offsets[a][0], gold.offsets[b - 1][1]) for a, b in pairs}
    found = set()
    for sentence in nlp(gold.text).sents:
        words = [token for token in sentence if not token.is_space]
        if words:
            found.add((words[0].idx, words[-1].idx + len(words[-1])))
    result.add_sets("sentences", wanted, found)
    result.add_sets("sentence boundaries", {s for s, _ in wanted}, {s for s, _ in found})
