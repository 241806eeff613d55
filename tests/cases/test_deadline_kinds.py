"""Every kind of deadline at literal dates: from which facts, to which day, why, and when it has none."""

from datetime import date
from typing import Any

import pytest

from cases.deadline_kinds import KINDS
from cases.labels import DEADLINES, NATURES
from cases.territory import load_settings

D = date
SETTINGS = load_settings()
CASE: dict[str, Any] = {
    "state": "searching",
    "referred_on": D(2026, 1, 12),
    "stage_since": D(2026, 1, 31),
    "admitted_on": None,
    "temporary_dwelling": None,
    "closed_on": None,
    "information_due_on": None,
    "diagnosis_signed_on": None,
    "snr_number": "059012",
    "snr_expires_on": None,
    "open_offer_id": None,
    "offer_answer_due_on": None,
    "third_refusal_validated_on": None,
    "third_offer_received_on": None,
    "visit_on": None,
    "search_paused_until": None,
    "need_sheet_id": 7,
    "need_questioned_id": None,
    "need_questioned_on": None,
    "condition_due_on": None,
    "vacate_on": None,
    "return_planned_on": None,
    "moved_in_on": None,
    "follow_up_done": 0,
    "support_until": None,
    "kept_until": None,
    "erased_on": None,
}
SIGNAL = {"answer": "waiting", "sent_on": D(2026, 11, 20)}
MOVED = {"state": "follow_up", "moved_in_on": D(2026, 8, 31)}
SESSION = {"state": "call_open", "held_on": D(2026, 9, 15), "limit_on": D(2026, 7, 15), "frozen_at": None}
ASKED = {"answer": "waiting", "asked_on": D(2026, 2, 27), "answer_due_on": D(2026, 3, 14)}

OBSTACLE = {"result": "open", "noted_on": D(2026, 1, 12), "due_on": D(2026, 3, 2)}
MEASURE: dict[str, Any] = {
    "started_on": D(2026, 2, 28),
    "until": D(2026, 8, 31),
    "end_source": "",
    "extended_on": None,
    "extended_from": None,
    "ended_on": None,
}

