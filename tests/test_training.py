"""The trainer's own arithmetic: the random field, the batches, the readers of corpora."""

import itertools
import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra train is not installed")

from safetensors.torch import save_file  # noqa: E402

from newsextract.encoder.component import SHIPPED  # noqa: E402
from newsextract.encoder.labels import (  # noqa: E402
    ENTITY_LABELS,
    LOOSE_LABELS,
    ROLE_LABELS,
    bioes_tags,
    decode_spans,
)
from newsextract.encoder.links import span_means  # noqa: E402
from newsextract.encoder.model import load_model  # noqa: E402
from newsextract.encoder.roles import RoleWeights, score_roles  # noqa: E402
from newsextract.encoder.windows import cut_windows, load_pieces  # noqa: E402
from newsextract.errors import ModelError  # noqa: E402
from newsextract.gazetteer import open_gazetteer  # noqa: E402
from newsextract.pipeline import make_pipeline  # noqa: E402
from newsextract.stages.coreference.features import FEATURES  # noqa: E402
from newsextract.stages.speakers.entity_index import Referent  # noqa: E402
from newsextract.stages.speakers.kinds import KINDS  # noqa: E402
from newsextract.training import annotations  # noqa: E402
from newsextract.training.antecedent_examples import (  # noqa: E402
    make_examples,
    read_corpus,
    read_with,
)
from newsextract.training.augment import (  # noqa: E402
    MASK,
    Names,
    collect_names,
    hide_words,
    swap_names,
)
from newsextract.training.bases import TOKENIZER, load_base, read_shape  # noqa: E402
from newsextract.training.batches import Sample, collate, make_samples  # noqa: E402
from newsextract.training.choices import Example, fit_networks  # noqa: E402
from newsextract.training.corpora import (  # noqa: E402
    Document,
    find_words,
    read_attributions,
    read_press,
    read_silver,
    read_treebank,
    to_word_span,
)
from newsextract.training.crf import LineCrf  # noqa: E402
from newsextract.training.export import load_weights  # noqa: E402
from newsextract.training.fit_kinds import read_cases  # noqa: E402
from newsextract.training.fit_referents import find_right, read_examples  # noqa: E402
from newsextract.training.frames import make_frames  # noqa: E402
from newsextract.training.losses import (  # noqa: E402
    TAUGHT,
    WEIGHTS,
    Decoding,
    batch_losses,
    weight_of,
)
from newsextract.training.network import HEADS, Network, relative_buckets  # noqa: E402
from newsextract.training.prepare import load_prepared, prepare  # noqa: E402
from newsextract.training.referents import Meant, list_meant  # noqa: E402
from newsextract.training.restore import read_weights  # noqa: E402
from newsextract.training.run import find_base  # noqa: E402
from newsextract.training.teach import teach  # noqa: E402
from newsextract.training.train import (  # noqa: E402
    Hardener,
    TrainOptions,
    mean_over_steps,
    plan_batches,
    rate_at,
    train,
    with_all_conventions,
)


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


def test_treebanks_keep_the_relations_that_are_learned(tmp_path: Path) -> None:
    """Other subtypes are cut off."""
    rows = [
        "1\tIt\tit\tPRON\t_\t_\t2\tnsubj:pass\t_\t_",
        "2\tsank\tsink\tVERB\t_\t_\t0\troot\t_\t_",
        "3\toften\toften\tADV\t_\t_\t2\tadvmod:emph\t_\t_",
    ]
    path = tmp_path / "bank.conllu"
    path.write_text("\n".join(rows) + "\n\n", encoding="utf8")
    (doc,) = read_treebank(path)
    assert (doc.text, doc.heads, doc.sentences) == ("It sank often", [1, 1, 1], [0])
    assert doc.deprels == ["nsubj:pass", "root", "advmod"]


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


