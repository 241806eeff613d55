"""For every command about a case: data that a person would type, in whatever state the case is.

A new command without its example fails `test_every_pair.py`.
"""

from collections.abc import Callable
from typing import Any

from db.tables.case import Person
from tests.builders import DWELLING, FOLLOW_UP, MEMBERS, NEED, OFFER, SURVEY
from tests.records import case, every

Example = Callable[[str], dict[str, Any]]


def _always(**data: Any) -> Example:
    return lambda reference: data


def _people(reference: str) -> list[int]:
    return [row["id"] for row in every(Person, household_id=case(reference)["household_id"])]


def _holder(reference: str) -> dict[str, Any]:
    return {
        "died_on": "2026-12-01",
        "successor_id": _people(reference)[1],
        "present_since": "2019-03-01",
        "derogation": "Le ménage sera relogé plus petit.",
    }


def _leaving(reference: str) -> dict[str, Any]:
    child = _people(reference)[1]
    return {
        "leaving_ids": [child],
        "new_holder_id": child,
        "present_since": "2020-01-01",
        "proof": "Bail, 2020",
    }


MOVED = "2026-12-01"
SURVEY_RIME: dict[str, Any] = {
    "milestone": 6,
    "answered_on": MOVED,
    "informed_how": "letter",
    "information": 3,
    "single_contact": True,
    "supported": True,
    "supported_at_move": False,
    "dwelling": 4,
    "neighbourhood": 2,
}
EXAMPLES: dict[str, Example] = {
    "check_admissibility": _always(),
    "request_information": _always(wanted="Le bail."),
    "complete_information": _always(),
    "reject": _always(reason="Hors du parc social."),
    "admit": _always(),
    "inform_household": _always(letter_sent_on="2026-11-30"),
    "start_diagnosis": _always(),
    "sign_diagnosis": _always(**SURVEY),
    "renew_diagnosis": _always(grid=SURVEY["grid"], reason="Un nouvel emploi."),
    "record_diagnosis_step": _always(step="explained", done_on="2026-11-30"),
    "validate_need": _always(),
    "revise_need": _always(need=NEED, reason="Une naissance."),
    "start_search": _always(),
    "record_attempt": _always(body_id="vilogia"),
    "send_need": _always(body_ids=["vilogia"]),
    "answer_attempt": _always(attempt_id=1, answer="none", reason="no_typology"),
    "note_silence": _always(),
    "make_offer": _always(**OFFER),
    "record_receipt": _always(received_on="2026-11-30", proof="LRAR"),
    "refuse_offer": _always(reasons=["location"]),
    "plan_visit": _always(visit_on="2026-12-04", words="14 h, sur place."),
    "record_visit": _always(outcome="visited"),
    "expire_offer": _always(),
    "annul_offer": _always(reason="Erreur de saisie."),
    "annul_refusal": _always(offer_id="P-26-000000", reason="Autre ménage."),
    "end_search_pause": _always(),
    "accept_offer": _always(),
    "validate_third_refusal": _always(confirmed=True, reason="Vérifié."),
    "notify_right_to_stay": _always(received_on="2026-11-30", proof="LRAR"),
    "inform_committee": _always(informed_on=MOVED),
    "allocate": _always(),
    "not_allocate": _always(reasons=["better_candidate"], reason="Un autre candidat."),
    "rank_candidate": _always(rank=2, candidates=3),
    "award_next_rank": _always(refused_on="2026-11-30"),
    "lift_condition": _always(received_on="2026-11-30"),
    "fail_condition": _always(reason="Avis d’imposition non remis."),
    "sign_lease": _always(signed_on=MOVED),
    "move_in": _always(moved_on=MOVED),
    "move_temporarily": _always(moved_on=MOVED, dwelling="T3", return_on="2027-09-30"),
    "change_return_date": _always(return_on="2027-10-30", reason="Travaux en retard."),
    "return_home": _always(returned_on=MOVED),
    "renounce_return": _always(written_on=MOVED),
    "plan_last_act": _always(what="Visite à domicile", who_id="farid", due_on="2026-12-15"),
    "finish_last_act": _always(act_id=1, done_on=MOVED),
    "answer_grouped_solution": _always(grouped_id="SG-26-001", joins=True),
    "record_cost": _always(kind="mover", amount="650", paid_by="landlord", spent_on=MOVED),
    "annul_cost": _always(cost_id=1, reason="Saisie en double."),
    "resume_search": _always(),
    "start_follow_up": _always(),
    "record_follow_up": _always(**FOLLOW_UP),
    "record_satisfaction": _always(**SURVEY_RIME),
    "confirm_signal": _always(signal_id=1, answer="received", checked_on=MOVED),
    "refer_again": _always(criteria=["over_occupation"]),
    "record_derogation": _always(promise="means", reason="Accord du ménage.", decided_on=MOVED),
    "close_case": _always(),
    "close_early": _always(reason="withdrawn_by_household"),
    "reopen": _always(reason="Le ménage revient."),
    "erase_case": _always(),
    "keep_case": _always(ground="dispute", until="2028-06-01", reason="Recours en cours."),
    "open_blockage": _always(theme="arrears"),
    "close_blockage": _always(blockage_id=1, outcome="Payé."),
    "take_case": _always(),
    "assign_case": _always(account_id="amina"),
    "hand_over": _always(to_id="chloe"),
    "accept_handover": _always(),
    "refuse_handover": _always(reason="Trop de dossiers."),
    "add_note": _always(text="Un appel."),
    "change_note_readers": _always(note_id=1, readers="me"),
    "suspend_case": _always(reason="household_absent", until="2027-02-01"),
    "extend_suspension": _always(until="2027-03-01", reason="Séjour prolongé."),
    "resume_case": _always(),
    "undo_last_step": _always(),
    "ask_opinion": _always(body_id="vilogia", question="Un T4 se libère-t-il à Tourcoing ?"),
    "answer_opinion": _always(opinion_id=1, opinion="favourable"),
    "ask_approval": _always(kind="close_early", content={"reason": "eviction"}),
    "approve_command": _always(approval_id=1),
    "refuse_approval": _always(approval_id=1, reason="À revoir ensemble."),
    "attach_document": _always(type="letter", name="courrier.pdf", content="JVBERi0xLjQ="),
    "remove_document": _always(document_id=1, reason="Joint par erreur."),
    "note_obstacle": _always(kind="digital", action="Atelier numérique", due_on="2027-01-15"),
    "follow_obstacles": _always(
        obstacles=[{"kind": "digital", "action": "Atelier numérique", "due_on": "2027-01-15"}]
    ),
    "change_obstacle": _always(obstacle_id=1, due_on="2027-02-15", reason="Atelier complet."),
    "settle_obstacle": _always(obstacle_id=1, result="lifted", outcome="Atelier suivi."),
    "start_support": _always(
        kind="asll",
        body_id="ccas-tourcoing",
        worker="Mme Leroy",
        consented_on="2026-11-30",
        started_on=MOVED,
    ),
    "extend_support": _always(measure_id=1, reason="Le budget reste fragile."),
    "end_support": _always(measure_id=1, ended_on=MOVED, end_reason="aims_met"),
    "hand_over_support": _always(
        measure_id=1,
        body_id="ccas-roubaix",
        worker="M. Diallo",
        from_on=MOVED,
        consented_on="2026-11-30",
    ),
    "submit_to_technical": _always(session_id="CT-2026-01", asked="derogation", question="Un T4 pour deux ?"),
    "withdraw_from_technical": _always(item_id=1, reason="Solution trouvée."),
    "update_contact": _always(phone="03 20 00 00 00"),
    "add_person": _always(first_name="Zoé", last_name="Amrani", born_on="2026-11-01"),
    "change_holder": _holder,
    "record_departure": lambda reference: {"person_id": _people(reference)[1], "left_on": MOVED},
    "split_household": _leaving,
    "protect_case": _always(),
    "add_reader": _always(account_id="chloe"),
    "remove_reader": _always(account_id="chloe"),
    "record_snr_number": _always(number="059260100012312345"),
    "merge_cases": lambda reference: {"duplicate_id": reference},
    "undo_merge": _always(reason="Deux ménages."),
}

