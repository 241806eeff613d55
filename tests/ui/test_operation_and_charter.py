"""NPRU operations and charter: what each role is shown, and what its clicks change."""

from datetime import date

import pytest

from cases.charter.indicators import INDICATORS
from tests.builders import Site, a_rehousing, an_operation, do
from tests.ui.front import Desk, drawn, labels, press, shown


@pytest.fixture
def site(front: Desk) -> Site:
    return an_operation()


def test_the_list_of_operations_leads_to_each(front: Desk, site: Site) -> None:
    a_rehousing("searching", building=site.building)
    page = front.open("gaelle", "operation")
    said = shown(page)
    for words in ("Opérations NPRU", "Concorde, Lille · lmh", "établie", "J−127", "Sans aucune proposition"):
        assert words in said
    assert f"/operations?operation={site.operation}" in " ".join(str(e.proto.body) for e in page.get("html"))
    assert labels(page) == ["Créer une opération", "Fixer un objectif"]
    assert "Aucune opération" in shown(front.open("elise", "operation"))


def test_an_operation_building_by_building(front: Desk, site: Site) -> None:
    case = a_rehousing("searching", building=site.building)
    do("open_blockage", case, "farid", "2026-02-03", theme="arrears")
    a_rehousing("closed", building=site.building)
    said = shown(front.open("farid", "operation", operation=site.operation))
    for words in (
        "Convention ANRU du 16/12/2019",
        "Barre 3",
        "1 ménage sur place, 127 jours restants : il faut 0,2 départ par mois",
        "aucun départ depuis six mois",
        "Amrani Aïcha",
        "Impayés",
        "Farid",
        "Aucun changement de date",
    ):
        assert words in said


def test_without_legal_ground_the_page_warns(front: Desk) -> None:
    bare = an_operation(convention_on=None, vacate_on=None)
    said = shown(front.open("denis", "operation", operation=bare.operation))
    assert "les refus n’ont aucun effet" in said
    assert "date à fixer" in said


def test_who_acts_and_who_only_reads(front: Desk, site: Site) -> None:
    a_rehousing("searching", building=site.building)
    acts = {"denis": True, "gaelle": True, "hugo": False, "ines": False, "karim": False}
    for who, may in acts.items():
        page = front.open(who, "operation", operation=site.operation)
        assert ("Changer la date de libération" in labels(page)) is may, who
        assert ("Derniers occupants" in shown(page)) is (who in {"denis", "gaelle", "hugo"}), who
        assert ("Amrani" in shown(page)) is (who == "denis"), who


def test_an_observer_reads_no_small_cell(front: Desk, site: Site) -> None:
    a_rehousing("searching", building=site.building)
    said = shown(front.open("karim", "operation", operation=site.operation))
    assert "masqué" in said
    assert "moins de 5 ménages" in said
    assert "Barre 3" in said
    assert " masqué" in shown(front.open("karim", "operation"))


def test_an_unknown_operation_or_somebody_elses(front: Desk, site: Site) -> None:
    for who, asked in (("elise", site.operation), ("gaelle", "OP-00-000"), ("gaelle", "<script>")):
        page = front.open(who, "operation", operation=asked)
        assert "Opération introuvable" in shown(page)
        assert labels(page) == []


def test_changing_the_vacate_date_from_the_page(front: Desk, site: Site) -> None:
    a_rehousing("searching", building=site.building)
    page = press(front.open("denis", "operation", operation=site.operation), "Changer la date de libération")
    next(d for d in page.date_input if d.label.startswith("À libérer")).set_value(date(2027, 9, 30))
    next(t for t in page.text_area if t.label.startswith("Motif")).set_value("Travaux décalés.")
    page = drawn(page.run())
    send = [button for button in page.button if button.label == "Changer la date de libération"][-1]
    said = shown(drawn(send.click().run()))
    assert "31/03/2027 → 30/09/2027" in said
    assert "Travaux décalés." in said
    assert "jeudi 30 septembre 2027" in said


