"""Every notice in literal French: near, today, tomorrow, late, protected."""

from datetime import date

import pytest
from jinja2 import UndefinedError

import templates
from cases.deadline_kinds import KINDS
from cases.labels import DEADLINES
from templates import gap, information, reminder

TODAY = date(2026, 9, 15)
FIRST_WORDS = {
    "admissibility_answer": "Réponse sur la recevabilité, dossier M-26-00012 : échéance le 22/09/2026",
    "information_due": "Complément demandé, dossier M-26-00012 : échéance le 22/09/2026",
    "diagnosis_due": "Diagnostic social à rendre, dossier M-26-00012 : échéance le 22/09/2026",
    "diagnosis_renewal": "Diagnostic à actualiser, dossier M-26-00012 : échéance le 22/09/2026",
    "snr_renewal": "Renouvellement de la demande (SNE), dossier M-26-00012 : échéance le 22/09/2026",
    "offer_answer": "Réponse à la proposition, dossier M-26-00012 : échéance le 22/09/2026",
    "right_to_stay": "Fin du droit au maintien, dossier M-26-00012 : échéance le 22/09/2026",
    "vacate": "Logement à libérer, dossier M-26-00012 : échéance le 22/09/2026",
    "temporary_return": "Retour de relogement provisoire, dossier M-26-00012 : échéance le 22/09/2026",
    "follow_up_m1": "Suivi à un mois, dossier M-26-00012 : échéance le 22/09/2026",
    "follow_up_m6": "Suivi à six mois, dossier M-26-00012 : échéance le 22/09/2026",
    "follow_up_m12": "Suivi à douze mois, dossier M-26-00012 : échéance le 22/09/2026",
    "follow_up_extension": "Fin de l’accompagnement prolongé, dossier M-26-00012 : échéance le 22/09/2026",
    "signal_receipt": "Réception d’un signalement à vérifier, dossier M-26-00012 : échéance le 22/09/2026",
    "retention": "Fin de conservation, dossier M-26-00012 : échéance le 22/09/2026",
    "landlord_answer": "Réponse d’un bailleur interrogé, dossier M-26-00012 : échéance le 22/09/2026",
    "handover_answer": "Réponse à une passation, dossier M-26-00012 : échéance le 22/09/2026",
    "committee_condition": "Condition suspensive à lever, dossier M-26-00012 : échéance le 22/09/2026",
    "grouped_answer": "Réponse à la solution groupée, dossier M-26-00012 : échéance le 22/09/2026",
    "last_act": "Prochaine action prévue, dossier M-26-00012 : échéance le 22/09/2026",
    "need_revision": "Fiche besoin à revoir, dossier M-26-00012 : échéance le 22/09/2026",
    "obstacle_action": "Action sur un frein, dossier M-26-00012 : échéance le 22/09/2026",
    "opinion_answer": "Avis demandé à un organisme, dossier M-26-00012 : échéance le 22/09/2026",
    "search_resume": "Reprise de la recherche, dossier M-26-00012 : échéance le 22/09/2026",
    "support_end": "Fin d’un accompagnement, dossier M-26-00012 : échéance le 22/09/2026",
    "suspension_end": "Reprise prévue du dossier suspendu, dossier M-26-00012 : échéance le 22/09/2026",
    "visit": "Visite d’un logement proposé, dossier M-26-00012 : échéance le 22/09/2026",
    "item_opinion_answer": "Avis demandé sur une remontée, dossier M-26-00012 : échéance le 22/09/2026",
    "escalation_limit": "Date limite de remontée à l’ICI, dossier M-26-00012 : échéance le 22/09/2026",
    "objectification": "Objectivation par les co-pilotes, dossier M-26-00012 : échéance le 22/09/2026",
    "article_19": "Bilan semestriel de l’article 19, dossier M-26-00012 : échéance le 22/09/2026",
    "execution": "Exécution d’une décision ICI, dossier M-26-00012 : échéance le 22/09/2026",
}


def said(
    kind: str, due_on: date, *, reference: str | None = "dossier M-26-00012", protected: bool = False
) -> str:
    return reminder(
        deadline_label=DEADLINES[kind], reference=reference, due_on=due_on, today=TODAY, protected=protected
    )


def test_every_kind_of_deadline_has_its_sentence() -> None:
    assert set(FIRST_WORDS) == set(KINDS)
    assert {kind: said(kind, date(2026, 9, 22)) for kind in KINDS} == {
        kind: f"{words}, dans 7 jours." for kind, words in FIRST_WORDS.items()
    }


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (
            date(2026, 9, 15),
            "Suivi à six mois, dossier M-26-00012 : échéance le 15/09/2026, aujourd’hui.",
        ),
        (date(2026, 9, 16), "Suivi à six mois, dossier M-26-00012 : échéance le 16/09/2026, demain."),
        (
            date(2026, 9, 14),
            "Suivi à six mois, dossier M-26-00012 : échéance le 14/09/2026, en retard de 1 jour.",
        ),
        (
            date(2026, 9, 12),
            "Suivi à six mois, dossier M-26-00012 : échéance le 12/09/2026, en retard de 3 jours.",
        ),
    ],
)
def test_a_reminder_says_how_far_its_date_is(due_on: date, words: str) -> None:
    assert said("follow_up_m6", due_on) == words


def test_after_an_outage_it_says_when_it_should_have_left() -> None:
    words = reminder(
        deadline_label="Suivi à six mois",
        reference="dossier M-26-00012",
        due_on=date(2026, 9, 14),
        today=TODAY,
        missed_on=date(2026, 9, 7),
    )
    assert words == (
        "Suivi à six mois, dossier M-26-00012 : échéance le 14/09/2026, en retard de 1 jour. "
        "Ce rappel aurait dû partir le 07/09/2026."
    )


def test_a_decision_has_no_number_to_say() -> None:
    assert (
        said("execution", date(2026, 10, 15), reference=None)
        == "Exécution d’une décision ICI : échéance le 15/10/2026, dans 30 jours."
    )


@pytest.mark.parametrize("due_on", [date(2026, 9, 12), date(2026, 9, 22)])
def test_a_protected_case_is_a_number(due_on: date) -> None:
    words = said("vacate", due_on, reference="M-26-00012", protected=True)
    assert words == "Dossier M-26-00012 : une échéance vous attend."


def test_information_is_told_as_written_or_not_at_all() -> None:
    text = "La passation de M-26-00012 est refusée : <trop> & loin"
    assert information(text=text, reference="M-26-00012") == text
    hidden = information(text=text, reference="M-26-00012", protected=True)
    assert hidden == "Dossier M-26-00012 : du nouveau, à lire dans l’application."


def test_a_hole_in_a_text_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        templates._render("notices/reminder.txt", label="x", protected=False)


def test_gap_is_singular_for_one_day() -> None:
    assert [gap(date(2026, 9, day), TODAY) for day in (13, 14, 15, 16, 17)] == [
        "en retard de 2 jours",
        "en retard de 1 jour",
        "aujourd’hui",
        "demain",
        "dans 2 jours",
    ]
