"""NITF and NewsML-G2: whole items come out, attacks and unknown XML do not come in."""

# ruff: noqa: E501
from __future__ import annotations

from pathlib import Path

import pytest

from newsextract.article import Article, Failure
from newsextract.io.readers import read_articles

pytest.importorskip("defusedxml")

NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.5/specification/dtd/nitf-3-5.dtd">
<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/" change.date="October 18, 2006" version="-//IPTC//DTD NITF 3.5//EN">
  <head id="head1">
    <title>Ferry port to double</title>
    <meta name="unused" content="1"/>
    <tobject tobject.type="news">
      <tobject.subject tobject.subject.refnum="04015000" tobject.subject.type="Economy" tobject.subject.matter="Transport"/>
    </tobject>
    <docdata>
      <doc-id id-string="nore.iptc.20240814.a0042"/>
      <urgency ed-urg="4"/>
      <date.issue norm="20240814T074600Z"/>
      <date.release norm="20240814T090000Z"/>
      <doc.copyright holder="Nore Gazette" year="2024"/>
      <key-list><keyword key="ferries"/><keyword key="ports"/></key-list>
    </docdata>
    <pubdata type="print" name="Nore Gazette" date.publication="20240815T000000Z"/>
  </head>
  <body>
    <body.head>
      <hedline><hl1 id="h">Port of Nore&nbsp;to double &amp; grow</hl1><hl2>Fishermen fear for berths</hl2></hedline>
      <byline>By <person>Ivy Noor</person><byttl>Staff Writer</byttl></byline>
      <dateline><location>NORE, <country iso.cc="XX">Avland</country></location> <story.date norm="20240814">Aug 14</story.date></dateline>
    </body.head>
    <body.content>
      <block>
        <p>The port will <em>double</em> in size, <person>Ann Lee</person> said.</p>
        <media media-type="image"><media-reference source="p.jpg"/><media-caption>The port seen from the hill</media-caption></media>
        <p>&ldquo;We need the room,&rdquo; she told<br/>the council.</p>
      </block>
      <hl2>Reactions</hl2>
      <p>Nobody spoke against it.</p>
    </body.content>
    <body.end><tagline>Nore Gazette</tagline></body.end>
  </body>
</nitf>"""

NEWS_ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:nore.example:20240814:42" version="3" standard="NewsML-G2" standardversion="2.29" xml:lang="en">
  <catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_36.xml"/>
  <rightsInfo><copyrightHolder literal="x"><name>Nore Gazette</name></copyrightHolder></rightsInfo>
  <itemMeta>
    <itemClass qcode="ninat:text"/>
    <versionCreated>2024-08-15T10:00:00Z</versionCreated>
    <firstCreated>2024-08-14T07:46:00Z</firstCreated>
    <pubStatus qcode="stat:canceled"/>
  </itemMeta>
  <contentMeta>
    <contentCreated>2024-08-13T07:46:00Z</contentCreated>
    <urgency>3</urgency>
    <by>By Ivy Noor</by>
    <creator qcode="x:1"><name>Ivy Noor</name></creator>
    <dateline>NORE, Aug 14 -</dateline>
    <subject qcode="medtop:20000209"><name xml:lang="en">transport</name></subject>
    <subject qcode="medtop:20000350"/>
    <headline>Port of Nore to double</headline>
  </contentMeta>
  <contentSet>
    <inlineXML contenttype="application/xhtml+xml">
      <html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>
        <h1>Plans</h1><p>The port will double in size, <b>Ann Lee</b> said.</p><p>Nobody spoke against it.</p>
      </body></html>
    </inlineXML>
  </contentSet>
</newsItem>"""
PICTURE = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:pic:1" version="1">
  <itemMeta><itemClass qcode="ninat:picture"/></itemMeta>
  <contentSet><remoteContent href="p.jpg"/></contentSet></newsItem>"""
NITF_ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:n:1" version="1">
  <contentMeta><headline>From the old system</headline></contentMeta>
  <contentSet><inlineXML contenttype="application/nitf+xml"><nitf xmlns="">
  <head><docdata><date.issue norm="20240814"/></docdata></head>
  <body><body.content><p>It still runs.</p></body.content></body></nitf></inlineXML></contentSet></newsItem>"""
PLAIN_ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:p:1" version="1">
  <contentSet><inlineData contenttype="text/plain">One.

