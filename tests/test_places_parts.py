"""The parts of place resolution: hints, looking up, weights and their fitting."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from newsextract.gazetteer import open_gazetteer
from newsextract.stages.places.context import CONTEXT
from newsextract.stages.places.features import OWN
from newsextract.stages.places.hints import add_hints, free_listed, read_hint
from newsextract.stages.places.names import expand_demonym, find_places_called
from newsextract.stages.places.parts import split_parts
from newsextract.stages.places.resolve import calibrate, read_weights, softmax_groups
from newsextract.stages.places.toponyms import Toponym, read_toponym
from newsextract.training.fit_places import fit_logit, fit_weights, write_weights
from newsextract.training.place_examples import match_toponyms, read_examples


@pytest.mark.parametrize(
    ("text", "hint", "why"),
    [
        ("the *Nore* region held", "division", "the word after"),
        ("the province of *Nore* held", "division", "the words before"),
        ("*Nore* county", "district", "a county"),
        ("the city of *Nore*", "settlement", "a settlement"),
        ("Ohio and *Nore* counties", "district", "the last county of a list"),
        ("all *Nore* counties", None, "counties that lie in it"),
        ("*Nore* held the region", None, "a word farther on says nothing"),
        ("*Nore* State University", None, "a word of a longer name says nothing"),
    ],
)
def test_read_hint(text: str, hint: str | None, why: str) -> None:
    """The words beside a name say what kind of place it is."""
    start = text.index("*")
    end = text.rindex("*") - 1
    assert read_hint(text.replace("*", ""), start, end) == hint, why


def mark_all(text: str, *names: str) -> tuple[Toponym, ...]:
    """Return the toponyms ``names`` of the text with their hints."""
    starts = [text.index(name) for name in names]
    pairs = zip(starts, names, strict=True)
    return add_hints(text, [read_toponym(text, start, start + len(n)) for start, n in pairs])


def test_a_list_shares_the_kind_that_ends_it() -> None:
    """All counties of a list are counties, and none contains the one before it."""
    toponyms = mark_all("in Boone, Hale and Nore counties", "Boone", "Hale", "Nore")
    assert [t.hint for t in toponyms] == ["district"] * 3
    assert toponyms[0].container is None


@pytest.mark.parametrize(
    ("text", "contained"),
    [
        ("from Leeds, Spain and Malta", False),
        ("from Leeds, Ohio, Spain and Malta", False),
        ("from Leon, Spain and Malta", True),
        ("from Leeds, Spain. Malta", True),
    ],
)
def test_the_next_of_a_list_contains_only_its_own(text: str, contained: bool) -> None:
    """A country after a name in a list contains it if it has such a place."""
    names = [name for name in ("Leeds", "Leon", "Ohio", "Spain", "Malta") if name in text]
    toponyms = free_listed(text, mark_all(text, *names), open_gazetteer())
    assert (toponyms[0].container is not None) == contained


@pytest.mark.parametrize(
    ("text", "contained"),
    [
        ("Nore, Texas", True),
        ("Nore (Texas)", True),
        ("Nore, in Texas", True),
        ("Nore and Texas", False),
        ("Nore. Texas", False),
    ],
)
def test_containers(text: str, contained: bool) -> None:
    """A place after a comma or in parentheses contains the one before it."""
    city, state = mark_all(text, "Nore", "Texas")
    assert (city.container == state.offsets) is contained


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("Ukrainian", "UA"),
        ("Ukrainians", "UA"),
        ("Texans", "US.TX"),
        ("Ukraine", None),
        ("Swiss", "CH"),
        ("", None),
    ],
)
def test_expand_demonym(word: str, place: str | None) -> None:
    """Adjectives and inhabitants stand for a place, in the singular and the plural."""
    assert expand_demonym(word) == place


@pytest.mark.parametrize(
    ("name", "found", "why"),
    [
        ("Calif.", "California", "an abbreviation"),
        ("N.Y", "New York", "an abbreviation that lost its last full stop"),
        ("southern Ukraine", "Ukraine", "a direction"),
        ("South Sudan", "South Sudan", "a direction that is part of the name"),
        ("Gwinnett", "Gwinnett County", "a county cut short"),
        ("Kherson region", "Kherson", "a division with another word for its kind"),
        ("East Java province", "East Java", "a direction that is part of a division's name"),
        ("southern Kherson region", "Kherson", "a direction before a division"),
        ("European Russia", "Russia", "the part of a country"),
        ("Philipines", "Philippines", "a misspelled well-known name"),
    ],
)
def test_find_places_called(name: str, found: str, why: str) -> None:
    """Names are found as written, and by what is left of them."""
    gazetteer = open_gazetteer()
    entries = [gazetteer.entry(index) for index, _ in find_places_called(name, gazetteer)]
    assert found in {entry.name for entry in entries}, why


def test_a_village_that_is_missing_is_no_other() -> None:
    """Similar names of small places are not taken, nor another direction."""
    gazetteer = open_gazetteer()
    assert not find_places_called("North Westerm Province", gazetteer)
    assert not find_places_called("Qookevillex", gazetteer)


def test_the_shipped_weights_are_complete() -> None:
    """There is a weight for every feature, and more belief gives a higher probability."""
    weights = read_weights()
    assert (len(weights.alone), len(weights.joint)) == (len(OWN), len(OWN) + len(CONTEXT))
    low, high = (calibrate(share, *weights.calibration) for share in (0.1, 0.99))
    assert 0 < low < high < 1


def test_softmax_groups() -> None:
    """The probabilities of each group sum to one, however large the scores are."""
    beliefs = softmax_groups(np.array([1.0, 1.0, 1e4, 0.0]), np.array([0, 0, 1, 1]))
    assert beliefs.tolist() == [0.5, 0.5, 1.0, 0.0]


def test_fit_logit_learns_which_feature_tells() -> None:
    """A feature that the right candidates have gets a weight, one that all have gets none."""
    features = np.array([[1.0, 1.0], [0.0, 1.0]] * 8)
    group = np.repeat(np.arange(8), 2)
    right = np.array([True, False] * 8)
    weights = fit_logit([(features, group, right)], ("telling", "common"))
    assert weights[0] > 1.0
    assert abs(weights[1]) < 0.01


def read_marked(text: str) -> tuple[tuple[Toponym, ...], tuple[Toponym, ...]]:
    """Return the toponyms of the article below, as if a model had found them."""
    return mark_all(text, "Springfield", "Illinois", "Paris", "Texas"), ()


def test_a_marked_toponym_belongs_to_the_found_one_over_it() -> None:
    """A name found with other offsets is judged too; one that is not found is not."""
    found = mark_all("Fog in old Springfield and Paris", "old Springfield", "Paris")
    marked = [{"start": 11, "end": 22}, {"start": 27, "end": 32}, {"start": 0, "end": 3}]
    assert dict(match_toponyms(found, marked)) == {0: [marked[0]], 1: [marked[1]]}


def test_fitting_is_repeatable(tmp_path: Path) -> None:
    """The same articles give the same file of weights."""
    text = "Fog in Springfield, Illinois, and in Paris, Texas."
    toponyms = [
        {"start": 7, "end": 18, "text": "Springfield", "lat": 39.8, "lon": -89.64},
        {"start": 37, "end": 42, "text": "Paris", "lat": 33.66, "lon": -95.56},
    ]
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps({"id": "a", "text": text, "toponyms": toponyms}) + "\n")
    examples = read_examples(path, open_gazetteer(), read=read_marked)
    for name in ("a.toml", "b.toml"):
        write_weights(fit_weights(examples), tmp_path / name)
    assert (tmp_path / "a.toml").read_bytes() == (tmp_path / "b.toml").read_bytes()


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Austin, Texas", ["Austin", "Texas"]),
        ("Jiangsu province of China", ["Jiangsu province", "China"]),
        ("Mo. (AP", ["Mo."]),
        ("Bath (Nore)", ["Bath (Nore)"]),
    ],
)
def test_parts_of_a_name(name: str, parts: list[str]) -> None:
    """Places that the encoder marks as one, and a parenthesis that is not closed."""
    assert [name[start:end] for start, end in split_parts(name, 0)] == parts


@pytest.mark.parametrize(
    ("text", "name"),
    [("R-Bath", "Bath"), ("12 Bath", "Bath"), ("MARYLAND-VIRGINIA", "MARYLAND-VIRGINIA")],
)
def test_a_party_and_a_number_are_cut_off_before_a_name_alone(text: str, name: str) -> None:
    """Inside of a name they are letters of it."""
    assert read_toponym(text, 0, len(text)).name == name
