"""The page of a corpus: what is counted, from every store, and how the command makes it."""

from __future__ import annotations

import base64
import gzip
import json
import re
import time
from dataclasses import replace
from typing import Any

import pytest
from report_records import HOSTILE, make_hostile, make_records, read_example

from newsextract.cli import ARTICLE_FAILED, MISUSE, OK, main
from newsextract.errors import InputError
from newsextract.io.sinks import Entry, Run, open_sink
from newsextract.io.stores.database import open_database
from newsextract.io.stores.rebuild import build_record
from newsextract.records import Extraction
from newsextract.views.report import CorpusOptions, read_rows, render_corpus
from newsextract.views.report.corpus.counting import count_corpus
from newsextract.views.report.corpus.reading import rows_of_extractions, rows_of_records
from newsextract.views.report.corpus.sentences import mark_sentence
from newsextract.views.report.inputs import sort_input

TARGETS = [("out.db", None), ("out.duckdb", None), ("tables", "csv"), ("shards", "parquet")]


def store(
    target: str, extractions: list[Extraction], kind: str | None = None, *, keeps_text: bool = True
) -> str:
    """Write ``extractions``, with their texts or without, into a new store."""
    sink = open_sink(target, kind, store_text=keeps_text)
    run = Run("r", "2025-01-01T00:00:00Z", "here", "0", "{}")
    sink.start(run)
    sink.write([Entry(e.id, "digest", sink.prepare(e)) for e in extractions], [])
    sink.finish(run)
    sink.close()
    return target


def unpack(page: str) -> dict[str, Any]:
    """Return the columns of a page."""
    (packed,) = re.findall(r'id="columns">([^<]*)</script>', page)
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def unpack_sentences(page: str) -> list[str]:
    """Return the sentences of a page, their content between two signs."""
    packs = re.findall(r'class="sentences">([^<]*)</script>', page)
    return [
        line
        for pack in packs
        for line in gzip.decompress(base64.b64decode(pack)).decode().split("\n")
    ]


def links_of(page: str) -> dict[str, str | None]:
    """Return the links of the articles of a page, by title."""
    articles = unpack(page)["articles"]
    return dict(zip(articles["title"], articles["link"], strict=True))


def counted(number: int = 9):
    """Return the counts of small records."""
    return count_corpus(rows_of_records(make_records(number)))


def test_sources_of_one_name_are_one_voice():
    """In several articles too."""
    counts = {voice.name: voice.statements for voice in counted(10).voices}
    assert counts == {"Ann Lee": 4, "Bo Diaz": 3, "Cy Poe": 3}


def test_a_key_joins_two_names():
    """Where linking gave a key, it decides."""
    records = make_records(2)
    for record in records:
        record["people"][0]["key"] = "lee"
    corpus = count_corpus(rows_of_records(records))
    assert len(corpus.voices) == 1
    assert corpus.is_linked


def test_unnamed_sources_are_not_people():
    """A source of another kind with the same words is another voice."""
    records = make_records(2)
    records[0]["sources"][0] |= {"kind": "unnamed", "name": "Bo Diaz"}
    assert len(count_corpus(rows_of_records(records)).voices) == 2


def test_stances_are_no_statements():
    """They are counted apart."""
    records = make_records(6)
    records[0]["quotes"][0]["mode"] = "stance"
    corpus = count_corpus(rows_of_records(records))
    assert sum(voice.statements for voice in corpus.voices) == 5


def test_a_quote_without_speaker_has_no_voice():
    """No source found is a kind of its own."""
    records = make_records(1)
    records[0]["quotes"][0]["speaker"] = None
    assert count_corpus(rows_of_records(records)).quotes[0].voice is None


def test_a_voice_has_the_gender_that_most_articles_give():
    """Of people alone, and none where no article knows."""
    records = make_records(9)
    for record, gender in zip(records, ("female", "male", None) * 3, strict=True):
        record["people"][0]["gender"] = gender
    voices = count_corpus(rows_of_records(records)).voices
    assert [voice.gender for voice in voices] == ["female", "male", ""]


