"""The cookie that carries a session, and what is derived from it."""

import hashlib

COOKIE = "sid"


def sign_out_token(token: str) -> str:
    """The secret of the sign-out form: only a page drawn for this very session can know it."""
    return hashlib.sha256(f"sign-out:{token}".encode()).hexdigest()
