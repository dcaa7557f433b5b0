"""Fitting the scorer that tells what a source without a name stands for.

    python -m newsextract.training.fit_referents press_train.jsonl bbc.jsonl \\
        worldwide_train.jsonl lgl_train.jsonl timebank_train.jsonl polnear_train.jsonl

reads the articles as the shipped model does, prints how the scorer fitted on all of them but a
quarter of the first corpus does on that quarter, and writes the weights where they are read from. A
better model reads other names and other vectors: fit again after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from newsextract.evaluation.names import fold_name
from newsextract.evaluation.speakers import Speaker, same_speaker
from newsextract.pipeline import make_doc
from newsextract.stages.coreference import link_mentions
from newsextract.stages.layout import find_blocks
from newsextract.stages.organizations import find_organizations
from newsextract.stages.page import read_page
from newsextract.stages.people import find_people
from newsextract.stages.places import find_places
from newsextract.stages.quotes import find_quotes, find_relays
from newsextract.stages.scorer import Scorer, write_scorer
from newsextract.stages.speakers import Entities
from newsextract.stages.speakers.entity_index import Referent
from newsextract.stages.speakers.nominals import WEIGHTS
from newsextract.stages.speakers.option_features import FEATURES
from newsextract.stages.speakers.phrases import Phrase
from newsextract.stages.speakers.resolve import resolve_quotes
from newsextract.stages.speakers.state import make_state
from newsextract.training.annotations import find_annotations, read_articles
from newsextract.training.arguments import read_arguments
from newsextract.training.choices import Example, fit_networks, with_blind
from newsextract.training.referents import Meant, list_meant, name_variants

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language

    from newsextract.gazetteer import Gazetteer
    from newsextract.records import Organization

STEPS = 300
PENALTY = 1e-3
PARTS = 4


def read_examples(row: Mapping[str, Any], nlp: Language, gazetteer: Gazetteer) -> list[Example]:
    """Return the sources of an article that have no name, with the options of each.

    Earlier sources are resolved as the gold has it; those it leaves open stand for themselves.

    Args:
        row: the article, as :func:`newsextract.training.referents.list_meant` reads it.
        nlp: the pipeline that reads its text.
        gazetteer: the places.
    """
    gold = {meant.span[0]: meant for meant in list_meant(row, find_annotations(row))}
    if not gold:
        return []
    blocks = find_blocks(row["text"])
    doc = make_doc(nlp, row["text"], blocks)
    bodies = find_organizations(doc, blocks)
    people = find_people(doc, blocks, organizations=bodies)
    places = find_places(doc, blocks, gazetteer=gazetteer, people=people)
    quotes, _ = find_quotes(doc, blocks)
    quotes, _ = find_relays(doc, quotes)
    page = read_page(doc, quotes, places)
    people, unnamed = link_mentions(page, people, quotes=quotes)
    found: dict[int, Example] = {}

    def choose(
        phrase: Phrase, referents: Sequence[Referent | None], rows: NDArray[np.float32]
    ) -> int:
        meant = gold.get(page.starts[phrase.first])
        right = find_right(meant, referents, bodies) if meant else np.zeros(len(referents), bool)
        if not right.any():
            return len(referents) - 1
        found[phrase.first] = Example(rows, right)
        return int(right.argmax())

    entities = Entities(people, bodies, places, unnamed)
    sources = [quote.source for quote in quotes if quote.source]
    state = make_state(page, blocks, sources=sources, entities=entities)
    state.choose = choose
    resolve_quotes(state, quotes)
    return [*found.values()]


def find_right(
    meant: Meant, referents: Sequence[Referent | None], bodies: Sequence[Organization]
) -> NDArray[np.bool_]:
    """Return which referents are the one that is meant: those of its very name, if there are any.

    A place is none for anything else that has its name in its own.
    """
    aliases = {body.id: (body.name, *body.aliases) for body in bodies}
    names = name_variants(meant.name)
    exact, fitting = np.zeros((2, len(referents)), bool)
    for number, referent in enumerate(referents):
        if referent is not None and (referent.kind != "place" or meant.kind == "place"):
            own = aliases.get(referent.entity or "", (referent.name,))
            have = Speaker(referent.kind, referent.name, own)
            fitting[number] = any(
                same_speaker({"kind": meant.kind, "name": name}, have) for name in names
            )
            same = not {*map(fold_name, names)}.isdisjoint(map(fold_name, own))
            exact[number] = fitting[number] and same
    return exact if exact.any() else fitting


def fit_scorer(examples: Sequence[Example]) -> Scorer:
    """Return the mean of several scorers fitted from different starts, as one scorer."""
    return fit_networks(with_blind(examples, FEATURES), steps=STEPS, penalty=PENALTY)


def describe_parts(articles: Sequence[Sequence[Example]], more: Sequence[Example]) -> Iterator[str]:
    """Yield the share of right choices in each part of ``articles``, fitted on the rest."""
    for number in range(PARTS):
        others = [own for n, own in enumerate(articles) if n % PARTS != number]
        scorer = fit_scorer([*chain(*others), *more])
        held = [*chain(*articles[number::PARTS])]
        hits = sum(bool(e.right[scorer.score(e.rows).argmax()]) for e in held)
        yield f"part {number + 1}: {100 * hits / max(1, len(held)):.1f} % of {len(held)}"


def main(argv: Sequence[str] | None = None) -> int:
    """Fit the scorer on articles with quotes, as a model reads them, and write its weights."""
    from newsextract.gazetteer import open_gazetteer
    from newsextract.pipeline import make_pipeline

    args = read_arguments(
        argv, description=main.__doc__, corpora="the first is tested by parts", output=WEIGHTS
    )
    nlp, gazetteer = make_pipeline(args.model), open_gazetteer()

    def list_examples(path: Path) -> list[list[Example]]:
        return [read_examples(row, nlp, gazetteer) for row in read_articles(path)]

    articles = list_examples(args.corpora[0])
    more = [e for path in args.corpora[1:] for article in list_examples(path) for e in article]
    for line in describe_parts(articles, more):
        print(line)
    write_scorer(fit_scorer([*chain(*articles), *more]), args.output)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
