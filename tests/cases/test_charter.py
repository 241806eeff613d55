"""The charter's figures by hand: nothing to count, a zero denominator, a worked example; promises; pace."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from cases.charter import board, figures, report
from cases.charter.context import Context, settings_now
from cases.charter.figures import BROKEN, KEPT, MASKED, NO_OBJECT, UNKNOWN, Figure, Target
from cases.charter.indicators import INDICATORS
from cases.charter.measures import change
from cases.charter.pace import pace
from cases.territory import CERTAINTIES, load_settings
from db.queries import indicators as facts_query
from db.queries.indicator_facts import CASE_COLUMNS, DECIDED_COLUMNS, RAISED_COLUMNS
from db.scope import Scope
from tests.builders import a_house, a_rehousing, a_transfer, an_operation, do

TODAY = date(2026, 11, 24)
CONTEXT = Context(load_settings(), TODAY)
EVER = report.Period(None, TODAY)
ALL = Scope("gaelle", "ici_secretariat", "mel", "all", frozenset({"common"}))
EMPTY = {
    "cases": pd.DataFrame(columns=list(CASE_COLUMNS)),
    "raised": pd.DataFrame(columns=list(RAISED_COLUMNS)),
    "decided": pd.DataFrame(columns=list(DECIDED_COLUMNS)),
}


def a_row(case_id: str, **known: Any) -> dict[str, Any]:
    counts = dict.fromkeys(("offers_made", "countable_refusals", "open_blockages"), 0)
    plain = {"case_id": case_id, "kind": "rehousing", "state": "searching", "referred_on": date(2026, 1, 1)}
    return dict.fromkeys(CASE_COLUMNS) | counts | plain | known


def moved(case_id: str, **known: Any) -> dict[str, Any]:
    facts = {"state": "follow_up", "moved_in_on": date(2026, 3, 1), "offers_made": 2, "site": "Alma"}
    return a_row(case_id, **(facts | known))


def figure(code: str, rows: list[dict[str, Any]], frame: str = "cases") -> Figure:
    frames = EMPTY | {frame: pd.DataFrame(rows)}
    return report.line(INDICATORS[code], frames, CONTEXT, EVER).figure


# The registry ----------------------------------------------------------------------------------------


def test_there_are_more_than_ten_indicators_each_with_its_source() -> None:
    assert len(INDICATORS) >= 10
    for code, item in INDICATORS.items():
        assert item.code == code
        assert item.source
        assert item.definition.endswith(".")
        assert item.certainty in CERTAINTIES
        assert item.frame in EMPTY
        assert item.target(CONTEXT).certainty in CERTAINTIES


@pytest.mark.parametrize("code", INDICATORS)
def test_nothing_to_count_is_without_object(code: str) -> None:
    found = report.line(INDICATORS[code], EMPTY, CONTEXT, EVER)
    assert (found.figure.value, found.figure.denominator, found.compliance) == (None, 0, NO_OBJECT)
    assert report.by_place(INDICATORS[code], EMPTY, CONTEXT, EVER, hide_under=5).empty
    assert report.by_month(INDICATORS[code], EMPTY, CONTEXT, EVER, hide_under=5).empty


ALMOST_NOTHING = {
    "cases": [a_row("R-1", kind="transfer", state="not_admissible", closed_on=TODAY)],
    "raised": [],
    "decided": [
        {"case_id": "R-1", "decision": "d1", "decided_on": TODAY, "due_on": date(2027, 3, 1), "ici": "A"}
    ],
}


@pytest.mark.parametrize("code", INDICATORS)
def test_a_zero_denominator_divides_nothing(code: str) -> None:
    """One case that is part of no indicator: each of them has facts, none has a denominator."""
    columns = {"cases": CASE_COLUMNS, "raised": RAISED_COLUMNS, "decided": DECIDED_COLUMNS}
    frames = {name: pd.DataFrame(rows, columns=list(columns[name])) for name, rows in ALMOST_NOTHING.items()}
    found = report.line(INDICATORS[code], frames, CONTEXT, EVER)
    assert found.figure.denominator == 0
    assert found.compliance == NO_OBJECT


# Worked examples -------------------------------------------------------------------------------------

WORKED: dict[str, tuple[list[dict[str, Any]], float, tuple[str, ...], int]] = {
    "no_offer": ([a_row("R-1"), a_row("R-2", offers_made=1), moved("R-3")], 50, ("R-1",), 2),
    "no_offer_long": (
        [a_row("R-1"), a_row("R-2", referred_on=date(2026, 5, 25)), a_row("R-3", offers_made=1)],
        100 / 3,
        ("R-1",),
        3,
    ),
    "first_offer_median": (
        [a_row(f"R-{n}", first_offer_on=date(2026, 1, 1 + n)) for n in (1, 2, 9)],
        2,
        ("R-1", "R-2", "R-9"),
        3,
    ),
    "first_offer_p90": (
        [a_row(f"R-{n:02d}", first_offer_on=date(2026, 1, 1 + n)) for n in range(0, 11)],
        9,
        tuple(f"R-{n:02d}" for n in range(0, 11)),
        11,
    ),
    "lease_median": (
        [a_row("R-1", lease_signed_on=date(2026, 2, 1)), a_row("R-2", lease_signed_on=date(2026, 3, 1))],
        45,
        ("R-1", "R-2"),
        2,
    ),
    "lease_p90": ([a_row("R-1", lease_signed_on=date(2026, 2, 1))], 31, ("R-1",), 1),
    "offers_per_household": (
        [moved("R-1", offers_made=1), moved("R-2", offers_made=4), a_row("R-3", offers_made=9)],
        2.5,
        ("R-1", "R-2"),
        2,
    ),
    "right_lost": ([a_row("R-1", countable_refusals=3), a_row("R-2", countable_refusals=2)], 50, ("R-1",), 2),
    "attrition": (
        [
            moved("R-1"),
            a_row("R-2", closed_on=TODAY, closure_reason="left_by_themselves"),
            a_row("R-3", closed_on=TODAY, closure_reason="maintained_in_place"),
            a_row("R-4"),
        ],
        50,
        ("R-2",),
        2,
    ),
    # Six months and fifteen days after 1 March: 16 September is still on time, the 17th is not.
    "follow_up_m6": (
        [
            moved("R-1", followed_on=date(2026, 9, 16)),
            moved("R-2", followed_on=date(2026, 9, 17)),
            moved("R-3"),
            moved("R-4", moved_in_on=date(2026, 6, 1)),
        ],
        100 / 3,
        ("R-1",),
        3,
    ),
    "recent": ([moved("R-1", recent=True), moved("R-2", recent=False), moved("R-3")], 50, ("R-1",), 2),
    "net_cost": (
        [
            moved("R-1", cost_before=200.0, cost_after=150.0),
            moved("R-2", cost_before=200.0, cost_after=210.0),
            moved("R-3", cost_before=200.0, cost_after=210.01),
            moved("R-4", cost_before=200.0),
        ],
        200 / 3,
        ("R-1", "R-2"),
        3,
    ),
    "typology": (
        [moved(f"R-{n}", typology=n, typology_min=2, typology_max=3) for n in (1, 2, 4, 5)],
        50,
        ("R-2", "R-4"),
        4,
    ),
    "satisfaction": ([moved("R-1", satisfaction=3), moved("R-2", satisfaction=2)], 50, ("R-1",), 2),
    "first_wish": ([moved("R-1", first_wish=True), moved("R-2", first_wish=False)], 50, ("R-1",), 2),
    "outside_qpv": ([moved("R-1", in_qpv=True), moved("R-2", in_qpv=False)], 50, ("R-2",), 2),
    "other_commune": ([moved("R-1", other_commune=True), moved("R-2", other_commune=False)], 50, ("R-1",), 2),
    "other_landlord": ([moved("R-1", other_landlord=True)], 100, ("R-1",), 1),
    "blocked": (
        [a_row("M-1", kind="transfer", open_blockages=2), a_row("M-2", kind="transfer"), a_row("R-1")],
        1,
        ("M-1",),
        2,
    ),
    "admissibility": (
        [
            a_row("M-1", kind="transfer", state="admitted", answer_late=0),
            a_row("M-2", kind="transfer", state="admitted", answer_late=1),
            a_row("M-3", kind="transfer", state="referred", answer_late=0, answer_due_on=date(2026, 11, 23)),
            a_row("M-4", kind="transfer", state="referred", answer_late=0, answer_due_on=TODAY),
        ],
        100 / 3,
        ("M-1",),
        3,
    ),
    # Items, not cases: E-1 carries two cases and counts once.
    "filed_late": (
        [
            {"case_id": "M-1", "item": "E-1", "timing": "late"},
            {"case_id": "M-2", "item": "E-1", "timing": "late"},
            {"case_id": "M-3", "item": "E-2", "timing": "exception"},
            {"case_id": "M-4", "item": "E-3", "timing": "on_time"},
        ],
        200 / 3,
        ("M-1", "M-2", "M-3"),
        3,
    ),
    "executed": (
        [
            {"case_id": "M-1", "decision": "d1", "due_on": date(2026, 9, 1), "executed_on": date(2026, 9, 1)},
            {"case_id": "M-2", "decision": "d2", "due_on": date(2026, 9, 1), "executed_on": date(2026, 9, 2)},
            {"case_id": "M-3", "decision": "d3", "due_on": date(2026, 11, 23), "executed_on": None},
            {"case_id": "M-4", "decision": "d4", "due_on": TODAY, "executed_on": None},
        ],
        100 / 3,
        ("M-1",),
        3,
    ),
}


@pytest.mark.parametrize("code", INDICATORS)
def test_a_worked_example(code: str) -> None:
    """A new indicator wants its example here."""
    rows, value, counted, denominator = WORKED[code]
    found = figure(code, rows, INDICATORS[code].frame)
    assert found.value == pytest.approx(value)
    assert found.counted == counted
    assert found.denominator == denominator


def test_net_cost_is_cut_in_three() -> None:
    assert figure("net_cost", WORKED["net_cost"][0]).parts == (
        ("en baisse", 1),
        ("stable", 1),
        ("en hausse", 1),
    )
    assert change(0, 0, 5) == "stable"
    assert change(0, 1, 5) == "en hausse"
    assert change(-100, -104, 5) == "stable"


def test_a_period_filters_what_is_dated_and_leaves_a_stock() -> None:
    rows = [moved("R-1", recent=True), moved("R-2", recent=True, moved_in_on=date(2025, 3, 1)), a_row("R-3")]
    frames = EMPTY | {"cases": pd.DataFrame(rows)}
    period = report.Period(date(2026, 3, 1), TODAY)
    assert report.line(INDICATORS["recent"], frames, CONTEXT, period).figure.counted == ("R-1",)
    assert report.line(INDICATORS["no_offer"], frames, CONTEXT, period).figure.denominator == 1


def test_the_words_of_compliance() -> None:
    half = Figure(50.0, "%", 5, 10)
    assert figures.compliance(half, Target("x", 50)) == KEPT
    assert figures.compliance(half, Target("x", 50.1)) == BROKEN
    assert figures.compliance(half, Target("x", 49, at_least=False)) == BROKEN
    assert figures.compliance(half, Target("clause non lue")) == UNKNOWN
    assert figures.compliance(Figure(None, "%", None, 0), Target("x", 50)) == NO_OBJECT
    assert figures.compliance(figures.protected(Figure(20.0, "%", 2, 10), 5), Target("x", 50)) == MASKED
    assert INDICATORS["net_cost"].target(CONTEXT).goal is None
    assert "non lue" in INDICATORS["net_cost"].target(CONTEXT).text


# Small numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counted", "whole", "hidden"), [(0, 10, False), (5, 10, False), (4, 10, True), (6, 10, True)]
)
def test_an_observer_reads_no_small_group(counted: int, whole: int, hidden: bool) -> None:
    found = figures.protected(Figure(1.0, "%", counted, whole, ("R-1",)), 5)
    assert found.hidden is hidden
    assert found.counted == ()
    assert (found.value is None) is hidden


def test_blocked_transfers_by_commune_are_hidden_from_everybody_when_few() -> None:
    rows = [
        a_row(f"{place}-{n}", kind="transfer", open_blockages=1, commune=place)
        for place, count in (("Lille", 9), ("Roubaix", 8), ("Hem", 2), ("Loos", 3))
        for n in range(count)
    ] + [a_row("P-1", kind="transfer", open_blockages=1, commune=None)]
    frames = EMPTY | {"cases": pd.DataFrame(rows)}
    found = report.by_place(INDICATORS["blocked"], frames, CONTEXT, EVER, always_under=5).set_index("label")
    assert found.loc["Lille", "value"] == 9
    assert found.loc[["Hem", "Loos", report.UNPLACED], "value"].isna().all()
    assert found.loc[["Hem", "Loos", report.UNPLACED], "count"].isna().all()


def test_one_small_place_alone_is_hidden_with_another() -> None:
    """Else the total would give it back."""
    rows = [
        moved(f"{s}-{n}", recent=True, site=s)
        for s, count in (("A", 9), ("B", 8), ("C", 2))
        for n in range(count)
    ]
    frames = EMPTY | {"cases": pd.DataFrame(rows)}
    found = report.by_place(INDICATORS["recent"], frames, CONTEXT, EVER, hide_under=5)
    assert found["value"].isna().sum() == 2
    shown = report.by_place(INDICATORS["recent"], frames, CONTEXT, EVER)
    assert list(shown["count"]) == [9, 8, 2]


def test_by_month_follows_the_day_of_the_fact() -> None:
    rows = [
        moved("R-1", recent=True),
        moved("R-2", recent=False),
        moved("R-3", recent=True, moved_in_on=date(2026, 5, 9)),
    ]
    found = report.by_month(INDICATORS["recent"], EMPTY | {"cases": pd.DataFrame(rows)}, CONTEXT, EVER)
    assert [day.date() for day in found["label"]] == [date(2026, 3, 1), date(2026, 5, 1)]
    assert list(found["value"]) == [50, 100]


def test_the_board_for_figures_only_counts_each_household_once() -> None:
    columns = ["name", "remaining", "temporary", "no_offer", "rehoused", "attrition"]
    buildings = pd.DataFrame([["A", 20, 6, 7, 9, 0], ["B", 12, 0, 6, 2, 8]], columns=columns)
    assert board.partition(buildings).loc["A"].tolist() == [7, 7, 9, 6, 0]
    shown = board.figures_only(buildings, 5)
    assert pd.isna(shown.loc["B", "Relogés"])
    assert shown.loc["B"].isna().sum() >= 2
    assert shown.loc[board.TOTAL].isna().sum() == 0 or shown["Relogés"].isna().sum() >= 2


# Pace --------------------------------------------------------------------------------------------


def test_the_pace_of_a_building() -> None:
    found = pace(12, 6, date(2027, 5, 24), TODAY)
    assert found.days_left == 181
    assert found.needed == pytest.approx(12 / (181 / (365.25 / 12)))
    assert found.recent == 1
    assert found.empty_on == date(2027, 11, 25)
    assert found.in_time is False
    assert pace(0, 0, date(2026, 1, 1), TODAY).in_time is True
    late = pace(3, 0, date(2026, 11, 23), TODAY)
    assert (late.days_left, late.needed, late.empty_on, late.in_time) == (-1, None, None, False)
    assert pace(3, 0, TODAY, TODAY).needed is None
    assert pace(3, 0, None, TODAY).in_time is None


# On both databases -----------------------------------------------------------------------------------


def computed(day: date = TODAY) -> dict[str, report.Line]:
    found = facts_query.facts(ALL, facts_query.Place())
    frames = {"cases": found.cases, "raised": found.raised, "decided": found.decided}
    lines = report.report(frames, Context(settings_now(), day), report.Period(None, day))
    return {line.indicator.code: line for line in lines}


def test_an_empty_database_has_nothing_to_judge(database: str) -> None:
    a_house()
    assert {line.compliance for line in computed().values()} == {NO_OBJECT}


def test_the_report_of_real_cases(database: str) -> None:
    """One rehoused and followed, one who waits, one who left; a transfer admitted, one blocked."""
    a_house()
    site = an_operation()
    housed = a_rehousing("closed", building=site.building)
    waiting = a_rehousing("searching", building=site.building)
    gone = a_rehousing("informed", building=site.building)
    do("close_early", gone, "farid", "2026-03-02", reason="left_by_themselves")
    a_transfer("admitted")
    blocked = a_transfer("searching")
    do("open_blockage", blocked, "amina", "2026-02-03", theme="arrears")
    found = computed()
    assert found["no_offer"].figure.counted == (waiting,)
    assert found["attrition"].figure.value == 50
    assert found["attrition"].figure.counted == (gone,)
    assert found["first_offer_median"].figure.value == 79
    assert found["lease_median"].figure.value == 102
    assert found["follow_up_m6"].compliance == KEPT
    assert found["first_wish"].figure.counted == (housed,)
    assert found["other_landlord"].figure.value == 100
    assert found["other_commune"].figure.value == 0
    assert found["typology"].compliance == KEPT
    assert found["recent"].compliance == NO_OBJECT
    assert found["blocked"].figure.counted == (blocked,)
    assert found["admissibility"].compliance == KEPT
