"""The published figures: ``docs/accuracy.md``, from the corpora of the gate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsextract import __version__
from newsextract.evaluation import press, quotes, speakers
from newsextract.evaluation.gold import tally_articles
from newsextract.evaluation.intervals import bootstrap
from newsextract.evaluation.reliability import RELIABILITY
from newsextract.evaluation.tables import figures_of
from newsextract.evaluation.tally import F1, Measure, Share, Tally, Total, add_up
from newsextract.evaluation.tasks import TASKS

from .corpora import CORPORA, Corpus, Measurement
from .peers import PEERS, Peer

HEAD = """\
# Accuracy

How often newsextract {version} with the model `{model}` is right, on annotated articles
that it was not trained on. This page is made by one command, `python -m tests.quality --report`,
and the same command gives the same page. F1, precision and recall are percentages. The interval
is where the figure falls for 95 % of corpora drawn from the same articles with replacement
(bootstrap, 1,000 rounds): differences smaller than it say little.

These are dev sets: choices between models and rules were made by their totals. Expect a little less
on articles from elsewhere. The floors in `tests/quality/floors.toml` keep the figures from dropping
unseen.
"""
WHAT = {
    "entities": "Names of people, places and organizations, as exact spans.",
    "quotes": (
        "Attributions. Source, cue and content are exact spans, edges trimmed of marks and "
        "punctuation; a relation is right where its content is exact (or overlaps by 80 % of its "
        "words) and its source overlaps. By kind: the share of gold attributions whose relation "
        "was found with an overlap of 80 %. By `score`: how many of "
        "our quotes are right; the scores were fitted on press dev articles (`docs/training.md` "
        "tells how they hold on articles left out)."
    ),
    "speakers": (
        "Who is behind each attribution, over the whole article: of those whose content was found, "
        "and end to end of all. By kind: of those found, by what the speaker is."
    ),
    "people": "The people of an article by name, and their roles (60 % of the words in common).",
    "syntax": (
        "Parts of speech and dependencies of all words, on gold words and sentences, subtypes left "
        "out; sentences from the raw text, whole and by where they begin."
    ),
    "pronouns": (
        "Whether the pronoun stands for one name, the other, or neither, by the rules of GAP: F1 "
        "over the names it stands for, and the share of passages with both answers right."
    ),
    "chains": (
        "Chains of mentions of one person that hold he or she, of named people alone on our side: "
        "links by the rules of MUC, and the mentions in them. A mention stands for the smallest "
        "gold mention around it, since our names leave titles and appositions out."
    ),
    "layout": "The headline, where the text opens with the title that the corpus gives.",
    "dates": "Time expressions by the rules of TempEval-3; value counts overlap and equal value.",
    "places": (
        "Toponyms found, and resolved to within 161 km (100 miles): of those found, of all, and of "
        "those that were answered."
    ),
    "press": (
        "Who said what. A quote is found where 60 % of the words of its content are; it is said "
        "where its speaker is right as well. Nested quotes stand inside the words of another. "
        "Source, cue and names (without titles) are exact spans; pronouns and nominals count with "
        "the right person."
    ),
    "articles": "Whole articles: statements (overlap of 60 %), speakers, people, dates, layout.",
}
FOOT = """\
## Linking over articles, and gender

Who is one person in the 1,238 articles of press and PolNeAR (`python -m tests.quality.linking`),
read in 718 of them: every person with the family name of one of the 60 people named in most
articles, and 200 random pairs of other people whose names can be one person's, 192 of them decided
by reading. The people are those that the model found. Thresholds were chosen on the 718.

| figure | precision | recall | F1 |
|---|---|---|---|
| pairs, the 60 most named | 99.86 | 97.92 | 98.88 |
| B³, the 60 most named | 99.64 | 95.92 | 97.74 |
| 200 random pairs | 100.00 | 89.12 | 94.24 |

Of the 1,596 people 1,587 are found in their articles. The wrong joins that were looked at came from
records that mixed two people of one article. What is missed: "Joseph R. Biden Jr." and "Joe Biden"
stay two, as do "G Murphy" of a line-up and the full name, misspelled names, and lone family names
that two people fit ("the Bush administration"). 100,000 invented articles of four people each took
113 seconds of one core and 228 MB to link (40,000 took 49, 10,000 took 9:
`scripts/scale_linking.py`).

