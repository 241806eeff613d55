"""Nobody answers at Prefect's address: commands and pages work, and the administration says so."""

import pytest
from typer.testing import CliRunner

from db.settings import env
from relogement.cli import app
from tests.builders import a_transfer, do
from tests.servers import free_port
from tests.ui.front import Desk, shown


def test_work_goes_on_while_the_clock_is_down_and_it_is_said(
    front: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELOGEMENT_PREFECT_PORT", str(free_port()))
    env.cache_clear()
    case = a_transfer(at="searching")
    do("add_note", case, "amina", "2026-11-24", text="Le ménage a rappelé.")
    said = shown(front.open("lea", "admin"))
    assert "L’horloge est à l’arrêt" in said
    assert "L’application fonctionne, et les échéances seront rattrapées à son retour." in said
    said = shown(front.open("amina", "case_file", id=case))
    assert case in said
    assert "Le ménage a rappelé." in said
    swept = CliRunner().invoke(app, ["daily", "--today", "2026-11-24"])
    assert (swept.exit_code, swept.stdout.split('"')[3]) == (0, "daily"), "the sweep needs no Prefect"


def test_a_worker_without_a_pool_says_what_to_set(sqlite_database: str) -> None:
    refused = CliRunner().invoke(app, ["worker"])
    assert refused.exit_code == 1
    assert "RELOGEMENT_PREFECT_POOL" in refused.stderr
