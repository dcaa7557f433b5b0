"""Damage is local: of N articles of which one is damaged, at least N - 1 come out, unchanged."""

from __future__ import annotations

import gzip
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsextract.article import Article, Failure
from newsextract.io.readers import read_articles
from tests.archives import ARCHIVES, SITE, Archive, pack, page_of, text_of, warc_record

pytest.importorskip("trafilatura")
pytest.importorskip("defusedxml")


def read_files(files: dict[str, bytes]) -> tuple[list[Article], list[Failure]]:
    """Return the articles and failures of a folder with these files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            Path(folder, name).write_bytes(data)
        items = list(read_articles([folder]))
    return (
        [item for item in items if isinstance(item, Article)],
        [item for item in items if isinstance(item, Failure)],
    )


@st.composite
def damages(draw: st.DrawFn, part: bytes) -> bytes:
    """A part of which a byte, or some, are lost, changed or too many; its last byte stays."""
    at = draw(st.integers(0, max(0, len(part) - 2)))
    length = draw(st.sampled_from([0, 1, 1, 2, 9]))
    new = draw(
        st.sampled_from([b"", b'"', b"\xe9", b"\xff\xfe", b"<", b"{", b"}", b"\0", b"\t", b"\\"])
    )
    end = min(at + length, len(part) - 1)
    return part[:at] + new + part[end:]


def check_others(
    found: Sequence[Article], whole: Sequence[Article], damaged: int, failures: Sequence[Failure]
) -> None:
    """All articles of ``whole`` but the damaged one are in ``found``, in order, unchanged."""
    others = [article for number, article in enumerate(whole) if number != damaged]
    assert [article for article in found if article in others] == others
    assert len(found) >= len(whole) - 1
    if len(found) == len(whole) - 1:
        assert failures


@pytest.mark.parametrize("name", sorted(set(ARCHIVES) - {"parquet"}))
@given(data=st.data())
@settings(max_examples=12)
def test_a_damaged_part_costs_itself(name: str, data: st.DataObject) -> None:
    """In every format, packed and plain; what fails says where."""
    archive = ARCHIVES[name]
    count = data.draw(st.integers(2, 5))
    damaged = data.draw(st.integers(0, count - 1))
    packing = data.draw(st.sampled_from(["", *archive.packed]))
    parts = [archive.part(number) for number in range(count)]
    file = f"news{archive.ending}{packing}"
    whole, _ = read_files({file: pack(archive.join(parts), packing)})
    assert len(whole) == count
    parts[damaged] = data.draw(damages(parts[damaged]))
    found, failures = read_files({file: pack(archive.join(parts), packing)})
    check_others(found, whole, damaged, failures)
    assert all(f"/{file}" in failure.where for failure in failures)


@pytest.mark.parametrize(
    "name", [name for name in ARCHIVES if name not in ("json", "ninjs", "warc")]
)
@pytest.mark.parametrize("packing", ["", ".gz"])
def test_a_bad_byte_is_named_by_its_place(name: str, packing: str) -> None:
    """A byte that is no UTF-8 costs its article; the failure names line or row."""
    archive = ARCHIVES[name]
    if packing and not archive.packed:
        pytest.skip("not read packed")
    parts = [archive.part(number) for number in range(5)]
    parts[3] = parts[3].replace(b"week", b"w\xe9ek")
    file = f"news{archive.ending}{packing}"
    found, (failure,) = read_files({file: pack(archive.join(parts), packing)})
    assert [article.id for article in found] == ["a0", "a1", "a2", "a4"]
    assert f"{file}{archive.where(3)}" in failure.where


PAGE = page_of(2)


@pytest.mark.parametrize("packing", ["", ".gz", ".zst"])
@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"WARC/1.0\r\nWARC-Type", b"W\0RC/1.0\r\nWARC-Type", "no WARC record begins here"),
        (b"Content-Length: ", b"Content-Length: x", "the record's length is"),
        (b"Content-Length: ", b"Content-Length: 9", "longer or shorter than it says"),
        (b"Content-Length: ", b"Content-Length: 99999999999999", "longer than 200 MB"),
        (b"Content-Length: ", b"Content-Length: " + b"9" * 5000, "the record's length is '999"),
        (b"Content-Length: ", b"Content-Length: 12\r\nX: ", "longer or shorter than it says"),
        (b"\r\n\r\n<!DOCTYPE", b"\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<!DOC\r\nx\r\nTYPE",
         "longer or shorter than it says"),
    ],
)  # fmt: skip
def test_a_bad_warc_record_costs_itself(old: bytes, new: bytes, reason: str, packing: str) -> None:
    """A bad mark, length or chunk; the failure names the address where it is known."""
    records = [warc_record(number) for number in range(5)]
    whole, _ = read_files({"a.warc": b"".join(records)})
    assert old in records[2]
    records[2] = records[2].replace(old, new, 1)
    data = b"".join(pack(record, packing) for record in records)
    found, failures = read_files({f"a.warc{packing}": data})
    check_others(found, whole, 2, failures)
    assert any(reason in failure.reason for failure in failures)
    assert reason.startswith("no WARC") or failures[0].where.endswith(f"a.warc{packing}: {SITE}/2")


def warc_of(head: bytes, body: bytes) -> bytes:
    """Return record 2 with another HTTP header and body."""
    content = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head + b"\r\n" + body
    record = warc_record(2)
    start = record.index(b"Content-Length: ")
    return record[:start] + b"Content-Length: %d\r\n\r\n" % len(content) + content + b"\r\n\r\n"


CHUNKS = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (PAGE[:90], PAGE[90:])) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("head", "body", "reason"),
    [
        (b"Transfer-Encoding: chunked\r\n", PAGE, None),
        (b"Transfer-Encoding: chunked\r\n", CHUNKS, None),
        (b"Transfer-Encoding: chunked\r\n", CHUNKS[:120], "the chunk at byte 96 is cut off"),
        (b"Transfer-Encoding: chunked\r\n", CHUNKS.replace(b"\r\n", b"\r\nzz", 2), "no chunk"),
        (b"Content-Encoding: gzip\r\n", gzip.compress(PAGE), None),
        (b"Content-Encoding: gzip\r\n", PAGE, None),
        (b"Content-Encoding: deflate\r\n", zlib.compress(PAGE), None),
        (b"Content-Encoding: deflate\r\n", PAGE, None),
        (b"Content-Encoding: gzip\r\n", gzip.compress(PAGE)[:-9], "compression is cut off"),
        (b"Content-Encoding: gzip\r\n", gzip.compress(PAGE)[:40] + b"\0" * 99, "is damaged"),
    ],
)  # fmt: skip
def test_packed_pages_in_warc(head: bytes, body: bytes, reason: str | None) -> None:
    """Chunks and compression are undone, or were before; what is broken costs the page."""
    records = [warc_record(1), warc_of(head, body), warc_record(3)]
    found, failures = read_files({"a.warc": b"".join(records)})
    wanted = [1, 3] if reason else [1, 2, 3]
    assert [article.id for article in found] == [f"{SITE}/{number}" for number in wanted]
    assert [failure.id for failure in failures] == ([f"{SITE}/2"] if reason else [])
    assert not reason or reason in failures[0].reason


@pytest.mark.parametrize("packing", [".gz", ".zst"])
@given(data=st.data())
@settings(max_examples=60)
def test_a_damaged_member_of_a_packed_archive_costs_itself(
    packing: str, data: st.DataObject
) -> None:
    """Bytes of a record's compression are lost or changed."""
    members = [pack(warc_record(number), packing) for number in range(4)]
    whole, _ = read_files({f"a.warc{packing}": b"".join(members)})
    damaged = data.draw(st.integers(0, 3))
    members[damaged] = data.draw(damages(members[damaged]))
    found, failures = read_files({f"a.warc{packing}": b"".join(members)})
    check_others(found, whole, damaged, failures)


