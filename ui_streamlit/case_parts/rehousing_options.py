"""What the forms about a demolition offer to choose from, and why they may have no object."""

from collections.abc import Callable, Mapping

from cases.actor import Actor
from cases.labels.operation import COSTS
from db.queries.case_file import CaseView
from db.queries.case_rehousing import Act, Cost, Group
from ui_streamlit.widgets.case_table import in_french
from ui_streamlit.widgets.dates import short_date

REHOUSING_ONLY = "Les derniers occupants sont ceux d’un bâtiment à libérer (NPRU)."


def _open_acts(view: CaseView) -> list[Act]:
    return [act for act in view.rehousing.acts if act.answer == "waiting"]


def _asked(view: CaseView) -> list[Group]:
    return [group for group in view.rehousing.groups if group.answer == "waiting"]


def _kept_costs(view: CaseView) -> list[Cost]:
    return [cost for cost in view.rehousing.costs if not cost.annulled_reason]


OPTIONS: Mapping[str, Callable[[CaseView], Mapping[str, Mapping[str, str]]]] = {
    "finish_last_act": lambda view: {
        "act_id": {
            str(act.id): f"{act.what}, avant le {short_date(act.due_on)} ({act.who})"
            for act in _open_acts(view)
        }
    },
    "answer_grouped_solution": lambda view: {
        "grouped_id": {
            group.grouped_id: f"{group.name}, avant le {short_date(group.answer_due_on)}"
            for group in _asked(view)
        }
    },
    "annul_cost": lambda view: {
        "cost_id": {
            str(cost.id): f"{COSTS[cost.kind]}, {in_french(cost.amount)} €, le {short_date(cost.spent_on)}"
            for cost in _kept_costs(view)
        }
    },
}


def _no_act(view: CaseView, _: Actor) -> str:
    return "" if _open_acts(view) else "Aucune action prévue n’attend d’être faite."


def _no_group(view: CaseView, _: Actor) -> str:
    return "" if _asked(view) else "Aucune solution groupée n’attend la réponse de ce ménage."


def _no_cost(view: CaseView, _: Actor) -> str:
    return "" if _kept_costs(view) else "Aucune dépense n’est enregistrée."


def _transfer(view: CaseView, _: Actor) -> str:
    return "" if view.head.kind == "rehousing" else REHOUSING_ONLY


WHY: Mapping[str, Callable[[CaseView, Actor], str]] = {
    "plan_last_act": _transfer,
    "finish_last_act": _no_act,
    "answer_grouped_solution": _no_group,
    "annul_cost": _no_cost,
}
