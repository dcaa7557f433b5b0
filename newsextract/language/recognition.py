"""Language identification by script and function words: enough to recognize English."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from newsextract.language.lexicon import read_pairs

_WORD = re.compile(r"[^\W\d_]+")
_BEYOND_LATIN = re.compile("[^\0-ʯ]")
_SAMPLE = 1500
_STRETCHES = 3
_ENOUGH_LETTERS = 0.5
_ENOUGH_WORDS = 0.08
_SCRIPTS = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "CYRILLIC": "ru",
    "GREEK": "el", "HEBREW": "he", "ARABIC": "ar", "DEVANAGARI": "hi", "BENGALI": "bn",
    "THAI": "th", "TAMIL": "ta", "GEORGIAN": "ka", "ARMENIAN": "hy", "ETHIOPIC": "am",
    "GURMUKHI": "pa", "GUJARATI": "gu", "TELUGU": "te", "KHMER": "km", "MYANMAR": "my",
}  # fmt: skip


def recognize_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of ``text``; ``None`` if undecided.

    Another script than Latin is answered by its most common language. Texts in the Latin script
    are answered by the share of their words that are function words of a language; two of those,
    of more than a letter, must be there ("v" and "a" are in tables of results).

    Example:
        "The mayor said it was not for the council to decide" is ``en``; a list of names, or
        "Kyiv, Kharkiv, Odesa", is ``None``.
    """
    sample = _sample(text)
    script = _other_script(sample)
    if script is not None:
        return script
    words = [word.lower() for word in _WORD.findall(sample)]
    languages = _languages_of_words()
    hits = Counter(code for word in words for code in languages.get(word, ()))
    told = Counter(code for word in {*words} if len(word) > 1 for code in languages.get(word, ()))
    hits = Counter({code: hits[code] for code, kinds in told.items() if kinds > 1})
    if not hits:
        return None
    ranked = sorted(hits.items(), key=lambda item: (-item[1], item[0] != "en", item[0]))
    code, count = ranked[0]
    return code if count >= max(2, _ENOUGH_WORDS * len(words)) else None


def is_english(text: str) -> bool:
    """Return whether ``text`` is English or too short to tell."""
    return recognize_language(text) in ("en", None)


def _sample(text: str) -> str:
    """Return stretches from the beginning, middle and end of a long text."""
    if len(text) <= _SAMPLE * _STRETCHES:
        return text
    step = (len(text) - _SAMPLE) // (_STRETCHES - 1)
    return " ".join(text[i * step : i * step + _SAMPLE] for i in range(_STRETCHES))


def _other_script(sample: str) -> str | None:
    """Return the language of a non-Latin script, if most letters are in it."""
    foreign = Counter(filter(str.isalpha, _BEYOND_LATIN.findall(sample)))
    latin = map(str.isalpha, _BEYOND_LATIN.sub("", sample)) if foreign else ()
    if foreign.total() <= _ENOUGH_LETTERS * sum(latin):
        return None
    scripts: Counter[str] = Counter()
    for letter, count in foreign.items():
        scripts[unicodedata.name(letter, "?").split()[0]] += count
    if scripts["HIRAGANA"] or scripts["KATAKANA"]:
        return "ja"
    return next((_SCRIPTS[name] for name, _ in scripts.most_common() if name in _SCRIPTS), None)


@cache
def _languages_of_words() -> dict[str, tuple[str, ...]]:
    """Return for each function word the languages that have it."""
    languages: dict[str, tuple[str, ...]] = {}
    for code, words in read_pairs("languages").items():
        for word in words.split():
            languages[word] = (*languages.get(word, ()), code)
    return languages
