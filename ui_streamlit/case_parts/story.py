"""The journal of a case in French sentences."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cases import territory
from cases.clock import day_in_paris
from cases.labels import (
    BLOCKAGES,
    CLOSURES,
    COMMANDS,
    DECISIONS,
    LITERALS,
)
from db.queries.case_story import StoryLine
from ui_streamlit.case_parts import (
    story_beside,
    story_follow_up,
    story_offers,
    story_rehousing,
    story_search,
    story_support,
)
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.timeline import Entry

Told = Mapping[str, Any]
SENTENCES: Mapping[str, str] = {
    "refer_transfer": "Mutation signalée.",
    "identify_household": "Ménage identifié dans un immeuble à libérer.",
    "check_admissibility": "Recevabilité mise à l’étude.",
    "request_information": "Complément demandé.",
    "complete_information": "Complément reçu.",
    "reject": "Demande déclarée non recevable.",
    "admit": "Demande déclarée recevable.",
    "inform_household": "Ménage informé de son relogement.",
    "start_diagnosis": "Diagnostic social commencé.",
    "sign_diagnosis": "Diagnostic signé, fiche besoin rédigée.",
    "renew_diagnosis": "Diagnostic actualisé.",
    "record_diagnosis_step": "Étape du diagnostic enregistrée.",
    "validate_need": "Fiche besoin validée.",
    "revise_need": "Fiche besoin révisée.",
    "start_search": "Recherche lancée.",
    "record_attempt": "Recherche enregistrée.",
    "send_need": "Fiche besoin adressée à des bailleurs.",
    "answer_attempt": "Réponse d’un bailleur enregistrée.",
    "note_silence": "Silence d’un bailleur constaté.",
    "sign_lease": "Bail signé.",
    "move_in": "Emménagement.",
    "move_temporarily": "Relogement provisoire.",
    "change_return_date": "Retour décalé.",
    "return_home": "Retour dans le logement.",
    "renounce_return": "Renonciation au retour.",
    "resume_search": "Recherche reprise.",
    "start_follow_up": "Suivi ouvert.",
    "close_case": "Dossier clos : suivi achevé.",
    "close_early": "Dossier clos avant le terme.",
    "reopen": "Dossier rouvert.",
    "open_blockage": "Blocage signalé.",
    "close_blockage": "Blocage levé.",
    "take_case": "Dossier pris en charge.",
    "hand_over": "Passation proposée.",
    "accept_handover": "Passation acceptée.",
    "refuse_handover": "Passation refusée.",
    "add_note": "Note ajoutée.",
    "update_contact": "Coordonnées mises à jour.",
    "add_person": "Personne ajoutée au ménage.",
    "change_holder": "Changement de titulaire.",
    "record_departure": "Départ d’une personne du ménage.",
    "split_household": "Décohabitation enregistrée.",
    "protect_case": "Dossier protégé.",
    "record_snr_number": "Numéro unique enregistré.",
    "merge_cases": "Dossiers fusionnés : même ménage.",
    "undo_merge": "Fusion défaite : deux ménages.",
    "draft_escalation": "Remontée à l’ICI préparée.",
    "join_case": "Dossier rattaché à une remontée.",
    "leave_escalation": "Dossier retiré de la remontée.",
    "submit_escalation": "Remontée déposée.",
    "withdraw_escalation": "Remontée retirée.",
    "revise_escalation": "Remontée corrigée.",
    "ask_item_opinion": "Avis demandé à un organisme sur la remontée.",
    "answer_item_opinion": "Avis rendu sur la remontée.",
    "give_item_sheet": "Fiche anonymisée de la remontée demandée.",
    "carry_over": "Remontée reportée à la séance suivante.",
    "move_session": "Séance de l’ICI déplacée.",
    "admit_by_exception": "Remontée admise par exception.",
    "objectify": "Remontée objectivée par les co-pilotes.",
    "put_on_agenda": "Remontée inscrite à l’ordre du jour.",
    "decide": "Décision de l’ICI.",
    "postpone": "Point reporté à une séance suivante.",
    "record_execution": "Exécution d’une décision enregistrée.",
    "give_reason": "Motif de non-exécution donné.",
    "mark_not_executed": "Décision constatée non exécutée.",
    "return_to_agenda": "Retour à l’ordre du jour de l’ICI.",
    **story_beside.SENTENCES,
    **story_follow_up.SENTENCES,
    **story_support.SENTENCES,
    **story_offers.SENTENCES,
    **story_rehousing.SENTENCES,
}
ICONS: Mapping[str, str] = {
    "add_note": "info",
    "open_blockage": "pause",
    "close_blockage": "check",
    "record_attempt": "search",
    "send_need": "search",
    "answer_attempt": "search",
    "note_silence": "search",
    "make_offer": "home",
    "refuse_offer": "ban",
    "accept_offer": "check",
    "expire_offer": "clock",
    "move_in": "home",
    "sign_lease": "check",
    "decide": "scales",
    "submit_escalation": "scales",
    "draft_escalation": "scales",
    "hand_over": "users",
    "accept_handover": "users",
    "protect_case": "lock",
    "request_information": "mail",
    "inform_household": "mail",
    "admit": "check",
    "reject": "ban",
}
DATES = (
    *("signed_on", "moved_on", "letter_sent_on", "received_on", "returned_on", "written_on", "informed_on"),
    "done_on",
    "held_on",
)
# Which field of theirs is in somebody's words: another one is a code, said in the sentence.
IN_WORDS: Mapping[str, str] = {
    **story_beside.DETAILS,
    **dict.fromkeys(("answer_attempt", "close_early", "record_departure"), "detail"),
    **dict.fromkeys(("record_follow_up", "record_execution"), "detail"),
    "record_visit": "words",
    "settle_obstacle": "outcome",
}
TEXTS = ("text", "wanted", "reason", "explanation", "outcome", "detail", "comment", "words", "condition")
WORDS = (*story_support.TEXTS, *story_rehousing.TEXTS, *TEXTS)


def entry_of(line: StoryLine) -> Entry:
    """One line of the timeline: what happened, its detail, who, when it was recorded."""
    return Entry(
        at=line.at,
        what=sentence(line),
        who=line.who,
        detail=detail(line),
        by_robot=line.by_robot,
        icon="" if line.by_robot else ICONS.get(line.type, ""),
    )


def sentence(line: StoryLine) -> str:
    special = _SPECIAL.get(line.type)
    base = (special(line.told) if special else "") or SENTENCES.get(line.type, f"{COMMANDS[line.type]}.")
    base += story_beside.also(line.told)
    base += f" Dossier {line.of}." if line.of else ""
    day = _day_of(line)
    return f"{base} Fait le {short_date(day)}." if day is not None else base


def _day_of(line: StoryLine) -> date | None:
    """The day of the fact when it is not the day it was recorded."""
    stated = next((date.fromisoformat(line.told[key]) for key in DATES if key in line.told), line.occurred_on)
    return stated if stated != day_in_paris(line.at) else None


def detail(line: StoryLine) -> str:
    """The words of people, and what a code stands for."""
    said = story_offers.reasons_said(line.type, line.told)
    if said:
        return said
    if line.type in IN_WORDS:
        return str(line.told.get(IN_WORDS[line.type], ""))
    return next((str(line.told[key]) for key in WORDS if key in line.told), "")


def _offer(told: Told) -> str:
    if "typology" not in told:
        return ""
    return f"T{told['typology']} proposé par {told['landlord_id']} à {_commune(told['commune'])}."


def _commune(code: str) -> str:
    found = territory.commune_by_name(code)
    return found.name if found is not None else territory.commune(code).name


def _blockage(told: Told) -> str:
    return f"Blocage signalé : {BLOCKAGES[told['theme']].lower()}." if "theme" in told else ""


def _closing(told: Told) -> str:
    return f"Dossier clos : {CLOSURES[told['reason']].lower()}." if "reason" in told else ""


def _assigned(told: Told) -> str:
    return f"Dossier confié à {told['account_id']}." if "account_id" in told else ""


def _handed(told: Told) -> str:
    return f"Passation proposée à {told['to_id']}." if "to_id" in told else ""


def _reader(told: Told) -> str:
    return f"Lecteur nommé : {told['account_id']}." if "account_id" in told else ""


def _no_reader(told: Told) -> str:
    return f"Lecteur retiré : {told['account_id']}." if "account_id" in told else ""


def _decided(told: Told) -> str:
    return f"Décision de l’ICI : {DECISIONS[told['kind']].lower()}." if "kind" in told else ""


def _diagnosis_step(told: Told) -> str:
    return f"Étape du diagnostic : {LITERALS[told['step']].lower()}." if "step" in told else ""


def _done(told: Told) -> str:
    return f"Décision de l’ICI : {LITERALS[told.get('result', 'executed')].lower()}."


_SPECIAL: Mapping[str, Callable[[Told], str]] = {
    **story_search.SPECIAL,
    "make_offer": _offer,
    "open_blockage": _blockage,
    "close_early": _closing,
    "assign_case": _assigned,
    "hand_over": _handed,
    "add_reader": _reader,
    "remove_reader": _no_reader,
    "decide": _decided,
    "record_execution": _done,
    "record_diagnosis_step": _diagnosis_step,
    **story_beside.SPECIAL,
    **story_follow_up.SPECIAL,
    **story_support.SPECIAL,
    **story_offers.SPECIAL,
    **story_rehousing.SPECIAL,
}