def test_a_quote_speaks_of_others():
    """Of whom its content mentions; a speaker's "I" is no subject."""
    records = make_records(1)
    records[0]["people"].append(records[0]["people"][0] | {"id": "P2", "name": "Bo Diaz"})
    records[0]["quotes"][0]["mentions"] = ["P1", "P2"]
    corpus = count_corpus(rows_of_records(records))
    assert [corpus.subjects[number] for number in corpus.quotes[0].about] == ["Bo Diaz"]


def test_places_are_joined_by_their_geonames_id():
    """Mentions and articles are both counted."""
    (place,) = counted(9).places
    assert (place.mentions.total(), len(place.mentions)) == (18, 9)


def test_the_last_record_of_an_article_counts():
    """A file to which a new run was appended holds an article twice."""
    records = make_records(3)
    records.append(records[0] | {"quotes": []})
    corpus = count_corpus(rows_of_records(records))
    assert (len(corpus.articles), len(corpus.quotes)) == (3, 2)


def test_records_of_the_first_versions_are_counted():
    """They have neither gender nor mentions, as :meth:`Extraction.from_dict` knows."""
    records = make_records(2)
    for record in records:
        del record["people"][0]["gender"], record["quotes"][0]["mentions"]
    corpus = count_corpus(rows_of_records(records))
    assert (len(corpus.quotes), corpus.voices[0].gender) == (2, "")


def test_the_page_holds_every_quote():
    """Sentences, voices and articles are packed as they are."""
    page = render_corpus(rows_of_records(make_records(9)))
    assert sorted(unpack_sentences(page)) == [f"\x02sentence {i}\x03" for i in range(9)]
    assert len(unpack(page)["articles"]["id"]) == 9


SENTENCES = [
    ("Ann said it rained. Bo left.", (0, 19), [(9, 18)], "Ann said [it rained]."),
    ("“It  is,” Ann said, “late\n now.”", (0, 32), [(1, 7), (21, 30)],
     "“[It is],” Ann said, “[late now].”"),
    ("Out. She said no.", (5, 9), [(14, 16)], "She said [no]"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "context", "parts", "marked"), SENTENCES)
def test_the_content_is_marked_in_its_sentence(text, context, parts, marked):
    """White space becomes one space, and the sentence holds all parts."""
    shown = mark_sentence(text, context, parts)
    assert shown.replace("\x02", "[").replace("\x03", "]") == marked


def test_a_store_without_texts_has_the_sentences(tmp_path):
    """The sentence of a quote is in the tables, and the content marked in it."""
    pages = []
    for keeps in (True, False):
        target = store(str(tmp_path / f"{keeps}.db"), [read_example()], keeps_text=keeps)
        pages.append(render_corpus(read_rows(target)))
    assert unpack_sentences(pages[0]) == unpack_sentences(pages[1])
    assert unpack_sentences(pages[1])[0].endswith(" on Monday night\x03, union leaders said")


def test_an_article_without_title_is_called_by_its_headline():
    """And by its id only where there is neither."""
    example = replace(read_example(), meta={})
    titles = unpack(render_corpus(rows_of_extractions([example])))["articles"]["title"]
    assert titles == ["Baltic ferry strike enters second week as talks stall in Riga"]
    without = replace(example, text=None)
    assert unpack(render_corpus(rows_of_extractions([without])))["articles"]["title"] == [
        example.id
    ]


@pytest.mark.parametrize("title", [" ", float("nan"), 7, None])
def test_a_title_that_is_no_text_is_none(title):
    """As on the page of the article."""
    records = make_records(1)
    records[0]["meta"]["title"] = title
    assert count_corpus(rows_of_records(records)).articles[0].title == "a0"


