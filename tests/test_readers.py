"""Readers of text, JSON and CSV: every article comes out, every bad one says where it was."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsextract.article import Article, Failure
from newsextract.errors import InputError
from newsextract.io.readers import ReadOptions, read_articles
from newsextract.io.readers.dates import read_published
from newsextract.io.readers.fields import read_fields
from newsextract.io.readers.markup import markup_to_text
from newsextract.io.readers.sources import InputFile, open_input
from tests.archives import pack

Write = Callable[[str, str | bytes], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file and returns its path."""

    def write_file(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf8"))
        return str(path)

    return write_file


def read(path: str, **options: object) -> tuple[list[Article], list[str]]:
    """Return the articles at ``path``, and the failures without the folder's name."""
    items = list(read_articles([path], ReadOptions(**options)))  # type: ignore[arg-type]
    folder = path if Path(path).is_dir() else str(Path(path).parent)
    failures = [str(item).replace(folder, "…") for item in items if isinstance(item, Failure)]
    return [item for item in items if isinstance(item, Article)], failures


def test_a_text_file_is_one_article_as_it_stands(write: Write) -> None:
    """Line ends stay; the file's stem is the id."""
    articles, _ = read(write("nore.txt", "One.\r\nTwo.\rThree.\n"))
    assert articles == [Article("One.\r\nTwo.\rThree.\n", "nore")]


@pytest.mark.parametrize(
    ("data", "text", "why"),
    [
        (b"\xef\xbb\xbfPort", "Port", "a byte order mark is no text"),
        ("Port".encode("utf-16"), "Port", "UTF-16 says so itself"),
        ("Port".encode("utf-16-be"), "Port", "every other byte is zero"),
        ("Port".encode("utf-32"), "Port", "so does UTF-32"),
        (b"", "", "an empty file is an empty article"),
    ],
)
def test_bytes_to_text(write: Write, data: bytes, text: str, why: str) -> None:
    """What marks an encoding is read and left out."""
    assert read(write("a.txt", data))[0][0].text == text, why


def test_binary_bytes_are_a_failure_that_says_how_to_go_on(write: Write) -> None:
    """Text in another encoding is read where that is named."""
    path = write("a.txt", b"caf\xe9")
    assert read(path) == ([], ["…/a.txt: not utf-8 text: byte 0xe9 at offset 3; "
                               "if it is text, give its encoding, "
                               "such as --encoding cp1252"])  # fmt: skip
    assert read(path, encoding="cp1252")[0][0].text == "café"


def test_a_folder_is_read_whole_and_sorted(write: Write, tmp_path: Path) -> None:
    """Nested files bear their folder's name in the id; hidden and unknown files are passed over."""
    for name in ("b.txt", "a.txt", "2024/a.txt", ".hidden.txt", "notes.docx", ".git/x.txt"):
        write(name, name)
    articles, failures = read(str(tmp_path))
    assert [article.id for article in articles] == ["a", "b", "2024/a"]
    assert failures == []


def test_unknown_files_of_a_folder_are_counted_and_named(write: Write, tmp_path: Path) -> None:
    """So is an empty folder; what a program made of a page is known by what it holds."""
    for name in ("a.txt", "notes.docx", "run.py", "README", "data.php"):
        write(f"in/{name}", "One" if name != "data.php" else '[{"text": "Two"}]')
    stream = read_articles([str(tmp_path / "in")])
    assert [article.text for article in stream if isinstance(article, Article)] == ["One", "Two"]
    assert stream.left_out == 3
    assert stream.describe_left_out().startswith("3 files of unknown formats left out: ")
    assert "notes.docx" in stream.describe_left_out()
    (tmp_path / "empty").mkdir()
    assert read(str(tmp_path / "empty"))[1] == ["…: the folder holds no files"]


def test_two_files_of_one_name_do_not_replace_each_other(write: Write, tmp_path: Path) -> None:
    """Given apart they would have one id; under the folder above both they have two."""
    first, second = write("monday/a.txt", "One"), write("tuesday/a.txt", "Two")
    article, failure = read_articles([first, second])
    assert isinstance(article, Article)
    assert isinstance(failure, Failure)
    assert "another file of this input gave the id 'a'" in failure.reason
    assert [a.id for a in read(str(tmp_path))[0]] == ["monday/a", "tuesday/a"]
    lines = write("a.jsonl", '{"text": "x", "id": "a"}\n{"text": "y", "id": "a"}\n')
    assert len(read(lines)[0]) == 2


def test_a_glob_names_files(write: Write, tmp_path: Path) -> None:
    """One that matches nothing is a failure, as is a missing file; the others are read."""
    write("a.txt", "x")
    items = list(read_articles([f"{tmp_path}/*.html", f"{tmp_path}/*.txt", f"{tmp_path}/b.txt"]))
    assert [type(item) for item in items] == [Failure, Article, Failure]
    assert "matches no file" in str(items[0])
    assert "No such file" in str(items[2])


def test_json_lines(write: Write) -> None:
    """Fields that are not ours are meta; a bad line names file and line, the next one is read."""
    lines = [
        '{"text": "One", "id": 7, "published": "2024-08-14", "title": "T", "tags": ["a"]}',
        "not json",
        '{"body": "x"}',
        "",
        '["text"]',
        '{"text": null}',
        '{"text": 3}',
        '{"text": "Two"}',
    ]
    articles, failures = read(write("a.jsonl", "\n".join(lines)))
    assert articles == [
        Article("One", "7", "2024-08-14", {"title": "T", "tags": ["a"]}),
        Article("Two"),
    ]
    assert [failure.split(": ", 1)[0] for failure in failures] == [
        f"…/a.jsonl:{n}" for n in (2, 3, 5, 6, 7)
    ]
    assert "no field 'text' (there are 'body'): name it with --field text=NAME" in failures[1]


def test_foreign_names_of_fields(write: Write) -> None:
    """A dot leads into a nested object; a name that is not ours becomes meta."""
    line = json.dumps({"doc": {"body": "One"}, "day": "2024-08-14", "head": "T", "n": 1})
    fields = {"text": "doc.body", "published": "day", "title": "head"}
    (article,), _ = read(write("a.jsonl", line), fields=fields)
    assert (article.text, article.published) == ("One", "2024-08-14")
    assert article.meta["title"] == "T"
    assert article.meta["n"] == 1


@pytest.mark.parametrize(
    ("value", "date", "why"),
    [
        ("2024-08-14", "2024-08-14", "ISO 8601 stays as written"),
        ("2024-08-14T07:46:00Z", "2024-08-14T07:46:00Z", "with time and zone"),
        ("20240814T074600Z", "2024-08-14T07:46:00+00:00", "in the basic form"),
        ("Wed, 14 Aug 2024 07:46:00 GMT", "2024-08-14T07:46:00+00:00", "of feeds and mail"),
        ("August 14, 2024", "2024-08-14", "in words"),
        ("14th August 2024, 7:46 pm", "2024-08-14T19:46:00", "in British words"),
        ("Aug. 14, 2024, 7:46 a.m. ET", "2024-08-14T07:46:00", "a named zone has many offsets"),
        ("14/08/2024", "2024-08-14", "no month has 14 in it"),
        (dt.datetime(2024, 8, 14, 7, 46), "2024-08-14T07:46:00", "a date object"),
        (1723621560, "2024-08-14T07:46:00+00:00", "seconds since 1970"),
        ("1723621560", "2024-08-14T07:46:00+00:00", "as a text, of CSV"),
        (1723621560000, "2024-08-14T07:46:00+00:00", "milliseconds since 1970"),
        (20240814, "2024-08-14", "a day in digits"),
        (20240814074600, "2024-08-14T07:46:00", "a second in digits"),
        ("", None, "nothing"),
        (" ", None, "nothing, of CSV"),
        (float("nan"), None, "nothing, of pandas"),
    ],
)
def test_dates_in_fields(value: object, date: str | None, why: str) -> None:
    """Dates come in several forms."""
    assert read_published(value) == (date, ()), why


@pytest.mark.parametrize(
    "value",
    ["next Tuesday", "yesterday", "2 days ago", "2024", "August 2024", "03/04/2024", "01/02/03",
     "30 February 2024", "0000-00-00", "1024-08-14", True, 0, -1, 2024, 10**30, float("inf"),
     "14 August 2024 and 15 August 2024", "x" * 500, ["2024-08-14"]],
)  # fmt: skip
def test_refused_dates_are_issues(value: object) -> None:
    """Nothing is guessed from a part of a date, a relative one, or a number out of range."""
    date, (issue,) = read_published(value)
    assert date is None
    assert issue.kind == "publication date refused"
    assert repr(value)[:20] in issue.detail


def test_the_order_of_day_and_month_can_be_told() -> None:
    """Where neither number is above 12."""
    assert read_published("03/04/2024", day_first=True)[0] == "2024-04-03"
    assert read_published("03/04/2024", day_first=False)[0] == "2024-03-04"


def test_a_date_that_cannot_be_read_is_kept_in_meta() -> None:
    """The article is read all the same, with an issue."""
    article = read_fields({"text": "x", "published": "next Tuesday"}, ReadOptions())
    assert (article.published, article.meta) == (None, {"published": "next Tuesday"})
    assert [issue.kind for issue in article.issues] == ["publication date refused"]


def test_nan_is_no_id(write: Write) -> None:
    """Many rows share it, and one would replace the other."""
    articles, _ = read(write("a.jsonl", '{"text": "One", "id": NaN}\n{"text": "Two", "id": NaN}'))
    assert articles == [Article("One"), Article("Two")]


def test_what_pandas_lacks_is_none() -> None:
    """Its NA is neither an id, nor a date, nor a value, and tells nobody whether it is itself."""
    missing = pytest.importorskip("pandas").NA
    row = {"text": "x", "id": missing, "published": missing, "desk": missing}
    assert read_fields(row, ReadOptions()) == Article("x", meta={"desk": None})


def test_a_line_over_the_limit_is_a_failure_and_the_next_is_read(write: Write) -> None:
    """It is passed over without being held in memory."""
    lines = [json.dumps({"text": "x" * 5000}), json.dumps({"text": "short"})]
    articles, failures = read(write("a.jsonl", "\n".join(lines)), max_article_bytes=1000)
    assert [article.text for article in articles] == ["short"]
    assert failures == [
        "…/a.jsonl:1: the line is longer than 1000 bytes, the limit for one article"
    ]


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.txt.gz"])
def test_a_file_over_the_limit_is_a_failure(write: Write, name: str) -> None:
    """Packed or not: what it unpacks to counts."""
    data = b"x" * 5000
    path = write(name, gzip.compress(data) if name.endswith(".gz") else data)
    assert "longer than 1000 bytes" in read(path, max_article_bytes=1000)[1][0]


def test_a_json_file_holds_one_article_or_a_list(write: Write) -> None:
    """An item of a list that has no text names its place."""
    assert read(write("a.json", '{"text": "One"}'))[0] == [Article("One", "a")]
    articles, failures = read(write("b.json", '[{"text": "One"}, {"no": 1}]'))
    assert articles == [Article("One")]
    assert failures[0].startswith("…/b.json[2]: no field 'text'")


def test_json_lines_in_a_json_file_say_so(write: Write) -> None:
    """The message names the option that reads them."""
    path = write("a.json", '{"text": "One"}\n{"text": "Two"}\n')
    assert "--input-format jsonl" in read(path)[1][0]
    assert len(read(path, input_format="jsonl")[0]) == 2


def test_deep_json_is_a_failure(write: Write) -> None:
    """A hundred thousand brackets end no process."""
    assert "nested too deep" in read(write("a.jsonl", "[" * 100_000))[1][0]


def test_ninjs(write: Write) -> None:
    """The agencies' JSON: headline and byline are meta, the uri is the id, markup becomes text."""
    item = {
        "uri": "tag:nore.example,2024:1",
        "headline": "Port to grow",
        "byline": "By Ann Lee",
        "versioncreated": "2024-08-14T07:46:00Z",
        "body_xhtml": "<p>The port &amp; the <b>town</b> grow.</p><p>Both do.</p>",
    }
    (article,), _ = read(write("a.json", json.dumps(item)))
    assert article.id == "tag:nore.example,2024:1"
    assert article.text == "The port & the town grow.\n\nBoth do."
    assert (article.published, article.published_from) == ("2024-08-14T07:46:00Z", "metadata")
    assert article.meta == {"title": "Port to grow", "byline": "By Ann Lee"}


@pytest.mark.parametrize("kind", ["contenttype", "contentType"])
def test_ninjs_with_several_bodies(write: Write, kind: str) -> None:
    """The main one counts, plain text before markup; ninjs 3 writes names in camel case."""
    bodies = [
        {"role": "caption", kind: "text/plain", "value": "Port, seen from the hill"},
        {"role": "main", kind: "text/html", "value": "<p>A</p>"},
        {"role": "main", kind: "text/plain", "value": "A plain"},
        {"role": "summary", kind: "text/plain", "value": "Long enough to be the longest of all."},
    ]
    item = {
        "uri": "u",
        "bodies": bodies,
        "headlines": [{"role": "alternative", "value": "G"}, {"role": "main", "value": "H"}],
        "versionCreated": "2024-08-15T10:00:00Z",
        "firstCreated": "2024-08-14T07:46:00Z",
        "subjects": [{"name": "Ports"}, {"uri": "x"}],
    }
    (article,), _ = read(write("a.json", json.dumps(item)))
    assert (article.text, article.meta["title"]) == ("A plain", "H")
    assert article.published == "2024-08-14T07:46:00Z"
    assert article.meta["subjects"] == ["Ports"]
    assert "has no text body" in read(write("b.json", '{"uri": "u", "bodies": []}'))[1][0]


def test_markup_to_text() -> None:
    """Scripts are silent, blocks are paragraphs, breaks are lines."""
    markup = "<h1>T</h1><script>var x</script><p>one<br>two</p> tail <li>a</li><li>b"
    assert markup_to_text(markup) == "T\n\none\ntwo\n\ntail\n\na\n\nb"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Yes<![foo[x]]> no</p>", "Yes no"),
        ("a<![CDAT[b> c", "a c"),
        ("a <![if lt]>b<![endif]> c", "a b c"),
    ],
)
def test_broken_markup(markup: str, text: str) -> None:
    """What only begins like a marked section is a comment, as in a browser."""
    assert markup_to_text(markup) == text


