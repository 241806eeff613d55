"""The consolidation for the CIL: anonymous, the small counts hidden with what would give them back."""

from datetime import date

import pandas as pd
import pytest

from cases.access import scope_of
from cases.charter.cil import TOTAL, tables
from db.queries.cil import Consolidation, consolidation, years
from tests.cases.ici_world import ACTORS, HELD, SEPTEMBER, World
from tests.cases.test_sitting import name


def shown(frame: pd.DataFrame, row: str) -> list[int | None]:
    return [None if pd.isna(value) else int(value) for value in frame.loc[row]]


def test_small_counts_are_hidden_and_cannot_be_computed_back() -> None:
    themes = {("arrears", "A"): 9, ("arrears", "B"): 3, ("arrears", "C"): 8, ("no_accessible_stock", "A"): 12}
    owed = {("executed", "A"): 20, ("awaited", "A"): 6, ("not_executed", "A"): 7}
    found = tables(Consolidation({"A": 2}, {("late", "A"): 6, ("late", "B"): 5, **owed}, themes, {}, ()), 5)
    filed, blocked, kinds, results = (table.frame for table in found)
    hidden = [value for value in blocked.to_numpy().ravel() if pd.isna(value)]
    assert len(hidden) >= 2, "one hidden cell alone would be a subtraction"
    assert pd.isna(blocked.loc["Impayés"].iloc[1])
    assert shown(filed, "Déposées") == shown(blocked, TOTAL)
    assert shown(filed, "Dont hors délai") == [6, 5, 0, 11]
    assert shown(results, "Exécutées") == [20, 0, 0, 20]
    assert kinds.empty


@pytest.mark.usefixtures("database")
def test_what_the_sessions_of_the_year_did() -> None:
    world = World()
    world.sessions()
    chair = name(world, "chair", "Mme Delattre", "mel")
    raised, late = world.filed(), world.filed(when="2026-07-16T09:12:00+02:00")
    world.held(raised)
    world.do("camille", "record_presence", SEPTEMBER, when=HELD, present_ids=chair)
    duty = {"kind": "body_must_offer", "text": "Un T5.", "duties": [{"body_id": "vilogia"}]}
    world.do("camille", "decide", raised, when=HELD, **duty)
    world.do("camille", "record_contribution", SEPTEMBER, when=HELD, title="Visites", text="Utile.")
    assert late
    assert years() == (2026,)
    for who in ("camille", "paule", "olga"):
        found = read(who)
        assert (found.sessions, found.themes) == ({"A": 1}, {("typology_lacking", "A"): 2})
        assert (found.figures["late", "A"], found.figures["awaited", "A"]) == (1, 1)
        assert found.kinds == {("body_must_offer", "A"): 1}
        assert [one.title for one in found.told] == ["Visites"]
        assert pd.isna(tables(found, 5)[1].frame.loc[TOTAL].iloc[0])
    assert read("sylvie") == Consolidation({}, {}, {}, {}, ())


def read(who: str) -> Consolidation:
    return consolidation(scope_of(ACTORS[who]), date(2026, 1, 1), date(2026, 12, 31))
