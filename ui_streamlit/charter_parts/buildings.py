"""A building to empty, as a card: its date, its progress, its counts, the pace that it needs."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from markupsafe import Markup

from cases.charter.pace import Pace, pace
from ui_streamlit.widgets.badges import Badge, badge
from ui_streamlit.widgets.case_table import in_french
from ui_streamlit.widgets.dates import long_date, month_name, span
from ui_streamlit.widgets.deadline_card import deadline_badge

CARDS = Markup('<div class="rl-cards">{}</div>')
CARD = Markup(
    '<article class="rl-building"><div class="rl-building-top"><div><h3>{name}</h3>'
    '<p class="rl-muted">{address}</p></div><p class="rl-building-when">{when}</p></div>'
    '{bar}<dl class="rl-counts">{counts}</dl><p class="rl-pace">{pace}</p></article>'
)
BAR = Markup('<div class="rl-bar" aria-hidden="true">{}</div><p class="rl-legend">{}</p>')
SLICE = Markup('<span class="rl-bar-{}" style="flex:{} 0 0"></span>')
LEGEND = Markup('<span><i class="rl-bar-{}" aria-hidden="true"></i>{} {}</span>')
COUNT = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
SLICES = (
    ("way", "En cours", "under_way"),
    ("none", "Sans proposition", "no_offer"),
    ("done", "Relogés", "rehoused"),
    ("apart", "Relogés provisoirement", "temporary"),
    ("lost", "Partis sans relogement", "attrition"),
)
COUNTS = (
    ("Logements", "dwellings"),
    ("Ménages à reloger", "households"),
    ("Informés", "informed"),
    ("Enquêtés", "surveyed"),
    ("Sans proposition", "no_offer"),
    ("Proposition en attente", "pending"),
    ("Proposition acceptée", "accepted"),
    ("Relogés", "rehoused"),
    ("Relogés provisoirement", "temporary"),
    ("Partis sans relogement", "attrition"),
    ("Trois refus valables", "third_refusal"),
    ("Encore sur place", "still_there"),
)
PLURAL = 2  # in French, 1,9 is singular
NO_DATE = Badge("date à fixer", "warning", "calendar")


def building_cards(buildings: pd.DataFrame, today: date) -> Markup:
    rows = buildings.to_dict("records")
    return CARDS.format(Markup().join(_card({str(k): v for k, v in row.items()}, today) for row in rows))


def _card(row: Mapping[str, Any], today: date) -> Markup:
    due_on = row["vacate_on"]
    found = pace(row["still_there"], row["recent_exits"], due_on, today)
    return CARD.format(
        name=row["name"],
        address=row["address"],
        when=_when(due_on, found, today) + _changes(row["vacate_changes"]),
        bar=_bar(row),
        counts=Markup().join(COUNT.format(label, _count(row, key)) for label, key in COUNTS),
        pace=pace_words(found),
    )


def _count(row: Mapping[str, Any], key: str) -> str:
    words = str(in_french(row[key]))
    if key != "dwellings" or not row["freed"]:
        return words
    neutralised = f", {_of_them(row['neutralised'], 'neutralisé')}" if row["neutralised"] else ""
    return f"{words} (dont {_of_them(row['freed'], 'libéré')}{neutralised})"


def _of_them(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count >= PLURAL else ''}"


def _when(due_on: date | None, found: Pace, today: date) -> Markup:
    if due_on is None:
        return badge(NO_DATE)
    if found.remaining == 0:
        return Markup("À libérer le {} {}").format(long_date(due_on), badge(Badge("vidé", "success")))
    return Markup("À libérer le {} {}").format(long_date(due_on), badge(deadline_badge(due_on, today)))


def _changes(count: int) -> Markup:
    return Markup(" {}").format(badge(Badge(f"date changée {count} fois", "warning"))) if count else Markup()


def _bar(row: Mapping[str, Any]) -> Markup:
    under_way = row["still_there"] - row["no_offer"]
    values = dict(row) | {"under_way": under_way}
    parts: Sequence[tuple[str, str, int]] = [
        (tone, label, int(values[key])) for tone, label, key in SLICES if values[key]
    ]
    if not parts:
        return Markup('<p class="rl-legend">Aucun ménage identifié.</p>')
    return BAR.format(
        Markup().join(SLICE.format(tone, count) for tone, _, count in parts),
        Markup().join(LEGEND.format(tone, label, count) for tone, label, count in parts),
    )


def pace_words(found: Pace) -> str:
    """One sentence: what is left, how fast it must go, how fast it goes, where that leads."""
    if found.remaining == 0:
        return "Plus aucun ménage sur place."
    left = f"{found.remaining} ménage{'s' if found.remaining > 1 else ''} sur place"
    recent = (
        f"depuis six mois, {_departures(found.recent)} par mois"
        if found.recent
        else "aucun départ depuis six mois"
    )
    forecast = f" À ce rythme, il serait vide en {month_name(found.empty_on)}." if found.empty_on else ""
    if found.days_left is None:
        return f"{left} ; aucune date de libération n’est fixée ; {recent}.{forecast}"
    if found.needed is None:
        return f"{left}, la date est dépassée de {span(-found.days_left)} ; {recent}.{forecast}"
    needed = f"il faut {_departures(found.needed)} par mois"
    return f"{left}, {span(found.days_left)} restants : {needed} ; {recent}.{forecast}"


def _departures(pace_found: float) -> str:
    rounded = round(pace_found, 1)
    return f"{in_french(rounded)} départ{'s' if rounded >= PLURAL else ''}"
