"""Widgets: every value escaped, French words, nothing said by colour alone."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from markupsafe import Markup

from cases.actor import Role
from cases.reasons import Reason
from ui_streamlit.sign_in_page import sign_in_page
from ui_streamlit.widgets import charts
from ui_streamlit.widgets.action_bar import Action, why_not
from ui_streamlit.widgets.badges import ICONS, Badge, badge, badges, icon
from ui_streamlit.widgets.case_header import Ball, case_header, steps_of
from ui_streamlit.widgets.case_table import Column, case_address, case_table, cell
from ui_streamlit.widgets.deadline_card import DeadlineView, deadline_badge, deadline_card, deadline_cards
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.facts import facts, figures
from ui_streamlit.widgets.headings import page_title, section, small_print
from ui_streamlit.widgets.identity import ROLE_WORDS, identity
from ui_streamlit.widgets.messages import message, reasons_message
from ui_streamlit.widgets.timeline import Entry, timeline

EVIL = "<script>alert('1')</script>\"><img src=x onerror=alert(1)>"
TODAY = date(2026, 9, 15)
EVIL_REASON = Reason(EVIL, EVIL, EVIL)
NOON = datetime(2026, 9, 14, 10, 0, tzinfo=UTC)

DRAWN: dict[str, Callable[[], Any]] = {
    "badges": lambda: badges([Badge(EVIL, "danger")]),
    "case_header": lambda: case_header(
        title=EVIL,
        reference=EVIL,
        kind=EVIL,
        subtitle=EVIL,
        badge_list=[Badge(EVIL)],
        steps=steps_of([EVIL, "b"], "b"),
        ball=Ball(EVIL, EVIL, TODAY),
        today=TODAY,
    ),
    "nobody": lambda: case_header(title="", reference="", ball=Ball(task=EVIL)),
    "case_table": lambda: case_table(
        [{"a": EVIL, "b": EVIL, "c": [EVIL, Badge(EVIL)]}],
        [Column("a", EVIL, second="b"), Column("c", EVIL)],
        caption=EVIL,
        link=lambda row: case_address(row["a"]),
        tone=lambda row: row["b"],
    ),
    "deadline": lambda: deadline_card(DeadlineView(EVIL, TODAY, EVIL, EVIL, [EVIL]), TODAY),
    "empty": lambda: empty_state(EVIL, EVIL, link=(EVIL, EVIL)),
    "facts": lambda: facts({EVIL: EVIL}),
    "figures": lambda: figures([(EVIL, EVIL, EVIL, EVIL)]),
    "page_title": lambda: page_title(EVIL, EVIL, eyebrow=EVIL),
    "section": lambda: section(EVIL, count=1, hint=EVIL),
    "small_print": lambda: small_print(EVIL),
    "identity": lambda: identity(EVIL, Role.PARTNER, EVIL, EVIL),
    "message": lambda: message("danger", EVIL, [EVIL], link=(EVIL, EVIL)),
    "reasons": lambda: reasons_message("danger", EVIL, [EVIL_REASON], note=EVIL),
    "timeline": lambda: timeline([Entry(NOON, EVIL, EVIL, EVIL)], TODAY),
    "why_not": lambda: why_not([Action("a", EVIL, [EVIL_REASON])]),
    "twin": lambda: charts.table_twin(pd.DataFrame({EVIL: [EVIL]}), caption=EVIL),
    "sign_in": lambda: sign_in_page(csrf=EVIL, login=EVIL, suite=EVIL, error=EVIL, accounts=[(EVIL, EVIL)]),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_value_is_never_markup(name: str) -> None:
    drawn = DRAWN[name]()
    assert isinstance(drawn, Markup)
    assert "<script" not in drawn
    assert "<img src=x" not in drawn
    assert "&lt;script" in drawn


def test_a_badge_has_a_colour_a_word_and_an_icon() -> None:
    drawn = badge(Badge("En retard", "danger"))
    assert "rl-danger" in drawn
    assert "rl-i-alert" in drawn
    assert "En retard" in drawn
    with pytest.raises(ValueError, match="tone"):
        badge(Badge("x", "mauve"))
    with pytest.raises(ValueError, match="icon"):
        icon("licorne")


def test_every_icon_is_drawn_in_the_style_sheet(theme: str) -> None:
    assert {name for name in ICONS if f".rl-i-{name}{{" not in theme} == set()


def test_the_style_sheet_survives_its_journey(theme: str) -> None:
    assert "</" not in theme
    assert "http" not in theme.replace("http://www.w3.org/2000/svg", "")


def test_steps_say_their_state_in_words() -> None:
    drawn = case_header(title="t", reference="r", steps=steps_of(["A", "B", "C"], "B"))
    assert 'rl-step-current" aria-current="step">B<span class="rl-sr"> (étape en cours)' in drawn
    assert "A<span" in drawn
    assert "(étape faite)" in drawn
    assert "(étape à venir)" in drawn
    assert "Étape 2 sur 3" in drawn


def test_the_ball_says_who_until_when_and_that_it_is_late() -> None:
    drawn = case_header(
        title="t", reference="r", ball=Ball("Karim", "répondre", date(2026, 9, 12)), today=TODAY
    )
    assert "La balle est chez <b>Karim</b> : répondre, jusqu’au <b>samedi 12" in drawn
    assert "rl-ball-danger" in drawn
    assert "en retard de 3\u00a0jours" in drawn
    nobody = case_header(title="t", reference="r", ball=Ball(), today=TODAY)
    assert "Personne n’a la balle" in nobody


def test_impossible_actions_give_every_reason_with_its_source() -> None:
    reasons = [Reason("a", "Signez le diagnostic.", "Charte, art. 12"), Reason("b", "Validez le besoin.")]
    drawn = why_not([Action("go", "Remonter", reasons), Action("ok", "Possible")])
    for words in ("Pourquoi pas ?", "1 action pas encore possible", "Remonter", "Charte, art. 12", "Validez"):
        assert words in drawn
    assert "Possible<" not in drawn
    assert why_not([Action("ok", "Possible")]) == ""


def test_a_deadline_says_its_nature_and_why() -> None:
    drawn = deadline_card(DeadlineView("Réponse", date(2026, 9, 27), "legal", "Karim", ["Parce que."]), TODAY)
    for words in ("dimanche 27\u00a0septembre 2026", "J−12", "dans 12\u00a0jours", "légal", "Parce que."):
        assert words in drawn
    far, near = DeadlineView("loin", date(2027, 1, 1)), DeadlineView("près", date(2026, 9, 16))
    stacked = deadline_cards([far, near], TODAY)
    assert stacked.index("près") < stacked.index("loin")
    assert deadline_badge(date(2026, 9, 14), TODAY) == Badge("en retard de 1\u00a0jour", "danger", "alert")
    assert deadline_badge(date(2026, 9, 22), TODAY) == Badge("J−7", "warning", "clock")


def test_the_clock_is_told_apart_from_people() -> None:
    drawn = timeline([Entry(NOON, "Relance", by_robot=True), Entry(NOON, "Visite", "Alice")], TODAY)
    assert "rl-entry-robot" in drawn
    assert "Relogement, automatiquement" in drawn
    assert "14\u00a0sept.\u00a02026 à 12\u00a0h\u00a000" in drawn


def test_a_table_is_a_table_with_headers_and_links() -> None:
    rows = [{"ref": "M-1", "name": "Mme X", "n": 1204}]
    columns = [Column("ref", "Dossier", second="name"), Column("n", "Jours", "number")]
    drawn = case_table(rows, columns, caption="File", link=lambda row: case_address(row["ref"]))
    assert '<th role="rowheader" scope="row" data-label="Dossier"><a href="/dossier?id=M-1">M-1</a>' in drawn
    assert '<td role="cell" class="rl-number" data-label="Jours">1\u00a0204</td>' in drawn
    assert '<caption class="rl-sr">File</caption>' in drawn


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "oui"),
        (1204, "1\u00a0204"),
        (12.5, "12,5"),
        (Decimal("541.5"), "541,50"),
        (date(2026, 9, 1), "1er\u00a0sept.\u00a02026"),
        ("", "—"),
        (None, "—"),
        ([], "—"),
        (["a", "b"], "a, b"),
    ],
)
def test_a_cell_is_in_french(value: Any, words: str) -> None:
    assert words in cell(value)


def test_every_role_has_its_words() -> None:
    assert set(ROLE_WORDS) == set(Role)


def test_charts_carry_french_and_their_twin() -> None:
    data = pd.DataFrame(
        {"Jour": pd.date_range("2026-01-01", periods=3, freq="MS"), "n": [1, 2, 3], "s": ["a"] * 3}
    )
    for chart in (
        charts.line_chart(data, day="Jour", value="n", series="s"),
        charts.bar_chart(data, category="s", value="n"),
        charts.stacked_chart(data, category="s", value="n", part="s"),
    ):
        config = chart.to_dict()["config"]
        assert config["locale"]["time"]["months"][7] == "août"
        assert config["locale"]["number"]["decimal"] == ","
    assert "1er\u00a0janv.\u00a02026" in charts.table_twin(data, caption="c")
