"""The open deadlines: filters kept in the address, cards of one page, the month, what leaves tomorrow."""

from collections.abc import Mapping, Sequence
from datetime import date
from operator import itemgetter
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from cases.labels import DEADLINES, NATURES
from cases.territory import icis
from db.queries.due_dates import BUCKETS, LATE, LATER, SOON, DuePage, Wanted
from db.queries.my_day import DueLine
from db.queries.queue_options import Options
from ui_streamlit.queue_parts.day_cards import card_of
from ui_streamlit.queue_parts.filters import perimeter
from ui_streamlit.queue_parts.in_address import choice, chosen_view
from ui_streamlit.queue_parts.paging import first_page
from ui_streamlit.queue_parts.words import more
from ui_streamlit.widgets.dates import long_date
from ui_streamlit.widgets.deadline_card import deadline_cards
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import section, small_print
from ui_streamlit.widgets.month import month_table

BUCKET_NAMES = {LATE: "En retard", SOON: "Dans les 7 jours", LATER: "À venir"}
WHEN, DAY, MONTH = "quand", "jour", "mois"
ALL = "Toutes"


def chosen_bucket(counts: Mapping[str, int]) -> str:
    """Late, within a week, or later, with how many in each."""
    return chosen_view(
        "Quand",
        BUCKET_NAMES,
        counts,
        parameter=WHEN,
        key="rl-due-when",
        default=next((name for name in BUCKETS if counts[name]), SOON),
        on_change=_another,
    )


def _another() -> None:
    first_page()
    st.query_params.pop(DAY, None)


def chosen_filters(choices: Options, today: date, *, mine: bool) -> Wanted:
    """`mine`: whether the reader holds cases and may ask for their own deadlines only."""
    natures = {code: said.capitalize() for code, said in NATURES.items()}
    columns = st.columns(4, vertical_alignment="bottom")
    with columns[0]:
        kind = choice("Échéance", "quoi", dict(sorted(DEADLINES.items(), key=itemgetter(1))), every=ALL)
    with columns[1]:
        nature = choice("Nature", "nature", natures, every=ALL)
    with columns[2]:
        ici = choice("ICI", "ici", {entry.code: entry.name for entry in icis()}, every=ALL)
    with columns[3]:
        only_mine = mine and st.toggle(
            "Les miennes seulement", key="moi", bind="query-params", on_change=first_page
        )
    places = perimeter(choices, today) if ici else {}
    communes = frozenset(place for place, code in places.items() if code == ici)
    return Wanted(mine=only_mine, kind=kind, nature=nature, ici=ici, communes=communes, day=asked_day())


def asked_day() -> date | None:
    return _read_day(st.query_params.get(DAY, ""))


def asked_month(today: date) -> date:
    """The first day of the month of the address, else of the day asked, else of today."""
    known = _read_day(f"{st.query_params.get(MONTH, '')}-01") or asked_day() or today
    return known.replace(day=1)


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day_address(day: date, today: date) -> str:
    when = LATE if day < today else LATER if (day - today).days > 7 else SOON  # a week
    return f"/echeances?{urlencode({WHEN: when, DAY: day.isoformat()})}"


def list_of(page: DuePage, today: date, day: date | None) -> None:
    if day is not None:
        words = f"Le {long_date(day)} : {more(page.total, 'échéance', 'échéances')}."
        st.html(
            Markup('<p class="rl-muted">{} <a href="/echeances">Toutes les échéances</a></p>').format(words)
        )
    if not page.lines:
        st.html(empty_state("Aucune échéance ici", "Rien ne répond à ces filtres."))
        return
    st.html(deadline_cards([card_of(line) for line in page.lines], today))


def month(first: date, counts: Mapping[date, int], today: date) -> None:
    """The month of the address and the way to those beside it."""
    st.html(section("Calendrier", count=sum(counts.values())))
    st.html(month_table(first, counts, today, address=lambda day: day_address(day, today)))
    before, after = _month(first, -1), _month(first, 1)
    link = Markup('<a href="/echeances?mois={}">{}</a>')
    st.html(
        Markup('<p class="rl-muted">{} · {}</p>').format(
            link.format(f"{before:%Y-%m}", "Mois précédent"), link.format(f"{after:%Y-%m}", "Mois suivant")
        )
    )


def _month(first: date, step: int) -> date:
    rank = first.year * 12 + first.month - 1 + step
    return date(rank // 12, rank % 12 + 1, 1)


def leaving(lines: Sequence[DueLine], today: date) -> None:
    """What the next morning’s sweep will remind people of, if nothing happens before."""
    st.html(
        section(
            "Ce qui partira demain", count=len(lines), hint="Les rappels du prochain passage de l’horloge."
        )
    )
    if not lines:
        st.html(
            empty_state(
                "Aucun rappel demain", "Aucune échéance n’atteint un jour de rappel.", icon_name="inbox"
            )
        )
        return
    st.html(deadline_cards([card_of(line) for line in lines], today))
    st.html(small_print("Si l’échéance est tenue d’ici là, le rappel ne part pas."))
