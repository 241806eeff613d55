"""The unique number of a housing request (numéro unique, SNE): how it is written, and what looks odd.

Source: domain 5.1 (D for the 18 characters, E for the order of month and year). A number is never refused
on its form: only said.
"""

import re

SNR_FORM = re.compile(r"^[0-9AB]{3}\d{4}\d{6}[0-9A-Z]{5}$")
LENGTH = 18


def compact(number: str) -> str:
    """Capitals, without spaces, dots or hyphens: how numbers are compared."""
    return "".join(char for char in number.upper() if char.isalnum())


def oddity(number: str) -> str | None:
    """A French sentence when the number does not look like one; None when it does."""
    written = compact(number)
    if SNR_FORM.fullmatch(written):
        return None
    if len(written) != LENGTH:
        many = f"{len(written)} caractère{'s' if len(written) > 1 else ''}"
        return f"Le numéro unique a {many} au lieu de {LENGTH} : vérifiez-le (il est gardé tel quel)."
    return (
        "Le numéro unique n’a pas la forme habituelle (département, année et mois, rang, guichet) : "
        "vérifiez-le (il est gardé tel quel)."
    )
