"""Fitting the layer that tells the kind of a source without a name.

    python -m newsextract.training.fit_kinds press_train.jsonl bbc.jsonl worldwide_train.jsonl

reads the articles as the shipped model does, prints how the layer fitted on all of them but a
quarter of the first corpus does on that quarter, and writes the weights where they are read from. A
better model has other states: fit again after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from newsextract.language.noun_classes import noun_senses
from newsextract.pipeline import make_doc
from newsextract.stages.layout import find_blocks
from newsextract.stages.organizations import find_organizations
from newsextract.stages.people import find_people
from newsextract.stages.speakers.entity_index import Entities, make_index
from newsextract.stages.speakers.kinds import KINDS, WEIGHTS, WIDTH, describe_phrase
from newsextract.stages.speakers.phrases import pronoun_kind, read_phrase
from newsextract.training.annotations import find_annotations, read_articles
from newsextract.training.arguments import read_arguments

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc

    Floats = NDArray[np.float32]

STEPS = 400
RATE = 0.05
PENALTY = 0.005
PARTS = 4
Cases = tuple["Floats", "NDArray[np.intp]"]


def read_cases(path: Path, nlp: Language) -> Iterator[Cases]:
    """Yield for each article the sources without a name as features, and their kinds.

    Articles without quotes have those of :mod:`newsextract.training.annotations`, if any.
    """
    for row in read_articles(path):
        if "quotes" in row:
            sources = _list_sources(row)
        else:
            sources = (find_annotations(row) or {}).get("kinds", [])
        if sources:
            doc = make_doc(nlp, row["text"], find_blocks(row["text"]))
            yield read_sources(doc, sources)


def _list_sources(row: dict[str, Any]) -> list[tuple[int, int, str]]:
    """Return the sources of quotes with their kinds; a named person's counts as unnamed."""
    quotes = [quote for quote in row["quotes"] if quote["source"]]
    spans = [(*quote["source"], quote["speaker"]["kind"]) for quote in quotes]
    return [(start, end, "unnamed" if kind == "person" else kind) for start, end, kind in spans]


def read_sources(doc: Doc, sources: Iterable[tuple[int, int, str]]) -> Cases:
    """Return the sources of an article without a name, as features, and their kinds.

    A text that a body speaks in ("the bank's report") tells nothing of the kind of texts.
    """
    bodies = find_organizations(doc, ())
    index = make_index(doc, Entities(find_people(doc, (), organizations=bodies), bodies))
    rows, kinds = [], []
    for start, end, kind in sources:
        span = doc.char_span(start, end, alignment_mode="expand")
        phrase = read_phrase(doc, index, range(span.start, span.end)) if span else None
        if kind not in KINDS or phrase is None or phrase.names:
            continue
        if kind == "organization" and noun_senses(doc[phrase.head].lower_)[:1] == "c":
            continue
        if phrase.last - phrase.first > 1 or not pronoun_kind(doc[phrase.head]):
            rows.append(describe_phrase(doc, phrase))
            kinds.append(KINDS.index(kind))
    return np.array(rows, np.float32), np.array(kinds, np.intp)


def join_cases(cases: Sequence[Cases]) -> Cases:
    """Return the sources of several articles in one."""
    full = [pair for pair in cases if len(pair[1])]
    return np.concatenate([rows for rows, _ in full]), np.concatenate([kinds for _, kinds in full])


def _blind(rows: Floats) -> Floats:
    """Return the sources without the encoder's states, which a document may lack."""
    blind = rows.copy()
    blind[:, -2 * WIDTH :] = 0
    return blind


def fit_weights(cases: Cases) -> Floats:
    """Return the weights of a multinomial logistic regression (Adam, full batch)."""
    rows, kinds = cases[0], np.concatenate([cases[1], cases[1]])
    rows = np.concatenate([rows, _blind(rows)])
    wanted = np.eye(len(KINDS), dtype=np.float32)[kinds]
    weights = np.zeros((rows.shape[1], len(KINDS)), np.float32)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = rows @ weights
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        slope = rows.T @ (shares - wanted) / len(rows) + PENALTY * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        change = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        weights = (weights - RATE * change).astype(np.float32)
    return weights


def describe_parts(cases: Sequence[Cases], more: Sequence[Cases]) -> Iterator[str]:
    """Yield the share of right kinds in each part of ``cases``, fitted on the others and more."""
    for number in range(PARTS):
        others = [pair for n, pair in enumerate(cases) if n % PARTS != number]
        fitted = join_cases([*others, *more])
        rows, kinds = join_cases(cases[number::PARTS])
        right = (rows @ fit_weights(fitted)).argmax(1) == kinds
        yield f"part {number + 1}: {100 * right.mean():.1f} % of {len(kinds)}"


def main(argv: Sequence[str] | None = None) -> int:
    """Fit the layer on articles with quotes, as a model reads them, and write its weights."""
    from newsextract.pipeline import make_pipeline

    args = read_arguments(
        argv, description=main.__doc__, corpora="the first is tested by parts", output=WEIGHTS
    )
    nlp = make_pipeline(args.model)
    cases, *others = ([*read_cases(path, nlp)] for path in args.corpora)
    more = [pair for corpus in others for pair in corpus]
    for line in describe_parts(cases, more):
        print(line)
    np.savez(args.output, weights=fit_weights(join_cases([*cases, *more])).astype(np.float16))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
