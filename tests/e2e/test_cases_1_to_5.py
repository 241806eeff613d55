"""Cases 1 to 5 of domain section 9, clicked by those whose work it is, to the dates written there."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from tests.e2e.conftest import Application
from tests.e2e.journey import Journey
from tests.e2e.person import Person

pytestmark = pytest.mark.browser

Inhabitants = Callable[[str], Person]


def open_case(person: Person, reference: str, name: str) -> None:
    person.go(f"/dossier?id={reference}", name)


def refuse(officer: Person, reason: str, *foreseen: str) -> None:
    officer.start("Enregistrer un refus")
    officer.choose("Motifs (le premier est le principal)", reason)
    officer.tick("Refus signé")
    for words in foreseen:
        officer.sees(words)
    officer.confirm("Enregistrer un refus")


MEMBERS = (
    ("Inès", date(1991, 5, 4), ""),  # the first row is the holder, an added one a child
    ("Lina", date(2016, 2, 1), ""),
    ("Adam", date(2019, 8, 12), ""),
    ("Marc", date(1988, 1, 9), "Cotitulaire"),
)


def refer_in_safety(worker: Person) -> str:
    """The CCAS refers: nature and date of the evidence, who may open the case, how to reach her safely."""
    worker.go("/signalement", "Nouveau signalement")
    worker.choose("Situations", "Violences")
    worker.click("Ajouter un justificatif")
    worker.choose("Nature", "récépissé de dépôt de plainte")
    worker.date("Date du document", date(2026, 1, 12))
    worker.tick("Urgent")
    for _ in MEMBERS[1:]:
        worker.click("Ajouter une personne")
    for rank, (first_name, born_on, link) in enumerate(MEMBERS):
        worker.write("Prénom", first_name, rank)
        worker.write("Nom", "Kessaci", rank)
        worker.date("Date de naissance", born_on, rank)
        if link:
            worker.choose("Lien", link, rank)
    worker.tick("Partie au conflit (ne reçoit rien)", len(MEMBERS) - 1)
    worker.choose("Bailleur actuel", "Partenord")
    worker.choose("Commune", "Ronchin")
    worker.write("Adresse", "12 rue de l’Exemple")
    worker.choose("Typologie (T)", "3")
    worker.write("Pièces habitables (hors cuisine)", "3")
    worker.write("Surface habitable (m²)", "64")
    worker.choose("Lecteurs nommés", "Pauline Leuridan")
    worker.write("Contact sûr", "Association, de 9 h à 11 h")
    worker.shot("cas1-1-signalement")
    worker.click("Enregistrer le signalement")
    worker.sees(r"M-\d\d-\d{5}")
    found = re.search(r"M-\d\d-\d{5}", worker.main.inner_text())
    assert found is not None
    return found.group()


def unseal(worker: Person, why: str) -> None:
    worker.write("Pourquoi avez-vous besoin de lire ces données ?", why)
    worker.click("Lire ces données")


def nothing_for(stranger: Person, case: str) -> None:
    """Neither the page, nor the list, nor a search says who she is or where she lives."""
    where = "Ronchin|rue de l’Exemple|Kessaci|Partenord"
    stranger.go(f"/dossier?id={case}", "Dossier protégé")
    stranger.sees("Seules les personnes nommées peuvent l’ouvrir")
    stranger.misses(where)
    stranger.go("/dossiers?file=all", "Dossiers")
    stranger.sees("protégé")
    stranger.misses(where)
    stranger.shot("cas1-2-pour-les-autres")
    stranger.write("Rechercher un nom, une référence ou un numéro SNE", "Kessaci")
    stranger.sees("Aucun dossier ici")


def test_case_1_violence_in_safety(territory: Application, inhabitants: Inhabitants) -> None:
    """Mme K.: complaint 12/01, referred 13/01, moved 02/03 to another commune, follow-up 02/09."""
    journey = Journey(1)
    territory.move_to(date(2026, 1, 13))
    worker = inhabitants("ousmane.diarra")
    case = refer_in_safety(worker)
    journey.became("k", case)
    nothing_for(inhabitants("marc.verhaeghe"), case)

    journey.until("check")
    territory.move_to(date(2026, 1, 14))
    open_case(worker, case, "Kessaci Inès")
    worker.sees("Urgent")
    unseal(worker, "Vérifier les pièces")
    worker.sees(r"Récépissé de dépôt de plainte \(12 janv. 2026\)")
    worker.sees("partie au conflit, ne reçoit rien")
    worker.do("Déclarer recevable")
    journey.clicked("admit")
    journey.until("need")
    territory.move_to(date(2026, 1, 16))
    worker.open_anew(f"/dossier?id={case}", "Kessaci Inès")
    worker.do("Lancer la recherche")
    worker.misses("Parcours ICI")
    unseal(worker, "Préparer la recherche")
    worker.sees("Ronchin, Lezennes")
    worker.sees("Lille-Sud")
    worker.sees("Association, de 9 h à 11 h")

    journey.clicked("search")
    journey.until("follow")
    officer = inhabitants("pauline.leuridan")
    territory.move_to(date(2026, 3, 4))
    open_case(officer, case, "Kessaci Inès")
    officer.sees("T3 à Villeneuve-d.Ascq, Partenord")
    officer.sees("Faite le 19 févr. 2026")
    officer.sees("réponse du 20 févr. 2026")
    officer.sees("24 févr. 2026")  # the commission
    officer.sees("Compté depuis l’emménagement du 2 mars 2026")
    officer.sees_deadline("Suivi à six mois", date(2026, 9, 2))

    territory.move_to(date(2026, 9, 2))
    open_case(worker, case, "Kessaci Inès")
    worker.start("Enregistrer un contact de suivi")
    worker.pick("Bilan à (mois)", "6 mois")
    worker.date("Contact le", date(2026, 9, 2))
    worker.choose("Moyen de contact", "Par un partenaire ou une association")
    worker.pick("Ménage joint", "Oui")
    worker.pick("Loyer payé", "Oui")
    worker.pick("Aide au logement en place", "Oui")
    worker.choose("Satisfaction (1 à 4)", "4")
    worker.choose("Conclusion", "Situation stabilisée")
    worker.confirm("Enregistrer un contact de suivi")
    worker.sees("Fait le 2 sept. 2026")
    worker.shot("cas1-5-six-mois")
    pilot = inhabitants("marc.verhaeghe")
    pilot.go("/charte?indicateur=follow_up_m6", "Charte")
    pilot.sees("1 sur 1")
    pilot.sees("Aucun dossier à lister")
    pilot.misses("Kessaci|Ronchin|Ascq")
    pilot.shot("cas1-6-charte")


def test_case_2_three_refusals_that_count_and_two_that_do_not(
    territory: Application, inhabitants: Inhabitants
) -> None:
    journey = Journey(2)
    journey.until("o1")
    case = journey.record("d")
    officer = inhabitants("nadia.ouali")

    territory.move_to(date(2026, 1, 15))
    open_case(officer, case, "Desmet")
    refuse(officer, "Étage sans ascenseur", "ne compterait pas", "Le compteur reste à 0 / 3")
    officer.sees("Refus comptés : 0 / 3")

    journey.clicked("r1", "r2", "r3", "r4")
    journey.play("o2")
    territory.move_to(date(2026, 1, 29))
    open_case(officer, case, "Desmet")
    refuse(officer, "Localisation", "Le compteur passerait à 1 / 3")

    journey.play("o3")
    territory.move_to(date(2026, 2, 19))
    open_case(officer, case, "Desmet")
    refuse(officer, "Localisation", "Le compteur passerait à 2 / 3")

    journey.play("o4")
    territory.move_to(date(2026, 3, 23))
    open_case(officer, case, "Desmet")
    refuse(officer, "Trop loin", "ne compterait pas", "Le compteur reste à 2 / 3")

    journey.play("o5")
    territory.move_to(date(2026, 4, 22))
    journey.clicked("receipt")
    open_case(officer, case, "Desmet")
    officer.start_rare("Enregistrer la réception")
    officer.date("Reçue le", date(2026, 4, 22))
    officer.write("Preuve de réception", "LRAR 1A 203")
    officer.confirm("Enregistrer la réception")
    officer.sees_deadline("Réponse", date(2026, 5, 2))
    territory.move_to(date(2026, 4, 28))
    open_case(officer, case, "Desmet")
    refuse(officer, "Localisation", "ce serait le troisième")
    officer.sees("Refus comptés : 3 / 3")
    officer.sees("Troisième refus à valider")
    officer.shot("cas2-3-troisieme")

    territory.move_to(date(2026, 4, 29))
    lead = inhabitants("fabrice.cuvelier")
    open_case(lead, case, "Desmet")
    lead.start_rare("Valider le troisième refus")
    lead.pick("Les trois offres sont valables", "Oui")
    lead.write("Motif", "Trois offres valables, preuves relues")
    lead.confirm("Valider le troisième refus")
    lead.sees_deadline("Fin du droit au maintien", date(2026, 10, 22))
    lead.sees("Droit au maintien jusqu’au 22 oct. 2026")
    lead.shot("cas2-5-echeance")

    journey.clicked("r5", "officer", "third", "move")
    journey.until("lease")
    territory.move_to(date(2026, 9, 14))
    open_case(officer, case, "Desmet")
    officer.sees_deadline("Fin du droit au maintien", date(2026, 10, 22))
    pilot = inhabitants("marc.verhaeghe")
    pilot.go("/messages", "Messages")
    pilot.sees(f"Alerte droit au maintien : celui de {case} prend fin le 22/10/2026")
    pilot.shot("cas2-6-alerte")
    officer.start("Enregistrer l’emménagement")
    officer.date("Emménagement le", date(2026, 9, 14))
    officer.confirm("Enregistrer l’emménagement")
    officer.sees_deadline("Suivi à six mois", date(2027, 3, 14))
    officer.click_words("Échéances closes")
    officer.sees("Fin du droit au maintien, 22 oct. 2026 : close le 14 sept. 2026")
    officer.shot("cas2-7-reloge")


def test_case_3_death_and_the_son_takes_over(territory: Application, inhabitants: Inhabitants) -> None:
    journey = Journey(3)
    journey.until("offer")
    case, operation = journey.record("p"), journey.record("op")
    territory.move_to(date(2026, 4, 25))
    officer = inhabitants("sofiane.brahimi")
    open_case(officer, case, "Pruvost Paulette")
    officer.start_rare("Changer de titulaire")
    officer.date("Décès du titulaire le", date(2026, 4, 18))
    officer.pick("Nouveau titulaire", "Rémi Pruvost")
    officer.write("Revenu fiscal de référence du nouveau ménage (€ par an)", "52000")
    officer.button("Changer de titulaire").last.click()
    officer.sees(r"Les ressources dépassent le plafond \(23 403 € par an\)")
    officer.shot("cas3-1-plafond")
    officer.write("Revenu fiscal de référence du nouveau ménage (€ par an)", "14200")
    officer.confirm("Changer de titulaire")
    officer.sees_title("Pruvost Rémi")
    officer.sees("Changement de titulaire, après le décès du 18 avr. 2026")
    officer.sees("reparti de zéro")
    officer.sees("présent depuis le 1er mars 2019, décès le 18 avr. 2026")
    officer.sees(r"Annulée le 25 avr. 2026 \(elle était en attente de réponse\)")
    officer.sees("qui ne vaut plus : elle est à refaire")
    officer.shot("cas3-2-titulaire")
    journey.clicked("nope", "rich", "holder")
    journey.until("search2")
    open_case(officer, case, "Pruvost Rémi")
    officer.sees("Recherche depuis")
    officer.sees("Refus comptés : 0 / 3")
    officer.sees("Version 2, en vigueur depuis le 15 mai 2026")

    journey.play("q", "qi")
    alone = journey.record("q")
    territory.move_to(date(2026, 4, 30))
    open_case(officer, alone, "Quaegebeur")
    officer.start_rare("Clore avant le terme")
    officer.choose("Motif", "Décès sans successeur")
    officer.confirm("Clore avant le terme")
    officer.sees("Clos le 30 avr. 2026 : décès sans successeur")
    officer.go(f"/operations?operation={operation}", "Lionderie")
    officer.sees("1 parti sans relogement")


def test_case_4_left_on_their_own(territory: Application, inhabitants: Inhabitants) -> None:
    """M. et Mme L.: gave notice, bought a house. Évaporation, counted in attrition, purged a year later."""
    journey = Journey(4)
    journey.until("inform")
    case, operation = journey.record("l"), journey.record("op")
    territory.move_to(date(2026, 2, 5))
    officer = inhabitants("sofiane.brahimi")
    open_case(officer, case, "Lemaire")
    officer.start("Ajouter une note")
    officer.write("Note (des faits, pas de jugement)", "Congé donné ce jour : achat d’une maison.")
    officer.confirm("Ajouter une note")
    territory.move_to(date(2026, 4, 30))
    open_case(officer, case, "Lemaire")
    officer.start_rare("Clore avant le terme")
    officer.choose("Motif", "Parti de lui-même")
    officer.write("Précisions", "État des lieux de sortie le 30/04/2026.")
    officer.sees("Ce qui s’arrêtera avec ce dossier")
    officer.shot("cas4-1-cloture")
    officer.confirm("Clore avant le terme")
    officer.sees("Clos le 30 avr. 2026 : parti de lui-même, sans relogement")
    officer.sees_deadline("Fin de conservation", date(2027, 4, 30))
    officer.click_words("Pourquoi cette date ?")
    officer.sees("Dossier clos le 30/04/2026")
    officer.shot("cas4-2-clos")
    lead = inhabitants("delphine.mullier")
    territory.move_to(date(2026, 5, 4))
    lead.go(f"/operations?operation={operation}", "Oliveaux")
    lead.sees(r"1 informé, 0 enquêté ; 1 parti sans relogement \(évaporation : 100 % des ménages\)")
    lead.start("Enregistrer la libération d’un logement")
    lead.date("Libéré le", date(2026, 4, 15))
    lead.button("Enregistrer la libération d’un logement").last.click()
    lead.sees("30/04/2026")
    lead.date("Libéré le", date(2026, 4, 30))
    lead.date("Neutralisé le", date(2026, 5, 4))
    lead.choose("Moyen", "Muré")
    lead.confirm("Enregistrer la libération d’un logement")
    lead.sees(r"1 \(dont 1 libéré, 1 neutralisé\)")
    lead.shot("cas4-4-operation")


def test_case_5_temporary_then_return(territory: Application, inhabitants: Inhabitants) -> None:
    journey = Journey(5)
    journey.until("search")
    case, operation = journey.record("f"), journey.record("op")
    journey.clicked("temp", "slip", "back")
    journey.until("gtemp")
    territory.move_to(date(2026, 3, 12))
    officer = inhabitants("pauline.leuridan")
    open_case(officer, case, "Ba Bintou")
    officer.start("Reloger provisoirement")
    officer.date("Relogement provisoire le", date(2026, 3, 12))
    officer.write("Logement provisoire (adresse, typologie)", "T4, 5 rue des Bleuets")
    officer.date("Convention de relogement provisoire du", date(2026, 3, 5))
    officer.date("Retour prévu le", date(2026, 11, 30))
    officer.choose("Qui paie la différence de loyer", "Bailleur de l’opération")
    officer.confirm("Reloger provisoirement")
    officer.sees_deadline("Retour de relogement provisoire", date(2026, 11, 30))
    officer.sees("Bailleur de l’opération")

    territory.move_to(date(2026, 10, 6))
    lead = inhabitants("bruno.kubiak")
    open_case(lead, case, "Ba Bintou")
    lead.start("Décaler la date de retour")
    lead.date("Nouveau retour prévu le", date(2027, 2, 28))
    lead.write("Motif du décalage", "Retard du lot chauffage")
    lead.date("Ménage informé le", date(2026, 10, 6))
    lead.shot("cas5-3-decaler")
    lead.confirm("Décaler la date de retour")
    lead.sees_deadline("Retour de relogement provisoire", date(2027, 2, 28))
    lead.sees("30 nov. 2026 → 28 févr. 2027")

    territory.move_to(date(2027, 2, 26))
    officer.go("/messages", "Messages")
    officer.sees("du 30/11/2026 au 28/02/2027")
    open_case(officer, case, "Ba Bintou")
    officer.start("Enregistrer le retour")
    officer.date("Retour le", date(2027, 2, 26))
    officer.confirm("Enregistrer le retour")
    officer.sees("Retour dans le logement")
    officer.sees_deadline("Suivi à six mois", date(2027, 8, 26))
    officer.misses("Refus comptés|Compte parmi les trois")
    officer.shot("cas5-4-retour")

    stays = journey.record("g")
    open_case(officer, stays, "Carpentier")
    officer.start("Enregistrer la renonciation au retour")
    officer.date("Renonciation écrite du", date(2027, 2, 20))
    officer.write("Document (nature, où il est gardé)", "Courrier signé, dossier du bailleur")
    officer.confirm("Enregistrer la renonciation au retour")
    officer.sees("Retour auquel le ménage a renoncé par écrit")
    officer.sees("Courrier signé, dossier du bailleur")
    officer.sees_deadline("Suivi à six mois", date(2027, 8, 20))
    officer.misses("Refus comptés|Compte parmi les trois")
    officer.shot("cas5-5-renonce")
    lead.go(f"/operations?operation={operation}", "Blanc Riez")
    lead.sees("Relogés 2")