@pytest.mark.parametrize("lost", [True, False])
def test_a_record_that_does_not_match_its_digest(lost: bool) -> None:
    """Damage that leaves a record in order: what is found has an issue, what is lost is told."""
    records = [warc_record(number) for number in range(4)]
    changes = {b"text/html": b"text/csv ", b"<!D": b"<?D"} if lost else {b"burned": b"turned"}
    for old, new in changes.items():
        records[2] = records[2].replace(old, new)
    found, failures = read_files({"a.warc": b"".join(records)})
    assert len(found) == (3 if lost else 4)
    assert [article.id for article in found if article.issues] == ([] if lost else [f"{SITE}/2"])
    assert [failure.id for failure in failures] == ([f"{SITE}/2"] if lost else [])
    assert all("does not match its digest" in failure.reason for failure in failures)


def test_a_damaged_row_group_of_parquet_costs_itself() -> None:
    """The failure names its rows."""
    archive = ARCHIVES["parquet"]
    data = archive.join([archive.part(number) for number in range(4)])
    at = data.index(b"caf\xc3\xa9")
    header = data.rindex(b"a2", 0, at)
    broken = data[: header + 2] + b"\xff" * (at - 8 - header - 2) + data[at - 8 :]
    found, (failure,) = read_files({"news.parquet": broken})
    assert [article.id for article in found] == ["a0", "a1", "a3"]
    assert failure.where.endswith("news.parquet:3")


