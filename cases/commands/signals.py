"""What the follow-up gives rise to: a signal whose reception is checked, the RIME questionnaire."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from cases.commands.fields import DayOfFact, IncomeClass, InformedHow, LongText, Ref, SignalAnswer, past
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.rules.follow_up import window
from cases.step import Step
from db.tables.follow_up import Satisfaction, Signal

RIME = "Guide RIME 4.0 (USH, 2009), questionnaire de satisfaction"
Mark = Annotated[int, Field(ge=1, le=4)]


class ConfirmSignal(Data):
    signal_id: Annotated[int, Ref("signal")] = Field(title="Signalement")
    answer: SignalAnswer = Field(title="Ce qu’en dit l’organisme")
    checked_on: date = Field(title="Vérifié le")
    detail: LongText = Field(default="", title="Précisions")


def _signal_obstacles(step: Step, data: ConfirmSignal) -> Iterable[Reason]:
    yield from past(data.checked_on, step.today, "Vérifié le", "checked_on")
    signal = step.get(Signal, id=data.signal_id, case_id=step.case_id, answer="waiting")
    if signal is None:
        yield Reason(
            "signal.not_waiting",
            "Ce signalement n’attend pas de réponse pour ce dossier : choisissez-en un dans la liste.",
        )
    elif data.checked_on < signal["sent_on"]:
        yield Reason(
            "field.checked_on",
            f"Vérifié le : le signalement n’est parti que le {signal['sent_on']:%d/%m/%Y} ; corrigez.",
        )


@command(CASE, ConfirmSignal, check=_signal_obstacles, moves=False)
def confirm_signal(step: Step, data: ConfirmSignal) -> None:
    """Received, or sent again that day when it was lost: nobody supposes that it arrived."""
    signal = step.need(Signal, "Le signalement", id=data.signal_id)
    step.update(
        Signal, {"id": signal["id"]}, answer=data.answer, answered_on=data.checked_on, detail=data.detail
    )
    step.touch("signal", signal["id"])
    if data.answer == "lost":
        kept = {name: signal[name] for name in ("case_id", "follow_up_id", "told", "reason", "consent")}
        again = step.insert(Signal, sent_on=data.checked_on, **kept)
        step.created["signal"] = again
        step.touch("signal", again)


class RecordSatisfaction(Data):
    milestone: Literal[6, 12] = Field(title="Bilan à (mois)")
    answered_on: DayOfFact = Field(title="Réponse du")
    income_class: IncomeClass | None = Field(default=None, title="Revenus du ménage par mois")
    informed_how: InformedHow = Field(title="Comment le ménage a appris l’opération ou la mutation")
    information: Mark = Field(title="Qualité de l’information (1 à 4)")
    single_contact: bool = Field(title="A eu un interlocuteur unique")
    supported: bool = Field(title="S’est senti accompagné")
    supported_at_move: bool = Field(title="S’est senti accompagné au déménagement")
    dwelling: Mark = Field(title="Satisfaction : le logement (1 à 4)")
    works: Mark | None = Field(default=None, title="Satisfaction : les travaux faits (1 à 4)")
    neighbourhood: Mark = Field(title="Satisfaction : le quartier (1 à 4)")


def _survey_obstacles(step: Step, data: RecordSatisfaction) -> Iterable[Reason]:
    yield from past(data.answered_on, step.today, "Réponse du", "answered_on")
    moved = step.subject["moved_in_on"]
    if moved is not None:
        opens_on, _ = window(moved, data.milestone, int(step.setting("follow_up_window_days")))
        if data.answered_on < opens_on:
            yield Reason(
                "satisfaction.early",
                f"Questionnaire à {data.milestone} mois : il se remplit à partir du {opens_on:%d/%m/%Y}.",
                "Réglage follow_up_window_days (à valider)",
            )
    if step.get(Satisfaction, case_id=step.case_id, milestone=data.milestone) is not None:
        yield Reason(
            "satisfaction.twice",
            f"Le questionnaire à {data.milestone} mois est déjà rempli pour ce ménage.",
            RIME,
        )


@command(CASE, RecordSatisfaction, check=_survey_obstacles)
def record_satisfaction(step: Step, data: RecordSatisfaction) -> None:
    """The answers are read in aggregate only, without small groups."""
    step.insert(Satisfaction, case_id=step.case_id, **data.model_dump())
