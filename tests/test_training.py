"""The trainer's own arithmetic: the random field, the batches, the readers of corpora."""

import itertools
import json
import random
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the extra train is not installed")

from newsextract.encoder.labels import ENTITY_LABELS, bioes_tags, decode_spans  # noqa: E402
from newsextract.encoder.windows import cut_windows  # noqa: E402
from newsextract.training.augment import (  # noqa: E402
    MASK,
    Names,
    collect_names,
    hide_words,
    swap_names,
)
from newsextract.training.batches import Sample, make_samples  # noqa: E402
from newsextract.training.corpora import (  # noqa: E402
    Document,
    find_words,
    read_attributions,
    read_conllu,
    read_silver,
    to_word_span,
)
from newsextract.training.crf import LineCrf  # noqa: E402
from newsextract.training.train import TrainOptions, plan_batches, rate_at  # noqa: E402

CONLLU = """\
# newdoc id = one
# newpar
# text = We don't go.
1\tWe\twe\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# text = Stay!
1\tStay\tstay\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
2\t!\t!\tPUNCT\t.\t_\t1\tpunct\t_\t_

"""


def test_crf_counts_every_legal_sequence() -> None:
    """The loss is the logarithm of all legal sequences' weight less that of the right one."""
    torch.manual_seed(3)
    crf = LineCrf(("a", "b"))
    for parameter in crf.parameters():
        torch.nn.init.normal_(parameter)
    emissions = torch.randn(2, 3, len(bioes_tags(("a", "b"))))
    tags = torch.tensor([[1, 2, 3], [0, 4, 0]])
    lengths = torch.tensor([3, 2])
    between, opening, closing = crf.scores()

    def weight(row: int, path: tuple[int, ...]) -> torch.Tensor:
        steps = sum(between[a, b] for a, b in itertools.pairwise(path))
        seen = sum(emissions[row, i, tag] for i, tag in enumerate(path))
        return opening[path[0]] + closing[path[-1]] + steps + seen

    for row, loss in enumerate(crf(emissions, tags, lengths)):
        length = int(lengths[row])
        paths = itertools.product(range(emissions.shape[2]), repeat=length)
        everything = torch.logsumexp(torch.stack([weight(row, p) for p in paths]), 0)
        right = weight(row, tuple(tags[row, :length].tolist()))
        assert loss.item() == pytest.approx((everything - right).item(), abs=1e-3)


def test_conllu_gives_text_words_and_heads(tmp_path: Path) -> None:
    """Contractions share their letters, heads are word indices, roots are their own."""
    path = tmp_path / "bank.conllu"
    path.write_text(CONLLU, encoding="utf8")
    (doc,) = read_conllu(path)
    assert doc.text == "We don't go. Stay!"
    assert [doc.text[s:e] for s, e in doc.words] == ["We", "do", "n't", "go", ".", "Stay", "!"]
    assert doc.heads == [3, 3, 3, 3, 3, 5, 5]
    assert doc.sentences == [0, 5]


def test_attributions_become_spans_and_links(tmp_path: Path) -> None:
    """A source that two cues share is one span with two links."""
    text = "Ann Lee said it rained and added it snowed."
    at = {part: [text.index(part), text.index(part) + len(part)] for part in
          ("Ann Lee", "said", "it rained", "added", "it snowed")}  # fmt: skip
    rows = [
        {"source": [at["Ann Lee"]], "cue": [at["said"]], "content": [at["it rained"]]},
        {"source": [at["Ann Lee"]], "cue": [at["added"]], "content": [at["it snowed"]]},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"id": "a", "text": text, "attributions": rows}), encoding="utf8")
    (doc,) = read_attributions(path)
    assert doc.spans == [
        (0, 2, "source"), (2, 3, "cue"), (3, 5, "content"), (6, 7, "cue"), (7, 9, "content"),
    ]  # fmt: skip
    assert doc.links == [(1, 0, [2]), (3, 0, [4])]


def test_characters_to_words() -> None:
    """A span inside a word takes the word; one between words takes none."""
    words = [(0, 3), (4, 8)]
    assert to_word_span(words, 1, 5) == (0, 2)
    assert to_word_span(words, 3, 4) == (1, 1)


def test_rate_rises_and_falls() -> None:
    """The rate is full at the end of the warm-up and nothing at the end."""
    rates = [rate_at(step, 100, 0.1) for step in range(101)]
    assert max(rates) == 1.0
    assert rates[0] == pytest.approx(0.1)
    assert rates[100] == 0.0