# The commands about something else, or that create; references are those of a fresh house.
HOME = {"address": "Porte 12", "typology": 3, "rooms": 3, "surface_m2": "60"}
DUTY = {"body_id": "vilogia", "due_on": "2027-01-01"}
OTHERS: dict[str, dict[str, Any]] = {
    "declare_vacancy": {"address": "1 rue Neuve", "commune": "Tourcoing", "typology": 3},
    "withdraw_vacancy": {"reason": "let"},
    "snooze_reminder": {"deadline_id": 1, "until": "2026-10-05"},
    "refer_transfer": {"members": MEMBERS, "dwelling": DWELLING, "criteria": ["violence"]},
    "identify_household": {
        "members": MEMBERS,
        "dwelling": DWELLING,
        "building_id": "B-25-001",
    },
    "create_operation": {"site_id": "lille-concorde", "landlord_id": "lmh", "name": "Concorde"},
    "create_building": {"name": "A", "address": "x", "vacate_on": "2027-01-01"},
    "record_legal_ground": {"convention_on": "2020-01-01"},
    "change_vacate_date": {"vacate_on": "2028-01-01", "reason": "Retard."},
    "free_dwelling": {"dwelling_id": "LOG-26-00001", "freed_on": "2026-01-01"},
    "neutralise_dwelling": {
        "dwelling_id": "LOG-26-00001",
        "neutralised_on": "2026-01-02",
        "how": "walled",
    },
    "create_site": {"name": "Site neuf", "commune": "Lille", "phase": 2},
    "update_site": {"site_id": "lille-concorde", "name": "Concorde", "phase": 1},
    "update_operation": {"site_id": "lille-concorde", "name": "Concorde nord", "kind": "demolition"},
    "update_building": {"name": "Barre 4", "address": "Allée"},
    "create_dwelling": HOME,
    "update_dwelling": HOME | {"dwelling_id": "LOG-26-00001"},
    "propose_grouped_solution": {
        "name": "Résidence",
        "landlord_id": "lmh",
        "address": "Rue neuve",
        "commune": "Lille",
        "dwellings": 2,
        "case_ids": ["R-26-00001", "R-26-00002"],
        "answer_due_on": "2027-01-15",
    },
    "annul_grouped_solution": {"grouped_id": "SG-26-001", "reason": "Abandonnée."},
    "set_objective": {
        "amendment": "Avenant 1",
        "kind": "rehoused",
        "landlord_id": "lmh",
        "value": 40,
        "valid_from": "2026-01-01",
    },
    "annul_objective": {"objective_id": 1, "reason": "Saisie en double."},
    "plan_session": {"ici": "A", "held_on": "2029-09-15"},
    "plan_calendar": {"ici": "B", "first_on": "2030-03-19", "count": 2},
    "name_member": {
        "ici": "A",
        "capacity": "member",
        "name": "Mme Roy, adjointe",
        "body_id": "lmh",
        "from_on": "2026-03-01",
    },
    "end_term": {"member_id": 1, "until_on": "2032-03-01"},
    "record_presence": {"present_ids": [1]},
    "order_agenda": {"lines": [{"escalation_id": "E-26-0001", "minutes": 10}]},
    "send_excerpts": {"printed_ids": ["lmh"]},
    "record_contribution": {"title": "Visites groupées", "text": "Deux soirées, huit acceptations."},
    "annul_contribution": {"contribution_id": 1, "reason": "Noté deux fois."},
    "move_session": {"held_on": "2028-10-15", "reason": "Salle."},
    "plan_technical": {"held_on": "2026-12-10", "member_ids": ["lmh"]},
    "open_technical": {"present_ids": ["lmh"]},
    "record_opinion": {"item_id": 1, "opinion": "favourable"},
    "judge_refusal": {"item_id": 1, "verdict": "legitimate", "reason": "Étage sans ascenseur."},
    "annul_opinion": {"item_id": 1, "reason": "Avis d’un autre dossier."},
    "cancel_technical": {"reason": "Salle prise."},
    "draft_escalation": {
        "case_ids": ["M-26-00001"],
        "theme": "arrears",
        "title": "T4",
        "exception": "Urgent",
    },
    "join_case": {"case_id": "M-26-00002", "exception": "Urgent"},
    "leave_escalation": {"case_id": "M-26-00001", "reason": "Solution."},
    "revise_escalation": {"asked": "Un T4 avant mars."},
    "ask_item_opinion": {"body_id": "vilogia", "question": "Un T4 se libère-t-il ?"},
    "answer_item_opinion": {"opinion_id": 1, "opinion": "favourable"},
    "give_item_sheet": {"content": "<p>Fiche</p>"},
    "submit_escalation": {"session_id": "ICI-A-2026-1"},
    "withdraw_escalation": {"reason": "Solution."},
    "admit_by_exception": {"motive": "violence", "reason": "Danger."},
    "postpone": {"reason": "Temps."},
    "cancel_session": {"reason": "Doublon."},
    "validate_minutes": {"minutes_url": "PV 1"},
    "decide": {"kind": "body_must_offer", "text": "Proposer.", "duties": [DUTY], "case_ids": ["M-26-00001"]},
    "objectify": {"objectification": "Constat.", "proposal": "Proposition.", "minutes": 10},
    "put_on_agenda": {"rank": 1},
    "record_execution": {"obligation_id": 1, "result": "partly"},
    "give_reason": {"obligation_id": 1, "reason": "Pas de logement."},
    "create_body": {"id": "new-body", "name": "N", "kind": "ccas"},
    "create_account": {"id": "new", "name": "N", "role": "partner", "body_id": "secours"},
    "update_account": {"account_id": "karim", "deputy_id": "ines", "absent_from": "2026-01-01"},
    "change_setting": {
        "key": "offer_answer_days",
        "valid_from": "2026-01-01",
        "value": 12,
        "source": "Décision.",
    },
    "set_perimeter": {"commune": "Lille", "ici": "A", "valid_from": "2026-01-01"},
    "erase_details": {"numbers": [1], "reason": "Effacement demandé."},
}
