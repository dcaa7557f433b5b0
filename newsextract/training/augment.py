"""Windows made harder to learn by heart: words are hidden, names exchanged for others.

Exchanging mentions for others of their label is after Dai and Adel 2020. Words and lines stay
where they are: a name gives way only to one of as many words.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from newsextract.encoder.labels import ENTITY_LABELS, decode_spans
from newsextract.encoder.model import MASK
from newsextract.encoder.windows import MAX_PIECES, PieceReader
from newsextract.encoder.words import letter_case
from newsextract.training.batches import Sample

_KEPT = ("DATE", "MONEY")
_LONGEST = MAX_PIECES + MAX_PIECES // 6
_GREAT_CITY = 30_000
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Names to exchange: by label and number of words, and the first and last words of persons."""

    phrases: dict[tuple[str, int], list[Phrase]]
    first: list[Phrase]
    last: list[Phrase]


def collect_names(samples: Iterable[Sample], places: Iterable[str] = ()) -> Names:
    """Return the names that ``samples`` mark, with the names of ``places`` among the places."""
    phrases: dict[tuple[str, int], set[Phrase]] = {}
    for sample in samples:
        for _, words, label in _mentions(sample):
            phrases.setdefault((label, len(words)), set()).add(words)
    full = [
        words for (label, n), own in phrases.items() if label == "PERSON" and n > 1 for words in own
    ]
    for place in places:
        words = tuple(place.split())
        phrases.setdefault(("LOC", len(words)), set()).add(words)
    return Names(
        {key: sorted(own) for key, own in phrases.items()},
        sorted({words[:1] for words in full if _is_plain(words[0])}),
        sorted({words[-1:] for words in full if _is_plain(words[-1])}),
    )


def list_cities() -> list[str]:
    """Return the names of the greater cities of the shipped gazetteer."""
    from newsextract.gazetteer import open_gazetteer

    gazetteer = open_gazetteer()
    great = (gazetteer.columns["population"] >= _GREAT_CITY).nonzero()[0].tolist()
    entries = (gazetteer.entry(index) for index in great)
    return [e.name for e in entries if e.feature_code.startswith("PPL")]


def _mentions(sample: Sample) -> Iterator[tuple[int, Phrase, str]]:
    """Yield where each name that can be exchanged begins, its words, and its label."""
    for start, end, label in decode_spans(sample.entity or [], ENTITY_LABELS):
        if label not in _KEPT:
            yield start, tuple(sample.words.texts[start:end]), label


def _is_plain(word: str) -> bool:
    """Whether a word can be the first or last of a person's name: no initial, no particle."""
    return len(word) > 2 and word.isalpha() and word[0].isupper()


def swap_names(
    sample: Sample, names: Names, *, reader: PieceReader, share: float, rng: random.Random
) -> Sample:
    """Return ``sample`` with a share of its names exchanged, each for the same one throughout.

    Persons are exchanged word by word, so that "Ann Lee" and "Lee" stay one.
    """
    texts = list(sample.words.texts)
    mentions = list(_mentions(sample))
    families = {words[-1] for _, words, label in mentions if label == "PERSON" and len(words) > 1}
    chosen: dict[tuple[str, Phrase], Phrase] = {}

    def exchange(label: str, words: Phrase, bank: Sequence[Phrase]) -> Phrase:
        if (label, words) not in chosen:
            swaps = bank and rng.random() < share
            chosen[label, words] = rng.choice(bank) if swaps else words
        return chosen[label, words]

    for start, words, label in mentions:
        if label == "PERSON":
            for i, word in enumerate(words, start):
                last = word in families or len(words) == 1
                bank = (names.last if last else names.first) if _is_plain(word) else ()
                texts[i] = _like(exchange(label, (word,), bank)[0], word)
        else:
            bank = names.phrases.get((label, len(words)), ())
            texts[start : start + len(words)] = exchange(label, words, bank)
    return _rewrite(sample, texts, reader)


def _like(name: str, word: str) -> str:
    return name.upper() if word.isupper() else name


def _rewrite(sample: Sample, texts: list[str], reader: PieceReader) -> Sample:
    """Return ``sample`` with other words, or as it is where they would be too long."""
    old = zip(sample.words.texts, texts, sample.pieces, strict=True)
    pieces = [own if before == after else reader(after) for before, after, own in old]
    if sum(map(len, pieces)) > _LONGEST:
        return sample
    cases = [letter_case(word) for word in texts]
    return replace(sample, words=replace(sample.words, texts=texts, cases=cases), pieces=pieces)


def hide_words(sample: Sample, *, share: float, rng: random.Random) -> Sample:
    """Return ``sample`` with a share of its words masked; their letter case still shows."""
    pieces = [(MASK,) * len(own) if rng.random() < share else own for own in sample.pieces]
    return replace(sample, pieces=pieces)
