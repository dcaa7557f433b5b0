"""Which quotation mark opens and which closes."""

import pytest

from newsextract.stages.quotes import pair_marks


def inside(text: str) -> list[str]:
    return [text[q.start : q.end] for q in pair_marks(text)[0]]


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("“We won,” he said.", ["We won,"], "curly marks"),
        ('"We won," he said. "Again."', ["We won,", "Again."], "straight marks take turns"),
        ("«Nous» and „wir“ here", ["Nous", "wir"], "other scripts' marks"),
        ('the "Tavria” group', ["Tavria"], "a straight mark closed by a curly one"),
        (
            "‘We won,’ he said of the workers’ club.",
            ["We won,"],
            "single marks, not the apostrophe",
        ),
        ("“He said ‘no’ to me,” she said.", ["He said ‘no’ to me,"], "the outermost only"),
        ('"It rains. "It pours," Lee said. Go.', ["It rains. ", "It pours,"], "opened again"),
        ('He is 6\' 2" tall and said "no" again', ["no"], "inches open nothing"),
        ('He said it."And "no" again', ["And ", "no"], "no space before an opening mark"),
        ("“Open to the end\nNext line.", ["Open to the end"], "unclosed: to the end of its line"),
    ],
)
def test_pairs(text: str, expected: list[str], reason: str) -> None:
    """Marks pair inside a line, of whatever style."""
    assert inside(text) == expected, reason


@pytest.mark.parametrize(
    "text",
    ["the workers' rights and the unions' money", "rock 'n' roll is 20' long", "it’s Ann’s", ""],
)
def test_apostrophes_are_no_marks(text: str) -> None:
    """Apostrophes and minutes open nothing."""
    assert inside(text) == []


def test_unbalanced_mark_is_an_issue() -> None:
    """A mark without its other half is told of, with its place."""
    text = 'Before "we go on.\nAll “well” here.'
    _, issues = pair_marks(text)
    assert [(i.kind, i.start, i.end) for i in issues] == [("unbalanced quotation mark", 7, 8)]


def test_a_long_line_of_marks_is_linear() -> None:
    """Ten thousand marks of all kinds are paired without a word of complaint."""
    text = '“a ‘b\' "c" d’ ' * 2500
    assert len(pair_marks(text)[0]) > 2000
