"""The people of an article as a set of names, and their roles."""

from __future__ import annotations

from typing import Any

from newsextract.evaluation.names import fold_name, overlap, telling_words
from newsextract.evaluation.tally import F1, Tally
from newsextract.records import Extraction

MEASURES = (F1("people"), F1("roles"))
_SAME_ROLE = 0.6


def tally(gold: dict[str, Any], record: Extraction) -> Tally:
    """Count the people of one article and their roles."""
    result = Tally()
    wanted = {fold_name(p["name"]): p.get("roles", []) for p in gold["people"]}
    found = {fold_name(p.name): [role.text for role in p.roles] for p in record.people}
    missed, extra = result.add_sets("people", wanted.keys(), found.keys())
    for group, names in (("missed", missed), ("extra", extra)):
        for name in sorted(names):
            result.add_error(gold["id"], f"{group} person", name)
    for name in sorted(wanted.keys() | found.keys()):
        _add_roles(result, wanted.get(name, []), found.get(name, []), where=(gold["id"], name))
    return result


def _add_roles(
    result: Tally, wanted: list[str], found: list[str], *, where: tuple[str, str]
) -> None:
    """Roles match one to one by word overlap; those of people not in the gold are extra."""
    left = list(found)
    hits = 0
    for role in wanted:
        best = max(left, key=lambda x: overlap(telling_words(role), telling_words(x)), default="")
        if left and overlap(telling_words(role), telling_words(best)) >= _SAME_ROLE:
            left.remove(best)
            hits += 1
        else:
            result.add_error(where[0], "missed role", where[1], role)
    for role in left:
        result.add_error(where[0], "extra role", where[1], role)
    result.add_hits("roles", hits, gold=len(wanted), found=len(found))
