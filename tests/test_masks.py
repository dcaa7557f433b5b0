"""Half characters and broken lines: read as another text, told as the caller's."""

from __future__ import annotations

import dataclasses

from newsextract.language.masks import join_lines, mask_surrogates, restore_text
from newsextract.records import Block, Issue, Mention


def test_mask_keeps_the_length():
    """Each half character becomes one replacement; whole ones outside the BMP stay."""
    assert mask_surrogates("a\ud83d\ude00b 🙂 \udfff") == "a\ufffd\ufffdb 🙂 \ufffd"


def test_lines_of_a_block_are_joined():
    """Line ends inside a block become spaces, those between blocks stay."""
    text = "A port\r\ngrew.\n\nIt\nrained."
    blocks = (Block("paragraph", 0, 13), Block("paragraph", 15, 25))
    assert join_lines(text, blocks) == "A port  grew.\n\nIt rained."
    assert join_lines(text, ()) == text


def test_every_line_end_between_blocks_is_one():
    """Whatever character ends a line, the encoder reads the one that it knows."""
    text = "A port\u2028grew.\rIt rained.\u2029\x85\fIt\vpoured."
    blocks = (Block("paragraph", 0, 12), Block("paragraph", 13, 23))
    assert join_lines(text, blocks) == "A port grew.\nIt rained.\n\n\nIt\npoured."
    assert join_lines("A.\r\nB.", ()) == "A.\r\nB."


def test_broken_words_that_are_compounds_elsewhere():
    """A hyphen stays in "well-\\nknown" where the text has "well-known", and not for "overall"."""
    text = "A well-\nknown port. Over-\nall, a well-known one. Over-allocation."
    joined = join_lines(text, (Block("paragraph", 0, len(text)),))
    assert joined.replace("\u00ad", "").startswith("A well-known port. Overall, a")


def test_restore(sample):
    """Every span says again what stands at its offsets, however deep it is."""
    text = sample.text.replace("Ann", "\ud83dnn").replace("“We", "\udc00We")
    restored = restore_text(sample, text)
    assert restored.people[0].mentions[0].text == "\ud83dnn Lee"
    assert restored.quotes[0].source.text == "Mayor \ud83dnn Lee"
    assert restored.people[0].name == "Ann Lee"
    assert restored.text == text


def test_records_without_offsets_stay(sample):
    """What concerns the whole article has nothing to restore."""
    issue = Issue("not English", "reads as de")
    record = dataclasses.replace(sample, issues=(issue,))
    assert restore_text(record, sample.text) == record


def test_restoring_the_same_text_changes_nothing(sample):
    """A record of a text without half characters is itself."""
    assert restore_text(sample, sample.text) == sample
    assert isinstance(restore_text(sample, sample.text).people[0].mentions[0], Mention)
