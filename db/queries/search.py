"""Finding a case by name, reference or SNE number. A protected case is found by its reference only.

One wrong, missing or swapped letter leaves a piece of the word whole: SQL keeps the names that hold a piece
of every word asked, and what is left is scored in memory. No copy of the names is kept, nothing to refresh.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from rapidfuzz import fuzz
from sqlalchemy import Connection

from db.engine import reading
from db.queries.queue_lines import HOUSEHOLD, CaseLine, case_lines
from db.queries.visible import CASE, opens, sees
from db.scope import Scope

GOOD, PERFECT = 72.0, 100.0  # of 100: how alike two words must be
SHORTEST, LONG = 4, 6
MOST = 200


def find_cases(scope: Scope, words: str, name: str, limit: int = 20) -> tuple[CaseLine, ...]:
    """Open or closed, best match first. `words` as typed; `name` the same through `cases.search_name`."""
    with reading() as connection:
        return case_lines(connection, scope, matching(connection, scope, words, name)[:limit])


def matching(connection: Connection, scope: Scope, words: str, name: str) -> list[str]:
    """References of the cases that answer to it, best first, at most `MOST`."""
    exact = _by_number(connection, scope, words.strip())
    return exact or _by_name(connection, scope, name)


def _by_number(connection: Connection, scope: Scope, words: str) -> list[str]:
    known = sa.or_(CASE.c.id == words.upper(), sa.and_(CASE.c.snr_number == words, opens(scope)))
    query = sa.select(CASE.c.id).where(sees(scope), known).order_by(CASE.c.id).limit(MOST)
    return list(connection.execute(query).scalars()) if words else []


def _by_name(connection: Connection, scope: Scope, name: str) -> list[str]:
    """Names that hold the beginnings asked; only when there is none, names that look like them."""
    asked = name.split()
    if not asked:
        return []
    begins = [_begins(word) for word in asked]
    return _best(connection, scope, asked, begins) or _best(
        connection, scope, asked, [_holds_a_piece(word) for word in asked]
    )


def _best(
    connection: Connection, scope: Scope, asked: list[str], names: list[sa.ColumnElement[bool]]
) -> list[str]:
    query = (
        sa.select(CASE.c.id, HOUSEHOLD.c.search_name)
        .join(HOUSEHOLD, HOUSEHOLD.c.id == CASE.c.household_id)
        .where(*names, opens(scope), sees(scope))
    )
    scored = [
        (score(asked, row.search_name.split()), row.search_name, row.id) for row in connection.execute(query)
    ]
    good = sorted((-value, held, key) for value, held, key in scored if value >= GOOD)
    return [key for _, _, key in good[:MOST]]


def _begins(word: str) -> sa.ColumnElement[bool]:
    held = HOUSEHOLD.c.search_name
    return sa.or_(held.like(f"{word}%"), held.like(f"% {word}%"))


def _holds_a_piece(word: str) -> sa.ColumnElement[bool]:
    return sa.or_(*(HOUSEHOLD.c.search_name.like(f"%{piece}%") for piece in pieces(word)))


def pieces(word: str) -> list[str]:
    """The word cut in two, or in three when it is long enough for a swap of two letters to spare one."""
    if len(word) < SHORTEST:
        return [word]
    parts = 3 if len(word) >= LONG else 2
    cuts = [round(rank * len(word) / parts) for rank in range(parts + 1)]
    return [word[cuts[rank] : cuts[rank + 1]] for rank in range(parts)]


def score(asked: Sequence[str], held: Sequence[str]) -> float:
    """How well every word asked is found among those of a name; the beginning of a word is that word."""
    best = [max((_alike(word, other) for other in held), default=0.0) for word in asked]
    return min(best)


def _alike(word: str, other: str) -> float:
    return PERFECT if other.startswith(word) else fuzz.ratio(word, other)
