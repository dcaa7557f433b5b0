"""Words, windows, tags, links and trees: all that stands around the network."""

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnxruntime import InferenceSession

from newsextract import Extractor
from newsextract.encoder.component import NewsEncoder
from newsextract.encoder.decode import LONGEST_TREE
from newsextract.encoder.labels import (
    ENTITY_LABELS,
    bioes_tags,
    decode_spans,
    encode_spans,
    legal_transitions,
)
from newsextract.encoder.lemmas import describe_form, lemmatize
from newsextract.encoder.lines import Transitions
from newsextract.encoder.links import distance_buckets, span_means
from newsextract.encoder.marginals import tag_marginals
from newsextract.encoder.spans import EXACT, POSSIBLE, WORTH, choose_spans
from newsextract.encoder.trees import best_tree
from newsextract.encoder.viterbi import best_tags
from newsextract.encoder.windows import MAX_PIECES, cut_windows
from newsextract.encoder.words import (
    BREAKS,
    CASES,
    QUOTE_STATES,
    Words,
    letter_case,
    read_words,
)
from newsextract.pipeline import find_component


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("of", "lower"), ("Kyiv", "title"), ("NATO", "upper"), ("J", "initial"), ("J.", "initial"),
        ("McCain", "mixed"), ("2024", "digits"), ("F-16", "alphanumeric"), ("—", "other"),
    ],
)  # fmt: skip
def test_letter_case(word: str, case: str) -> None:
    """Each way of writing a word has its class."""
    assert CASES[letter_case(word)] == case


def test_words_know_breaks_and_quotation_marks() -> None:
    """The break before each word, and where it stands to the marks of its line."""
    text = 'NewsAnn said\n"Go" now.\n\n"Stay'
    offsets = [
        (0, 4),
        (4, 7),
        (8, 12),
        (13, 14),
        (14, 16),
        (16, 17),
        (18, 21),
        (21, 22),
        (24, 25),
        (25, 29),
    ]
    words = read_words(text, offsets)
    assert [BREAKS[b] for b in words.breaks] == [
        "paragraph", "glued", "space", "line", "glued", "glued", "space", "glued", "paragraph",
        "glued",
    ]  # fmt: skip
    assert [QUOTE_STATES[q] for q in words.quotes] == [
        "outside", "outside", "outside", "opening", "inside", "closing", "outside", "outside",
        "opening", "inside",
    ]  # fmt: skip


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 3)), max_size=900))
def test_windows_keep_every_word_once(words: list[tuple[int, int]]) -> None:
    """Windows fit the network, and each word is kept by exactly one."""
    lengths, breaks = [w[0] for w in words], [w[1] for w in words]
    windows = cut_windows(lengths, breaks)
    kept = [i for w in windows for i in range(w.first, w.last)]
    assert kept == list(range(len(words)))
    for w in windows:
        assert sum(lengths[w.start : w.end]) + 2 <= MAX_PIECES
        assert w.start <= w.first < w.last <= w.end


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30), st.randoms())
def test_spans_survive_their_tags(sizes: list[int], rng: object) -> None:
    """Spans to tags and back are the same spans."""
    spans, at = [], 0
    for n, size in enumerate(sizes):
        if size:
            spans.append((at, at + size, ENTITY_LABELS[n % len(ENTITY_LABELS)]))
        at += size + n % 2
    assert decode_spans(encode_spans(spans, at, ENTITY_LABELS), ENTITY_LABELS) == spans


def test_viterbi_finds_the_best_legal_sequence() -> None:
    """The same path as trying every one, and no span crosses a line."""
    labels = ("a", "b")
    tags = bioes_tags(labels)
    legal, opens = legal_transitions(labels)
    rng = np.random.default_rng(7)
    size = len(tags)
    between = np.where(legal, rng.normal(size=(size, size)), -1e4).astype(np.float32)
    opening = np.where(opens, rng.normal(size=size), -1e4).astype(np.float32)
    closing = np.where(legal[:, 0], rng.normal(size=size), -1e4).astype(np.float32)
    emissions = rng.normal(size=(7, size)).astype(np.float32)
    lines = [(0, 3), (3, 7)]
    found = best_tags(emissions, lines, Transitions(between, opening, closing))
    for start, end in lines:
        paths = itertools.product(range(size), repeat=end - start)
        best = max(paths, key=lambda p: _score(p, emissions[start:end], between, opening, closing))
        assert found[start:end] == list(best)


