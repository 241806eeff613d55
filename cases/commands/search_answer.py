"""What a landlord that was asked answers: a dwelling, nothing and why; or its silence, which is noted."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from cases import access
from cases.commands.fields import Choices, LongText, Ref, one_of, past
from cases.commands.vacancy import VacancyId, VacantDwelling, declare, vacancy_obstacles
from cases.labels.search import NOTHING
from cases.reasons import Reason
from cases.recipients import search_desk_of
from cases.registry import CASE, Data, NoData, command
from cases.rules.silence import silences, silent_days
from cases.step import Step
from db.rows import Row
from db.tables.case import Attempt, Blockage
from db.tables.people import Body

Nothing = Annotated[str, AfterValidator(one_of(NOTHING)), Choices(NOTHING)]
THEME = "no_partner_reply"


class AnswerAttempt(Data):
    attempt_id: Annotated[int, Ref("attempt")] = Field(title="Recherche")
    answer: Literal["offer", "none"] = Field(title="Réponse")
    reason: Nothing | None = Field(default=None, title="Pourquoi il n’y a rien")
    vacancy_id: VacancyId | None = Field(default=None, title="Logement vacant déclaré")
    dwelling: VacantDwelling | None = Field(default=None, title="Logement à déclarer")
    detail: LongText = Field(default="", title="Précisions")


def _answer_obstacles(step: Step, data: AnswerAttempt) -> Iterable[Reason]:
    attempt = step.get(Attempt, id=data.attempt_id, case_id=step.case_id)
    if attempt is None:
        yield Reason("record.unknown", "Cette recherche n’existe pas pour ce dossier : choisissez-en une.")
    elif attempt["answer"] != "waiting":
        yield Reason("attempt.answered", "Cette recherche a déjà sa réponse.")
    elif step.actor.body_id != attempt["body_id"] and not access.relations(step.actor, step.subject):
        yield Reason("attempt.body", "Cette demande est adressée à un autre bailleur.", "Habilitations")
    yield from past(step.occurred_on, step.today, "Réponse", "occurred_on")
    yield from _offered_obstacles(step, data, attempt) if data.answer == "offer" else _none_obstacles(data)


def _none_obstacles(data: AnswerAttempt) -> Iterable[Reason]:
    if data.reason is None:
        yield Reason("field.reason", "Pourquoi il n’y a rien : choisissez un motif dans la liste.")
    if data.reason == "other" and not data.detail:
        yield Reason("field.detail", "Motif « Autre » : précisez-le dans « Précisions ».")
    if data.vacancy_id is not None or data.dwelling is not None:
        yield Reason(
            "attempt.dwelling", "Vous répondez « rien à proposer » et donnez un logement : choisissez."
        )


def _offered_obstacles(step: Step, data: AnswerAttempt, attempt: Row | None) -> Iterable[Reason]:
    if data.vacancy_id is None and data.dwelling is None:
        yield Reason(
            "attempt.no_dwelling",
            "Logement proposé : choisissez un logement vacant déclaré, ou décrivez celui que vous proposez.",
        )
    if data.vacancy_id is not None and data.dwelling is not None:
        yield Reason(
            "attempt.two_dwellings",
            "Choisissez un logement déclaré ou décrivez-en un nouveau, pas les deux.",
        )
    if attempt is not None:
        yield from vacancy_obstacles(step, data.vacancy_id, attempt["body_id"])


@command(CASE, AnswerAttempt, check=_answer_obstacles, moves=False)
def answer_attempt(step: Step, data: AnswerAttempt) -> None:
    """A dwelling described here is declared vacant by its landlord: an offer may then be made from it."""
    attempt = step.need(Attempt, "La recherche", id=data.attempt_id)
    vacancy_id = data.vacancy_id
    if data.dwelling is not None:
        vacancy_id = declare(step, data.dwelling, attempt["body_id"])
    step.update(
        Attempt,
        {"id": data.attempt_id},
        answer=data.answer,
        answered_on=step.occurred_on,
        answered_by=step.actor.id,
        answer_detail=data.detail,
        reason=data.reason or "",
        vacancy_id=vacancy_id,
    )
    step.touch("attempt", data.attempt_id)
    said = "propose un logement" if data.answer == "offer" else "n’a rien à proposer"
    landlord = step.need(Body, "Le bailleur", id=attempt["body_id"])["name"]
    who = "Un bailleur" if step.subject["protected"] else landlord
    step.tell(step.subject["owner_id"], "news", f"{who} {said} pour {step.case_id}.", step.case_id)


def _unnoted(step: Step) -> list[Row]:
    return [
        row
        for row in step.find(Attempt, case_id=step.case_id, answer="waiting")
        if row["silence_noted_on"] is None and silent_days(row, step.occurred_on) > 0
    ]


def _silence_obstacles(step: Step, data: NoData) -> Iterable[Reason]:
    if not _unnoted(step):
        yield Reason(
            "attempt.no_silence", "Aucun bailleur interrogé n’a dépassé sa date de réponse : attendez-la."
        )


@command(CASE, check=_silence_obstacles, moves=False)
def note_silence(step: Step, data: NoData) -> None:
    """A date has passed without an answer: it counts as proof of blockage. A late answer may still come.

    After so many (setting searches_without_answer) the blockage is proposed; a person opens it.
    """
    for row in _unnoted(step):
        step.update(Attempt, {"id": row["id"]}, silence_noted_on=step.occurred_on)
        text = (
            f"Fiche besoin {step.case_id} : votre réponse était attendue le {row['answer_due_on']:%d/%m/%Y}."
        )
        step.tell_each(search_desk_of(step, row["body_id"]), "reminder", text, None)
    count = silences(step.find(Attempt, case_id=step.case_id), step.occurred_on)
    known = step.get(Blockage, case_id=step.case_id, theme=THEME, until=None) is not None
    proposed = not known and count >= int(step.setting("searches_without_answer"))
    step.tell(step.subject["owner_id"], "news", _silence_words(step, count, proposed), step.case_id)


def _silence_words(step: Step, count: int, proposed: bool) -> str:
    many = f"{count} bailleurs n’ont" if count > 1 else "Un bailleur n’a"
    said = f"{many} pas répondu dans le délai pour {step.case_id}"
    return f"{said} : signalez le blocage « Partenaire sans réponse »." if proposed else f"{said}."
