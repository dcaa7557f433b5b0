"""Odd texts, and long ones."""

from __future__ import annotations

ODD = {
    "empty": "",
    "white space": " \t\r\n\u00a0\u2028\n ",
    "carriage returns": "Old Mac.\r\r“Yes,” Ann Lee said.\rShe left.",
    "CRLF": "Windows.\r\n\r\n“Yes,” Ann Lee said.\r\n",
    "mixed marks": '"Tavria” and “Nore" and «one” said ‘Ann Lee".',
    "never closed": "“We need, Ann Lee said. " * 20,
    "lone surrogates": "Ann \ud83d Lee \ude00 said \ud83d\ude00 that \udfff.",
    "binary": bytes(range(256)).decode("latin-1") * 3,
    "combining": "A" + "\u0301" * 500 + "nn Lee said so.",
    "bidirectional": "\u202eAnn Lee\u202c said \u2066no\u2069.",
    "zero width": "Ann\u200bLee\u200d said\ufeff no.",
    "emoji": "“👩‍👩‍👧‍👦🏳️‍🌈,” Ann Lee said. 🙂" * 5,
    "HTML": "<p>“Yes,” <b>Ann Lee</b> said.</p><script>alert('x')</script>&nbsp;",
    "other scripts": "安李は言った。「はい」 Анна Ли сказала: «Да». قالت آن لي",
    "shouting": "MAYOR ANN LEE SAID ON MONDAY THAT THE PORT OF NORE WILL GROW.",
    "a table": "| Port | 2024 |\n|---|---|\n| Nore | 12.5% |\n" * 10,
    "a transcript": "SMITH: Did you?\nLEE: I did.\nQ: When?\nA: On Monday.\n" * 5,
    "impossible dates": "On 30 February at 25:61, in the year 0, by 31/31/2024.",
    "brackets": "(" * 300 + "Ann Lee" + ")" * 300,
}

PROSE = (
    "Pier {0} of the port of Nore will double in size by 2026, Mayor Ann Lee said on Monday. “We "
    "need pier {0},” she told reporters.\n\nCritics of pier {0} in Texas fear that it costs $3 "
    "million, according to a report by the Nore Gazette. Bo Day, who runs it, did not say when.\n\n"
)
REPEATED = {
    "prose": PROSE,
    "names": "Ann Lee, Bo Day, ",
    "no spaces": "xy",
    "lines": "\n",
    "opening marks": "“a ",
    "straight marks": '" said ',
    "dates": "Monday 3 May 2024, ",
    "brackets": "(a ",
    "pronouns": "She said he said. ",
    "one line each": "Ann Lee said no\n",
}


def repeat(piece: str, size: int) -> str:
    """Return ``piece`` again and again, numbered where it asks for it, ``size`` characters of it.

    Numbered prose has no two paragraphs alike: those that repeat another are not read.
    """
    count = size // len(piece.replace("{0}", "")) + 1
    return "".join(piece.replace("{0}", str(i)) for i in range(count))[:size]