def test_links_lead_to_pages_before_addresses():
    """An article with a page of its own is linked there; a script is linked nowhere."""
    records = make_records(3)
    records[2]["meta"]["url"] = "javascript:alert(1)"
    page = render_corpus(rows_of_records(records), CorpusOptions(pages={"a0": "pages/a0.html"}))
    assert links_of(page) == {
        "Title 0": "pages/a0.html",
        "Title 1": "https://example.org/1",
        "Title 2": None,
    }


def test_hostile_strings_stay_text():
    """What the articles say is text on the page and in its data."""
    page = render_corpus(rows_of_records([make_hostile().to_dict()]), CorpusOptions(title=HOSTILE))
    body = page.split("<body", 1)[1]
    assert body.count("<script") == 3
    assert "<img" not in body
    page.encode("utf8")


def test_an_empty_corpus_has_a_page():
    """Nothing found is said in words."""
    page = render_corpus(rows_of_records([]))
    assert "No place was found." in page
    assert "No place has a known position." in page


@pytest.mark.parametrize(("name", "kind"), TARGETS)
def test_every_store_gives_the_same_page(tmp_path, name, kind):
    """A page does not depend on where the records are kept."""
    pytest.importorskip({"out.duckdb": "duckdb", "shards": "pyarrow"}.get(name, "sqlite3"))
    example = replace(read_example(), meta={"title": "Ferries stay in port"})
    extractions = [example, *(Extraction.from_dict(r, text="Nore") for r in make_records(5))]
    target = store(str(tmp_path / name), extractions, kind)
    expected = render_corpus(rows_of_extractions(extractions))
    assert render_corpus(read_rows(target)) == expected
    assert sort_input(target) == "store"


@pytest.mark.parametrize(("name", "kind"), TARGETS)
def test_a_stored_article_comes_back_whole(tmp_path, name, kind):
    """The tables hold everything that the record does."""
    pytest.importorskip({"out.duckdb": "duckdb", "shards": "pyarrow"}.get(name, "sqlite3"))
    example = read_example()
    with open_database(store(str(tmp_path / name), [example], kind)) as database:
        stored = build_record(database, example.id)
    assert stored == example
    assert stored.text == example.text


def test_what_is_no_store_is_said(tmp_path):
    """A missing file, another database, a file that holds no records."""
    import sqlite3

    with pytest.raises(InputError, match="no such file"):
        read_rows(str(tmp_path / "none.db"))
    sqlite3.connect(tmp_path / "other.db").close()
    with pytest.raises(InputError, match="not a readable newsextract store"):
        read_rows(str(tmp_path / "other.db"))
    target = store(str(tmp_path / "a.db"), [read_example()])
    with (
        open_database(target) as database,
        pytest.raises(InputError, match="no article with the id 'b'"),
    ):
        build_record(database, "b")


WRONG = [
    ('{"a": ', "line 1: not JSON", "a line that was cut"),
    ('{"a": 1}', "line 1: not a record of schema newsextract/1", "another object"),
    ('{"schema": "newsextract/2"}', "not a record of schema newsextract/1", "a later schema"),
    ('\n{"schema": "newsextract/1", "id": "a"}', "line 2: the record lacks published", "a part"),
]


@pytest.mark.parametrize(("line", "message", "reason"), WRONG)
def test_a_line_that_is_no_record_is_named(tmp_path, line, message, reason):
    """The error says which line, and what is wrong with it."""
    path = tmp_path / "x.jsonl"
    path.write_text(line)
    with pytest.raises(InputError, match=message):
        read_rows(str(path))
    assert reason


@pytest.fixture
def files(tmp_path):
    """A folder with a record, its text, and several records."""
    example = read_example()
    (tmp_path / "one.json").write_text(json.dumps(example.to_dict(), indent=1))
    (tmp_path / "one.txt").write_bytes(example.text.encode())
    lines = "".join(json.dumps(record) + "\n" for record in make_records(5))
    (tmp_path / "many.jsonl").write_text(lines)
    texts = "".join(json.dumps({"id": f"a{i}", "text": f"Nore {i}"}) + "\n" for i in range(5))
    (tmp_path / "texts.jsonl").write_text(texts)
    return tmp_path