@pytest.mark.parametrize("ending", ["txt", "html", "json", "xml"])
def test_a_damaged_file_of_a_folder_costs_itself(ending: str) -> None:
    """Whether it is read in part or not at all."""
    files = {
        f"{n}.{ending}": text_of(n).encode() if ending == "txt" else page_of(n) for n in range(4)
    }
    if ending in ("json", "xml"):
        archive = ARCHIVES["json" if ending == "json" else "newsml"]
        files = {f"{n}.{ending}": archive.join([archive.part(n)]) for n in range(4)}
    whole, _ = read_files(files)
    files[f"2.{ending}"] = files[f"2.{ending}"][:60] + b"\xff\xe9"
    found, failures = read_files(files)
    check_others(found, whole, 2, failures)
    assert all(f"2.{ending}" in failure.where for failure in failures)


@pytest.mark.parametrize(
    ("row", "lines", "why"),
    [
        ('b,"He said yes,d', "3", "a mark that opens a field and never closes"),
        ('b,"He said "yes" to it",d', "3", "marks inside a field that are not doubled"),
        ('b,"He said yes\nand no, and so on\nand "that" was it",d', "3", "over several lines"),
        ("b,too,many,fields", "3", "a ragged row"),
        ("b", "3", "too few fields"),
    ],
)
def test_csv_says_which_lines_were_lost(row: str, lines: str, why: str) -> None:
    """The rows after it are read, with quoted line ends, and nothing is made of the rest."""
    after = ['c,"Three, ""quoted"", \nover lines",d', "d,Four,d", 'e,"Five",d']
    data = "\n".join(["id,text,day", "a,One,d", row, *after]) + "\n"
    found, (failure,) = read_files({"a.csv": data.encode()})
    assert [article.id for article in found] == ["a", "c", "d", "e"], why
    assert failure.where.endswith(f"a.csv:{lines}"), why
    assert ("lines 3–" in failure.reason) == ("\n" in row), why


def test_many_stray_marks_are_read_in_linear_time() -> None:
    """Lines are read again at most up to the next mark."""
    rows = "".join(f'{n},"He said yes\n{n}a,plain\n' for n in range(3000))
    found, failures = read_files({"a.csv": f"id,text\n{rows}".encode()})
    assert len(found) == len(failures) == 3000


def test_quotation_marks_in_tsv_are_text() -> None:
    """Unless they are asked for, or the header stands in such marks."""
    rows = 'a\t"It was late, Ann Lee said.\nb\tFive\nc\tSix by "Ann" Lee\n'
    found, _ = read_files({"a.tsv": f"id\ttext\n{rows}".encode()})
    assert [article.text[:4] for article in found] == ['"It ', "Five", "Six "]
    quoted = '"id"\t"text"\n"a"\t"One\ntwo"\n'
    assert [article.text for article in read_files({"a.tsv": quoted.encode()})[0]] == ["One\ntwo"]


def test_archives_differ() -> None:
    """The formats hold what they are meant to hold: one article a part."""
    for archive in ARCHIVES.values():
        assert isinstance(archive, Archive)
        assert text_of(1) != text_of(2)