Organizations of the same articles, by reading 165 pairs of records drawn at random from four strata
and weighted by their sizes (one name or two, joined or not; two names that share words or letters):
precision 100 % (69 of 69 joined pairs), recall about 92 %, F1 about 96 %. Of pairs of *different*
names that were joined, each counted once, six in seven were right before the last fix, which
targeted the others (two ministries, two universities). What is missed: bodies of one country
named in articles set in another ("Congress" in news from Iran), "Treasury" beside "Treasury
Department", "The Post" beside "Washington Post". The sample is not in the repository: it quotes the
corpora.

The `gender` of 511 people of the press articles for whom annotators found "he" or "she": told for
89.6 %, and right for 99.1 % of those. It is `null` where the article has no pronoun and the name is
rare or of both.

## What the corpora are, and are not

- PolNeAR is US politics of two years. Other desks (sport, courts, markets) and other Englishes are
  in the press articles only, most of them annotated by a language model.
- The press of twelve countries and the speakers were annotated by one person each.
- The time corpora are agency prose of the 1990s with a publication date; scraped articles without
  one leave relative dates open.
- Interviews, transcripts, live blogs and social media are in none of them.
- All are English. A text in another language gets an issue, and figures for it would be low.
"""
_EXTRA: dict[str, Sequence[Measure]] = {
    "quotes": (*quotes.BY_KIND, *RELIABILITY),
    "speakers": speakers.BY_KIND,
    "press": press.BY_KIND,
    "places": RELIABILITY,
}


def write_report(measurement: Measurement) -> Iterator[str]:
    """Yield the lines of the page."""
    first = next(iter(measurement.read(CORPORA[0])[1].values()))
    yield HEAD.format(version=__version__, model=first.model)
    for corpus in CORPORA:
        yield from _corpus(measurement, corpus)
    yield from _peers(measurement)
    yield FOOT.rstrip("\n")


def _corpus(measurement: Measurement, corpus: Corpus) -> Iterator[str]:
    tables = list(measurement.tallies(corpus))
    yield f"## {corpus.title}\n"
    yield f"{len(tables[0].tallies)} articles: {corpus.about}.\n"
    for counted in tables:
        yield f"{WHAT[counted.task]}\n"
        yield from _table(counted.tallies, [*counted.measures, *_EXTRA.get(counted.task, ())])


def _peers(measurement: Measurement) -> Iterator[str]:
    """What other libraries find in the same articles."""
    yield "## Others on the same articles\n"
    for peer in PEERS:
        yield from _peer(measurement, peer)


def _peer(measurement: Measurement, peer: Peer) -> Iterator[str]:
    corpus = next(corpus for corpus in CORPORA if corpus.path == peer.corpus)
    gold, _ = measurement.read(corpus)
    records = peer.read(gold, measurement.extractor)
    if records is None:
        yield f"{peer.absent}\n"
        return
    task = next(task for task in TASKS if task.name == peer.task)
    yield f"{peer.about} {corpus.title}.\n"
    yield from _table(tally_articles(task, gold, records), peer.measures)


def _table(tallies: Sequence[Tally], measures: Sequence[Measure]) -> Iterator[str]:
    yield "| figure | value | 95 % interval | precision | recall |"
    yield "|---|---|---|---|---|"
    total = add_up(tallies)
    for measure, figure in zip(measures, figures_of(measures, total), strict=True):
        if isinstance(measure, Share) and not total.counts[measure.whole]:
            continue
        if isinstance(measure, Total):
            yield f"| {figure.name} | {figure.value:.0f} | | | |"
            continue
        interval = ""
        if isinstance(measure, F1 | Share):
            low, high = bootstrap(tallies, measure)
            interval = f"{low:.1f} – {high:.1f}"
        rest = ""
        if figure.precision is not None:
            rest = f"{figure.precision:.1f} | {figure.recall:.1f}"
        yield f"| {figure.name} | {figure.value:.1f} | {interval} | {rest or '|'} |"
    yield ""
