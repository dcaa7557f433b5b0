"""A name in the source wins: the one person named outside of complements and clauses."""

import pytest
from test_speakers import speakers

ONE = [
    ("[source Commissioner of Mines [PERSON Ann Lee]] [cue said] [content it rained].", "no comma"),
    ("[source The Mines Relations Officer, SP [PERSON Ann Lee],] [cue said] [content it rained].",
     "an abbreviation that no list has"),
    ("[source Its founder, 44-year-old [PERSON Ann Lee],] [cue said] [content it rained].",
     "an age"),
    ("[source [PERSON Ann Lee] MP] [cue said] [content it rained].", "letters behind the name"),
    ("[source [ORG Nore Rail] (NR) chief [PERSON Ann Lee]] [cue said] [content it rained].",
     "a body before the name"),
    ("[source [PERSON Bo Ray]'s coach, former Wales and England prop [PERSON Ann Lee],]"
     " [cue said] [content it rained].", "a possessor, and two teams"),
]  # fmt: skip
OTHER = [
    ("[source a friend of Dr. [PERSON Ann Lee]] [cue said] [content it rained].", "a complement"),
    ("[source [PERSON Ann Lee]'s lawyer] [cue said] [content it rained].", "a possessor"),
    ("[source the baker who met [PERSON Ann Lee]] [cue said] [content it rained].", "a clause"),
    (
        "[source aides for Nore road chief [PERSON Ann Lee]] [cue said] [content it rained].",
        "her own office in a complement",
    ),
    ("[source [PERSON Ann Lee] and her aides] [cue said] [content it rained].", "several"),
]


@pytest.mark.parametrize(("markup", "reason"), ONE)
def test_name_in_the_source(markup, reason):
    """The person named in the source speaks."""
    assert speakers(markup) == [("person", "Ann Lee")], reason


@pytest.mark.parametrize(("markup", "reason"), OTHER)
def test_name_of_somebody_else(markup, reason):
    """The person named in the source is not who speaks."""
    assert speakers(markup)[0] != ("person", "Ann Lee"), reason


VERBS = dict.fromkeys(("leading", "meeting", "ousted"), "VERB")


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("The leading light of the port, Gov. [PERSON Ann Lee],", "person"),
        ("bakers meeting Gov. [PERSON Ann Lee]", "group"),
        ("bakers for ousted mayor [PERSON Ann Lee]", "group"),
    ],
)
def test_participle_before_a_noun_is_no_clause(source, kind):
    """A "leading light" leads nobody, an "ousted mayor" neither; "bakers meeting" do meet."""
    markup = f"[source {source}] [cue said] [content it rained]."
    assert speakers(markup, pos=VERBS)[0][0] == kind


@pytest.mark.parametrize(
    ("source", "kind"),
    [("The mayor and former national senator", "unnamed"), ("The mayor and all bakers", "group")],
)
def test_two_offices_of_one_person(source, kind):
    """One article before two offices in the singular makes one person."""
    assert speakers(f"[source {source}] [cue said] [content it rained].")[0][0] == kind
