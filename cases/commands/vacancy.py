"""Vacant dwellings: declared by their landlord, withdrawn, taken by the offer that is made from them."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from cases.commands.fields import Choices, LongText, Ref, one_of
from cases.commands.home import OfferedHome
from cases.labels.search import RESERVERS, WITHDRAWALS
from cases.reasons import Reason
from cases.registry import VACANCY, Data, command
from cases.step import Step
from db.tables.vacancy import Vacancy

Reserver = Annotated[str, AfterValidator(one_of(RESERVERS)), Choices(RESERVERS)]
Withdrawal = Annotated[str, AfterValidator(one_of(WITHDRAWALS)), Choices(WITHDRAWALS)]
VacancyId = Annotated[str, Field(max_length=80), Ref("vacancy")]


class VacantDwelling(OfferedHome):
    available_from: date | None = Field(default=None, title="Disponible à partir du")
    reserver: Reserver = Field(default="landlord", title="Réservataire")


def landlord_obstacles(step: Step) -> Iterable[Reason]:
    """Who declares a dwelling works for its landlord."""
    if step.actor.body_kind != "landlord":
        yield Reason(
            "vacancy.not_landlord",
            "Seul un bailleur déclare ses logements vacants : demandez-le au bailleur concerné.",
            "Habilitations",
        )


def _declaring_obstacles(step: Step, data: VacantDwelling) -> Iterable[Reason]:
    yield from landlord_obstacles(step)
    twin = step.get(
        Vacancy, landlord_id=step.actor.body_id, state="vacant", address=data.address, typology=data.typology
    )
    if twin is not None:
        yield Reason(
            "vacancy.known",
            f"Ce logement est déjà déclaré vacant ({twin['id']}) : retirez-le d’abord.",
        )


@command(None, VacantDwelling, check=_declaring_obstacles)
def declare_vacancy(step: Step, data: VacantDwelling) -> None:
    """A landlord says that a dwelling may be let: searches of every landlord find it from now on."""
    step.opens("vacancy", declare(step, data, step.actor.body_id))


def declare(step: Step, data: VacantDwelling, landlord_id: str) -> str:
    """Record it; its reference."""
    vacancy_id = step.reference("V")
    step.insert(
        Vacancy,
        id=vacancy_id,
        landlord_id=landlord_id,
        declared_on=step.occurred_on,
        declared_by=step.actor.id,
        **data.model_dump(),
    )
    step.created["vacancy"] = vacancy_id
    return vacancy_id


class WithdrawVacancy(Data):
    reason: Withdrawal = Field(title="Motif")
    detail: LongText = Field(default="", title="Précisions")


def _withdrawing_obstacles(step: Step, data: WithdrawVacancy) -> Iterable[Reason]:
    if step.subject["landlord_id"] != step.actor.body_id:
        yield Reason("vacancy.body", "Ce logement est celui d’un autre bailleur.", "Habilitations")
    elif step.subject["state"] == "taken":
        yield Reason(
            "vacancy.taken",
            f"Le logement {step.subject['id']} est proposé à un ménage : attendez sa réponse, ou demandez "
            "l’annulation de la proposition.",
        )
    elif step.subject["state"] == "withdrawn":
        yield Reason("vacancy.withdrawn", f"Le logement {step.subject['id']} est déjà retiré.")


@command(VACANCY, WithdrawVacancy, check=_withdrawing_obstacles, moves=False)
def withdraw_vacancy(step: Step, data: WithdrawVacancy) -> None:
    """It can no longer be let: no search finds it any more; what was said of it is kept."""
    reason = " : ".join(part for part in (WITHDRAWALS[data.reason], data.detail) if part)
    step.set(state="withdrawn", ended_on=step.occurred_on, ended_reason=reason)


def vacancy_obstacles(step: Step, vacancy_id: str | None, landlord_id: str) -> Iterable[Reason]:
    """Why nothing can be offered from this declared dwelling."""
    if vacancy_id is None:
        return
    row = step.get(Vacancy, id=vacancy_id)
    if row is None or row["landlord_id"] != landlord_id:
        yield Reason(
            "vacancy.unknown",
            "Ce logement vacant n’est pas déclaré par ce bailleur : choisissez-en un autre.",
        )
    elif row["state"] != "vacant":
        said = "déjà proposé à un ménage" if row["state"] == "taken" else "retiré par le bailleur"
        yield Reason("vacancy.not_free", f"Le logement {vacancy_id} est {said} : choisissez-en un autre.")


def take(step: Step, vacancy_id: str | None, offer_id: str) -> None:
    """An offer is made from it: nobody else may offer it meanwhile. Its landlord is told, without a name."""
    if vacancy_id is None:
        return
    row = step.need(Vacancy, "Le logement vacant", id=vacancy_id)
    _change(step, row, state="taken", offer_id=offer_id)
    text = f"Votre logement {vacancy_id} est proposé à un ménage."
    step.tell(step.lead_of(row["landlord_id"]), "news", text, None)


def put_back(step: Step, offer_id: str | None) -> None:
    """The offer came to nothing: the dwelling is vacant again."""
    if offer_id is None:
        return
    for row in step.find(Vacancy, offer_id=offer_id, state="taken"):
        _change(step, row, state="vacant", offer_id=None)


def _change(step: Step, row: dict[str, object], **changes: object) -> None:
    step.update(Vacancy, {"id": row["id"]}, version=int(str(row["version"])) + 1, **changes)