def test_means_follow_short_runs_at_once_and_long_ones_slowly() -> None:
    """After twenty steps the mean is near the weights; after many it keeps what it has to."""
    move, mean = mean_over_steps(0.99), torch.zeros(1)
    for step in range(1, 21):
        move([mean], [torch.ones(1)], step)
    assert mean.item() > 0.9
    move([mean.zero_()], [torch.ones(1)], 5000)
    assert mean.item() == pytest.approx(0.01)


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


def make_nested() -> Document:
    """Return "Bo said Ann denied it.", where what Bo said holds what Ann denied."""
    text = "Bo said Ann denied it."
    spans = [
        (0, 1, "source"), (1, 2, "cue"), (2, 5, "content"), (2, 3, "source"), (3, 4, "cue"),
        (4, 5, "content"),
    ]  # fmt: skip
    links = [(1, 0, [2]), (4, 3, [5])]
    return Document("a", text, find_words(text), spans=spans, links=links)


def test_every_cue_has_tags_of_its_own() -> None:
    """Words that are content for the outer cue may be the source of the inner one."""
    (sample,) = make_samples(make_nested(), read_letters, deprels=())
    (outer, reach, of_outer), (inner, _, of_inner) = sample.roles or []
    assert (outer, inner, reach) == ((1, 2), (3, 4), (0, 6))
    assert decode_spans(of_outer, ROLE_LABELS) == [(0, 1, "source"), (2, 5, "content")]
    assert decode_spans(of_inner, ROLE_LABELS) == [(2, 3, "source"), (4, 5, "content")]
    assert decode_spans(sample.loose or [], LOOSE_LABELS) == []


def test_contents_without_a_cue_are_a_layer_of_their_own() -> None:
    """What no cue has is loose; what a cue has is not."""
    doc = make_nested()
    loose = replace(doc, spans=[*(doc.spans or []), (0, 5, "content")])
    (sample,) = make_samples(loose, read_letters, deprels=())
    assert decode_spans(sample.loose or [], LOOSE_LABELS) == [(0, 5, "content")]


def test_roles_are_learned_as_they_are_decoded() -> None:
    """The loss of a window is that of the scores that decoding reads, cue by cue."""
    torch.manual_seed(3)
    (sample,) = make_samples(make_nested(), read_letters, deprels=())
    decoding = Decoding(1)
    torch.nn.init.normal_(decoding.role_offsets)
    heads = {name: torch.randn(1, 6, width) for name, width in HEADS.items()}
    heads["cue"][:, :, 0] = 30.0  # nothing else looks like a cue
    spans, reaches, tags = zip(*(sample.roles or []), strict=True)
    scores = score_roles(
        span_means(heads["role_cue"][0].numpy(), list(spans)),
        heads["role_word"][0].numpy(),
        RoleWeights(
            decoding.role_products.detach().numpy(), decoding.role_offsets.detach().numpy()
        ),
        spans=spans,
        reaches=reaches,
    )
    own = torch.from_numpy(scores).view(2, 6, -1)
    expected = decoding.roles(own, torch.tensor(tags), torch.tensor([6, 6])).sum()
    losses = batch_losses(collate([sample]), heads, decoding)
    assert losses["roles"].item() == pytest.approx(expected.item(), rel=1e-4)


def test_a_press_article_has_people_phrases_and_quotes(tmp_path: Path) -> None:
    """Names, roles and pronouns of a person are one cluster; a quote without a cue has no link."""
    text = "Mayor Ann Lee said it rained. “It poured.” She left."
    parts = ("Mayor", "Ann Lee", "Mayor Ann Lee", "said", "it rained", "It poured", "She")
    at = {part: [text.index(part), text.index(part) + len(part)] for part in parts}
    person = {"names": [at["Ann Lee"]], "roles": [at["Mayor"]], "nominals": []}
    person["pronouns"] = [at["She"]]
    quotes = [
        {"source": at["Mayor Ann Lee"], "cue": at["said"], "content": [at["it rained"]]},
        {"source": None, "cue": None, "content": [at["It poured"]]},
    ]
    row = {"id": "a", "text": text, "people": [person], "quotes": quotes}
    path = tmp_path / "press.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf8")
    (doc,) = read_press(path)
    assert (doc.people, doc.phrases, doc.clusters) == (
        [(1, 3)], [(0, 1, "role")], [[(1, 3), (12, 13)]],
    )  # fmt: skip
    assert [label for *_, label in doc.spans or []] == ["cue", "source", "content", "content"]
    assert doc.links == [(0, 1, [2])]


