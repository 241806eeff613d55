"""Dates in French words, for people."""

from datetime import date, datetime, timedelta

from cases.clock import PARIS, day_in_paris

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
SHORT_MONTHS = [
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
]
MINUS, NARROW = "−", "\u00a0"  # a real minus sign, a no-break space
MONTH_DAYS, YEAR_DAYS = 30.4, 365.2


def _number(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def long_date(day: date, *, year: bool = True) -> str:
    """« lundi 15 septembre 2026 »."""
    words = f"{WEEKDAYS[day.weekday()]} {_number(day)}{NARROW}{MONTHS[day.month - 1]}"
    return f"{words} {day.year}" if year else words


def short_date(day: date) -> str:
    """« 15 sept. 2026 »."""
    return f"{_number(day)}{NARROW}{SHORT_MONTHS[day.month - 1]}{NARROW}{day.year}"


def month_name(day: date) -> str:
    """« septembre 2026 »."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def figures(day: date) -> str:
    """« 15/09/2026 », for tables."""
    return f"{day:%d/%m/%Y}"


def moment(instant: datetime) -> str:
    """« 15 sept. 2026 à 14 h 05 », in Paris."""
    local = instant.astimezone(PARIS)
    return f"{short_date(local.date())} à {local.hour}{NARROW}h{NARROW}{local.minute:02d}"


def countdown(due_on: date, today: date) -> str:
    """« J−12 », « aujourd’hui », « demain », « J+3 » once it is past."""
    days = (due_on - today).days
    if days == 0:
        return "aujourd’hui"
    if days == 1:
        return "demain"
    return f"J{MINUS}{days}" if days > 0 else f"J+{-days}"


def countdown_words(due_on: date, today: date) -> str:
    """« dans 12 jours », « en retard de 3 jours »: the countdown for a sentence or a screen reader."""
    days = (due_on - today).days
    if days in (0, 1):
        return countdown(due_on, today)
    return f"dans {span(days)}" if days > 0 else f"en retard de {span(-days)}"


def span(days: int) -> str:
    """« 1 jour », « 12 jours »."""
    return f"{days}{NARROW}jour{'s' if abs(days) > 1 else ''}"


def ago(then: date | datetime, today: date) -> str:
    """« aujourd’hui », « hier », « il y a 3 j », « il y a 5 mois », « il y a 2 ans »."""
    day = day_in_paris(then) if isinstance(then, datetime) else then
    days = (today - day).days
    if days <= 0:
        return "aujourd’hui"
    if days == 1:
        return "hier"
    return f"il y a {age(days)}"


def age(days: int) -> str:
    """« 3 j », « 5 mois », « 2 ans »: how long something has lasted."""
    if days < 61:
        return f"{days}{NARROW}j"
    if days < 2 * YEAR_DAYS:
        return f"{int(days / MONTH_DAYS)}{NARROW}mois"
    return f"{int(days / YEAR_DAYS)}{NARROW}ans"


def week_of(day: date) -> str:
    """« semaine du 14 septembre »."""
    monday = day - timedelta(days=day.weekday())
    return f"semaine du {_number(monday)}{NARROW}{MONTHS[monday.month - 1]}"
