"""A name as people remember it: no case, no accent, no hyphen. The same on both databases."""

from anyascii import anyascii


def search_name(name: str) -> str:
    plain = anyascii(name).casefold()
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())
