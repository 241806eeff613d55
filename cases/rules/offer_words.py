"""How amounts, dates and typologies are written in the sentences about an offer."""

from datetime import date
from decimal import Decimal


def euros(amount: Decimal) -> str:
    """1234.5 → "1 234,50 €", with no-break spaces."""
    return f"{amount:,.2f} €".replace(",", "\u202f").replace(".", ",").replace(" €", "\u00a0€")


def french_day(day: date) -> str:
    """22/04/2026."""
    return day.strftime("%d/%m/%Y")


def typology_span(low: int, high: int) -> str:
    """ "un T2" or "du T2 au T3"."""
    return f"un T{low}" if low == high else f"du T{low} au T{high}"


def kilometres(distance: Decimal) -> str:
    """4.5 → "4,5 km", with a no-break space."""
    return f"{distance.normalize():f}".replace(".", ",") + "\u00a0km"
