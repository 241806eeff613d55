"""Cases 6, 7 and 10 of domain section 9: three items of one ICI over half a year, clicked by those whose work
it is, to the dates written there."""

import re
from collections.abc import Callable
from datetime import date, time

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Application
from tests.e2e.journey import Journey, by
from tests.e2e.person import Person

pytestmark = pytest.mark.browser

Inhabitants = Callable[[str], Person]
AUTUMN, SPRING = "ICI-A-2026-1", "ICI-A-2027-1"  # held on 15/09/2026 and 16/03/2027


def open_case(person: Person, reference: str, name: str) -> None:
    person.go(f"/dossier?id={reference}", name)


def test_cases_6_7_and_10_half_a_year_of_the_ici(territory: Application, inhabitants: Inhabitants) -> None:
    """Three items of ICI-A: filed on time, a day late, grouped; executed before the freeze, or come back."""
    six, seven, ten = Journey(6), Journey(7), Journey(10)
    six.until("block")
    for other in (seven, ten):
        other.became("s1", AUTUMN)
        other.became("s2", SPRING)
    seven.until("u.try")
    seven.clicked("call")
    seven.play("eh", "ei", "edge")

    refused_for_arrears(ten, territory, inhabitants("karim.zeroual"))
    six_cases_are_raised(ten, territory, inhabitants("karim.zeroual"))
    one_case_is_raised(six, territory, inhabitants("amina.haddad"))
    filed_one_day_late(seven, territory, inhabitants("sabrina.belhadj"))
    admitted_by_exception(seven, territory, inhabitants("marc.verhaeghe"))

    for item in (six, ten):
        item.play("obj", "agenda")
    six.play("file", "held")
    territory.move_to(date(2026, 9, 15))
    secretary = inhabitants("camille.joly")
    decide_for_one(six, secretary)
    decide_for_six(ten, secretary)
    settle(seven, territory)
    six.play("minutes", "excerpts", "close")

    executed_before_the_freeze(ten, territory, inhabitants("fabrice.cuvelier"))
    on_the_march_list(six, ten, territory, secretary)
    moved_in(ten, territory, inhabitants("fabrice.cuvelier"))
    back_on_the_agenda(six, territory, secretary, inhabitants("delphine.mullier"))


def refused_for_arrears(ten: Journey, there: Application, worker: Person) -> None:
    """T3 of 62 m² for six: enough by the surface, two rooms short by the local rule: both are shown."""
    ten.until("a.try")
    case = ten.record("a")
    there.move_to(date(2026, 2, 20))
    open_case(worker, case, "Amrani")
    worker.reads("T3, 3 pièces, 62 m²", "Sur-occupation (surface, droit national)", "−2")
    worker.start("Signaler un blocage")
    worker.choose("Ce qui bloque", "Impayés")
    worker.write("Explication", "Mutation refusée : 1 240 € d’impayés")
    worker.confirm("Signaler un blocage")
    worker.reads("1 240 € d’impayés")
    worker.shot("cas10-1-bloque")
    worker.go(f"/diagnostic?id={case}", "Diagnostic social")
    for line, found in (
        ("Sur-occupation (surface légale)", "Minimum légal : 52 m²"),
        ("Pièces, selon la norme de peuplement", "2 pièces en moins"),
        ("Sur-occupation manifeste (pièces)", "Oui"),
    ):
        worker.main.get_by_text(line).first.click()
        worker.reads(found)
    worker.shot("cas10-2-deux-indices")
    ten.clicked("block")
    ten.until("g5.try")


def six_cases_are_raised(ten: Journey, there: Application, worker: Person) -> None:
    there.move_to(date(2026, 7, 8))
    raised = [ten.record(name) for name in ("a", "g1", "g2", "g3", "g4", "g5")]
    worker.go(f"/seances?volet=remontee&dossier={raised[0]}", "Séance")
    worker.write("Chercher par référence", "M-26-")
    for case in raised[1:]:
        worker.choose("Dossiers à remonter (6 possibles)", case)
    worker.choose("Ce qui bloque", "Impayés")
    worker.write("Intitulé (sans nom)", "Refus pour impayés – T5, nord-est")
    worker.shot("cas10-3-remontee")
    worker.click("Déposer la remontée")
    worker.done("déposée")
    ten.clicked("call", "e.submit", "freeze")
    ten.became("e", filed(worker, "Refus pour impayés", "8 juil. 2026"))


