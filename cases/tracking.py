"""The code that a referrer keeps to follow a referral: it names nobody and cannot be guessed."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read for something else (0 O, 1 I L)
LENGTH, GROUP = 12, 4  # 31^12: more than 7 × 10^17 codes


def new_tracking_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def spaced(code: str) -> str:
    """As it is shown and printed: « K7QM-2XPA-9RTD »."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def typed_code(text: str) -> str | None:
    """What somebody typed, as it is stored; None when it cannot be a code."""
    plain = "".join(char for char in text.upper() if char.isalnum())
    return plain if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else None