Two.</inlineData></contentSet></newsItem>"""
MESSAGE = f"""<?xml version="1.0"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/" xmlns:x="urn:x">
<header><sent>2024-08-16T00:00:00Z</sent></header>
<itemSet>{NEWS_ITEM}{PICTURE}{NITF_ITEM}{PLAIN_ITEM}</itemSet></newsMessage>"""


def read(tmp_path: Path, data: str | bytes, name: str = "a.xml") -> tuple[list[Article], list[str]]:
    """Return the articles and the reasons of failures of one file."""
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf8"))
    items = list(read_articles([str(path)]))
    failures = [
        str(item).replace(str(tmp_path), "…") for item in items if isinstance(item, Failure)
    ]
    return [item for item in items if isinstance(item, Article)], failures


@pytest.mark.parametrize("name", ["a.xml", "a.nitf", "a", "a.php"])
def test_nitf(tmp_path: Path, name: str) -> None:
    """Text, headline, byline, dateline, date of issue, id and subjects; captions stay out."""
    (article,), failures = read(tmp_path, NITF, name)
    assert failures == []
    assert article.text == (
        "The port will double in size, Ann Lee said.\n\n“We need the room,” she told\nthe council."
        "\n\nReactions\n\nNobody spoke against it."
    )
    assert article.id == "nore.iptc.20240814.a0042"
    assert (article.published, article.published_from) == ("2024-08-14T07:46:00+00:00", "metadata")
    assert article.meta == {
        "title": "Port of Nore to double & grow",
        "byline": "By Ivy Noor, Staff Writer",
        "dateline": "NORE, Avland Aug 14",
        "publisher": "Nore Gazette",
        "subjects": ["Transport"],
        "keywords": ["ferries", "ports"],
        "urgency": "4",
    }


def test_a_news_item(tmp_path: Path) -> None:
    """The first version's date counts; XHTML becomes text."""
    (article,), _ = read(tmp_path, NEWS_ITEM)
    assert article.text == (
        "Plans\n\nThe port will double in size, Ann Lee said.\n\nNobody spoke against it."
    )
    assert (article.id, article.published) == (
        "urn:newsml:nore.example:20240814:42", "2024-08-14T07:46:00Z",
    )  # fmt: skip
    assert article.meta == {
        "title": "Port of Nore to double",
        "byline": "By Ivy Noor",
        "dateline": "NORE, Aug 14 -",
        "publisher": "Nore Gazette",
        "subjects": ["transport", "medtop:20000350"],
        "urgency": "3",
        "status": "canceled",
    }


def test_a_message_gives_each_item_with_text(tmp_path: Path) -> None:
    """XHTML, NITF and plain text; a picture is passed over, alone it is a failure."""
    articles, failures = read(tmp_path, MESSAGE)
    assert failures == []
    assert [article.id for article in articles] == [
        "urn:newsml:nore.example:20240814:42", "urn:n:1", "urn:p:1",
    ]  # fmt: skip
    assert [article.text for article in articles[1:]] == ["It still runs.", "One.\n\nTwo."]
    assert (articles[1].published, articles[1].meta["title"]) == (
        "2024-08-14", "From the old system",
    )  # fmt: skip
    assert read(tmp_path, PICTURE) == ([], ["…/a.xml: the item holds no text"])


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("It still runs.</p>", "It still runs.", "an element never closes"),
        ("It still runs.", "It still &runs;.", "an entity that nobody declares"),
        ("It still runs.", "It still \x01 runs.", "a character that XML forbids"),
        ('guid="urn:n:1"', 'guid="urn:n:1" guid=""', "an attribute comes twice"),
    ],
)
def test_a_damaged_item_of_a_message_costs_itself(
    tmp_path: Path, old: str, new: str, why: str
) -> None:
    """The failure names the item's line; the others are as without it."""
    whole, _ = read(tmp_path, MESSAGE)
    articles, (failure,) = read(tmp_path, MESSAGE.replace(old, new, 1))
    assert articles == [article for article in whole if article.id != "urn:n:1"], why
    line = MESSAGE[: MESSAGE.index(NITF_ITEM)].count("\n") + 1
    assert failure.startswith(f"…/a.xml:{line}: item 3: not well-formed XML"), why


BOMB = '<!DOCTYPE nitf [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    ("prolog", "inside", "why"),
    [
        (BOMB, "&i;", "a billion laughs"),
        ('<!DOCTYPE nitf [<!ENTITY a "aaaaaaaaaaaaaaaa">]>', "&a;&a;", "quadratic blow-up"),
        ('<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;", "a file of ours"),
        ('<!DOCTYPE nitf [<!ENTITY % x SYSTEM "http://nore.example/x">%x;]>', "", "a request"),
        ('<!DOCTYPE nitf SYSTEM "http://nore.example/own.dtd">', "", "another DTD than NITF's"),
        ('<!DOCTYPE nitf SYSTEM "nitf-3-5.dtd" [<!ENTITY x "y">]>', "&x;", "with its own subset"),
    ],
)
def test_attacks_are_refused(tmp_path: Path, prolog: str, inside: str, why: str) -> None:
    """Nothing is expanded, loaded or asked for, in one item or in several."""
    item = f"<nitf><body><body.content><p>Yes {inside}</p></body.content></body></nitf>"
    for data in (
        prolog + item,
        prolog.replace("DOCTYPE nitf", "DOCTYPE all") + f"<all>{item * 3}</all>",
    ):
        articles, (failure,) = read(tmp_path, data)
        assert articles == [], why
        assert "refused" in failure, why


def test_other_xml_says_what_is_read(tmp_path: Path) -> None:
    """A feed of links is no article; XHTML is a page; no XML at all is a failure."""
    assert read(tmp_path, "<rss><channel/></rss>")[1] == [
        "…/a.xml: XML of an unknown kind, its root is <rss>: NITF, NewsML-G2 and XHTML are read"
    ]
    assert "not well-formed XML" in read(tmp_path, "<nitf><body>")[1][0]
    assert "no text in its body.content" in read(tmp_path, "<nitf><body/></nitf>")[1][0]


def test_deep_xml_ends_no_process(tmp_path: Path) -> None:
    """Twenty thousand elements inside each other are read or refused."""
    body = "<p>" * 20_000 + "Deep." + "</p>" * 20_000
    articles, failures = read(
        tmp_path, f"<nitf><body><body.content>{body}</body.content></body></nitf>"
    )
    assert [article.text for article in articles] == ["Deep."] or failures
