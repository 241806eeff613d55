"""Correcting what an escalation says: its subject until the freeze, what was tried until the decision."""

from collections.abc import Iterable

from pydantic import Field

from cases.actor import Role
from cases.commands.fields import BlockageTheme, LongText, Scale, Text
from cases.commands.item_sheet import naming
from cases.reasons import Reason
from cases.registry import ESCALATION, Data, command
from cases.step import Step
from db.tables.ici import IciSession

SUBJECT, CO_PILOTS = ("title", "theme", "scale"), ("objectification", "proposal")
DECIDED = {"decided", "partly_executed", "executed", "withdrawn"}
SOURCE = "ICI : la liste arrêtée ne change plus"


class ReviseEscalation(Data):
    title: Text = Field(default="", title="Intitulé (sans nom)")
    theme: BlockageTheme | None = Field(default=None, title="Ce qui bloque")
    scale: Scale | None = Field(default=None, title="Portée")
    tried: LongText = Field(default="", title="Ce qui a été tenté")
    asked: LongText = Field(default="", title="Ce qui est demandé à l’ICI")
    objectification: LongText = Field(default="", title="Constat des co-pilotes")
    proposal: LongText = Field(default="", title="Proposition pour la séance")


def _changed(step: Step, data: ReviseEscalation) -> dict[str, object]:
    """What is left empty stays."""
    given = data.model_dump(exclude_none=True)
    return {name: value for name, value in given.items() if value and value != step.subject[name]}


def _revision_obstacles(step: Step, data: ReviseEscalation) -> Iterable[Reason]:
    changed = _changed(step, data)
    if step.subject["state"] in DECIDED:
        yield Reason("revise.decided", "Cette remontée est décidée ou retirée : elle ne change plus.", SOURCE)
    if not changed:
        yield Reason("revise.nothing", "Rien ne change : corrigez au moins un champ.")
    if _is_frozen(step) and any(name in changed for name in SUBJECT):
        sentence = "La liste est arrêtée : l’intitulé, le thème et la portée ne changent plus."
        yield Reason("revise.frozen", sentence, SOURCE)
    desk = step.actor.role in {Role.ICI_SECRETARIAT, Role.CO_PILOT}
    if not desk and any(name in changed for name in CO_PILOTS):
        yield Reason("revise.co_pilots", "Le constat et la proposition reviennent aux co-pilotes.", SOURCE)
    yield from naming(step, {"Intitulé": data.title})


def _is_frozen(step: Step) -> bool:
    session = step.get(IciSession, id=step.subject["session_id"] or "")
    return session is not None and session["frozen_at"] is not None


@command(ESCALATION, ReviseEscalation, check=_revision_obstacles, moves=False)
def revise_escalation(step: Step, data: ReviseEscalation) -> None:
    """A draft completed, or a text that named somebody; the journal keeps what it said before."""
    step.set(**_changed(step, data))
