"""The public names: cheap to import, complete, and doing what the README says."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from importlib.metadata import version
from pathlib import Path

import pytest

import newsextract
from newsextract import Article
from newsextract.encoder.component import NewsEncoder

EXAMPLES = Path(__file__).parent.parent / "examples"
TEXT = (
    "NORE, March 3 - The port will double in size by next year, Mayor Ann Lee said on Monday.\n\n"
    "“We need the room,” Lee told reporters in Texas."
)


def in_a_fresh_process(code):
    """Run ``code`` and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


def test_import_is_cheap():
    """Importing the package and its records loads nothing heavy."""
    code = (
        "import sys, newsextract; newsextract.Extraction, newsextract.Article\n"
        "heavy = {'spacy', 'numpy', 'onnxruntime', 'tokenizers', 'dateparser', 'rapidfuzz'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    assert in_a_fresh_process(code) == "[]"


def test_every_public_name_is_there():
    """Each name that the package lists can be had, and is listed by ``dir``."""
    for name in newsextract.__all__:
        assert getattr(newsextract, name) is not None
        assert name in dir(newsextract)


def test_other_names_are_not():
    """A name that does not exist raises what a module raises."""
    with pytest.raises(AttributeError, match="'newsextract' has no attribute 'exctract'"):
        newsextract.exctract  # noqa: B018


def test_version():
    """The version is the installed package's."""
    assert newsextract.__version__ == version("newsextract")


def test_types_are_shipped():
    """Type checkers of callers see the annotations."""
    assert Path(newsextract.__file__).with_name("py.typed").exists()


@pytest.mark.model
def test_extract_one_article():
    """The module's own function reads one article."""
    record = newsextract.extract(TEXT, published="2025-03-03", id="nore")
    assert (record.id, record.published, record.published_from) == ("nore", "2025-03-03", "given")
    assert [person.name for person in record.people] == ["Ann Lee"]
    assert {record.speaker_of(quote).name for quote in record.quotes} == {"Ann Lee"}


@pytest.mark.model
def test_ids(extractor):
    """The id is the caller's, else a hash that does not change from run to run."""
    assert extractor(Article(TEXT, id="x")).id == "x"
    assert extractor(TEXT).id == extractor(TEXT).id != extractor(TEXT + " ").id


@pytest.mark.model
def test_meta_is_untouched(extractor):
    """The caller's fields come back as they were."""
    meta = {"title": "Port", "nested": {"a": [1, None]}}
    assert extractor(Article(TEXT, meta=meta)).meta == meta


@pytest.mark.model
def test_pipe_keeps_order_and_company_changes_nothing(extractor):
    """Records come in the order of the articles, each as if it had been read alone."""
    texts = [TEXT, "", "“No,” he said.", TEXT * 3, "   \n"]
    articles = [Article(text, id=str(i)) for i, text in enumerate(texts)]
    together = list(extractor.pipe(articles))
    assert [record.id for record in together] == list("01234")
    assert together == [extractor(article) for article in articles]


@pytest.mark.model
def test_pipe_carries_context(extractor):
    """With ``as_tuples`` each record comes with what stood beside its article."""
    pairs = list(extractor.pipe([(TEXT, 1), ("", 2)], as_tuples=True))
    assert [context for _, context in pairs] == [1, 2]
    assert pairs[0][0].text == TEXT


@pytest.mark.model
def test_pipe_is_lazy(extractor):
    """A stream without end can be read from."""

    def endless():
        while True:
            yield TEXT

    assert next(iter(extractor.pipe(endless()))).people


@pytest.mark.model
def test_threads_change_nothing(extractor):
    """One thread and two give the same record."""
    assert newsextract.load(threads=2)(TEXT) == extractor(TEXT)


@pytest.mark.model
def test_lines_broken_at_a_fixed_width_change_nothing(extractor):
    """An article wrapped at 72 columns has the statements of the unwrapped one."""
    text = (EXAMPLES / "ferry-strike.txt").read_text(encoding="utf8")
    wrapped = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in text.split("\n\n"))
    whole, broken = extractor(text), extractor(wrapped)
    assert broken.text == wrapped != text
    statements = [[part.text for part in quote.content] for quote in whole.quotes]
    assert statements == [
        [part.text.replace("\n", " ") for part in quote.content] for quote in broken.quotes
    ]
    assert [person.name for person in broken.people] == [person.name for person in whole.people]


@pytest.mark.model
def test_nlp_is_a_spacy_pipeline(extractor):
    """The pipeline gives a ``Doc`` with names, sentences, parts of speech and attributions."""
    doc = extractor.nlp(TEXT)
    assert doc.text == TEXT
    assert "Ann Lee" in [entity.text for entity in doc.ents if entity.label_ == "PERSON"]
    assert len(list(doc.sents)) >= 2
    assert {span.text for span in doc.spans["cue"]} >= {"said", "told"}
    assert all(token.pos_ for token in doc if not token.is_space)


@pytest.mark.model
def test_a_wrong_type_is_misuse(extractor):
    """What is no text is refused at once."""
    with pytest.raises(TypeError, match="str"):
        extractor(b"bytes")


def test_a_missing_model_says_where(tmp_path):
    """A model that is not there is named."""
    with pytest.raises(newsextract.ModelError, match="nowhere"):
        newsextract.load(tmp_path / "nowhere")


@pytest.mark.model
def test_the_next_article_is_started_before_one_is_finished(extractor, monkeypatch):
    """The encoder reads ahead by one article, and the records are those of articles alone."""
    texts = [f"Ann Lee said it rained on {day}." for day in ("Monday", "Tuesday", "Friday")]
    alone = [extractor(text) for text in texts]
    order = []
    for name in ("start", "finish"):
        work = getattr(NewsEncoder, name)

        def record(self, given, *, name=name, work=work, **options):
            order.append((name, getattr(given, "doc", given).text.split()[-1]))
            return work(self, given, **options)

        monkeypatch.setattr(NewsEncoder, name, record)
    assert list(extractor.pipe(texts)) == alone
    assert [name for name, _ in order] == ["start", "start", "finish", "start", "finish", "finish"]
    assert [day for name, day in order if name == "finish"] == ["Monday.", "Tuesday.", "Friday."]