def _score(path, emissions, between, opening, closing) -> float:  # type: ignore[no-untyped-def]
    steps = sum(between[a, b] for a, b in itertools.pairwise(path))
    return (
        opening[path[0]]
        + closing[path[-1]]
        + steps
        + sum(emissions[i, t] for i, t in enumerate(path))
    )


def _plain() -> Transitions:
    """Return transitions between the tags of the label "a" that weigh nothing where legal."""
    legal, opens = legal_transitions(("a",))
    return Transitions(
        np.where(legal, 0, -1e4).astype(np.float32),
        np.where(opens, 0, -1e4).astype(np.float32),
        np.where(legal[:, 0], 0, -1e4).astype(np.float32),
    )


def test_certain_words_do_not_change_the_path() -> None:
    """Words that are certainly O leave what is found beside them as it is."""
    size = len(bioes_tags(("a",)))
    emissions = np.zeros((6, size), np.float32)
    emissions[:, 0] = 50.0
    emissions[2, 0], emissions[2, 1], emissions[3, 0], emissions[3, 3] = 0.0, 3.0, 0.0, 3.0
    assert best_tags(emissions, [(0, 6)], _plain()) == [0, 0, 1, 3, 0, 0]


def _choose(emissions: np.ndarray, lines: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Return the spans of the label "a" that are chosen."""
    marginals = tag_marginals(emissions.astype(np.float32), lines, _plain())
    return [(s.start, s.end, s.label) for s in choose_spans(marginals, ("a",))]


def test_a_name_is_found_where_its_sequences_agree_on_most_of_it() -> None:
    """No sequence is probable, but all have the second and third word in a span: it is found."""
    emissions = np.zeros((5, 5))
    emissions[:, 0] = [9, 0, 0, 0, 9]
    emissions[1:4, 1:] = -9
    emissions[1, [0, 1]] = 2, 2.1
    emissions[2, [1, 2]] = 9, 9
    emissions[3, 3] = 9
    assert _choose(emissions, [(0, 5)]) == [(1, 4, "a")]


def test_a_name_that_is_hardly_probable_is_none() -> None:
    """The best sequence has the span, at 42 %: others take the word for O or for more."""
    emissions = np.full((3, 5), -20.0)
    emissions[[0, 2], 0] = 9.0
    emissions[1, [0, 4]] = np.log((0.58, 0.42))
    assert _choose(emissions, [(0, 3)]) == []
    emissions[1, [0, 4]] = np.log((0.53, 0.47))
    assert _choose(emissions, [(0, 3)]) == [(1, 2, "a")]


def test_names_stay_in_their_lines_and_apart() -> None:
    """Spans never cross a line nor each other, whatever the scores; many are found."""
    rng = np.random.default_rng(5)
    for _ in range(20):
        emissions = rng.normal(scale=4, size=(60, 5))
        lines = [(0, 7), (7, 8), (8, 40), (40, 60)]
        spans = _choose(emissions, lines)
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
        assert all(any(s <= a and b <= e for s, e in lines) for a, b, _ in spans)
        assert len(spans) > 5


def test_choice_among_many_candidates_is_the_best_one() -> None:
    """The worth of the chosen spans is that of the best of all sets of candidates."""
    rng = np.random.default_rng(11)
    emissions = rng.normal(scale=1.5, size=(9, 5)).astype(np.float32)
    marginals = tag_marginals(emissions, [(0, 9)], _plain())
    chance = {
        span: marginals.span_probability(span, 0)
        for span in itertools.combinations(range(10), 2)
        if marginals.span_probability(span, 0) > POSSIBLE
    }

    def likeness(a: tuple[int, int], b: tuple[int, int]) -> float:
        shared = len(set(range(*a)) & set(range(*b))) / len(set(range(*a)) | set(range(*b)))
        return EXACT * (a == b) + (1 - EXACT) * shared

    gain = {a: sum(likeness(a, b) * p for b, p in chance.items()) - WORTH for a in chance}
    sets = (c for n in range(5) for c in itertools.combinations(sorted(gain), n))
    apart = (c for c in sets if all(a[1] <= b[0] for a, b in itertools.pairwise(c)))
    best = max(apart, key=lambda c: sum(gain[a] for a in c))
    assert len(best) > 1
    assert [(s.start, s.end) for s in choose_spans(marginals, ("a",))] == list(best)


class CountingSession:
    """Counts the runs of a session."""

    def __init__(self, session: InferenceSession) -> None:
        self.session, self.runs = session, 0

    def run(self, *arguments: Any) -> Any:
        self.runs += 1
        return self.session.run(*arguments)


@pytest.mark.model
def test_filler_goes_through_the_network_once(extractor: Extractor) -> None:
    """Windows that read the same share their outputs; every word has the same as before."""
    model = find_component(extractor.nlp, NewsEncoder).model
    session: Any = CountingSession(model.session)
    texts = ["<", "a"] * 3000
    words = Words(texts, [letter_case(text) for text in texts], [1] * 6000, [0] * 6000)
    filler = list(replace(model, session=session).run(words))
    assert sum(len(scores) for _, scores in filler) == 6000
    assert session.runs < 6
    parts = np.concatenate([scores for _, scores in filler])
    assert np.array_equal(parts[1000:1200], parts[3060:3260])
    prose = read_words("Ann Lee said so. " * 9, [(0, 3), (4, 7), (8, 12), (13, 15)])
    ((_, alone),) = replace(model, session=session).run(prose)
    assert np.array_equal(alone, next(iter(model.run(prose)))[1])


def test_span_means_reach_the_end_of_the_text() -> None:
    """Each range has its mean, beside one another and at the last word too."""
    states = np.arange(10, dtype=np.float32).reshape(5, 2)
    ranges = [(0, 2), (2, 3), (4, 5)]
    means = span_means(states, ranges)
    assert means.tolist() == [states[a:b].mean(0).tolist() for a, b in ranges]


def test_distance_has_a_direction() -> None:
    """A source before its cue and one after it are told apart."""
    after, before = distance_buckets(np.array([(10, 12)] * 2), np.array([(12, 14), (8, 10)]))
    assert after != before


@pytest.mark.parametrize(
    ("form", "lemma", "features"),
    [
        ("bring", "bring", "VerbForm=Inf"),
        ("exceed", "exceed", "VerbForm=Inf"),
        ("fled", "flee", "Mood=Ind|Tense=Past|VerbForm=Fin"),
        ("bringing", "bring", "VerbForm=Ger"),
        ("stopped", "stop", "Mood=Ind|Tense=Past|VerbForm=Fin"),
    ],
)
def test_verbs_that_look_like_another_form(form: str, lemma: str, features: str) -> None:
    """An ending that belongs to the verb itself is left on."""
    assert (lemmatize(form, "VERB"), describe_form(form, "VERB")) == (lemma, features)


def test_an_endless_sentence_has_several_trees(extractor: Extractor) -> None:
    """No tree has more words than there is memory and recursion for, however long a sentence is."""
    doc = extractor.nlp("the port and " * 2000)
    assert len(doc) == 6000
    assert max(len(list(token.subtree)) for token in doc if token.head == token) <= LONGEST_TREE


def test_tree_has_one_root_and_no_cycle() -> None:
    """Two words that prefer each other, and two that want to be root, still make a tree."""
    scores = np.array([[5.0, 0.0, 0.0], [0.0, 4.0, 3.0], [0.0, 6.0, -9.0]], np.float32)
    assert best_tree(scores) == [0, 0, 1]
    scores = np.array([[1.0, 0.0, 0.0], [2.0, 0.0, 9.0], [1.0, 9.0, 0.0]], np.float32)
    assert best_tree(scores) == [0, 0, 1]
