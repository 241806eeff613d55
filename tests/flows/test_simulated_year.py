"""A small year in a storm: each due reminder once, none lost, none with an old date, the same lists."""

from pathlib import Path
from random import Random

import pytest

from cases import journal
from db.engine import reading
from tests.databases import use
from tests.flows.simulated_year import Size, Weather, frozen_lists, live, lost, reminders, set_the_year
from tests.journeys.stage import set_the_stage
from tests.stores import PRISTINE, SqliteFile

SEASON = 44  # days: the call, a session moved later and back, the filing, the freeze


def test_a_stormy_season_says_what_the_calm_one_says(
    sqlite: SqliteFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, lists = [], []
    storm = Weather(Random(7))
    for weather, hours in ((Weather(), (6,)), (storm, (6, 18))):
        size = Size(cases=60, days=SEASON, icis="A", items=3, hours=hours)
        sqlite.put(PRISTINE)
        with use(sqlite, tmp_path, monkeypatch):
            set_the_year(size, set_the_stage)
            live(size, weather)
            said.append(reminders())
            lists.append(frozen_lists())
            missing = lost(said[0], said[-1], weather.missed)
            with reading() as connection:
                assert journal.verify(connection)[1] is None
    calm, stormy = said
    assert storm.kills > 2
    assert storm.missed
    assert len(set(calm)) == len(calm) > 100
    assert len(set(stormy)) == len(stormy), "a reminder was repeated"
    assert set(stormy) <= set(calm), "a reminder quotes a date that is not its own any more"
    assert missing == []
    assert lists[0] == lists[1] != []