def one_case_is_raised(six: Journey, there: Application, worker: Person) -> None:
    there.move_to(date(2026, 7, 10))
    worker.go(f"/seances?volet=remontee&dossier={six.record('t')}", "Séance")
    worker.reads("La limite de dépôt est le mercredi 15 juillet 2026 à 23:59:59")
    worker.choose("Ce qui bloque", "Pas de logement accessible")
    worker.write("Intitulé (sans nom)", "T2 de plain-pied introuvable")
    worker.click("Déposer la remontée")
    worker.done("déposée")
    worker.shot("cas6-1-deposee")
    six.clicked("call", "e.submit", "freeze")
    six.became("e", filed(worker, "T2 de plain-pied", "10 juil. 2026"))


def filed(worker: Person, title: str, day: str) -> str:
    """Among those on time; its number."""
    worker.reads("Déposées dans les délais", f"Déposée le {day}")
    card = worker.main.get_by_role("article").filter(has_text=title)
    found = re.search(r"E-26-\d{4}", card.inner_text())
    assert found is not None
    return found.group()


def filed_one_day_late(seven: Journey, there: Application, commune: Person) -> None:
    """On 16/07 at 09:12, whatever day is claimed: carried over, and the commune sees why."""
    there.move_to(date(2026, 7, 16), time(0, 5))  # the list freezes
    there.move_to(date(2026, 7, 16), time(9, 12))
    commune.go(f"/seances?seance={AUTUMN}&volet=appel", "15.septembre.2026")
    commune.start("Déposer la remontée")
    commune.date("Date du fait", date(2026, 7, 15))
    commune.confirm("Déposer la remontée")
    seven.clicked("late")
    commune.reads(
        "Déposée le 16 juil. 2026 à 9 h 12 (déclarée au 15 juil. 2026 : c’est l’heure du dépôt qui compte)",
        "Hors délai pour la séance du mardi 15 septembre 2026 : la limite était le 15 juil. 2026 à 23:59:59",
        "Reportée à la séance du mardi 16 mars 2027",
        "Déposée le 15 juil. 2026 à 23 h 59",  # the last second was on time
    )
    commune.shot("cas7-1-hors-delai")


def admitted_by_exception(seven: Journey, there: Application, pilot: Person) -> None:
    there.move_to(date(2026, 7, 20))
    pilot.go(f"/seances?seance={AUTUMN}&volet=appel", "15.septembre.2026")
    late = pilot.main.locator(".rl-figure").filter(has_text="Dont hors délai")
    expect(late).to_contain_text("1")
    pilot.start("Admettre par exception")
    pilot.choose("Motif", "Danger imminent")
    pilot.write("Explication", "Plafond effondré, constaté le 18 juillet")
    pilot.confirm("Admettre par exception")
    seven.clicked("self", "exception")
    pilot.reads("Admise par exception par Marc Verhaeghe. Danger imminent : Plafond effondré")
    expect(late).to_contain_text("1")  # admitted, and late all the same
    seven.play("eu", "utc")  # filed at 22:30 UTC on the 15th
    pilot.go(f"/seances?seance={AUTUMN}&volet=appel", "15.septembre.2026")
    pilot.reads("Déposée le 16 juil. 2026 à 0 h 30")
    expect(late).to_contain_text("2")
    pilot.shot("cas7-2-exception")
    pilot.reads("Additif n° 1")


def decide_for_one(six: Journey, secretary: Person) -> None:
    item = six.record("e")
    secretary.go(f"/seances?seance={AUTUMN}&volet=seance&point={item}", "15.septembre.2026")
    secretary.write(
        "Texte de la décision (sans nom)",
        "Vilogia et 3F Notre Logis proposent un T2 adapté avant le 15/03/2027",
    )
    secretary.click("Ajouter un organisme")
    for rank, body in enumerate(("Vilogia", "3F Notre Logis")):
        secretary.choose("Qui doit agir", body, rank)
        secretary.date("Avant le", date(2027, 3, 15), rank)
    secretary.shot("cas6-2-en-seance")
    secretary.click("Enregistrer et passer au suivant")
    secretary.done("Décision enregistrée")
    six.became("dec", item)


def decide_for_six(ten: Journey, secretary: Person) -> None:
    item = ten.record("e")
    secretary.go(f"/seances?seance={AUTUMN}&volet=seance&point={item}", "15.septembre.2026")
    secretary.write(
        "Texte de la décision (sans nom)",
        "Accepter un T5 pour les ménages dont le plan est respecté depuis trois mois",
    )
    secretary.choose("Qui doit agir", "Lille Métropole Habitat")
    secretary.click("Enregistrer et passer au suivant")
    secretary.done("Décision enregistrée")
    ten.became("dec", item)
    secretary.go(f"/seances?seance={AUTUMN}&volet=suites", "15.septembre.2026")
    secretary.reads("Décision ICI-A/2026-1/01")
    expect(secretary.main.get_by_text(re.compile(r"avant le\s15\smars\s2027"))).to_have_count(2)
    secretary.reads("Décision ICI-A/2026-1/02", "avant le 16 mars 2027")
    secretary.shot("cas6-3-suites")


