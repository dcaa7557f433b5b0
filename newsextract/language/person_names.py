"""Personal names: their parts, and whether two of them can refer to the same person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from newsextract.language.lexicon import read_pairs, read_words
from newsextract.language.strings import fold

_SPELLINGS = (
    (r"(?<=.)(?:[iyj]+)", "i"), ("ph", "f"), ("kh", "h"), ("ck", "k"), ("x", "ks"), ("q", "k"),
    (r"c(?!h)", "k"), ("w", "v"), ("ts|tz", "z"), ("ue", "u"), ("oe", "o"), ("ae", "a"),
    (r"(.)\1+", r"\1"),
)  # fmt: skip
KEPT = 16384
"""Words and names whose reading is kept: more than an article of ever new ones has in 100 KB, for
every stage asks again for the same, and a cache that they overflow is of no use at all.
"""
GENERATIONS = frozenset(("II", "III", "IV", "Jr", "Jr.", "Sr", "Sr."))
"""What tells a son from his father, as it is written behind a name."""
_TYPO_LENGTH = 6
_WORD_AND_SPACE = re.compile(r"(\S+)\s+")
_LIKE_HONORIFICS = frozenset(("MR", "MS"))


@dataclass(frozen=True, slots=True)
class Name:
    """The words of a name, folded, without titles and suffixes; ``gender`` is the honorific's."""

    words: tuple[str, ...]
    suffix: str | None = None
    title: str | None = None
    gender: str | None = None

    @property
    def is_full(self) -> bool:
        """Whether the name has a given and a family name."""
        return len(self.words) > 1


@lru_cache(maxsize=KEPT)
def fold_word(word: str) -> str:
    """Return ``word`` folded to one word, without an Arabic article: "Al-Sisi" → "sisi"."""
    return re.sub(r"^(?:al|el|ul|as|ash|ad) (?=\w{3})", "", fold(word)).replace(" ", "")


@lru_cache(maxsize=KEPT)
def spelling_key(word: str) -> str:
    """Return what the transliterations of a folded word share: Zelensky, Zelenskyy, Zelenskiy."""
    for pattern, plain in _SPELLINGS:
        word = re.sub(pattern, plain, word)
    return word


def title_length(text: str) -> int:
    """Return how many characters of titles and honorifics ``text`` begins with.

    "MS Dhoni" begins with initials, "MS DHONI" and "Ms Dhoni" with an honorific; "Don Draper" with
    a given name, unlike "Don Pedro".
    """
    end, shouted = 0, text.isupper()
    while match := _WORD_AND_SPACE.match(text, end):
        initials = match[1] in _LIKE_HONORIFICS and not shouted
        if not is_title(match[1]) or initials or _is_given_name(match[1], text, match.end()):
            break
        end = match.end()
    return end


def _is_given_name(title: str, text: str, end: int) -> bool:
    """Whether what may be a title is the given name before one family name, after ``end``."""
    word = _WORD_AND_SPACE.match(text, end)
    if not is_given(title.casefold()) or (word and word.end() < len(text)):
        return False
    return not is_given(fold_word(text[end:]))


def is_given(word: str) -> bool:
    """Whether a folded word is a given name."""
    return word in read_words("given_names_female") or word in read_words("given_names_male")


def is_family(word: str) -> bool:
    """Whether a folded word is a frequent family name."""
    return word in read_words("family_names")


def is_title(word: str) -> bool:
    """Whether ``word`` is a title or honorific; the period of an abbreviation may be there."""
    folded = word.strip().rstrip(".").casefold()
    return folded in read_pairs("titles") or folded in read_pairs("honorifics")


@lru_cache(maxsize=KEPT)
def read_name(text: str, before: str = "") -> Name:
    """Return the name that ``text`` writes; ``before`` is the word in front of it.

    >>> read_name("Charles E. Grassley", before="Sen.").words
    ('charles', 'e', 'grassley')
    """
    cut = title_length(text)
    written = (w for w in (before, *text[:cut].split()) if w and w != "miss")  # the verb
    heads = [w.rstrip(".").casefold() for w in written]
    words = [w for w in map(fold_word, text[cut:].split()) if w]
    suffix = words.pop() if len(words) > 1 and words[-1] in read_words("name_suffixes") else None
    honorifics = read_pairs("honorifics")
    titles = read_pairs("titles")
    gender = next((honorifics[h] for h in heads if honorifics.get(h)), None)
    title = next((titles[h] for h in heads if h in titles), None)
    return Name(tuple(words), suffix, title, gender)


def same_word(a: str, b: str) -> bool:
    """Whether two folded words are one, or two spellings of one in another alphabet."""
    return a == b or spelling_key(a) == spelling_key(b)


def same_given(a: str, b: str) -> bool:
    """Whether two given names can be one person's: equal, an initial, a short form."""
    if same_word(a, b):
        return True
    if min(len(a), len(b)) == 1:
        return a[:1] == b[:1]
    nicknames = read_pairs("nicknames")
    return nicknames.get(a, a) == nicknames.get(b, b)


def is_typo(a: str, b: str) -> bool:
    """Whether two long folded words differ by one letter, not the first: Eldridge, Eldrige."""
    if min(len(a), len(b)) < _TYPO_LENGTH or a[0] != b[0]:
        return False
    return DamerauLevenshtein.distance(a, b, score_cutoff=1) <= 1


def same_person(a: Name, b: Name) -> bool:
    """Whether two full names can be one person's.

    "Chuck Grassley" and "Charles E. Grassley" can; "Andrew Smith" and "Andrea Smith" cannot.
    """
    if a.suffix != b.suffix:
        return False
    short, long = sorted((a.words, b.words), key=len)
    if is_part(short, long) or sorted(short) == sorted(long):
        return True
    if not same_given(short[0], long[0]):
        return False
    return same_word(short[-1], long[-1]) and middle_fits(short[1:-1], long[1:-1])


def is_part(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the words of ``short`` stand side by side in ``long``."""
    size = len(short)
    return any(long[i : i + size] == short for i in range(len(long) - size + 1))


def middle_fits(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether two runs of middle names do not contradict each other."""
    return all(any(same_given(word, other) for other in long) for word in short)


def rank_lone(word: str, words: tuple[str, ...]) -> int | None:
    """Return how well a lone name fits a full one: 0 the family name, then given, then middle."""
    places = (words[-1], words[0], *words[1:-1])
    return next((rank for rank, other in enumerate(places) if same_word(word, other)), None)