def test_the_command_makes_a_page_of_one_article(files):
    """A record and its text give the page of the article."""
    code = main(["report", f"{files}/one.json", "--text", f"{files}/one.txt",
                 "-o", f"{files}/out.html"])  # fmt: skip
    assert code == OK
    assert 'class="article"' in (files / "out.html").read_text()


def test_the_command_asks_for_the_text(files, capsys):
    """A record holds no text: the message says how to give it."""
    assert main(["report", f"{files}/one.json", "-o", f"{files}/out.html"]) == MISUSE
    assert "--text" in capsys.readouterr().err


def test_the_command_makes_a_page_of_a_corpus_with_pages(files):
    """Pages of articles stand in a folder beside it, linked there and back."""
    code = main(["report", f"{files}/many.jsonl", "--text", f"{files}/texts.jsonl", "--pages",
                 "--title", "Five", "-o", f"{files}/c.html"])  # fmt: skip
    assert code == OK
    page = (files / "c.html").read_text()
    links = sorted(links_of(page).values())
    assert links == [f"c-articles/a{i}.html" for i in range(5)]
    assert all('href="../c.html"' in (files / link).read_text() for link in links)
    assert "<title>Five</title>" in page


def test_the_command_shows_one_article_of_a_store(files):
    """``--article`` names it; its text was stored."""
    target = store(f"{files}/a.db", [read_example()])
    out = f"{files}/out.html"
    assert main(["report", target, "--article", "ferry-strike", "-o", out]) == OK
    assert main(["report", target, "--article", "other", "-o", out]) == MISUSE


def test_the_command_shows_the_last_record_of_an_article(files):
    """As the page of the corpus does, where a file holds it twice."""
    lines = (files / "many.jsonl").read_text()
    newer = json.loads(lines.partition("\n")[0]) | {"meta": {"title": "Newer"}}
    (files / "many.jsonl").write_text(f"{lines}{json.dumps(newer)}\n")
    out = files / "out.html"
    assert main(["report", f"{files}/many.jsonl", "--article", "a0", "--text",
                 f"{files}/texts.jsonl", "-o", str(out)]) == OK  # fmt: skip
    assert "<title>Newer</title>" in out.read_text()


class EchoLoader:
    """Loads an extractor that finds nothing, and breaks where the text asks for it."""

    signature = "echo"

    def load(self):
        return self

    def __call__(self, article):
        if article.text == "break":
            raise RuntimeError("broken")
        return Extraction(article.id, published=article.published, text=article.text)

    def pipe(self, articles):
        return map(self, articles)


def test_the_command_reads_articles_first(files, monkeypatch, capsys):
    """One article gives its page, several that of a corpus; a failed one is reported."""
    import newsextract.cli.options

    monkeypatch.setattr(newsextract.cli.options, "make_loader", lambda args: EchoLoader())
    out = f"{files}/out.html"
    assert main(["report", f"{files}/one.txt", "-o", out]) == OK
    assert 'class="article"' in (files / "out.html").read_text()
    assert main(["report", f"{files}/texts.jsonl", "-o", out, "--pages"]) == OK
    assert 'class="corpus"' in (files / "out.html").read_text()
    assert (files / "out-articles" / "a4.html").is_file()
    assert main(["report", f"{files}/texts.jsonl", "--article", "a2", "-o", out]) == OK
    assert "Nore 2" in (files / "out.html").read_text()
    (files / "bad.txt").write_text("break")
    assert main(["report", f"{files}/bad.txt", f"{files}/one.txt", "-o", out]) == ARTICLE_FAILED
    assert main(["report", f"{files}/bad.txt", "-o", out]) == MISUSE
    assert "no articles to show" in capsys.readouterr().err
    assert main(["report", f"{files}/texts.jsonl", "--article", "typo", "-o", out]) == MISUSE
    assert "no article with the id 'typo'" in capsys.readouterr().err