def test_plan_is_the_same_for_the_same_seed() -> None:
    """Nothing but options and seed decides the order of batches."""
    options = TrainOptions(epochs={"a": 1.5}, batch_pieces=10)
    samples = {"a": [[make_sample(f"Ann Lee met {n} men.") for n in range(9)]]}
    assert plan_batches(samples, options) == plan_batches(samples, options)
    assert sum(map(len, plan_batches(samples, options))) == 9 + 4


def test_passes_over_a_corpus_take_turns() -> None:
    """The second pass has windows of its own."""
    options = TrainOptions(epochs={"a": 2}, batch_pieces=10)
    one, two = make_sample("Ann Lee left."), make_sample("Bo Ray left.")
    assert plan_batches({"a": [[one], [two]]}, options) == [[one], [two]]


def make_sample(text: str, *names: tuple[str, str]) -> Sample:
    """Return a window with (name, label) marked wherever the name stands; one piece a letter."""
    words = find_words(text)
    spans = []
    for name, label in names:
        at = -1
        while (at := text.find(name, at + 1)) >= 0:
            spans.append((*to_word_span(words, at, at + len(name)), label))
    doc = Document("a", text, words, entities=sorted(spans))
    (sample,) = make_samples(doc, read_letters, deprels=())
    return sample


def read_letters(word: str) -> tuple[int, ...]:
    """Return one piece for each letter."""
    return tuple(map(ord, word))


def swap_all(sample: Sample, names: Names) -> str:
    """Return the text of the window with all of its names exchanged."""
    swapped = swap_names(sample, names, reader=read_letters, share=1.0, rng=random.Random(1))
    assert list(map(read_letters, swapped.words.texts)) == swapped.pieces
    assert decode_spans(swapped.entity or [], ENTITY_LABELS) == decode_spans(
        sample.entity or [], ENTITY_LABELS
    )
    return " ".join(swapped.words.texts)


def test_names_give_way_to_others_of_their_kind() -> None:
    """A person is the same one throughout; a place has as many words as before."""
    sample = make_sample(
        "Ann Lee left Bath for New York. Lee hated Bath.",
        *(("Ann Lee", "PERSON"), ("Lee", "PERSON"), ("Bath", "LOC"), ("New York", "LOC")),
    )
    names = Names({("LOC", 1): [("Oslo",)], ("LOC", 2): [("San", "Jose")]}, [("Bo",)], [("Ray",)])
    assert swap_all(sample, names) == "Bo Ray left Oslo for San Jose . Ray hated Oslo ."


def test_initials_particles_and_dates_stay() -> None:
    """Only plain words of a person's name are exchanged, and no dates."""
    sample = make_sample("J. de Boer came on Monday.", ("J. de Boer", "PERSON"), ("Monday", "DATE"))
    names = Names({("DATE", 1): [("Friday",)]}, [("Bo",)], [("Ray",)])
    assert swap_all(sample, names) == "J. de Ray came on Monday ."


def test_names_are_collected_from_the_samples() -> None:
    """Persons give first and last words, the gazetteer more places."""
    names = collect_names([make_sample("Ann Lee left.", ("Ann Lee", "PERSON"))], ["Cape Town"])
    assert (names.first, names.last) == ([("Ann",)], [("Lee",)])
    assert names.phrases["LOC", 2] == [("Cape", "Town")]


def test_hidden_words_keep_their_length() -> None:
    """All pieces of a hidden word are masked, or none."""
    sample = make_sample("Ann Lee left Bath for New York and never came back.")
    hidden = hide_words(sample, share=0.5, rng=random.Random(2)).pieces
    assert [len(p) for p in hidden] == [len(p) for p in sample.pieces]
    masked = [set(own) == {MASK} for own in hidden]
    assert any(masked)
    assert all(m or a == b for m, a, b in zip(masked, hidden, sample.pieces, strict=True))


def test_sentences_of_machine_labels_become_passages(tmp_path: Path) -> None:
    """Offsets go on from sentence to sentence, in a layer of their own."""
    path = tmp_path / "silver.jsonl"
    rows = [
        {"id": 1, "text": "It rained.", "entities": []},
        {"id": 2, "text": "Ann left.", "entities": [[0, 3, "Person"]]},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    (doc,) = read_silver(path)
    assert doc.text == "It rained. Ann left."
    assert doc.silver == [(3, 4, "PERSON")]
    assert doc.entities is None


def test_a_smaller_first_window_moves_the_others() -> None:
    """Passes over a corpus do not cut it at the same lines."""
    lengths, breaks = [10] * 60, [3] + [1, 1, 1, 1, 2] * 11 + [1] * 4
    plain = cut_windows(lengths, breaks)
    moved = cut_windows(lengths, breaks, used=170)
    assert plain[0].end > moved[0].end
    assert [(w.start, w.end) for w in moved][-1][1] == 60
