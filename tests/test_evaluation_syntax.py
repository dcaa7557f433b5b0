"""Reading treebanks: text, words and trees as they stand there."""

from __future__ import annotations

import pytest

from newsextract.errors import InputError
from newsextract.evaluation.syntax import read_conllu

TREEBANK = """\
# newdoc id = port
# newpar
1\tAnn\tAnn\tPROPN\t_\t_\t3\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
2\tdid\tdo\tAUX\t_\t_\t0\troot\t_\t_
3\tn't\tnot\tPART\t_\t_\t2\tadvmod\t_\t_
3.1\tgo\tgo\tVERB\t_\t_\t_\t_\t_\t_
4\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_

1\tShe\tshe\tPRON\t_\t_\t2\tnsubj:pass\t_\t_
2\tstayed\tstay\tVERB\t_\t_\t0\troot\t_\t_

# newpar
1\tWhy\twhy\tADV\t_\t_\t0\troot\t_\tSpaceAfter=No
2\t?\t?\tPUNCT\t_\t_\t1\tpunct\t_\t_

# newdoc id = yard
1\tNo\tno\tINTJ\t_\t_\t0\troot\t_\t_
"""


@pytest.fixture
def documents(tmp_path):
    """The two documents of the treebank above."""
    path = tmp_path / "small.conllu"
    path.write_text(TREEBANK, encoding="utf8")
    return read_conllu(path)


def test_text_is_put_together(documents):
    """Multiword tokens stay whole, empty nodes are no words, paragraphs are parted."""
    assert [(d.name, d.text) for d in documents] == [
        ("port", "Ann didn't. She stayed\n\nWhy?"),
        ("yard", "No"),
    ]


def test_words_and_trees(documents):
    """Words have their offsets, heads are indices in the document, a root is its own."""
    port = documents[0]
    words = [port.text[start:end] for start, end in port.offsets]
    assert words == ["Ann", "did", "n't", ".", "She", "stayed", "Why", "?"]
    assert port.heads == [2, 1, 1, 1, 5, 5, 6, 6]
    assert port.deprels[4] == "nsubj:pass"
    assert port.sentences == [0, 4, 6]


def test_other_files_are_refused(tmp_path):
    """What is no CoNLL-U is named."""
    path = tmp_path / "no.conllu"
    path.write_text("1\tAnn\n\n", encoding="utf8")
    with pytest.raises(InputError, match=r"no\.conllu"):
        read_conllu(path)