def settle(seven: Journey, there: Application) -> None:
    """What the session did of case 7, and its other two items withdrawn."""
    item = seven.record("eh")
    found = {"objectification": "Plafond effondré.", "proposal": "Reloger hors contingent."}
    by("marc.verhaeghe", there, "objectify", item, **found)
    by("marc.verhaeghe", there, "put_on_agenda", item)
    by("camille.joly", there, "decide", item, kind="derogation", text="Relogement hors contingent")
    for name in ("ei", "eu"):
        reason = {"reason": "Solution trouvée."}
        by("sabrina.belhadj", there, "withdraw_escalation", seven.record(name), **reason)


def executed_before_the_freeze(ten: Journey, there: Application, lead: Person) -> None:
    ten.play("ok", "offer", "accept")
    there.move_to(date(2027, 1, 7))
    open_case(lead, ten.record("a"), "Amrani")
    lead.reads("Plan respecté depuis cinq mois.")
    lead.start("Enregistrer l’attribution")
    lead.choose("Décision (R.441-3)", "Attribution avec rang")
    lead.write("Rang", "1")
    lead.confirm("Enregistrer l’attribution")
    lead.start("Enregistrer l’exécution")
    lead.write("Ce qui a été fait", "T5 attribué au rang 1")
    lead.confirm("Enregistrer l’exécution")
    lead.reads("Exécutée le", "7 janv. 2027", "T5 attribué au rang 1")
    lead.shot("cas10-4-executee")


def on_the_march_list(six: Journey, ten: Journey, there: Application, secretary: Person) -> None:
    """Frozen the night after 16/01/2027: what was decided and not done is on it, provisionally."""
    there.move_to(date(2027, 1, 17), time(0, 5))
    secretary.go(f"/seances?seance={SPRING}&volet=appel", "16.mars.2027")
    secretary.reads("jusqu’au samedi 16 janvier 2027 à 23:59:59", six.record("e"), "Retour provisoire")
    secretary.misses(ten.record("e"))
    secretary.shot("cas6-4-liste")


def moved_in(ten: Journey, there: Application, lead: Person) -> None:
    there.move_to(date(2027, 2, 1))
    open_case(lead, ten.record("a"), "Amrani")
    for action, label in (
        ("Enregistrer la signature du bail", "Bail signé le"),
        ("Enregistrer l’emménagement", "Emménagement le"),
    ):
        lead.start(action)
        lead.date(label, there.today)
        lead.confirm(action)
    lead.sees_deadline("Suivi à six mois", date(2027, 8, 1))
    lead.shot("cas10-5-emmenage")


def back_on_the_agenda(six: Journey, there: Application, secretary: Person, owner: Person) -> None:
    """Not executed on 16/03/2027: back with its number, first, once; each body owes its reason in writing."""
    item = six.record("e")
    there.move_to(date(2027, 2, 13))  # thirty days before
    owner.go("/messages", "Messages")
    owner.reads("décision ICI-A/2026-1/01 : échéance le 15/03/2027, dans 30 jours")
    owner.shot("cas6-5-rappel")
    six.play("file2")
    there.move_to(date(2027, 3, 16))
    six.play("held2")
    secretary.go(f"/seances?seance={SPRING}&volet=ordre", "16.mars.2027")
    secretary.reads("1. T2 de plain-pied introuvable", item, "1er retour")
    secretary.shot("cas6-6-retour")
    six.play("dec2", "minutes2", "excerpts2")
    secretary.go(f"/seances?seance={SPRING}&volet=suites", "16.mars.2027")
    secretary.reads(
        "Vilogia doit donner par écrit le motif de la non-exécution de ICI-A/2026-1/01",
        "3F Notre Logis doit donner par écrit le motif",
    )
    explain(owner, "Vilogia", "Aucun T2 adapté libéré avant l’échéance")
    explain(secretary, "3F Notre Logis", "Travaux d’adaptation non achevés")
    secretary.click("Clore la séance")
    secretary.done()
    secretary.go(f"/seances?seance={AUTUMN}&volet=suites", "15.septembre.2026")
    secretary.reads("constat du 16 mars 2027", "Motif : Aucun T2 adapté libéré avant l’échéance")
    secretary.shot("cas6-7-non-executee")


def explain(person: Person, body: str, why: str) -> None:
    """The reason is compulsory: without it nothing is recorded."""
    person.go(f"/seances?seance={SPRING}&volet=suites", "16.mars.2027")
    person.main.get_by_text(f"Donner le motif de {body}", exact=True).click()
    person.click("Donner le motif de non-exécution")
    person.reads("Motif écrit de la non-exécution")
    person.write("Motif écrit de la non-exécution", why)
    person.confirm("Donner le motif de non-exécution")
