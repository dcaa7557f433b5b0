"""A walk through the records of some articles, cell by cell: open it as a notebook, or run it.

Needs: pip install 'newsextract[frames]'
"""

# %% One article in, one record out.
from pathlib import Path

import newsextract
from newsextract.io.readers import Failure, read_articles

ARTICLES = Path(__file__).parent / "articles"
extractor = newsextract.load()
text = (ARTICLES / "harbour.txt").read_text(encoding="utf8")
record = extractor(newsextract.Article(text, id="harbour"))
print(record.id, record.published, f"{len(record.quotes)} quotes, {len(record.people)} people")

# %% Who said it, and who handed it on.
for quote in record.quotes:
    speaker, via = record.speaker_of(quote), record.via_of(quote)
    said_by = speaker.name if speaker else "nobody known"
    print(f"{said_by}{f' (via {via.name})' if via else ''}: {quote.content[0].text[:50]}")

# %% Every span is the text at its offsets.
for person in record.people:
    assert all(text[m.start : m.end] == m.text for m in person.mentions)

# %% Many articles, as tables.
readable = (item for item in read_articles([str(ARTICLES)]) if not isinstance(item, Failure))
frames = newsextract.to_frames(extractor.pipe(readable))
print({name: len(frame) for name, frame in frames.items()})

# %% Where the news is from: resolved places, most often named first.
places = frames["places"].dropna(subset=["latitude"])
named = frames["mentions"].merge(
    places, left_on=["article_id", "entity"], right_on=["article_id", "id"]
)
print(named.groupby(["name", "country_code"]).size().sort_values(ascending=False).head(8))

# %% Which words people are quoted with most, by kind.
print(frames["quotes"].groupby(["kind", "cue"]).size().sort_values(ascending=False).head(8))