def test_frames_mark_what_they_say() -> None:
    """Every part is marked in words; slots are filled, brackets gone, nested parts kept."""
    docs = list(make_frames(rounds=2))
    assert [d.text for d in docs] == [d.text for d in make_frames(rounds=2)]
    for doc in docs:
        assert not set("[]<>|") & set(doc.text)
    links = {
        tuple(words_of(doc, (doc.spans or [])[n]) for n in (cue, source, *contents))
        for doc in docs
        for cue, source, contents in doc.links or []
        if source >= 0
    }
    assert ("finds", "report", "Dam unsafe") in links
    cues = [(words_of(doc, (doc.spans or [])[c]), s) for doc in docs for c, s, _ in doc.links or []]
    shared = [source for cue, source in cues if cue == "adding"]
    assert min(shared) >= 0
    people = [words_of(doc, e) for doc in docs for e in doc.entities or [] if e[2] == "PERSON"]
    assert "Ann Lee" in people
    assert not any(name.startswith(("Mr ", "Sheikh ", "DCI ")) for name in people)


def words_of(doc: Document, span: tuple[int, int, str]) -> str:
    """Return the text of a span of words."""
    return doc.text[doc.words[span[0]][0] : doc.words[span[1] - 1][1]]


def test_distances_of_pieces_fall_into_buckets_by_side() -> None:
    """Near pieces have a bucket for each distance, far ones share; both sides differ."""
    buckets = relative_buckets(200, 32)
    assert buckets[0, 0] == 0
    assert buckets[5, 2] == 3
    assert buckets[2, 5] == 16 + 3
    assert buckets[199, 0] == 15
    assert buckets.max() == 31


def test_what_a_teacher_says_counts_less() -> None:
    """Labels of an earlier model weigh less than those of the corpus."""
    sample = make_sample("Ann Lee left.")
    assert weight_of("entity", sample) == WEIGHTS["entity"]
    taught = replace(sample, taught=("entity",))
    assert weight_of("entity", taught) == TAUGHT * WEIGHTS["entity"]
    assert weight_of("cue", taught) == WEIGHTS["cue"]


@pytest.mark.model
def test_a_teacher_fills_only_what_is_missing() -> None:
    """Names that the corpus marks stay; attributions, which it does not, are the teacher's."""
    text = "“It rained,” Ann Lee said in Riga."
    doc = Document("a", text, find_words(text), entities=[])
    taught = teach(doc, load_model(SHIPPED))
    assert taught.entities == []
    spans = [words_of(doc, span).strip("“,”") for span in taught.spans or []]
    assert (spans, taught.links) == (["Ann Lee", "said", "It rained"], [(1, 0, [2])])
    assert taught.taught == ["cue", "loose", "roles", "phrase", "upos", "sentence"]


@pytest.mark.model
def test_articles_without_labels_are_a_teacher_s(tmp_path: Path) -> None:
    """Texts that no corpus marks train nothing without one."""
    (tmp_path / "texts").mkdir()
    row = json.dumps({"id": 7, "text": "“It rained,” Ann Lee said in Riga."})
    (tmp_path / "texts" / "press.jsonl").write_text(row + "\n", encoding="utf8")
    target = tmp_path / "prepared.gz"
    assert prepare(tmp_path, target).keys() == {"frames_train"}
    counts = prepare(tmp_path, target, teacher=load_model(SHIPPED))
    assert counts["texts_train"] == 1
    (doc,) = load_prepared(target)["texts_train"]
    assert (doc.id, len(doc.entities or []), len(doc.spans or [])) == ("7", 2, 3)


