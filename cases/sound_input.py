"""What no field of any command may hold, whatever its own rule: it would break a database or a calendar."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

FIRST_YEAR, LAST_YEAR = 1900, 2200
DEEPEST = 8  # lists inside lists
LARGEST = 2**31 - 1  # what an identifier or a count can be on both databases
# A text holds lines and tabs, nothing else of these.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
DATE_EXPECTED = "une date est attendue, sous la forme 2026-09-15"


def flaw(given: Any, found: Any, depth: int = 0) -> str | None:
    """Why the value `found`, read in what was `given`, cannot be kept; None when it is sound."""
    if depth > DEEPEST:
        return "données imbriquées trop profondément"
    if isinstance(given, bool) and not isinstance(found, bool):
        return "oui ou non ne convient pas ici"
    if isinstance(found, list | tuple):
        return _first(flaw(None, item, depth + 1) for item in found)
    return _flaw_of_one(given, found)


def _flaw_of_one(given: Any, found: Any) -> str | None:
    if isinstance(found, date):
        return _flaw_of_date(given, found)
    if isinstance(found, str):
        return flaw_of_text(found)
    too_large = isinstance(found, int) and abs(found) > LARGEST
    return "nombre trop grand" if too_large else None


def possible_year(day: date) -> bool:
    return FIRST_YEAR <= day.year <= LAST_YEAR


def _flaw_of_date(given: Any, found: date) -> str | None:
    """A bare number is read as seconds since 1970 by pydantic: nobody means that."""
    written = given is None or isinstance(given, date) or (given.__class__ is str and "-" in given)
    if not written:
        return DATE_EXPECTED
    return None if possible_year(found) else f"l’année {found.year:04d} n’est pas possible ; corrigez la date"


def flaw_of_text(text: str) -> str | None:
    if CONTROL.search(text):
        return "le texte contient des caractères de contrôle ; retapez-le"
    return None


def _first(flaws: Iterable[str | None]) -> str | None:
    return next((found for found in flaws if found), None)