def test_csv_with_quoted_newlines(write: Write) -> None:
    """A field may hold line ends and quotation marks."""
    path = write("a.csv", 'id,text,title\r\n1,"one\r\ntwo ""three""",T\r\n\r\n2,four,\r\n')
    assert read(path)[0] == [
        Article('one\r\ntwo "three"', "1", None, {"title": "T"}),
        Article("four", "2"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_lines_and_rows_of_wide_letters(write: Write, encoding: str) -> None:
    """As spreadsheets and shells of Windows write them."""
    lines = '{"text": "“One” \u0a0b"}\n{"text": "Two"}\n'
    rows = 'text,id\n"“One” \u0a0b",1\nTwo,2\n'
    for name, text in (("a.jsonl", lines), ("a.csv", rows)):
        path = write(name, text.encode(encoding))
        articles, failures = read(path)
        assert ([article.text for article in articles], failures) == (["“One” \u0a0b", "Two"], [])
        assert read(path, encoding=encoding) == (articles, [])


@pytest.mark.parametrize(
    "table",
    [
        "sep=;\nid;text\n1;One, two\n",
        '\n  \nid,text\n1,"One, two"\n',
        'ID,Text\n1,"One, two"\n',
        'id, text\n1, "One, two"\n',
    ],
)
def test_tables_that_begin_in_other_ways(write: Write, table: str) -> None:
    """A line for spreadsheets, empty lines, names in capitals, spaces behind the commas."""
    assert read(write("a.csv", table)) == ([Article("One, two", "1")], [])


def test_ragged_rows_are_failures(write: Write) -> None:
    """A row with too few or too many fields says so; the others are read."""
    articles, failures = read(write("a.csv", "id,text\n1,one\n2\n3,three,more\n4,four\n"))
    assert [article.text for article in articles] == ["one", "four"]
    assert failures == [
        "…/a.csv:3: the row has 1 fields, the header 2",
        "…/a.csv:4: the row has 3 fields, the header 2",
    ]


def test_a_csv_line_over_the_limit_is_a_failure_and_the_next_is_read(write: Write) -> None:
    """It is passed over without being held in memory."""
    path = write("a.csv", f"id,text\n1,{'x' * 5000}\n2,short\n")
    articles, failures = read(path, max_article_bytes=1000)
    assert [article.text for article in articles] == ["short"]
    assert len(failures) == 1


def test_a_csv_without_header_or_text(write: Write) -> None:
    """Each says what is missing."""
    assert "no header" in read(write("a.csv", ""))[1][0]
    assert "no field 'text'" in read(write("b.csv", "body\nx\n"))[1][0]
    assert read(write("c.tsv", "text\tid\none, two\t1\n"))[0] == [Article("one, two", "1")]


def test_packed_files(write: Write) -> None:
    """Packed files of several members or frames."""
    lines = [b'{"text": "One"}\n', b'{"text": "Two"}\n']
    for ending in (".gz", ".bz2", ".xz", ".zst"):
        packed = b"".join(pack(line, ending) for line in lines)
        articles, failures = read(write(f"a{ending[1:]}.jsonl{ending}", packed))
        assert ([article.text for article in articles], failures) == (["One", "Two"], [])


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.xz", "a.jsonl.zst"])
def test_a_cut_off_file_gives_what_it_holds(write: Write, name: str) -> None:
    """The articles before the cut are read, and the cut is said."""
    lines = b"".join(b'{"text": "Article %d"}\n' % n for n in range(20_000))
    packed = pack(lines, Path(name).suffix)
    articles, failures = read(write(name, packed[: len(packed) // 2]))
    assert len(articles) > 100
    assert failures[-1] == f"…/{name}: the compressed file ends early, it is cut off"


@pytest.mark.parametrize("ending", [".gz", ".bz2", ".xz", ".zst"])
def test_a_damaged_packed_file_is_a_failure(write: Write, ending: str) -> None:
    """So is a file that only claims to be one."""
    assert "damaged" in read(write(f"a.jsonl{ending}", b"not packed at all"))[1][0]


def test_a_decompression_bomb_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """What swells to hundreds of times its size is not read to the end."""
    monkeypatch.setattr("newsextract.io.readers.sources.GIBIBYTE", 1 << 20)
    path = write("a.jsonl.gz", gzip.compress(b"\n" * (8 << 20)))
    assert "refused as a bomb" in read(path)[1][0]


@pytest.mark.parametrize(
    ("data", "articles"),
    [
        (b"Plain text.", [Article("Plain text.")]),
        (b"<3 is a heart, and < a sign.", [Article("<3 is a heart, and < a sign.")]),
        (b"{sic} he wrote", [Article("{sic} he wrote")]),
        (b"Yes, no, text\nand so on", [Article("Yes, no, text\nand so on")]),
        (b'{"text": "One"}\n{"text": "Two"}\n', [Article("One"), Article("Two")]),
        (b'\xef\xbb\xbf[{"text": "One"}, {"text": "Two"}]', [Article("One"), Article("Two")]),
        (b'{\n "text": "One"\n}', [Article("One")]),
        (b"id;text\n1;One\n", [Article("One", "1")]),
        (b"id\ttext\n1\tOne\n", [Article("One", "1")]),
        (b"", [Article("")]),
    ],
)
def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, data: bytes, articles: list[Article]
) -> None:
    """JSON, a table or a text, by the first bytes."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert list(read_articles(["-"])) == articles


@pytest.mark.parametrize("stdin", [None, io.StringIO("text")])
def test_closed_standard_input(
    write: Write, monkeypatch: pytest.MonkeyPatch, stdin: io.StringIO | None
) -> None:
    """It fails, and files are read."""
    monkeypatch.setattr(sys, "stdin", stdin)
    path = write("a.txt", "One.")
    assert list(read_articles(["-", path])) == [
        Failure("-", "standard input is closed"), Article("One.", "a")
    ]  # fmt: skip
    with pytest.raises(InputError, match="standard input is closed"):
        open_input(InputFile("-", None, None, None))


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("pdf", b"%PDF-1.7\n...", "a PDF file is not read: take its text first"),
        ("docx", b"PK\x03\x04...", "a DOCX or other zipped file is not read: save it as"),
        ("doc", b"\xd0\xcf\x11\xe0...", "a Word file is not read: save it as"),
        ("rtf", b"{\\rtf1 ...", "an RTF file is not read: save it as"),
        ("a.pdf", b"%PDF-1.7\n...", "not a text file: save it as .txt or .html first"),
        ("a", gzip.compress(b"x"), "a gzip file is unpacked where its name ends in .gz"),
    ],
)
def test_files_that_are_not_read_say_what_to_do(
    write: Write, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, reason: str
) -> None:
    """In one line, by path and on standard input; in a folder they are counted."""
    path = write(f"in/{name}", data)
    ((), (failure,)) = read(path)
    assert failure.startswith(f"…/{name}: {reason}")
    assert "\n" not in failure
    if name != "a.pdf":
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        (item,) = read_articles(["-"])
        assert reason in str(item)
    stream = read_articles([str(Path(path).parent)])
    assert (list(stream), stream.left_out) == ([], 1)


@pytest.mark.parametrize("name", ["-", "story", "story.php", "story.shtml"])
def test_pages_are_known_by_what_they_hold(
    write: Write, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Whatever stands before their first tag."""
    pytest.importorskip("trafilatura")
    story = "".join(f"<p>The port will grow, and the town too, in year {n}.</p>" for n in range(9))
    for head in (
        "<!DOCTYPE html>",
        "\n<!-- made by hand --><html>",
        '<?xml version="1.0"?>\n<html>',
    ):
        data = f"{head}<head><title>T</title></head><body><article>{story}</article></body></html>"
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
        (article,) = read_articles(["-" if name == "-" else write(name, data)])
        assert isinstance(article, Article)
        assert article.text.startswith("The port will grow"), head


def test_a_date_for_articles_without_one(write: Write) -> None:
    """An article's own comes first."""
    lines = '{"text": "One"}\n{"text": "Two", "published": "2024-01-01"}\n'
    articles, _ = read(write("a.jsonl", lines), published="2025-05-05")
    assert [article.published for article in articles] == ["2025-05-05", "2024-01-01"]


def test_mojibake_is_mended_on_request(write: Write) -> None:
    """In the text and in the title; offsets are of the mended text."""
    pytest.importorskip("ftfy")
    line = json.dumps({"text": "itâ€™s “right”", "title": "cafÃ©"}, ensure_ascii=False)
    (article,), _ = read(write("a.jsonl", line), mend=True)
    assert (article.text, article.meta["title"]) == ("it’s “right”", "café")


def test_progress_is_known_where_sizes_are(write: Write) -> None:
    """From 0 to 1 over all inputs."""
    stream = read_articles([write("a.txt", "one"), write("b.txt", "two")])
    assert stream.fraction == 0.0
    next(stream)
    assert 0 < (stream.fraction or 0) <= 1
    list(stream)
    assert stream.fraction == 1.0


@pytest.mark.parametrize("options", [{"input_format": "docx"}, {"encoding": "klingon"}])
def test_misuse_is_refused_early(options: dict[str, str]) -> None:
    """Before anything is read."""
    with pytest.raises(InputError):
        ReadOptions(**options)  # type: ignore[arg-type]


@given(st.binary(max_size=200), st.sampled_from(["txt", "jsonl", "json", "csv"]))
def test_any_bytes_give_articles_or_failures(data: bytes, name: str) -> None:
    """No content of a file raises."""
    from newsextract.io.readers.sources import InputFile
    from newsextract.io.readers.stream import ArticleStream

    stream = ArticleStream([])
    stream._options = ReadOptions(input_format=name)
    file = InputFile("-", None, "x", None)
    stdin, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(data))
    try:
        stream._paths = (file.path,)
        items = list(stream._read_all())
    finally:
        sys.stdin = stdin
    assert all(isinstance(item, Article | Failure) for item in items)
