"""Lemmas by table and rule, and the morphology that a form shows, in UD's terms."""

from __future__ import annotations

from functools import lru_cache

from newsextract.language.lexicon import read_pairs, read_words
from newsextract.language.nouns import singular

_VOWELS = "aeiou"
_E_ENDINGS = ("at", "iz", "ys", "iv", "uc", "dg", "bl", "tl", "c", "v", "u", "z", "us", "ag", "ak")


@lru_cache(maxsize=65536)
def lemmatize(form: str, upos: str) -> str:
    """Return the lemma of ``form``: "went" → "go", "cities" → "city"; names stay as they are."""
    if upos in ("PROPN", "PUNCT", "SYM", "X", "NUM", "SPACE"):
        return form
    low = form.lower().replace("’", "'")
    return read_pairs("lemmas").get(f"{low}/{upos}") or by_rule(low, upos)


def by_rule(form: str, upos: str) -> str:
    """Return the lemma that the regular endings of English give."""
    if upos == "NOUN":
        return singular(form)
    if upos in ("VERB", "AUX"):
        return form if form in read_words("verbs") else _infinitive(form)
    return form


def _infinitive(form: str) -> str:
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return form[:-2]
    if form.endswith("s") and not form.endswith(("ss", "us", "is")) and len(form) > 3:
        return form[:-1]
    if form.endswith("ied") and len(form) > 4:
        return form[:-3] + "y"
    for ending in ("ing", "ed"):
        stem = form[: -len(ending)]
        if form.endswith(ending) and len(stem) > 1 and any(c in _VOWELS + "y" for c in stem):
            return _stem(stem)
    return form


def _stem(stem: str) -> str:
    """Return the verb whose stem this is: "stopp" → "stop", "mak" → "make"."""
    single = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
    known = read_words("verbs")
    for verb in (stem, stem + "e", single):
        if verb in known:
            return verb
    if single != stem and stem[-1] not in "lsz":
        return single
    return stem + "e" if stem.endswith(_E_ENDINGS) else stem


@lru_cache(maxsize=65536)
def describe_form(form: str, upos: str) -> str:
    """Return the features that a lower-case form shows: "cities" → "Number=Plur"."""
    if upos == "NOUN":
        return "Number=Plur" if lemmatize(form, upos) != form else "Number=Sing"
    if upos == "PROPN":
        return "Number=Sing"
    if upos in ("VERB", "AUX"):
        return _verb_form(form, upos)
    if upos == "PRON":
        return read_pairs("pronoun_features").get(form, "")
    return "Degree=Pos" if upos == "ADJ" else ""


def _verb_form(form: str, upos: str) -> str:
    if form == lemmatize(form, upos):
        return "VerbForm=Inf" if upos == "VERB" else "VerbForm=Fin"
    if form.endswith("ing"):
        return "VerbForm=Ger"
    if form in ("is", "has", "does", "'s") or (form.endswith("s") and form != "was"):
        return "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
    if form in ("been", "done", "gone", "seen", "given", "taken", "known"):
        return "Tense=Past|VerbForm=Part"
    if form in ("are", "am", "'re", "'m"):
        return "Mood=Ind|Tense=Pres|VerbForm=Fin"
    return "Mood=Ind|Tense=Past|VerbForm=Fin"