# Charte ----------------------------------------------------------------------------------------------


def test_every_indicator_says_what_it_is_and_whether_it_is_kept(front: Desk, site: Site) -> None:
    a_rehousing("closed", building=site.building)
    said = shown(front.open("gaelle", "charter")).replace("'", "’")
    for item in INDICATORS.values():
        assert item.title in said
        assert item.definition in said
        assert item.source.replace("'", "’") in said
    for words in (
        "respecté",
        "non vérifiable",
        "sans objet",
        "à valider",
        "Objectif : Tous, à 15 jours près",
    ):
        assert words in said
    assert "Les trois promesses" in said


def test_an_empty_database_divides_nothing(front: Desk) -> None:
    said = shown(front.open("gaelle", "charter"))
    assert "rien à compter" in said
    assert "Aucun relogement sur la période" in said


def test_each_indicator_opens(front: Desk, site: Site) -> None:
    """By place, and by month where its facts have a day, with cases, without any error."""
    a_rehousing("closed", building=site.building)
    for code, item in INDICATORS.items():
        for view in ("lieu", "mois") if item.dated_by else ("lieu",):
            page = front.open("farid", "charter", indicateur=code, vue=view)
            assert "← Tous les indicateurs" in shown(page)
            assert item.title in shown(page)


def test_the_cases_behind_a_figure(front: Desk, site: Site) -> None:
    housed = a_rehousing("closed", building=site.building)
    hidden = a_rehousing("closed", building=site.building)
    do("reopen", hidden, "denis", "2026-11-10", reason="Erreur de clôture.")
    do("protect_case", hidden, "farid", "2026-11-10")
    sees = {"farid": (True, True), "gaelle": (True, False), "ines": (False, False), "karim": (False, False)}
    for who, (plain, protected) in sees.items():
        said = shown(front.open(who, "charter", indicateur="other_landlord"))
        assert (housed in said) is plain, who
        assert (hidden in said) is protected, who
    assert "2 sur 2" in shown(front.open("gaelle", "charter", indicateur="other_landlord"))
    assert "1 sur 1" in shown(front.open("gaelle", "charter", indicateur="other_landlord", bailleur="lmh"))


def test_filters_come_from_the_address_and_go_to_it(front: Desk, site: Site) -> None:
    a_rehousing("closed", building=site.building)
    page = front.open("gaelle", "charter", site="lille-concorde", periode="6", bailleur="inconnu")
    chosen = {box.label: box.value for box in page.selectbox}
    assert chosen == {"Site": "lille-concorde", "Bailleur": "", "Commune": "", "Période": "6"}
    page = drawn(page.selectbox[2].select("59599").run())
    assert page.query_params["commune"] in ("59599", ["59599"])
    page = drawn(next(box for box in page.selectbox if box.label == "Site").select("").run())
    assert "site" not in page.query_params


def test_an_observer_has_figures_without_small_groups_or_filters(front: Desk, site: Site) -> None:
    a_rehousing("closed", building=site.building)
    page = front.open("karim", "charter")
    assert [box.label for box in page.selectbox] == ["Période"]
    assert "effectif masqué" in shown(page)
    assert "Les trois promesses" not in shown(page)
    assert "R-26-" not in shown(page)


def test_promises_show_their_facts_to_who_reads_social_fields(front: Desk, site: Site) -> None:
    a_rehousing("closed", building=site.building)
    assert "première commune demandée" in shown(front.open("farid", "charter"))
    common = shown(front.open("gaelle", "charter"))
    assert "R-26-00001" in common
    assert "première commune demandée" not in common


def test_figures_follow_what_has_just_been_done(front: Desk, site: Site) -> None:
    """What is kept between two renders is thrown away by the next command."""
    a_rehousing(building=site.building)
    assert "1 sur 1" in shown(front.open("gaelle", "charter", indicateur="no_offer"))
    a_rehousing("offer_pending", building=site.building)
    assert "1 sur 2" in shown(front.open("gaelle", "charter", indicateur="no_offer"))
