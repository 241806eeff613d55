"""Actions that have nothing to bear on for now, and why: said under « Pourquoi pas ? »."""

from collections.abc import Callable, Mapping

from cases.actor import Actor
from cases.reasons import Reason
from cases.rules.silence import silent_days
from db.queries.case_file import CaseView
from db.queries.duplicates import standing_merges
from ui_streamlit.case_parts import rehousing_options, support_options
from ui_streamlit.case_parts.follow_up import milestones
from ui_streamlit.session import today
from ui_streamlit.widgets.dates import short_date

Why = Callable[[CaseView, Actor], str]


def without_object(kind: str, view: CaseView, actor: Actor) -> tuple[Reason, ...]:
    """Empty when the action has its object. The door judges again in any case."""
    sentence = _WHY[kind](view, actor) if kind in _WHY else ""
    return (Reason(f"no_object.{kind}", sentence),) if sentence else ()


def _taken(view: CaseView, _: Actor) -> str:
    owner = view.head.owner
    return f"Ce dossier est déjà suivi par {owner} : demandez une passation." if owner else ""


def _handover_to_me(view: CaseView, actor: Actor) -> str:
    waiting = [item for item in view.handovers if item.answer == "waiting"]
    if not waiting:
        return "Aucune passation n’attend de réponse pour ce dossier."
    return "" if waiting[0].to_id == actor.id else f"Cette passation est proposée à {waiting[0].to_name}."


def _handover_waits(view: CaseView, _: Actor) -> str:
    waiting = any(item.answer == "waiting" for item in view.handovers)
    return "Une passation attend déjà sa réponse pour ce dossier." if waiting else ""


def _open_blockage(view: CaseView, _: Actor) -> str:
    return "" if any(item.until is None for item in view.blockages) else "Aucun blocage n’est ouvert."


def _waiting_attempt(view: CaseView, _: Actor) -> str:
    waiting = any(item.answer == "waiting" for item in view.attempts)
    return "" if waiting else "Aucun bailleur interrogé n’attend de répondre."


def _silent(view: CaseView, _: Actor) -> str:
    unnoted = any(
        item.silence_noted_on is None
        and silent_days({"answer": item.answer, "answer_due_on": item.answer_due_on}, today()) > 0
        for item in view.attempts
    )
    return "" if unnoted else "Aucun bailleur interrogé n’a dépassé sa date de réponse."


def _open_offer(view: CaseView, _: Actor) -> str:
    return "" if view.head.open_offer_id else "Aucune proposition n’attend de réponse."


def _visit_planned(view: CaseView, _: Actor) -> str:
    return "" if view.head.visit_on is not None else "Aucune visite n’est programmée."


def _follow_up(view: CaseView, _: Actor) -> str:
    ahead = milestones(view, today())
    if not ahead or any(item.opens_on <= today() for item in ahead):
        return ""
    first = ahead[0]
    return f"Le bilan à {first.months} mois se fait à partir du {short_date(first.opens_on)}."


def _refusal(view: CaseView, _: Actor) -> str:
    found = any(offer.state in {"refused", "expired"} for offer in view.offers)
    return "" if found else "Aucun refus n’est enregistré."


def _paused(view: CaseView, _: Actor) -> str:
    return "" if view.head.search_paused_until is not None else "La recherche n’est pas en pause."


def _third_validated(view: CaseView, _: Actor) -> str:
    if view.head.third_refusal_validated_on is None:
        return "Aucun troisième refus n’est validé : il n’y a rien à notifier."
    return ""


def _condition(view: CaseView, _: Actor) -> str:
    return "" if view.head.condition_due_on is not None else "Aucune condition suspensive n’attend de pièce."


def _protected(view: CaseView, _: Actor) -> str:
    return "" if view.head.protected else "Le dossier n’est pas protégé : protégez-le d’abord."


def _not_protected(view: CaseView, _: Actor) -> str:
    return "Le dossier est déjà protégé : nommez plutôt un lecteur." if view.head.protected else ""


def _third_refusal(view: CaseView, _: Actor) -> str:
    return "" if view.head.third_refusal_to_validate else "Aucun troisième refus n’attend de validation."


def _several(view: CaseView, _: Actor) -> str:
    here = sum(person.here for person in view.persons)
    return "" if here > 1 else "Le ménage ne compte qu’une personne."


def _successor(view: CaseView, _: Actor) -> str:
    others = any(person.here and person.link != "holder" for person in view.persons)
    return "" if others else "Personne d’autre ne vit dans le logement : nul ne peut reprendre le bail."


def _owed(view: CaseView, states: set[str]) -> bool:
    return any(
        item.state in states and not item.reason
        for course in view.courses
        for decision in course.decisions
        for item in decision.obligations
    )


