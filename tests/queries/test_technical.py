"""The sessions of the technical committee on both databases, and the minutes that are printed from them."""

from datetime import date

import pytest

import templates
from cases.access import scope_of
from db.queries import technical
from tests.builders import PEOPLE, a_house, a_transfer, do

VIOLENCE = [{"kind": "complaint", "dated_on": "2026-01-02"}]


@pytest.fixture
def session(database: str) -> str:
    """A committee with a protected case, then a plain one, and an earlier one of a landlord."""
    assert database
    a_house()
    do("plan_technical", None, "denis", "2026-01-05", held_on="2026-04-14", landlord_id="lmh")
    plan = {"held_on": "2026-05-12", "member_ids": ["vilogia", "mel"], "territory": "Tourquennois"}
    found = str(do("plan_technical", None, "gaelle", "2026-01-05", **plan).reference)
    hidden = a_transfer(at="searching", criteria=["violence"], evidence=VIOLENCE)
    for reference in (hidden, a_transfer(at="searching")):
        asked = {"session_id": found, "asked": "orientation", "question": "Vers quel parc ?"}
        do("submit_to_technical", reference, "amina", "2026-05-04", **asked)
    return found


def test_what_each_reader_sees_of_an_agenda(session: str) -> None:
    lines = technical.sessions(scope_of(PEOPLE["gaelle"]))
    assert [(line.id, line.landlord, line.territory, line.points, line.waiting) for line in lines] == [
        (session, None, "Tourquennois", 2, 2),
        ("CT-2026-01", "lmh", "", 0, 0),
    ]
    assert [line.id for line in technical.agendas()] == ["CT-2026-01", session]
    for who in ("karim", "ines", "lea", "milo"):
        assert technical.sessions(scope_of(PEOPLE[who])) == ()
        assert technical.session(scope_of(PEOPLE[who]), session) is None
    assert technical.session(scope_of(PEOPLE["gaelle"]), "CT-2030-01") is None

    seen = {
        who: [(point.household, point.question, point.opens) for point in view.points]
        for who in ("amina", "gaelle", "elise", "farid", "chloe")
        if (view := technical.session(scope_of(PEOPLE[who]), session)) is not None
    }
    question = "Vers quel parc ?"
    assert seen == {
        "amina": [("Amrani Aïcha", question, True), ("Amrani Aïcha", question, True)],
        "gaelle": [("dossier protégé", None, False), ("Amrani Aïcha", question, True)],
        "elise": [("dossier protégé", None, False), (None, question, False)],  # sits, follows neither
        "farid": [("dossier protégé", None, False), ("Amrani Aïcha", question, True)],
        "chloe": [],
    }
    absent = technical.session(scope_of(PEOPLE["chloe"]), session)
    assert absent is not None
    assert absent.hidden == 2


def test_the_minutes_name_nobody_and_say_whether_they_are_final() -> None:
    point = {
        "reference": "M-26-00001",
        "asked": "Valider le besoin",
        "question": "Un T4 <pour> deux ?",
        "opinion": "Ajourné",
        "reason": "Avis attendu.",
    }
    known = {"reference": "CT-2026-01", "held_on": date(2026, 5, 12), "perimeter": "parc de LMH", "place": ""}
    draft = templates.technical_minutes(
        **known, members=["LMH", "MEL"], present=[], points=[point], hidden=2,
        closed_on=None, closed_by="", journal_head="",
    )  # fmt: skip
    assert "Projet : le relevé n’est pas clos." in draft
    assert "Un T4 &lt;pour&gt; deux ?" in draft
    assert "2 points de l’ordre du jour ne figurent pas" in draft
    final = templates.technical_minutes(
        **known, members=["LMH"], present=["LMH"], points=[], hidden=0,
        closed_on=date(2026, 5, 13), closed_by="Gaelle", journal_head="a1b2",
    )  # fmt: skip
    assert "Le 13/05/2026, par Gaelle" in final
    assert "a1b2" in final
    assert "Aucun point." in final
