"""Names: which two can be one person's."""

import pytest

from newsextract.language.person_names import (
    fold_word,
    is_typo,
    rank_lone,
    read_name,
    same_person,
    spelling_key,
)

SAME = [
    ("Charles E. Grassley", "Charles Grassley", "a middle initial may be left out"),
    ("Charles E. Grassley", "Chuck Grassley", "a short form of the given name"),
    ("Laurynas Kasčiūnas", "Laurynas Kasciunas", "diacritics are folded"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "two transliterations"),
    ("Alexei Smirnov", "Aleksey Smirnov", "two transliterations of the given name"),
    ("J. Smith", "John Smith", "an initial"),
    ("Kazi Habibul Awal", "Habibul Awal", "words that stand side by side"),
    ("Orbán Viktor", "Viktor Orbán", "family name first"),
    ("Hillary Rodham Clinton", "Hillary Clinton", "a middle name may be left out"),
    ("Bashar al-Assad", "Bashar Assad", "an Arabic article"),
]
DIFFERENT = [
    ("Andrew Smith", "Andrea Smith", "two given names one letter apart"),
    ("Bill Clinton", "Hillary Clinton", "spouses"),
    ("John Smith", "Jane Smith", "siblings"),
    ("Donald Trump", "Donald Trump Jr.", "father and son"),
    ("John A. Smith", "John B. Smith", "middle initials that contradict"),
    ("Ann Lee", "Ann Leigh", "family names that only sound alike"),
    ("Jan Berg", "Ian Berg", "first letters are not transliterated"),
    ("Eva Hansen", "Eva Hanson", "two full names one letter apart"),
]


@pytest.mark.parametrize(("a", "b", "reason"), SAME)
def test_names_of_one_person(a, b, reason):
    """Both orders of the two names are the same person."""
    assert same_person(read_name(a), read_name(b)), reason
    assert same_person(read_name(b), read_name(a)), reason


@pytest.mark.parametrize(("a", "b", "reason"), DIFFERENT)
def test_names_of_two_people(a, b, reason):
    """Unsafe merges are worse than missed ones."""
    assert not same_person(read_name(a), read_name(b)), reason


def test_titles_and_suffixes_are_no_part_of_a_name():
    """A title in the span or before it tells, but does not count as a word."""
    name = read_name("Martin King Jr.", before="Rev.")
    assert name.words == ("martin", "king")
    assert (name.suffix, name.title) == ("jr", "reverend")
    assert read_name("Mrs. Clinton").gender == "female"


def test_lone_name_ranks_family_before_given_name():
    """ "Kelly" is Megyn Kelly rather than Kelly Osborne."""
    assert rank_lone("kelly", ("megyn", "kelly")) == 0
    assert rank_lone("kelly", ("kelly", "osborne")) == 1
    assert rank_lone("kelly", ("ann", "lee")) is None


def test_spelling_key_keeps_short_names_apart():
    """Look-alikes of two or three letters are no transliterations of each other."""
    assert spelling_key("lee") != spelling_key("li")
    assert not is_typo("lee", "lea")


def test_ever_new_names_are_read_once() -> None:
    """Every stage asks for the names of an article; each is folded and read the first time."""
    names = [f"Ann{n} Lee{n}" for n in range(6000)]
    for name in names:
        read_name(name)
    misses = [known.cache_info().misses for known in (fold_word, read_name)]
    for name in names:
        read_name(name)
        fold_word(name.split()[0])
    assert [known.cache_info().misses for known in (fold_word, read_name)] == misses