def test_annotations_join_their_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """An annotated article has quotes, phrases and names; another text of its id has nothing."""
    text = "It rained, mayor Ann Lee said."
    quote = {"source": [11, 24], "cue": [25, 29], "content": [[0, 9]]}
    marks = {"size": len(text), "quotes": [quote], "roles": [[11, 16]], "nominals": []}
    marks |= {"names": [[17, 24]], "people": [[[17, 24]]]}
    marks["referents"] = [[11, 24, "organization", [[0, 2]]], [3, 9, "document", [[3, 9]]]]
    monkeypatch.setattr(annotations, "load_annotations", lambda: {"7": marks})
    rows = [{"id": 7, "text": text}, {"id": 7, "text": text + " "}, {"id": 8, "text": text}]
    (doc,) = filter(None, map(annotations.annotate, rows))
    assert (doc.id, doc.phrases, doc.links) == ("7", [(3, 4, "role")], [(0, 1, [2])])
    assert (doc.people, doc.convention) == ([(4, 6)], "annotated")
    assert doc.clusters == [[(4, 6)], [(0, 1), (3, 6)]]
    assert [s[:2] for s in doc.spans or []] == [(6, 7), (3, 6), (0, 2)]


def test_sentences_of_an_annotated_story_are_one_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are its lines, quotation marks closed; sentences of no story stay rows of their own."""
    sentences = ['He called it " a step ". ', 'Ann Lee said " no. "', "Rain fell."]
    path = tmp_path / "sentences.jsonl"
    rows = [{"id": f"s{n}", "text": text} for n, text in enumerate(sentences)]
    path.write_text("\n".join(map(json.dumps, rows)))
    monkeypatch.setattr(annotations, "load_annotations", lambda: {"s0": {"sentences": 2}})
    story = {"id": "s0", "text": 'He called it "a step".\nAnn Lee said "no."'}
    assert [*annotations.read_articles(path)] == [story, rows[2]]


def test_sources_stand_for_what_their_article_tells() -> None:
    """The speakers of quotes tell it, persons aside, or the offsets of an annotated article."""
    text = "First Bank met. The lender said it rained. Fans sang."
    quotes = [
        {"source": [16, 26], "speaker": {"kind": "organization", "name": "First Bank"}},
        {"source": [43, 47], "speaker": {"kind": "person", "name": "Ann Lee"}},
        {"source": None, "speaker": {"kind": "group", "name": "fans"}},
    ]
    marks = {"referents": [[16, 26, "organization", [[0, 10]]]]}
    expected = [Meant((16, 26), "organization", "First Bank")]
    assert [*list_meant({"text": text, "quotes": quotes})] == expected
    assert [*list_meant({"text": text}, marks)] == expected


def test_the_right_referent_is_the_one_of_that_very_name() -> None:
    """A name that only holds the other is right where nothing better is; a place never is."""
    meant = Meant((0, 9), "organization", "the Bank of Bath (BoB)")
    bank, longer = (
        Referent("organization", "BoB", "O1"),
        Referent("organization", "Bank of Bath Ltd"),
    )
    place = Referent("place", "Bath", "L1")
    assert find_right(meant, [place, longer, bank, None], ()).tolist() == [
        False,
        False,
        True,
        False,
    ]
    assert find_right(meant, [place, longer, None], ()).tolist() == [False, True, False]


def test_networks_learn_which_candidate_is_right() -> None:
    """The scorer prefers the feature that the right candidates have."""
    draw = np.random.default_rng(0)
    rows = draw.integers(0, 2, (40, 3, 4)).astype(np.float32)
    rows[:, :, 0] = np.eye(3, dtype=np.float32)[draw.integers(0, 3, 40)]
    examples = [Example(row, row[:, 0] == 1) for row in rows]
    scorer = fit_networks(examples[:30], steps=100, penalty=1e-3)
    assert all(e.right[scorer.score(e.rows).argmax()] for e in examples[30:])


def test_shipped_annotations_are_offsets_alone() -> None:
    """No word of the articles is in the package, and every offset is inside its article."""
    for marks in annotations.load_annotations().values():
        own = {"quotes", "roles", "nominals", "names"}
        assert marks.keys() - {"people", "kinds", "referents", "sentences"} in (
            own | {"id", "size"},
            {"id", "size"},
        )
        spans = [span for name in own - {"quotes"} for span in marks.get(name, ())]
        spans += [(start, end) for start, end, _ in marks.get("kinds", ())]
        assert {kind for *_, kind in marks.get("kinds", ())} <= set(KINDS)
        spans += itertools.chain.from_iterable(marks.get("people", ()))
        for start, end, kind, names in marks.get("referents", ()):
            assert kind in (*KINDS, "person")
            spans += [(start, end), *names]
        for quote in marks.get("quotes", ()):
            spans += [*quote["content"], *filter(None, (quote["source"], quote["cue"]))]
        assert all(0 <= start < end <= marks["size"] for start, end in spans)


@pytest.mark.model
def test_layers_are_fitted_on_annotated_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kinds of sources and the people of an annotated article are examples, not its names."""
    text = "Ann Lee drove to Riga. She said it rained. The report said so too."
    marks = {"size": len(text), "people": [[[0, 7], [23, 26]]], "kinds": [[43, 53, "document"]]}
    marks["referents"] = [[43, 53, "document", [[43, 53]]]]
    monkeypatch.setattr(annotations, "load_annotations", lambda: {"7": marks})
    path = tmp_path / "texts.jsonl"
    rows = [{"id": "7", "text": text}, {"id": "8", "text": text}]
    path.write_text("\n".join(map(json.dumps, rows)))
    nlp = make_pipeline(None)
    (kinds,) = (kinds for _, kinds in read_cases(path, nlp))
    assert [KINDS[kind] for kind in kinds] == ["document"]
    gazetteer = open_gazetteer()
    ((reading, gold),) = read_corpus(path, read=read_with(nlp, gazetteer))
    examples = make_examples(reading, gold, lambda *_: None)
    (she,) = (e for e in examples if e.rows[0, FEATURES.index("pronoun")])
    assert she.right.tolist() == [True, False]
    (report,) = read_examples(rows[0], nlp, gazetteer)
    assert report.right.tolist() == [False] * (len(report.right) - 1) + [True]


