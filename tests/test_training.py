"""The trainer's own arithmetic: the random field, the batches, the readers of corpora."""

import itertools
import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the extra train is not installed")

from newsextract.encoder.labels import bioes_tags  # noqa: E402
from newsextract.training.corpora import (  # noqa: E402
    read_attributions,
    read_conllu,
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
    assert plan_batches({"a": []}, options) == plan_batches({"a": []}, options)
