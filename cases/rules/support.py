"""How long a support measure lasts when nobody says (domain 1.6). Pure: lengths are dated settings."""

from datetime import date

from cases.reasons import Reason
from cases.rules.dates import add_months
from cases.rules.finding import Certainty, Finding

BY_JUDGMENT = "guardianship"
CONVENTION = "Convention intercommunale de suivi social"


def length_setting(kind: str, *, specific: bool) -> str | None:
    """The setting that holds the usual length in months; None where a judge says it."""
    if kind == BY_JUDGMENT:
        return None
    if kind == "asll":
        return "support_fsl_specific_months" if specific else "support_fsl_months"
    return "support_other_months"


def extension_setting(kind: str, *, specific: bool) -> str:
    """The setting that holds how many months the one extension may add: the same again for the FSL."""
    usual = length_setting(kind, specific=specific)
    return usual if kind == "asll" and usual is not None else "support_extension_months"


def support_end(started_on: date, months: int | None, source: str, certainty: Certainty) -> Finding[date]:
    """The last day of a measure of so many `months`; unknown (None) when a judge must say it."""
    inputs = {"started_on": started_on, "months": months}
    if months is None:
        asked = Reason(
            "support.until",
            "Jusqu’au : la durée d’une tutelle ou d’une curatelle est celle du jugement ; indiquez sa fin.",
            "Code civil, art. 441",
        )
        return Finding(None, inputs, source, certainty, (asked,))
    return Finding(add_months(started_on, months), inputs, source, certainty)
