"""The desk of a session in the room, and the consolidation that comes out of it (AppTest)."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from db import rows
from db.engine import reading
from db.tables.ici import IciDecision
from tests.cases.ici_world import HELD, NIGHT, SEPTEMBER
from tests.cases.test_sitting import name
from tests.ui.test_ici_page import PAGE, Desk, drawn, labels, press, shown

MINUTES = "2026-09-22T10:00:00+02:00"


@pytest.fixture
def desk(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def test_a_proposal_is_adopted_in_two_clicks_by_those_present(desk: Desk) -> None:
    world = desk.world
    name(world, "chair", "Mme Delattre", "mel")
    name(world, "member", "M. Caron", "lmh")
    item = world.filed()
    world.do("camille", "close_call", SEPTEMBER, when=NIGHT)
    proposal = {"proposal": "Dérogation de loyer.", "proposed_kind": "derogation"}
    proposal |= {"proposed_body_ids": ["vilogia"]}
    world.do("marc", "objectify", item, when=NIGHT, objectification="Constat.", **proposal)
    world.do("marc", "put_on_agenda", item, when=NIGHT)
    world.held(freeze=False)
    page = desk.open("camille", when=HELD, seance=SEPTEMBER, volet="seance")
    assert "Dépôt des remontées" not in shown(page), "on the projector, nothing but the item"
    page = press(page, "Enregistrer les présences")
    assert "2 présents sur 2" in shown(page)
    page = _another_kind_and_back(page)
    page = press(page, "Enregistrer et passer au suivant")
    assert "Actée collectivement : accord de 2 présents." in shown(page)
    with reading() as connection:
        (made,) = rows.find(connection, IciDecision, escalation_id=item)
    assert (made["kind"], made["text"], made["agreed_ids"]) == ("derogation", "Dérogation de loyer.", [1, 2])
    world.do("camille", "validate_minutes", SEPTEMBER, when=MINUTES)
    page = desk.open("camille", when=MINUTES, seance=SEPTEMBER, volet="suites")
    assert "Extraits à transmettre : CCAS, VILOGIA." in shown(page)
    assert "Clore la séance" not in labels(page)
    page = press(page, "Envoyer les extraits (2\u00a0organismes)")
    assert "Clore la séance" in labels(page)
    mine = shown(desk.open("sylvie", when=MINUTES, seance=SEPTEMBER, volet="suites"))
    assert "Relevé et extraits" in mine
    _consolidated(desk)


def _another_kind_and_back(page: AppTest) -> AppTest:
    """The body proposed owes nothing under another kind, and comes back with the kind proposed."""
    for kind, owing in (("support_set_up", ""), ("derogation", "vilogia")):
        page = drawn(page.pills[0].set_value(kind).run())
        assert next(box.value for box in page.selectbox if box.label == "Qui doit agir") == owing
    return page


def _consolidated(desk: Desk) -> None:
    desk.sign_in("olga")
    read = shown(drawn(AppTest.from_file(str(Path(PAGE).with_name("cil.py")), default_timeout=30).run()))
    assert "Bilan des ICI" in read
    assert "masqué" in read
    assert "E-26-" not in read