def _to_execute(view: CaseView, _: Actor) -> str:
    return "" if _owed(view, {"awaited", "partly"}) else "Aucune décision n’attend d’être exécutée."


def _to_explain(view: CaseView, _: Actor) -> str:
    return "" if _owed(view, {"not_executed"}) else "Aucune non-exécution n’attend de motif."


def _merged(view: CaseView, _: Actor) -> str:
    return "" if standing_merges(view.head.id).absorbed else "Aucun dossier n’a été fusionné dans celui-ci."


def _waiting_signal(view: CaseView, _: Actor) -> str:
    waiting = any(item.answer == "waiting" for item in view.after.signals)
    return "" if waiting else "Aucun signalement n’attend d’être vérifié."


def _not_again(view: CaseView, _: Actor) -> str:
    again = view.after.again
    return f"Une nouvelle demande existe déjà pour ce ménage : {again}." if again else ""


def _not_rehousing(view: CaseView, _: Actor) -> str:
    return "" if view.head.kind == "rehousing" else "Les promesses de la charte concernent les relogements."


def _suspended(view: CaseView, _: Actor) -> str:
    return "" if view.head.suspended_until is not None else "Le dossier n’est pas suspendu."


def _not_suspended(view: CaseView, _: Actor) -> str:
    until = view.head.suspended_until
    return f"Le dossier est déjà suspendu jusqu’au {short_date(until)}." if until is not None else ""


def _own_note(view: CaseView, _: Actor) -> str:
    return "" if any(note.mine for note in view.notes) else "Aucune note de vous sur ce dossier."


def _opinion_of_mine(view: CaseView, actor: Actor) -> str:
    asked = any(item.answer == "waiting" and item.body_id == actor.body_id for item in view.opinions)
    return "" if asked else "Aucun avis n’est demandé à votre organisme sur ce dossier."


def _approval_of_others(view: CaseView, actor: Actor) -> str:
    asked = any(item.answer == "waiting" and item.asked_by_id != actor.id for item in view.approvals)
    return "" if asked else "Aucun accord n’attend votre réponse."


def _any_approval(view: CaseView, _: Actor) -> str:
    waiting = any(item.answer == "waiting" for item in view.approvals)
    return "" if waiting else "Aucun accord n’attend de réponse."


def _still_open(view: CaseView, _: Actor) -> str:
    ended = view.head.closed_on is not None
    return "" if ended else "Le dossier est ouvert : sa conservation ne commence qu’à sa clôture."


def _attached(view: CaseView, _: Actor) -> str:
    there = any(item.readable and item.removed_on is None for item in view.documents)
    return "" if there else "Aucun document n’est joint."


# Without their object these go without saying: not even named under « Pourquoi pas ? ».
SILENT = frozenset(
    {
        "plan_last_act",
        "finish_last_act",
        "answer_grouped_solution",
        "annul_cost",
        "follow_obstacles",
        "extend_suspension",
        "resume_case",
        "change_note_readers",
        "answer_opinion",
        "approve_command",
        "refuse_approval",
        "remove_document",
        "keep_case",
        "erase_case",
    }
)
_WHY: Mapping[str, Why] = {
    "suspend_case": _not_suspended,
    "extend_suspension": _suspended,
    "resume_case": _suspended,
    "change_note_readers": _own_note,
    "answer_opinion": _opinion_of_mine,
    "approve_command": _approval_of_others,
    "refuse_approval": _any_approval,
    "remove_document": _attached,
    "keep_case": _still_open,
    "erase_case": _still_open,
    **support_options.WHY,
    **rehousing_options.WHY,
    "undo_merge": _merged,
    "take_case": _taken,
    "accept_handover": _handover_to_me,
    "refuse_handover": _handover_to_me,
    "hand_over": _handover_waits,
    "close_blockage": _open_blockage,
    "answer_attempt": _waiting_attempt,
    "note_silence": _silent,
    "confirm_signal": _waiting_signal,
    "refer_again": _not_again,
    "record_derogation": _not_rehousing,
    "record_receipt": _open_offer,
    "plan_visit": _open_offer,
    "record_visit": _visit_planned,
    "record_follow_up": _follow_up,
    "annul_refusal": _refusal,
    "end_search_pause": _paused,
    "notify_right_to_stay": _third_validated,
    "lift_condition": _condition,
    "add_reader": _protected,
    "remove_reader": _protected,
    "protect_case": _not_protected,
    "validate_third_refusal": _third_refusal,
    "change_holder": _successor,
    "split_household": _several,
    "record_execution": _to_execute,
    "give_reason": _to_explain,
}
