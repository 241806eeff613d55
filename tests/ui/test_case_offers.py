"""Offers on the page « Dossier »: what is said while typing, the card of each, the commission."""

from datetime import date

import pytest

from db.tables.offer import Offer
from tests.builders import OFFER, a_rehousing, a_transfer, ask, do
from tests.ui.test_case_pages import ENGLISH, Desk, desk, fill, labels, press, rows, text

__all__ = ["desk"]  # the fixture
REASONS = "Motifs (le premier est le principal)"


def test_a_refusal_says_while_typing_what_it_will_bring_then_brings_it(desk: Desk) -> None:
    case = a_rehousing("offer_pending")
    page = press(desk.case("farid", case, on="2026-04-03"), "Enregistrer un refus")
    assert "Ce refus ne compterait pas parmi les trois offres" in text(page)
    fill(page, REASONS, ["location"])
    fill(page, "Refus signé", True)
    said = text(page)
    assert "Ce refus compterait parmi les trois offres" in said
    assert "Le compteur passerait à 1 / 3." in said
    assert "Les motifs choisis n’entraînent rien d’autre." in said
    assert not any(item.label == "Reprendre la recherche le" for item in page.date_input)
    fill(page, REASONS, ["health_event", "insecurity"])
    said = text(page)
    assert "Conditions non remplies : motif du refus." in said
    assert "La recherche est mise en pause jusqu’au 02/06/2026 (événement de santé)." in said
    assert "La fiche besoin est à revoir (événement de santé)." in said
    assert (
        "Le comité technique dira si le refus est légitime (insécurité de l’immeuble ou du quartier)." in said
    )
    assert any(item.label == "Reprendre la recherche le" for item in page.date_input)
    assert not ENGLISH.search(said), ENGLISH.search(said)
    fill(page, "Date du fait", date(2026, 4, 2))
    assert "jusqu’au 01/06/2026 (événement de santé)" in text(page)
    done = text(press(page, "Enregistrer un refus", rank=1))
    assert "Recherche en pause jusqu’au 1er juin 2026" in done
    assert "Ne compte pas" in done
    (offer,) = rows(Offer, case_id=case)
    assert [effect["kind"] for effect in offer["effects"]] == ["pause", "need", "committee"]


def test_an_offer_shows_what_it_costs_before_it_is_made(desk: Desk) -> None:
    home = {"landlord_id": "lmh", "commune": "Tourcoing", "address": "3 rue", "typology": 3, "rooms": 3}
    known = {"surface_m2": "62", "rent": "540", "charges": "80", "housing_aid": "240"}
    case = a_rehousing("searching", dwelling=home | known)
    page = press(desk.case("farid", case, on="2026-04-03"), "Faire une proposition")
    assert "non calculable" in text(page)
    for label, value in (("Loyer (€ par mois)", "500"), ("Charges (€ par mois)", "80")):
        fill(page, label, value)
    fill(page, "Aide au logement estimée (€ par mois)", "150")
    said = text(page)
    assert "380,00 €" in said
    assert "430,00 €" in said
    assert "+50,00 €" in said
    assert "31,7 %" in said
    assert "35,8 %" in said
    assert "Pour que son refus compte parmi les trois" in said
    assert not ENGLISH.search(said), ENGLISH.search(said)


def test_a_refused_offer_is_read_line_by_line_and_may_be_taken_back_by_the_lead(desk: Desk) -> None:
    case = a_rehousing("offer_pending")
    do(
        "refuse_offer",
        case,
        "farid",
        "2026-04-03",
        reasons=["school_year"],
        signed=True,
        pause_until="2026-07-06",
    )
    said = text(desk.case("farid", case, on="2026-04-07"))
    for words in (
        "Refus comptés : 1 / 3",
        "Motif principal : année scolaire.",
        "Toutes les conditions sont remplies, jugée le 03/04/2026 et figée",
        "La recherche est mise en pause jusqu’au 06/07/2026",
        "1er étage, avec ascenseur",
        "Loyer 500 € + 80 € de charges, aide estimée 150 € par mois",
    ):
        assert words in said
    assert "Annuler un refus enregistré par erreur" not in [
        action for action in labels(desk.case("farid", case)) if action
    ]
    page = desk.case("denis", case)
    assert "Annuler un refus enregistré par erreur" in labels(page)
    (offer,) = rows(Offer, case_id=case)
    do("annul_refusal", case, "denis", "2026-04-08", offer_id=offer["id"], reason="Autre ménage.")
    after = text(desk.case("denis", case))
    assert "Refus comptés : 0 / 3" in after
    assert "Annulée le 8 avr. 2026 (elle était refusée)." in after
    assert "Ne compte plus" in after


@pytest.mark.parametrize("who", ["amina", "gaelle"])
def test_a_household_ranked_three_times_and_never_first_is_shown(desk: Desk, who: str) -> None:
    case = a_transfer("searching")
    for month in (2, 3, 4):
        do("make_offer", case, "amina", f"2026-0{month}-02", **OFFER)
        do("accept_offer", case, "amina", f"2026-0{month}-03")
        do("rank_candidate", case, "amina", f"2026-0{month}-10", rank=2, candidates=3)
        do("not_allocate", case, "amina", f"2026-0{month}-20", reasons=["better_candidate"])
    said = text(desk.case(who, case, on="2026-05-04"))
    assert "Ménage jamais premier en commission" in said
    assert "R.441-3 b, rang 2" in said
    assert "Sans suite" in said
    assert ("autre candidat mieux classé" in said) is (who == "amina")
    if who == "gaelle":
        listed = text(desk.open(who, "charter"))
        assert "Jamais premiers en commission" in listed
        assert "3 passages" in listed
        assert case in listed


def test_a_suspensive_condition_is_seen_and_holds_the_lease(desk: Desk) -> None:
    case = a_transfer("committee")
    due = {"condition": "Avis d’imposition", "condition_due_on": "2026-04-30", "candidates": 3}
    do("allocate", case, "amina", "2026-04-16", decision="allocation_suspensive", **due)
    page = desk.case("amina", case, on="2026-04-20")
    said = text(page)
    assert "Condition à lever avant le 30 avr. 2026" in said
    assert "Pièce attendue : Avis d’imposition" in said
    assert "Lever la condition suspensive" in labels(page)
    assert not ask("sign_lease", case, "amina", "2026-04-20", signed_on="2026-04-20").done
