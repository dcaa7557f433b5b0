"""Result rows of store queries."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article; ``country`` is where it is mainly set (ISO 3166-1 alpha-2)."""

    id: str
    published: str | None
    title: str | None
    url: str | None
    country: str | None
    language: str | None
    quotes: int


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote with its article and its speaker: a row of the view ``who_said_what``.

    ``sentence`` is the sentence or sentences around it; ``speaker_key`` is ``None`` without linking
    or a list of known people.
    """

    article_id: str
    quote_id: str
    published: str | None
    title: str | None
    url: str | None
    country: str | None
    speaker: str | None
    speaker_kind: str | None
    speaker_key: str | None
    speaker_gender: str | None
    via: str | None
    cue: str | None
    kind: str
    mode: str
    content: str
    sentence: str | None
    score: float | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A quote and one person, organization or place that its content mentions."""

    article_id: str
    quote_id: str
    published: str | None
    speaker: str | None
    speaker_key: str | None
    mentioned_kind: str
    mentioned: str
    mentioned_key: str | None
    mode: str
    content: str


@dataclass(frozen=True, slots=True)
class RepeatRow:
    """An article that a run skipped because it repeats another."""

    article_id: str
    repeats: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person over all articles, with counts of quotes; ``statements`` exclude stances.

    Without linking or a caller's list ``key`` is ``None``, and one name is one person.
    """

    name: str
    key: str | None
    gender: str | None
    quotes: int
    statements: int
    articles: int
    first_seen: str | None
    last_seen: str | None
