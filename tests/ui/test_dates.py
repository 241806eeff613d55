"""French date words, by literal dates."""

from datetime import UTC, date, datetime

import pytest

from ui_streamlit.widgets import dates

TODAY = date(2026, 9, 15)


def test_dates_in_words() -> None:
    assert dates.long_date(TODAY) == "mardi 15\u00a0septembre 2026"
    assert dates.long_date(date(2026, 5, 1), year=False) == "vendredi 1er\u00a0mai"
    assert dates.short_date(date(2026, 8, 31)) == "31\u00a0août\u00a02026"
    assert dates.figures(date(2026, 1, 2)) == "02/01/2026"
    assert dates.month_name(date(2026, 12, 31)) == "décembre 2026"
    assert dates.week_of(date(2026, 9, 20)) == "semaine du 14\u00a0septembre"


def test_an_instant_is_told_in_paris() -> None:
    assert (
        dates.moment(datetime(2026, 7, 15, 22, 5, tzinfo=UTC)) == "16\u00a0juil.\u00a02026 à 0\u00a0h\u00a005"
    )


@pytest.mark.parametrize(
    ("due_on", "short", "words"),
    [
        (date(2026, 9, 27), "J−12", "dans 12\u00a0jours"),
        (date(2026, 9, 17), "J−2", "dans 2\u00a0jours"),
        (date(2026, 9, 16), "demain", "demain"),
        (date(2026, 9, 15), "aujourd’hui", "aujourd’hui"),
        (date(2026, 9, 14), "J+1", "en retard de 1\u00a0jour"),
        (date(2026, 8, 15), "J+31", "en retard de 31\u00a0jours"),
    ],
)
def test_what_is_left(due_on: date, short: str, words: str) -> None:
    assert dates.countdown(due_on, TODAY) == short
    assert dates.countdown_words(due_on, TODAY) == words


@pytest.mark.parametrize(
    ("then", "words"),
    [
        (date(2026, 9, 16), "aujourd’hui"),
        (date(2026, 9, 15), "aujourd’hui"),
        (date(2026, 9, 14), "hier"),
        (date(2026, 9, 12), "il y a 3\u00a0j"),
        (date(2026, 7, 16), "il y a 2\u00a0mois"),
        (date(2025, 9, 15), "il y a 12\u00a0mois"),
        (date(2024, 3, 1), "il y a 2\u00a0ans"),
        (datetime(2026, 9, 14, 22, 30, tzinfo=UTC), "aujourd’hui"),
    ],
)
def test_how_long_ago(then: date, words: str) -> None:
    assert dates.ago(then, TODAY) == words
