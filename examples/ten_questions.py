"""Ten questions that people ask of a corpus, each answered in a few lines.

    newsextract extract examples/articles --to news.db --dedupe --link
    python examples/ten_questions.py news.db --speaker zurbriggen --about bern

Needs: pip install 'newsextract[frames,excel]'
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pandas as pd

import newsextract
from newsextract import Store


def most_quoted(store: Store) -> pd.DataFrame:
    """Who is quoted most?"""
    return store.people(mode="statement").frame()[["name", "statements", "articles"]].head(5)


def share_of_women(store: Store) -> pd.Series:
    """How many of the quoted are women, and how much do they say?"""
    people = store.people(mode="statement").frame().fillna({"gender": "unknown"})
    return people.groupby("gender").agg(people=("name", "size"), statements=("statements", "sum"))


def what_one_said_about_another(store: Store, speaker: str, about: str) -> pd.DataFrame:
    """What did X say about Y?"""
    frame = store.quotes(speaker=speaker, about=about).frame()
    return frame[["published", "speaker", "content"]]


def statements_by_month(store: Store) -> pd.Series:
    """When was how much said?"""
    said = store.quotes(mode="statement").frame().dropna(subset=["published"])
    return said.groupby(said.published.dt.strftime("%Y-%m")).size()


def statements_by_country(store: Store) -> pd.Series:
    """Where is the news from?"""
    return store.quotes(mode="statement").frame().country.value_counts().head(5)


def who_speaks_of_whom(store: Store) -> pd.Series:
    """Which edges has the network of who speaks of whom?"""
    edges = store.mentions().frame().query("mentioned_kind != 'place' and speaker != mentioned")
    return edges.groupby(["speaker", "mentioned"]).size().nlargest(5)


def new_names(store: Store) -> pd.DataFrame:
    """Who was quoted for the first time in the last week?"""
    people = store.people().frame()
    week = people.last_seen.max() - pd.Timedelta(days=7)
    return people[people.first_seen > week][["name", "first_seen", "quotes"]].head(5)


def wire_copies(store: Store) -> pd.DataFrame:
    """Which articles are copies, and of which?"""
    return store.repeats().frame().head(5)


def exports(store: Store, folder: Path) -> list[str]:
    """How do I get it into a spreadsheet?"""
    frame = store.quotes().frame()
    frame.to_csv(folder / "quotes.csv", index=False)
    frame.assign(published=frame.published.dt.tz_localize(None)).to_excel(folder / "quotes.xlsx")
    return [f"{path.name}: {len(frame)} quotes" for path in sorted(folder.glob("quotes.*"))]


def search(store: Store, words: str) -> list[Any]:
    """Who used these words? Datasette's search box asks the same of the table ``quotes``."""
    found = "SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH ?"
    sql = f"SELECT article_id, content FROM quotes WHERE rowid IN ({found}) LIMIT 5"
    return list(store.database.execute(sql, [words]))


def main() -> None:
    """Ask the store that the command line names, and print the answers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store", help="SQLite database of newsextract extract --to")
    parser.add_argument("--speaker", default="zurbriggen")
    parser.add_argument("--about", default="bern")
    parser.add_argument("--words", default="ferries")
    parser.add_argument("--folder", type=Path, default=Path(), help="for the exports")
    args = parser.parse_args()
    with newsextract.open_store(args.store) as store:
        questions = [
            (most_quoted, ()), (share_of_women, ()),
            (what_one_said_about_another, (args.speaker, args.about)), (statements_by_month, ()),
            (statements_by_country, ()), (who_speaks_of_whom, ()), (new_names, ()),
            (wire_copies, ()), (exports, (args.folder,)), (search, (args.words,)),
        ]  # fmt: skip
        for number, (ask, rest) in enumerate(questions, 1):
            print(f"{number}. {ask.__doc__.splitlines()[0]}\n{ask(store, *rest)}\n")


if __name__ == "__main__":
    main()
