"""The excerpts of the decisions: each organisation concerned has its own before the session can close."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from cases import excerpts
from cases.commands.fields import AnyBody
from cases.excerpts import Addressee
from cases.reasons import Reason
from cases.registry import SESSION, Data, command
from cases.step import Step
from db.tables.sitting import Excerpt

SOURCE = "ICI, décision actée collectivement"


class SendExcerpts(Data):
    printed_ids: Annotated[list[AnyBody], Field(max_length=200)] = Field(
        default=[], title="Organismes sans compte à qui l’extrait imprimé a été remis"
    )


def unsent(step: Step) -> tuple[Addressee, ...]:
    return excerpts.missing(step.connection, step.subject["id"])


def excerpt_reasons(left: Iterable[Addressee]) -> Iterable[Reason]:
    for one in left:
        yield Reason(
            "excerpt.missing", f"Décision {one.decision_id} : extrait à transmettre à {one.body}.", SOURCE
        )


def _nobody_to_reach(step: Step, data: SendExcerpts) -> Iterable[Reason]:
    left = unsent(step)
    if left and not any(one.account_id or one.body_id in data.printed_ids for one in left):
        names = ", ".join(dict.fromkeys(one.body for one in left))
        yield Reason(
            "excerpt.paper",
            f"Sans compte : {names}. Remettez l’extrait imprimé, puis cochez l’organisme.",
            SOURCE,
        )


@command(SESSION, SendExcerpts, check=_nobody_to_reach)
def send_excerpts(step: Step, data: SendExcerpts) -> None:
    """To the desk of each organisation concerned, on paper to those without an account; never twice."""
    told: dict[str, list[str]] = {}
    for one in unsent(step):
        if one.account_id is None and one.body_id not in data.printed_ids:
            continue
        step.insert(
            Excerpt,
            decision_id=one.decision_id,
            body_id=one.body_id,
            account_id=one.account_id,
            sent_on=step.occurred_on,
            sent_by=step.actor.id,
        )
        if one.account_id is not None:
            told.setdefault(one.account_id, []).append(one.decision_id)
    for account_id, decisions in told.items():
        step.tell(account_id, "decision", _words(step, decisions))
    step.created["excerpts"] = sum(map(len, told.values()))


def _words(step: Step, decisions: list[str]) -> str:
    which = f"décision {decisions[0]}" if len(decisions) == 1 else f"décisions {', '.join(decisions)}"
    return (
        f"Extrait du relevé de l’ICI {step.subject['ici']} du {step.subject['held_on']:%d/%m/%Y} : {which}. "
        "À lire et à imprimer dans « Séances ICI », volet « Suites »."
    )