def test_weights_of_fewer_conventions_begin_with_the_first() -> None:
    """What a model has not been trained by is read as the press at first."""
    state = {"conventions.weight": torch.tensor([[1.0], [2.0]]), "other": torch.ones(1)}
    found = with_all_conventions(state)
    assert found["conventions.weight"].tolist() == [[1.0], [2.0], [1.0]]
    assert found["other"] is state["other"]
    assert with_all_conventions({"other": state["other"]}) == {"other": state["other"]}


@pytest.mark.model
def test_the_weights_of_a_model_folder_come_back() -> None:
    """The float network made of the shipped one says the same, but for its rounding."""
    network, _, deprels = load_weights(SHIPPED)
    shipped = load_model(SHIPPED)
    assert deprels == list(shipped.deprels)
    text = "“It rained,” Ann Lee of Nordlys Lines said in Riga on Monday."
    doc = Document("a", text, find_words(text), entities=[])
    (sample,) = make_samples(doc, shipped.read_pieces, deprels=deprels)
    batch = collate([sample])
    with torch.no_grad():
        states = network.read_words(batch.pieces, batch.features, batch.first)
        own = network.heads(states)[0]
    ((_, theirs),) = shipped.run(sample.words)
    assert torch.cosine_similarity(own, torch.from_numpy(theirs)).min() > 0.99


def test_weights_that_are_none(tmp_path: Path) -> None:
    """A folder without a model and a file without weights are told apart from the rest early."""
    for path in (tmp_path, tmp_path / "missing.pt"):
        with pytest.raises(ModelError, match="no weights to go on from"):
            read_weights(path)