# kind, facts, date, one of the sentences that explain it
DUE: list[tuple[str, dict[str, Any], date, str]] = [
    ("admissibility_answer", CASE | {"state": "referred"}, D(2026, 2, 23), "Signalé le 12/01/2026"),
    ("admissibility_answer", CASE | {"state": "admissibility_check"}, D(2026, 2, 23), "42 jours"),
    (
        "information_due",
        CASE | {"state": "incomplete", "information_due_on": D(2026, 3, 2)},
        D(2026, 3, 2),
        "Complément demandé le 31/01/2026",
    ),
    ("diagnosis_due", CASE | {"state": "admitted"}, D(2026, 3, 2), "Diagnostic attendu depuis le 31/01/2026"),
    (
        "diagnosis_due",
        CASE | {"state": "informed", "stage_since": D(2028, 1, 30)},
        D(2028, 2, 29),
        "30 jours",
    ),
    (
        "diagnosis_due",
        CASE | {"state": "diagnosis", "admitted_on": D(2026, 1, 15)},
        D(2026, 2, 14),
        "Diagnostic attendu depuis le 15/01/2026",
    ),
    (
        "diagnosis_renewal",
        CASE | {"diagnosis_signed_on": D(2024, 2, 29)},
        D(2025, 2, 28),
        "actualisez le diagnostic",
    ),
    ("snr_renewal", CASE | {"snr_expires_on": D(2026, 6, 30)}, D(2026, 6, 30), "Demande 059012 valable"),
    (
        "offer_answer",
        CASE | {"open_offer_id": "P-26-000001", "offer_answer_due_on": D(2026, 4, 11)},
        D(2026, 4, 11),
        "le silence vaut refus",
    ),
    (
        "right_to_stay",
        CASE | {"third_refusal_validated_on": D(2026, 5, 4), "third_offer_received_on": D(2026, 4, 22)},
        D(2026, 10, 22),  # domain 9, case 2
        "6 mois",
    ),
    (
        "right_to_stay",
        CASE | {"third_refusal_validated_on": D(2026, 9, 4), "third_offer_received_on": D(2026, 8, 31)},
        D(2027, 2, 28),
        "Troisième offre valable refusée, notifiée le 31/08/2026",
    ),
    ("vacate", CASE | {"vacate_on": D(2027, 3, 31)}, D(2027, 3, 31), "Bâtiment à libérer au 31/03/2027"),
    (
        "temporary_return",
        CASE | {"state": "temporarily_housed", "return_planned_on": D(2026, 9, 30)},
        D(2026, 9, 30),
        "Retour prévu le 30/09/2026",
    ),
    ("follow_up_m1", CASE | MOVED, D(2026, 9, 30), "Contact à 1 mois"),
    ("follow_up_m6", CASE | MOVED, D(2027, 2, 28), "Contact à 6 mois"),
    (
        "follow_up_m6",
        CASE | MOVED | {"moved_in_on": D(2027, 8, 31)},
        D(2028, 2, 29),
        "Emménagement le 31/08/2027",
    ),
    ("follow_up_m12", CASE | MOVED, D(2027, 8, 31), "Contact à 12 mois"),
    (
        "follow_up_extension",
        CASE | MOVED | {"support_until": D(2027, 8, 31)},
        D(2027, 8, 31),
        "prolongé jusqu’au 31/08/2027",
    ),
    (
        "visit",
        CASE | {"open_offer_id": "P-26-000001", "visit_on": D(2026, 4, 8)},
        D(2026, 4, 8),
        "proposition P-26-000001",
    ),
    ("search_resume", CASE | {"search_paused_until": D(2026, 7, 6)}, D(2026, 7, 6), "Recherche en pause"),
    (
        "need_revision",
        CASE | {"need_questioned_id": 7, "need_questioned_on": D(2026, 2, 14)},
        D(2026, 3, 1),
        "mise en cause par un refus le 14/02/2026",
    ),
    (
        "committee_condition",
        CASE | {"state": "allocated", "condition_due_on": D(2026, 5, 31)},
        D(2026, 5, 31),
        "oblige le bailleur",
    ),
    ("signal_receipt", SIGNAL, D(2026, 12, 5), "Difficulté signalée le 20/11/2026"),
    ("retention", CASE | {"closed_on": D(2028, 2, 29)}, D(2029, 2, 28), "Dossier clos le 29/02/2028"),
    (
        "retention",
        CASE | {"closed_on": D(2026, 2, 28), "third_refusal_validated_on": D(2025, 6, 1)},
        D(2031, 2, 28),
        "60 mois",
    ),
    (
        "retention",
        CASE | {"closed_on": D(2026, 2, 28), "kept_until": D(2028, 1, 1)},
        D(2028, 1, 1),
        "sinon, jusqu’au 28/02/2027",
    ),
    (
        "retention",
        CASE | {"closed_on": D(2028, 2, 29)},
        D(2029, 2, 28),
        "Mois plus court : ramené au 28/02/2029",
    ),
    ("article_19", SESSION, D(2026, 8, 31), "présenté au temps 1"),
    (
        "escalation_limit",
        SESSION,
        D(2026, 7, 15),
        "Déposé jusqu’au 15/07/2026 à minuit, un dossier passe le 15/09/2026 ; après, à la séance suivante",
    ),
    (
        "escalation_limit",
        SESSION | {"held_on": D(2026, 4, 30), "limit_on": D(2026, 2, 28)},
        D(2026, 2, 28),
        "Mois plus court : le 30 devient le 28/02/2026",
    ),
    (
        "escalation_limit",
        SESSION | {"held_on": D(2026, 3, 17), "limit_on": D(2026, 1, 17)},
        D(2026, 1, 17),
        "le dépôt en ligne y reste possible",
    ),
    (
        "escalation_limit",
        SESSION | {"held_on": D(2026, 3, 17), "limit_on": D(2026, 1, 16)},
        D(2026, 1, 16),
        "Le 17/01/2026 n’est pas ouvré : ramené au jour ouvré précédent",
    ),
    ("landlord_answer", ASKED, D(2026, 3, 14), "Fiche besoin adressée le 27/02/2026"),
    ("handover_answer", ASKED, D(2026, 3, 6), "Passation proposée le 27/02/2026"),
    ("opinion_answer", ASKED, D(2026, 3, 14), "Avis demandé le 27/02/2026"),
    ("suspension_end", CASE | {"suspended_until": D(2026, 2, 28)}, D(2026, 2, 28), "reprenez le dossier"),
    ("obstacle_action", OBSTACLE, D(2026, 3, 2), "Frein noté le 12/01/2026"),
    ("support_end", MEASURE, D(2026, 8, 31), "Accompagnement commencé le 28/02/2026"),
    (
        "support_end",
        MEASURE | {"until": D(2027, 2, 28), "extended_on": D(2026, 8, 20), "extended_from": D(2026, 8, 31)},
        D(2027, 2, 28),
        "il devait finir le 31/08/2026",
    ),
    (
        "last_act",
        ASKED | {"planned_on": D(2026, 2, 27), "due_on": D(2026, 3, 20)},
        D(2026, 3, 20),
        "Prévu le 27/02/2026",
    ),
    ("grouped_answer", ASKED, D(2026, 3, 14), "n’est pas un refus d’offre"),
    (
        "item_opinion_answer",
        ASKED | {"escalation_id": "E-26-0001"},
        D(2026, 3, 14),
        "sur la remontée E-26-0001",
    ),
    ("escalation_limit", SESSION, D(2026, 7, 15), "jour compris jusqu’à 23:59:59"),
    ("objectification", SESSION | {"state": "call_closed"}, D(2026, 8, 31), "Séance du 15/09/2026"),
    (
        "execution",
        {"state": "awaited", "due_on": D(2027, 3, 16), "decision_id": "ICI-A/2026-1/01"},
        D(2027, 3, 16),
        "Décision ICI-A/2026-1/01",
    ),
    (
        "execution",
        {"state": "partly", "due_on": D(2027, 3, 16), "decision_id": "ICI-A/2026-1/01"},
        D(2027, 3, 16),
        "prochaine ICI",
    ),
]
CLOSED = {"closed_on": D(2026, 12, 1), "state": "closed"}
NOT_DUE: list[tuple[str, dict[str, Any]]] = [
    ("last_act", ASKED | {"answer": "done"}),
    ("grouped_answer", ASKED | {"answer": "joined"}),
    ("admissibility_answer", CASE),
    ("information_due", CASE | {"information_due_on": D(2026, 3, 2)}),
    ("information_due", CASE | {"state": "incomplete"}),
    ("diagnosis_due", CASE | {"state": "diagnosed"}),
    ("diagnosis_renewal", CASE),
    ("diagnosis_renewal", CASE | MOVED | {"diagnosis_signed_on": D(2026, 1, 26)}),
    ("diagnosis_renewal", CASE | CLOSED | {"diagnosis_signed_on": D(2026, 1, 26)}),
    ("snr_renewal", CASE),
    ("snr_renewal", CASE | MOVED | {"snr_expires_on": D(2026, 6, 30)}),
    ("snr_renewal", CASE | CLOSED | {"snr_expires_on": D(2026, 6, 30)}),
    ("offer_answer", CASE | {"offer_answer_due_on": D(2026, 4, 11)}),
    ("right_to_stay", CASE | {"third_offer_received_on": D(2026, 4, 22)}),
    *(
        (
            "right_to_stay",
            CASE
            | ended
            | {"third_refusal_validated_on": D(2026, 5, 4), "third_offer_received_on": D(2026, 4, 22)},
        )
        for ended in (MOVED, CLOSED)
    ),
    ("vacate", CASE | MOVED | {"vacate_on": D(2027, 3, 31)}),
    ("vacate", CASE | CLOSED | {"vacate_on": D(2027, 3, 31)}),
    ("vacate", CASE | {"temporary_dwelling": "T4, 5 rue des Bleuets", "vacate_on": D(2027, 3, 31)}),
    ("temporary_return", CASE | {"return_planned_on": D(2026, 9, 30)}),
    ("follow_up_m1", CASE),
    ("follow_up_m1", CASE | MOVED | {"follow_up_done": 1}),
    ("follow_up_m6", CASE | MOVED | {"follow_up_done": 6}),
    ("follow_up_m12", CASE | MOVED | {"follow_up_done": 12}),
    ("follow_up_m12", CASE | MOVED | CLOSED),
    ("follow_up_extension", CASE | MOVED),
    ("follow_up_extension", CASE | CLOSED | {"support_until": D(2027, 8, 31)}),
    ("visit", CASE | {"visit_on": D(2026, 4, 8)}),
    ("search_resume", CASE),
    ("search_resume", CASE | MOVED | {"search_paused_until": D(2026, 7, 6)}),
    (
        "need_revision",
        CASE | {"need_questioned_id": 6, "need_questioned_on": D(2026, 2, 14)},
    ),
    ("committee_condition", CASE | {"condition_due_on": D(2026, 5, 31)}),
    ("signal_receipt", SIGNAL | {"answer": "received"}),
    ("retention", CASE),
    ("article_19", SESSION | {"state": "file_sent"}),
    ("retention", CASE | {"closed_on": D(2026, 2, 28), "erased_on": D(2027, 3, 1)}),
    ("landlord_answer", ASKED | {"answer": "none"}),
    ("handover_answer", ASKED | {"answer": "accepted"}),
    ("opinion_answer", ASKED | {"answer": "favourable"}),
    ("suspension_end", CASE | {"suspended_until": None}),
    ("obstacle_action", OBSTACLE | {"result": "lifted"}),
    ("support_end", MEASURE | {"ended_on": D(2026, 5, 4)}),
    ("item_opinion_answer", ASKED | {"answer": "favourable"}),
    ("escalation_limit", SESSION | {"frozen_at": D(2026, 7, 16)}),
    ("escalation_limit", SESSION | {"state": "cancelled"}),
    ("objectification", SESSION),
    ("objectification", SESSION | {"state": "file_sent"}),
    ("execution", {"state": "executed"}),
    ("execution", {"state": "not_executed"}),
]