def test_the_command_names_files_left_out(files, monkeypatch, capsys):
    """As extract does."""
    import newsextract.cli.options

    monkeypatch.setattr(newsextract.cli.options, "make_loader", lambda args: EchoLoader())
    (files / "folder").mkdir()
    (files / "folder" / "a.txt").write_text("Nore")
    (files / "folder" / "b.dat").write_text("Nore")
    assert main(["report", f"{files}/folder", "-o", f"{files}/out.html"]) == OK
    assert "1 file of an unknown format left out" in capsys.readouterr().err


def test_the_command_refuses_a_missing_folder_at_once(files, capsys):
    """Before any article is read; for pages, folders are made."""
    out = f"{files}/none/out.html"
    assert main(["report", f"{files}/one.txt", "--model", f"{files}/none", "-o", out]) == MISUSE
    assert f"{out}: no such folder: {files}/none" in capsys.readouterr().err
    assert main(["report", f"{files}/many.jsonl", "--pages", "-o", out]) == OK


def test_the_command_takes_one_store_at_a_time(files):
    """A store and articles together are misuse, and so is a folder that is not there."""
    many, one = f"{files}/many.jsonl", f"{files}/one.txt"
    assert main(["report", many, one, "-o", f"{files}/out.html"]) == MISUSE
    assert main(["report", many, "-o", f"{files}/none/out.html"]) == MISUSE


def test_the_command_writes_to_standard_output(files, capsys):
    """``-o -`` is for pipes; a folder of pages needs a file."""
    assert main(["report", f"{files}/many.jsonl", "-o", "-"]) == OK
    assert capsys.readouterr().out.startswith("<!DOCTYPE html>")
    assert main(["report", f"{files}/many.jsonl", "--pages", "-o", "-"]) == MISUSE


def test_pages_of_ids_alike_have_names_apart(tmp_path):
    """Ids that differ in case or in signs are files apart on any system."""
    from newsextract.views.report.folder import PageFolder

    pages = PageFolder(tmp_path / "p", tmp_path / "c.html")
    ids = ["a/b", "a b", "A-B", "../../etc", "", "é" * 300, "CON"]
    list(pages.write_all(replace(read_example(), id=id_) for id_ in ids))
    names = [link.lower() for link in pages.links.values()]
    assert len(set(names)) == len(ids)
    assert all(link.startswith("p/") and ".." not in link for link in names)
    assert len(list((tmp_path / "p").iterdir())) == len(ids)


def test_pages_are_named_in_linear_time(tmp_path):
    """Of thousands of ids that give one name, none tries all the others' numbers."""
    from newsextract.views.report.folder import PageFolder

    pages = PageFolder(tmp_path / "p", tmp_path / "c.html")
    start = time.process_time()
    names = {pages._choose_name(id_) for id_ in ("a-2", *["a"] * 10_000, "A")}
    assert time.process_time() - start < 1
    assert len(names) == 10_002


SORTS = [
    ("a.db", "", "store"), ("a.txt", "{}", "articles"), ("a.jsonl", '{"text": "x"}', "articles"),
    ("a.jsonl", '{"schema": "newsextract/1"}\n{', "records"), ("a.json", "[]", "articles"),
    ("a.json", '{\n"schema": "newsextract/1"}', "records"), ("a.jsonl", "", "articles"),
    ("a.json", '[{"schema": "newsextract/1"}]', "records"), ("a.json", "nonsense", "articles"),
    ("a.jsonl", '\ufeff{"schema": "newsextract/1"}', "records"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "sort"), SORTS)
def test_sort_input(tmp_path, name, content, sort):
    """What an input holds is told by its name and its beginning."""
    path = tmp_path / name
    path.write_text(content)
    assert sort_input(str(path)) == sort
