"""The commission on the page of a case: its decisions, what became of them, and who is never first."""

from datetime import date

from markupsafe import Markup

from cases.labels import COMMITTEE, COMMITTEE_OUTCOMES, FEW_CANDIDATES, NON_ALLOCATIONS
from cases.runners_up import is_runner_up
from db.queries.case_file import CaseView
from db.queries.case_records import CommitteeView
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.headings import section
from ui_streamlit.widgets.messages import message

STACK = Markup('<div class="rl-stack">{}{}</div>')
TONES = {"waiting": "warning", "awarded": "success", "lifted": "success", "fallen": "danger"}
COLUMNS = [
    Column("held", "Commission du", second="seen"),
    Column("decision", "Décision", second="rank"),
    Column("state", "Suite"),
    Column("why", "Précisions"),
]
LETTERS = {
    "allocation": "R.441-3 a",
    "allocation_ranked": "R.441-3 b",
    "allocation_suspensive": "R.441-3 c",
    "not_allocated": "R.441-3 d",
    "inadmissible": "R.441-3 e",
}


def committee_section(view: CaseView, today: date) -> Markup:
    """Nothing before the first commission."""
    if not view.committees:
        return Markup()
    table = case_table(
        [_row(item) for item in view.committees], COLUMNS, caption="Décisions de la commission"
    )
    title = section("Commission d’attribution", count=len(view.committees))
    return title + STACK.format(_never_first(view, today), table)


def _row(item: CommitteeView) -> dict[str, object]:
    rank = f", rang {item.rank}" if item.rank else ""
    return {
        "held": item.held_on,
        "seen": _candidates(item),
        "decision": COMMITTEE.get(item.decision, item.decision),
        "rank": f"{LETTERS.get(item.decision, '')}{rank}".strip(", ") or None,
        "state": _state(item),
        "why": _why(item),
    }


def _candidates(item: CommitteeView) -> str | None:
    if item.candidates is None:
        return None
    few = FEW_CANDIDATES.get(item.few_candidates, "").lower()
    many = f"{item.candidates} candidat{'s' if item.candidates > 1 else ''}"
    return f"{many} ({few})" if few else many


def _state(item: CommitteeView) -> Badge | None:
    if not item.outcome:
        return None
    day = f" le {short_date(item.settled_on)}" if item.settled_on is not None else ""
    return Badge(f"{COMMITTEE_OUTCOMES[item.outcome]}{day}", TONES.get(item.outcome, "neutral"))


def _why(item: CommitteeView) -> str | None:
    named = ", ".join(NON_ALLOCATIONS.get(code, code).lower() for code in item.reasons or ())
    due = f"avant le {short_date(item.condition_due_on)}" if item.condition_due_on is not None else ""
    condition = f"Pièce attendue : {item.condition} {due}".strip() if item.condition else due
    said = [f"Motif : {named}" if named else "", condition, item.reason or ""]
    return ". ".join(part for part in said if part) or None


def _never_first(view: CaseView, today: date) -> Markup:
    head = view.head
    if head.closed_on is not None:
        return Markup()
    found = is_runner_up(head.id, leased=head.lease_signed_on is not None, today=today)
    if not found.value:
        return Markup()
    times, months = found.inputs["presentations"], found.inputs["months"]
    lines = [
        f"{times} logements examinés en commission en {months} mois, jamais premier (seuils à valider).",
        "Demandez une priorité au réservataire, revoyez la fiche besoin, ou remontez le dossier à l’ICI.",
    ]
    return message("warning", "Ménage jamais premier en commission (« Poulidor »)", lines)
