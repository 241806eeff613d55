"""`relogement apply`: one answer a line, whatever the line; a second run of the same file changes nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from typer.testing import CliRunner, Result

from db import rows
from db.engine import reading
from db.tables.case import CaseFile, Household
from db.tables.journal import JournalHead
from relogement.cli import app
from tests.relogement.conftest import referral

FileOf = Callable[..., Path]


def run(*arguments: str) -> tuple[Result, list[dict[str, Any]]]:
    result = CliRunner().invoke(app, list(arguments))
    return result, [orjson.loads(line) for line in result.stdout.splitlines()]


def head() -> int:
    with reading() as connection:
        row = rows.get(connection, JournalHead, id=1)
    assert row is not None
    return int(row["number"])


def cases() -> list[dict[str, Any]]:
    with reading() as connection:
        return rows.find(connection, CaseFile)


def test_a_file_is_applied_and_a_second_run_changes_nothing(stage: str, file_of: FileOf) -> None:
    path = file_of(
        referral("a"),
        {"id": "a.check", "type": "check_admissibility", "target": "@a"},
        {"id": "a.note", "type": "add_note", "target": "@a.case", "data": {"text": "Vu à l’accueil."}},
    )
    result, answers = run("apply", str(path), "--as", "amina.haddad")
    assert result.exit_code == 0
    assert [answer["status"] for answer in answers] == ["accepted"] * 3
    assert answers[1]["state"] == "admissibility_check"
    before = head()
    result, again = run("apply", str(path), "--as", "amina.haddad")
    assert result.exit_code == 0
    assert [answer["status"] for answer in again] == ["already_done"] * 3
    assert [answer["reference"] for answer in again] == [answer["reference"] for answer in answers]
    assert head() == before


def test_a_broken_line_is_named_and_the_rest_goes_on(sqlite_stage: str, file_of: FileOf) -> None:
    path = file_of(
        referral("a"), '{"id": "b", "type": ', "[1, 2]", {"id": "c", "type": "invent"}, referral("d")
    )
    result, answers = run("apply", str(path), "--as", "amina.haddad")
    assert result.exit_code == 1
    assert [answer["status"] for answer in answers] == [
        "accepted",
        "refused",
        "refused",
        "refused",
        "accepted",
    ]
    assert "Ligne 2" in answers[1]["reasons"][0]["sentence"]
    assert "objet JSON" in answers[2]["reasons"][0]["sentence"]
    assert "« invent » n’existe pas" in answers[3]["reasons"][0]["sentence"]
    assert len(cases()) == 2


def test_stop_on_refusal_stops_there(sqlite_stage: str, file_of: FileOf) -> None:
    path = file_of(referral("a"), {"id": "b", "type": "invent"}, referral("c"))
    result, answers = run("apply", str(path), "--as", "amina.haddad", "--stop-on-refusal")
    assert result.exit_code == 1
    assert [answer["status"] for answer in answers] == ["accepted", "refused"]
    assert len(cases()) == 1


BAD = {
    "somebody else's actor": (
        referral("x") | {"actor": "nadia.ouali"},
        "vous ne pouvez pas agir pour « nadia.ouali »",
    ),
    "future fact": (referral("x") | {"occurred_on": "2999-01-01"}, "dans l’avenir"),
    "unborn": (referral("x", member={"born_on": "2999-01-01"}), "Date de naissance"),
    "too old": (referral("x", member={"born_on": "1790-01-01"}), "Date de naissance"),
    "no date": (referral("x", member={"born_on": "hier"}), "une date est attendue"),
    "unknown commune": (referral("x", dwelling={"commune": "Paris"}), "n’est pas une commune de la MEL"),
    "wrong type": (referral("x", dwelling={"rooms": "trois"}), "un nombre entier est attendu"),
    "negative": (referral("x", dwelling={"surface_m2": "-4"}), "la valeur doit dépasser 0"),
    "unknown field": (referral("x", salary=3), "ce champ n’existe pas"),
    "no holder": (referral("x", member={"link": "child"}), "Aucun titulaire"),
    "5 MB name": (referral("x", member={"last_name": "A" * 5_000_000}), "texte trop long"),
    "control characters": (referral("x", member={"last_name": "A\u0000B"}), "caractères de contrôle"),
    "unknown case": ({"id": "x", "type": "admit", "target": "M-99-00001"}, "introuvable"),
    "unknown reference": ({"id": "x", "type": "admit", "target": "@nobody"}, "ne renvoie à aucune action"),
    "no id": ({"type": "admit"}, "à renseigner"),
    "id of the wrong form": ({"id": "a b\n", "type": "admit"}, "format"),
    "unknown landlord": (referral("x", dwelling={"landlord_id": "personne"}), "introuvable"),
    "data is a list": ({"id": "x", "type": "admit", "target": "M", "data": [1]}, "n’est pas acceptée"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_in_french_and_nothing_is_written(
    sqlite_stage: str, file_of: FileOf, name: str
) -> None:
    line, words = BAD[name]
    before = head()
    result, answers = run("apply", str(file_of(line)), "--as", "amina.haddad")
    assert result.exit_code == 1
    assert answers[0]["status"] == "refused"
    assert words in " ".join(reason["sentence"] for reason in answers[0]["reasons"])
    assert (head(), cases()) == (before, [])


def test_sql_and_html_in_a_name_are_only_a_name(stage: str, file_of: FileOf) -> None:
    nasty = "Robert'); DROP TABLE case_file;-- <script>alert(1)</script>"
    result, _ = run("apply", str(file_of(referral("a", member={"last_name": nasty}))), "--as", "amina.haddad")
    assert result.exit_code == 0
    with reading() as connection:
        assert [row["name"] for row in rows.find(connection, Household)] == [f"{nasty} Aïcha"]


def test_an_unknown_account_applies_nothing(sqlite_stage: str, file_of: FileOf) -> None:
    result = CliRunner().invoke(app, ["apply", str(file_of(referral("a"))), "--as", "personne"])
    assert result.exit_code == 2
    assert "n’existe pas" in result.stderr
    assert cases() == []


def test_rehearsing_is_refused_outside_a_demonstration(sqlite_database: str, file_of: FileOf) -> None:
    path = file_of(referral("a") | {"now": "2026-01-05T10:00:00+01:00", "actor": "amina.haddad"})
    result = CliRunner().invoke(app, ["rehearse", str(path)])
    assert result.exit_code == 2
    assert "n’est pas une base de démonstration" in result.stderr
