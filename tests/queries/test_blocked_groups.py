"""Escalations proposed from open blockages, on both databases: who sees which, and the draft."""

from datetime import date

import pytest

from cases.ici_proposals import ProposedDraft, draft_of, proposed, what_was_tried
from tests.cases.ici_world import ACTORS, SEPTEMBER, World

TODAY = date(2026, 6, 1)
JUNE = "2026-06-20T10:00:00+02:00"


@pytest.fixture
def world(database: str) -> World:
    world = World()
    world.sessions()
    return world


def blocked(world: World, *, theme: str = "typology_lacking", **case: object) -> str:
    reference = world.a_case(**case)  # type: ignore[arg-type]
    world.do("sylvie", "open_blockage", reference, when=JUNE, theme=theme, since="2026-02-16")
    return reference


def lines(who: str, ici: str | None = None) -> list[tuple[str, int, int]]:
    return [(one.key, one.ready, one.lacking) for one in proposed(ACTORS[who], TODAY, ici).lines]


def test_five_blocked_cases_of_a_commune_are_proposed_until_one_escalation_carries_them(world: World) -> None:
    cases = [blocked(world, name=f"Martin{rank}") for rank in range(5)]
    hidden = blocked(world, name="Durand", protected=True)
    world.do("sylvie", "open_blockage", world.referred(name="Petit"), theme="typology_lacking")
    blocked(world, name="Caron", theme="violence_other_commune")
    found = [("A.typology_lacking.59512", 5, 1)]
    assert [lines(who) for who in ("camille", "marc", "sylvie")] == [found] * 3
    assert [lines(who) for who in ("hugo", "paule", "olga", "adele")] == [[]] * 4
    assert lines("camille", "B") == []
    assert proposed(ACTORS["camille"], TODAY).threshold.to_confirm

    draft = draft_of("A.typology_lacking.59512", ACTORS["camille"], TODAY)
    assert draft is not None
    assert hidden not in draft.case_ids
    assert draft == ProposedDraft(
        ici="A",
        case_ids=tuple(cases),
        theme="typology_lacking",
        scale="sector",
        title="Typologie manquante – Roubaix – 5 dossiers",
        tried="5 recherches auprès de 1 bailleur (VILOGIA 5) : 5 sans réponse à ce jour.\n"
        "Le plus ancien de ces blocages est ouvert depuis le 16/02/2026.",
    )
    assert what_was_tried(ACTORS["camille"], (hidden,), "typology_lacking") == ""

    typed = {"title": draft.title, "scale": draft.scale, "tried": draft.tried}
    world.an_escalation(*draft.case_ids[:4], who="camille", when=JUNE, **typed)
    later = [blocked(world, name=f"Autre{rank}") for rank in range(5)]
    assert (len(later), lines("camille")) == (5, [])
    assert draft_of("A.typology_lacking.59512", ACTORS["camille"], TODAY) is None
    world.do("camille", "withdraw_escalation", "E-26-0001", when=JUNE, reason="À reprendre par bailleur.")
    assert lines("camille") == [("A.typology_lacking.59512", 10, 1)]


def test_few_cases_of_each_commune_are_a_profile_of_their_ici(world: World) -> None:
    for commune in ("Hem", "Croix", "Hem", "Croix", "Leers"):
        blocked(world, commune=commune, theme="arrears")
    (one,) = proposed(ACTORS["camille"], TODAY, "A").lines
    assert (one.key, one.scale, one.ready) == ("A.arrears.T5", "profile", 5)
    draft = draft_of(one.key, ACTORS["camille"], TODAY)
    assert draft is not None
    assert draft.title == "Impayés – T5, Croix, Hem, Leers – 5 dossiers"
    world.an_escalation(*draft.case_ids, who="camille", when=JUNE, theme="arrears", scale="profile")
    world.do("camille", "submit_escalation", "E-26-0001", when=JUNE, session_id=SEPTEMBER)
    assert lines("camille") == []
