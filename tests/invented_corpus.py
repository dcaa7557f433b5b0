"""Records of articles that never were: people, papers and statements from a seeded generator."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

from newsextract.records import (
    Context,
    Extraction,
    Mention,
    Organization,
    Person,
    Place,
    Quote,
    Span,
)
from newsextract.records import Source as Speaker

FIRST = ("Anna", "Jonas", "Mehmet", "Lucía", "Grace", "Kofi", "Ingrid", "Pavel", "Aiko", "Noor")
LAST = ("Berg", "Okafor", "Silva", "Novák", "Larsen", "Tanaka", "Haddad", "Murphy", "Singh")
BODIES = (
    "Harbour Authority", "Teachers’ Union", "Ministry of Water", "Chamber of Trade",
    "Fishermen’s League", "City Council", "National Weather Office", "Nordlys Lines",
)  # fmt: skip
UNNAMED = ("a person familiar with the talks", "two officials", "residents", "a diplomat")
REPORTS = ("a report on the harbour", "the audit", "a letter to staff", "a poll")
TOWNS = (
    ("Riga", "LV", 56.95, 24.11), ("Lisbon", "PT", 38.72, -9.13), ("Accra", "GH", 5.56, -0.2),
    ("Lima", "PE", -12.04, -77.03), ("Dhaka", "BD", 23.71, 90.41), ("Cork", "IE", 51.9, -8.47),
    ("Halifax", "CA", 44.65, -63.57), ("Hobart", "AU", -42.88, 147.33),
    ("Izmir", "TR", 38.41, 27.14), ("Mombasa", "KE", -4.05, 39.67), ("Busan", "KR", 35.1, 129.04),
    ("Gdańsk", "PL", 54.35, 18.65), ("Valparaíso", "CL", -33.04, -71.63),
    ("Durban", "ZA", -29.86, 31.03), ("Oslo", "NO", 59.91, 10.75),
)  # fmt: skip
THINGS = (
    "the new ferry terminal", "the school budget", "the water tariff", "the night train",
    "the fishing quota", "the harbour tunnel", "the flood wall", "the rent cap",
)  # fmt: skip
CLAIMS = (
    "{} will open before the summer", "{} cost more than anyone had planned",
    "nobody had asked the people who live beside {}", "{} is “the best news in ten years”",
    "the talks over {} would go on until Friday", "we need {} and we need it now",
    "{} must wait until the courts have ruled", "they had “no choice” but to support {}",
)  # fmt: skip
KINDS = ("direct", "mixed", "indirect")


@dataclass(frozen=True)
class Cast:
    """The people of all articles, some of whom speak far more often than others."""

    people: tuple[str, ...]
    bodies: tuple[str, ...] = BODIES

    def choose(self, chance: random.Random) -> tuple[str, str]:
        """Return the kind and the name of a speaker."""
        kind = chance.choices(
            ("person", "organization", "unnamed", "document"), (60, 18, 14, 8)
        )[0]  # fmt: skip
        names = {"person": self.people, "organization": self.bodies}
        if kind in names:
            return kind, names[kind][int(chance.paretovariate(0.9)) % len(names[kind])]
        return kind, chance.choice(UNNAMED if kind == "unnamed" else REPORTS)


def write_article(number: int, cast: Cast, chance: random.Random) -> Extraction:
    """Return the record of one invented article."""
    day = dt.date(2024, 1, 1) + dt.timedelta(days=int(chance.triangular(0, 540, 400)))
    thing = chance.choice(THINGS)
    speakers = [cast.choose(chance) for _ in range(chance.randrange(2, 5))]
    ids = [f"S{i}" for i in range(1, len(speakers) + 1)]
    quotes = tuple(
        write_quote(f"Q{n}", chance.choice(ids), thing, chance)
        for n in range(1, chance.randrange(4, 12))
    )
    people = [n for kind, n in speakers if kind == "person"]
    bodies = [n for kind, n in speakers if kind == "organization"]
    entities = {name: f"P{i}" for i, name in enumerate(people, 1)}
    entities |= {name: f"O{i}" for i, name in enumerate(bodies, 1)}
    return Extraction(
        f"article-{number}",
        published=day.isoformat(),
        language="en",
        meta={"title": chance.choice(CLAIMS).format(thing).replace("“", "").replace("”", "")},
        people=tuple(Person(entities[name], name) for name in people),
        organizations=tuple(Organization(entities[name], name) for name in bodies),
        places=tuple(name_towns(chance)),
        quotes=quotes,
        sources=tuple(
            Speaker(id_, kind, name, entities.get(name))  # type: ignore[arg-type]
            for id_, (kind, name) in zip(ids, speakers, strict=True)
        ),
    )


def write_quote(id_: str, speaker: str, thing: str, chance: random.Random) -> Quote:
    """Return an invented statement about ``thing``."""
    words = chance.choice(CLAIMS).format(thing)
    kind = "mixed" if "“" in words else chance.choices(KINDS, (5, 0, 6))[0]
    mode = "stance" if chance.random() < 0.07 else "statement"
    content = (Span(0, len(words), words),)
    return Quote(id_, kind, mode, content, None, None, Context(0, len(words)), speaker)  # type: ignore[arg-type]


def name_towns(chance: random.Random) -> Iterator[Place]:
    """Yield the places of an article."""
    towns = {TOWNS[int(chance.paretovariate(0.7)) % len(TOWNS)] for _ in range(3)}
    for number, (name, country, latitude, longitude) in enumerate(sorted(towns), 1):
        mentions = (Mention(0, len(name), name),) * chance.randrange(1, 5)
        yield Place(
            f"L{number}", name, mentions=mentions, country_code=country, feature_code="PPL",
            latitude=latitude, longitude=longitude,
        )  # fmt: skip


def make_records(number: int, seed: int = 7) -> Iterator[dict[str, object]]:
    """Yield ``number`` records as JSON values, the same for the same seed."""
    chance = random.Random(seed)
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    cast = Cast(tuple(chance.sample(names, 60)))
    for i in range(number):
        yield write_article(i, cast, chance).to_dict()
