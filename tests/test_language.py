"""English is told from other languages; too little to tell is said to be that."""

from __future__ import annotations

import pytest

from newsextract.language.recognition import is_english, recognize_language


@pytest.mark.parametrize(
    ("text", "language", "why"),
    [
        ("The mayor said on Monday that the city would not pay for the bridge.", "en", "plain"),
        ("Der Bürgermeister sagte am Montag, dass die Stadt nicht zahlen werde.", "de", "German"),
        ("El alcalde dijo que la ciudad no pagará por los daños del puente.", "es", "Spanish"),
        ("Le maire a déclaré lundi que la ville ne paierait pas pour le pont.", "fr", "French"),
        ("De burgemeester zei dat de stad niet voor de brug zal betalen.", "nl", "Dutch"),
        ("Мэр заявил, что город не будет платить.", "ru", "Cyrillic letters"),
        ("市長は月曜日に述べた。", "ja", "kana among Chinese characters"),
        ("市长星期一表示", "zh", "Chinese characters alone"),
        ("وقال رئيس البلدية يوم الاثنين", "ar", "Arabic letters"),
        ("He said: “Le maire a raison”, and that was it for the day.", "en", "a quoted phrase"),
        ("Kyiv, Kharkiv, Odesa, Dnipro", None, "names alone tell nothing"),
        ("Hull 2 v 1 Leeds; Bath 3 v 0 York; Rome v Milan off", None, "no Czech: one letter"),
        ("Starosta řekl, že se to na mostě nestalo a je v pořádku.", "cs", "Czech"),
        ("", None, "no text"),
        ("12 345 --- 67", None, "no letters"),
        ("\ud800\udfff", None, "no characters at all"),
    ],
)
def test_recognize_language(text: str, language: str | None, why: str) -> None:
    """By letters, then by function words."""
    assert recognize_language(text) == language, why


def test_too_little_to_tell_counts_as_english() -> None:
    """An article is left out for its language only where that is known."""
    assert is_english("Kyiv, Kharkiv, Odesa")
    assert not is_english("Der Bürgermeister sagte, dass die Stadt nicht zahlen werde.")


def test_a_long_text_is_sampled() -> None:
    """Five million characters are answered from a few thousand."""
    assert recognize_language("The port is not what it was in the days of old. " * 100_000) == "en"