@pytest.mark.parametrize(("name", "facts", "day", "sentence"), DUE)
def test_the_date_and_its_reason(name: str, facts: dict[str, Any], day: date, sentence: str) -> None:
    due = KINDS[name].rule(facts, SETTINGS)
    assert due is not None
    assert due.on == day
    assert any(sentence in line for line in due.because), due.because
    assert all(line and line[0].isupper() for line in due.because)


@pytest.mark.parametrize(("name", "facts"), NOT_DUE)
def test_when_nothing_is_due(name: str, facts: dict[str, Any]) -> None:
    assert KINDS[name].rule(facts, SETTINGS) is None


def test_every_kind_has_its_date_its_end_and_its_name() -> None:
    assert {name for name, *_ in DUE} == set(KINDS)
    assert {name for name, *_ in NOT_DUE} == set(KINDS)
    assert set(DEADLINES) == set(KINDS)
    assert {kind.nature for kind in KINDS.values()} <= set(NATURES)


def test_ladders_climb_and_end_after_their_date_or_on_it() -> None:
    for kind in KINDS.values():
        rungs = kind.ladder.rungs(SETTINGS, D(2026, 1, 1))
        days = [day for day, _ in rungs]
        assert days == sorted(set(days)), kind.name
        assert {audience for _, audience in rungs} <= {"owner", "lead"}


def test_a_doubtful_setting_says_so_in_the_explanation() -> None:
    due = KINDS["admissibility_answer"].rule(CASE | {"state": "referred"}, SETTINGS)
    setting = SETTINGS.setting("admissibility_days", D(2026, 1, 12))
    assert due is not None
    assert ("à valider" in due.because[-1]) is setting.to_confirm