@pytest.mark.slow
@pytest.mark.model
def test_a_run_that_was_stopped_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped after two steps and started again, a run ends with the weights of one in one go."""
    rows = [
        {"id": str(n), "text": f"Ann Lee met {n} men in Riga.", "entities": [[0, 7, "Person"]]}
        for n in range(4)
    ]
    (tmp_path / "entities").mkdir()
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "entities" / "worldwide_train.jsonl").write_text(lines, encoding="utf8")
    prepare(tmp_path, tmp_path / "prepared.gz")
    options = TrainOptions(
        epochs={"entities_train": 1.0}, batch_pieces=12, checkpoint_minutes=0.0, seed=5
    )
    base = find_base(None)

    def go(name: str) -> Path:
        return train(tmp_path / "prepared.gz", base, tmp_path / name, options, start=SHIPPED)

    go("whole")
    harden = Hardener.__call__

    def stop(self: Hardener, samples: list[Sample], step: int) -> list[Sample]:
        if step == 2:
            raise KeyboardInterrupt
        return harden(self, samples, step)

    monkeypatch.setattr(Hardener, "__call__", stop)
    with pytest.raises(KeyboardInterrupt):
        go("stopped")
    monkeypatch.undo()
    go("stopped")
    whole, resumed = (
        torch.load(tmp_path / name / "checkpoint.pt", weights_only=True)
        for name in ("whole", "stopped")
    )
    assert whole["step"] == resumed["step"] == 4
    name = "layers.3.up.weight"
    moved = whole["parts"][f"network.{name}"]
    assert (moved - read_weights(SHIPPED)["network"][name]).abs().max() > 1e-4
    assert torch.allclose(moved, resumed["parts"][f"network.{name}"], atol=1e-6)


def _write_mpnet(folder: Path, *, width: int = 4) -> Path:
    """Write a base of MPNet's kind with one layer, whose word embeddings are their own numbers."""
    sizes = {"hidden_size": width, "intermediate_size": 2 * width, "num_hidden_layers": 1}
    about = {"model_type": "mpnet", "num_attention_heads": 2, "layer_norm_eps": 1e-5, **sizes}
    about["relative_attention_num_buckets"] = 32
    (folder / "config.json").write_text(json.dumps(about), encoding="utf8")
    tables = {"word_embeddings": 30527, "position_embeddings": 514}
    state = {f"embeddings.{name}.weight": torch.zeros(n, width) for name, n in tables.items()}
    state["embeddings.word_embeddings.weight"] += torch.arange(30527.0)[:, None]
    state["encoder.relative_attention_bias.weight"] = torch.zeros(32, 2)
    layer, linear = (
        "encoder.layer.0.",
        {f"attention.attn.{part}": (width, width) for part in "qkvo"},
    )
    linear |= {"intermediate.dense": (2 * width, width), "output.dense": (width, 2 * width)}
    for name, shape in linear.items():
        state[f"{layer}{name}.weight"] = torch.zeros(shape)
        state[f"{layer}{name}.bias"] = torch.zeros(shape[0])
    norms = ("embeddings.LayerNorm", f"{layer}attention.LayerNorm", f"{layer}output.LayerNorm")
    for norm in norms:
        state |= {f"{norm}.weight": torch.ones(width), f"{norm}.bias": torch.zeros(width)}
    save_file(state, folder / "model.safetensors")
    return folder


def test_words_find_their_own_embeddings_in_an_mpnet_base(tmp_path: Path) -> None:
    """MPNet numbers its vocabulary from other marks on: "hello" is 7596 there, 7592 in BERT's."""
    base = _write_mpnet(tmp_path)
    network = Network(read_shape(base))
    load_base(network, base)
    (hello,) = load_pieces(TOKENIZER)("hello")
    assert network.pieces.weight[hello].tolist() == [7596.0] * 4
