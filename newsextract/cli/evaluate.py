"""``newsextract evaluate``: score records against gold annotation."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from newsextract.cli.options import add_extractor_options, positive

if TYPE_CHECKING:
    from newsextract.evaluation.gold import Gold
    from newsextract.evaluation.tally import Measure, Tally
    from newsextract.evaluation.tasks import Task
    from newsextract.records import Extraction

    Totals = Mapping[str, tuple[Iterable[Measure], Tally]]

DESCRIPTION = """\
Compare records with gold annotation and print figures for every task that the gold file has the
fields for. The extraction sees only the text, id and publication date of the gold articles. On a
treebank (.conllu), it scores parts of speech, trees and sentences.
"""
EPILOG = """\
examples:
  newsextract evaluate dev.jsonl
  newsextract evaluate dev.jsonl --task quotes --errors 20
  newsextract evaluate dev.jsonl --records records.jsonl --json
  newsextract evaluate dev.jsonl --rules
  newsextract evaluate dev.jsonl --without quotes.clauses.take_clause
"""
TASK_NAMES = (
    "entities", "quotes", "speakers", "people", "layout", "dates", "places", "pronouns", "chains",
    "articles", "press",
)  # fmt: skip
CONVENTION_NAMES = ("press", "polnear")


def add_parser(subparsers: Any) -> None:
    """Add the command to ``subparsers``."""
    parser = subparsers.add_parser(
        "evaluate",
        help="score records against gold annotation",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    parser.add_argument("gold", metavar="GOLD", help="gold articles, one JSON object per line")
    parser.add_argument(
        "--task",
        action="append",
        choices=TASK_NAMES,
        metavar="TASK",
        help="only this task (repeatable; default: every task that the file is annotated for): "
        + ", ".join(TASK_NAMES),
    )
    parser.add_argument(
        "--records", metavar="FILE", help="records to compare (default: extract them now)"
    )
    parser.add_argument(
        "--errors", type=positive, metavar="N", help="list up to N errors of each kind"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    parser.add_argument(
        "--convention",
        choices=CONVENTION_NAMES,
        default=CONVENTION_NAMES[0],
        help="annotation guide to find attributions by (default: press, as in records)",
    )
    parser.add_argument(
        "--rules", action="store_true", help="print how often each rule of the stages decided"
    )
    parser.add_argument(
        "--without",
        action="append",
        metavar="RULE",
        help="switch off this rule, named as in --rules (repeatable)",
    )
    add_extractor_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the figures."""
    from newsextract.evaluation.gold import read_gold, tally_articles
    from newsextract.evaluation.tally import add_up
    from newsextract.language.rules import audit_rules

    if args.gold.endswith(".conllu"):
        return _run_syntax(args)
    gold = read_gold(args.gold)
    tasks = choose_tasks(gold, args.task, path=args.gold)
    with audit_rules(_switched_off(args)) as counts:
        records = _records(args, gold)
    totals = {task: add_up(tally_articles(task, gold, records)) for task in tasks}
    named = {task.name: (task.measures, total) for task, total in totals.items()}
    _print(args, named)
    if args.rules:
        for line in _rule_lines(counts):
            print(line)
    return 0


def _switched_off(args: argparse.Namespace) -> Sequence[str]:
    """Return the rules of ``--without``.

    Raises:
        InputError: there is no such rule, or ``--records`` is given too.
    """
    from newsextract import extractor  # noqa: F401  registers the rules
    from newsextract.errors import InputError
    from newsextract.language.rules import rule_names

    if args.records and (args.rules or args.without):
        raise InputError("--rules and --without cannot be used with --records")
    for name in args.without or ():
        if name not in rule_names():
            raise InputError(f"--without {name}: no such rule; --rules lists their names")
    return args.without or ()


def _rule_lines(counts: Mapping[str, int]) -> Iterator[str]:
    """Yield each rule with how often it decided, unused rules last."""
    from newsextract.language.rules import rule_names

    yield "rules"
    for name in sorted(rule_names(), key=lambda name: (-counts.get(name, 0), name)):
        yield f"{counts.get(name, 0):8}  {name}"


def _run_syntax(args: argparse.Namespace) -> int:
    """Print the figures of a treebank."""
    from newsextract.cli.options import make_pipeline
    from newsextract.encoder.component import NewsEncoder
    from newsextract.evaluation.syntax import MEASURES, read_conllu, tally_treebank
    from newsextract.evaluation.tally import add_up
    from newsextract.pipeline import find_component

    documents = read_conllu(args.gold)
    nlp = make_pipeline(args)
    model = find_component(nlp, NewsEncoder).model
    total = add_up(tally_treebank(document, nlp, model) for document in documents)
    return _print(args, {"syntax": (MEASURES, total)})


def _print(args: argparse.Namespace, totals: Totals) -> int:
    for line in _json(totals) if args.json else _tables(totals, most=args.errors):
        print(line)
    return 0


def choose_tasks(
    gold: Sequence[Gold], names: Sequence[str] | None, *, path: str
) -> tuple[Task, ...]:
    """Return the tasks of ``names``, or all that ``gold`` is annotated for.

    Raises:
        InputError: the gold file has no articles, or lacks the fields of a task.
    """
    from newsextract.errors import InputError
    from newsextract.evaluation.tasks import TASKS, tasks_of

    if not gold:
        raise InputError(f"{path}: no articles")
    wanted = [t for t in TASKS if t.name in names] if names else tasks_of(gold[0])
    missing = [field for task in wanted for field in task.fields if field not in gold[0]]
    if missing:
        raise InputError(f"{path}: its articles have no field {missing[0]!r}")
    if not wanted:
        raise InputError(f"{path}: none of its fields is gold annotation of a known task")
    return tuple(wanted)


def _records(args: argparse.Namespace, gold: Sequence[Gold]) -> Mapping[str, Extraction]:
    from newsextract.cli.options import load_extractor
    from newsextract.encoder.component import NewsEncoder
    from newsextract.evaluation.gold import article_of, read_records
    from newsextract.extractor import Extractor
    from newsextract.pipeline import find_component

    if args.records:
        return read_records(args.records, {article["id"]: article["text"] for article in gold})
    articles = map(article_of, gold)
    extractor = load_extractor(args)
    if isinstance(extractor, Extractor):
        find_component(extractor.nlp, NewsEncoder).follow(args.convention)
    return {record.id: record for record in extractor.pipe(articles)}


def _tables(totals: Totals, *, most: int | None) -> Iterator[str]:
    from newsextract.evaluation.tables import error_listing, figures_of, table

    for name, (measures, total) in totals.items():
        yield name
        yield from table(figures_of(measures, total))
        if most:
            yield from error_listing(total.errors, most=most)


def _json(totals: Totals) -> Iterator[str]:
    from newsextract.evaluation.tables import figures_of, plain_figures

    figures = {name: plain_figures(figures_of(m, total)) for name, (m, total) in totals.items()}
    yield json.dumps(figures)
