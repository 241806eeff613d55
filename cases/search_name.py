"""A name as people remember it: no case, no accent, no hyphen. The same on both databases."""

from datetime import date

from anyascii import anyascii

BEGINNING = 2  # letters of a name that a probable duplicate shares, whatever the spelling of the rest


def search_name(name: str) -> str:
    plain = anyascii(name).casefold()
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())


def alike_key(name: str, born_on: date) -> str:
    """« 1985am »: what people who may be the same share, found by one index among all of them."""
    return f"{born_on.year}{search_name(name)[:BEGINNING]}"


def alike_keys(name: str, born_on: date) -> frozenset[str]:
    """The keys that this person may bear elsewhere: any of the words may have been typed first."""
    return frozenset(alike_key(word, born_on) for word in search_name(name).split())
