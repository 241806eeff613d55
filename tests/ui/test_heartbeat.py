"""The banner above every page, once the sweep of the morning is overdue; details for who can act."""

from datetime import UTC, datetime, timedelta

import pytest

from cases import outbox
from cases.actor import Role
from db.queries.clock_runs import heartbeat, last_runs
from db.scope import Scope
from ui_streamlit.widgets.heartbeat import heartbeat_banner

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.usefixtures("sqlite_database")
def test_twenty_six_hours_after_the_last_good_sweep_everybody_is_told() -> None:
    assert heartbeat_banner(heartbeat(NOW), Role.PARTNER) is None, "a fresh installation has missed nothing"
    good_at = NOW - timedelta(hours=26)
    outbox.record_run("daily", good_at.date(), good_at, True, {"reminders": 1})
    outbox.record_run("delivery", NOW.date(), NOW, True, {})
    assert heartbeat_banner(heartbeat(NOW), Role.PARTNER) is None
    outbox.record_run("daily", NOW.date(), NOW, False, {"error": "OperationalError"})
    late = NOW + timedelta(seconds=1)
    said = str(heartbeat_banner(heartbeat(late), Role.PARTNER))
    assert "Les rappels automatiques sont en retard" in said
    assert "horloge" not in said
    assert 'href="/?rubrique=horloge"' in str(heartbeat_banner(heartbeat(late), Role.ADMINISTRATOR))
    runs = last_runs(Scope("lea", "administrator", "mel", "none", frozenset()))
    assert [(run.flow, run.good) for run in runs] == [("daily", False), ("delivery", True), ("daily", True)]
    assert last_runs(Scope("amina", "social_worker", "ccas", "body", frozenset())) == ()
