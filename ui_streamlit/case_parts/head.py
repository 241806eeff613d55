"""The head of a case: who, where it stands on its path, who has the ball and until when."""

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from cases.labels import CLOSURES, DEADLINES, KINDS
from cases.machines import MACHINES
from cases.machines.rehousing import STAGES as REHOUSING_STAGES
from cases.machines.transfer import STAGES as TRANSFER_STAGES
from db.queries.case_file import CaseView
from db.queries.case_head import Head
from db.queries.case_records import DeadlineLine
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_header import Ball, Step, case_header
from ui_streamlit.widgets.dates import ago, short_date

STAGES: Mapping[str, tuple[str, ...]] = {"transfer": TRANSFER_STAGES, "rehousing": REHOUSING_STAGES}
# States beside the bar, and the stage of the bar where they stand.
STAGE_OF: Mapping[str, Mapping[str, str]] = {
    "transfer": {
        "incomplete": "admissibility_check",
        "not_admissible": "admissibility_check",
        "diagnosed": "diagnosis",
        "allocated": "committee",
    },
    "rehousing": {"diagnosed": "diagnosis", "temporarily_housed": "lease_signed"},
}
NOT_A_TURN = {"retention"}  # a clock that waits for nobody


def state_name(kind: str, state: str) -> str:
    """The French name of a state of this kind of case."""
    return MACHINES[kind].states.get(state, state)


def head_card(view: CaseView, today: date) -> Markup:
    head = view.head
    return case_header(
        title=head.household,
        reference=head.id,
        kind=KINDS[head.kind],
        subtitle=_subtitle(head, today),
        badge_list=_badges(view, today),
        steps=steps(head),
        ball=None if head.closed_on else ball(view),
        today=today,
    )


def _subtitle(head: Head, today: date) -> str:
    place = f"{head.commune_name}, {head.landlord}"
    if head.building:
        place = f"{place}, {head.building}"
    known = "identifié" if head.kind == "rehousing" else "signalé"
    since = f"{known} le {short_date(head.referred_on)} ({ago(head.referred_on, today)})"
    return f"{place} · {since} par {head.referrer}, {head.referrer_body}"


def _badges(view: CaseView, today: date) -> list[Badge]:
    head = view.head
    late = [line for line in view.deadlines if line.due_on < today]
    found = [Badge(_state_words(head, today), "info" if head.closed_on is None else "neutral")]
    if late:
        found.append(Badge("En retard", "danger", "alert"))
    if head.open_blockages:
        found.append(Badge("Bloqué", "warning", "pause"))
    if head.suspended_until is not None:
        found.append(Badge(f"Suspendu jusqu’au {short_date(head.suspended_until)}", "warning", "pause"))
    if head.urgent:
        found.append(Badge("Urgent", "danger", "flag"))
    if head.protected:
        found.append(Badge("Dossier protégé", "accent", "lock"))
    if any(course.open for course in view.courses):
        found.append(Badge("À l’ICI", "accent", "scales"))
    return found


def _state_words(head: Head, today: date) -> str:
    if head.closed_on is not None:
        reason = CLOSURES.get(head.closure_reason or "", "")
        return f"Clos le {short_date(head.closed_on)} : {reason.lower()}" if reason else "Clos"
    return f"{state_name(head.kind, head.state)} {_since(head.stage_since, today)}"


def _since(day: date, today: date) -> str:
    said = ago(day, today)
    return f"depuis {said.removeprefix('il y a ')}" if said.startswith("il y a") else f"depuis {said}"


def steps(head: Head) -> list[Step]:
    """The bar of the path; a case closed early shows how far it had gone."""
    stages, beside = STAGES[head.kind], STAGE_OF[head.kind]
    reached = head.closed_from or head.state
    at = stages.index(beside.get(reached, reached))
    closed = head.closed_on is not None
    found = []
    for rank, stage in enumerate(stages):
        done = rank <= at if closed else rank < at
        found.append(Step(state_name(head.kind, stage), "done" if done else "to_come"))
    current = len(stages) - 1 if closed else at
    words = state_name(head.kind, head.state)
    found[current] = Step(words, "current")
    return found


def ball(view: CaseView) -> Ball:
    """The nearest open deadline, and whoever it waits for. While a household answers an offer, what other
    landlords were asked waits for its answer."""
    aside = NOT_A_TURN | ({"landlord_answer"} if view.head.open_offer_id else set())
    turns = [line for line in view.deadlines if line.kind not in aside]
    if not turns:
        return Ball(view.head.owner or "", "" if view.head.owner else "Ce dossier attend un responsable.")
    line = turns[0]
    who = waited_for(view, line)
    return Ball(who, _lower(DEADLINES[line.kind]), line.due_on) if who else Ball(task=_nobody(line))


def _nobody(line: DeadlineLine) -> str:
    return f"Personne n’a la balle ({_lower(DEADLINES[line.kind])}) : ce dossier attend un responsable."


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def waited_for(view: CaseView, line: DeadlineLine) -> str:
    """Some deadlines wait for somebody else than who follows the case."""
    head = view.head
    waiting = [
        item for item in view.attempts if item.answer == "waiting" and item.answer_due_on == line.due_on
    ]
    proposed = [item.to_name for item in view.handovers if item.answer == "waiting"]
    others = {
        "information_due": head.referrer,
        "offer_answer": "le ménage",
        "landlord_answer": waiting[0].landlord if waiting else "",
        "handover_answer": proposed[0] if proposed else "",
        "opinion_answer": next((item.body for item in view.opinions if item.due_on == line.due_on), ""),
    }
    return others.get(line.kind) or line.owner or head.owner or ""
