"""After the third countable refusal: a person says whether the right to stay ends, and the household is told
(domain 1.4)."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from cases.commands.fields import DayOfFact, Required, RequiredLong, past
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.rules.dates import add_months
from cases.step import Step
from db.tables.people import Account

SOURCE = "CCH L.353-15, L.481-3"


class ValidateThird(Data):
    confirmed: bool = Field(title="Les trois offres sont valables")
    reason: RequiredLong = Field(title="Motif")


def _third_obstacles(step: Step, data: ValidateThird) -> Iterable[Reason]:
    if not step.subject["third_refusal_to_validate"]:
        yield Reason("offer.no_third", "Aucun troisième refus n’attend de validation.", SOURCE)


@command(CASE, ValidateThird, check=_third_obstacles, moves=False)
def validate_third_refusal(step: Step, data: ValidateThird) -> None:
    """A person, never the system, says that the right to stay is lost; the clock runs from the receipt
    (L.481-3).

    The household is still offered dwellings. A refusal to validate leaves the counter and starts no clock.
    """
    step.set(third_refusal_to_validate=False)
    if data.confirmed:
        received_on = step.subject["third_offer_received_on"]
        until = None
        if received_on is not None:
            until = add_months(received_on, step.settings.int_on("right_to_stay_months", received_on))
        step.set(
            third_refusal_validated_on=step.occurred_on,
            right_to_stay_until=until,
            right_notice_received_on=None,
        )
        alert(step, until)


def alert(step: Step, until: date | None) -> None:
    """Who follows the household and the technical committee hear of it at once (case 2); of a protected case
    the committee hears nothing."""
    end = f"prend fin le {until:%d/%m/%Y}" if until is not None else "est perdu"
    told = [step.subject["owner_id"], step.subject["referrer_id"], step.lead_of(step.subject["landlord_id"])]
    if not step.subject["protected"]:
        told += [row["id"] for row in step.find(Account, role="co_pilot", active=True)]
    text = (
        f"Alerte droit au maintien : celui de {step.case_id} {end}. Prévenez le service juridique, saisissez "
        "le comité technique et continuez de proposer des logements et une médiation."
    )
    step.tell_each(told, "news", text, step.case_id)


class NotifyRight(Data):
    received_on: DayOfFact = Field(title="Courrier reçu par le ménage le")
    proof: Required = Field(title="Preuve de réception")


def _notice_obstacles(step: Step, data: NotifyRight) -> Iterable[Reason]:
    yield from past(data.received_on, step.today, "Courrier reçu le", "received_on")
    validated_on = step.subject["third_refusal_validated_on"]
    if validated_on is None:
        yield Reason(
            "right.not_validated",
            "Le troisième refus n’est pas validé : il n’y a rien à notifier au ménage.",
            SOURCE,
        )
    elif data.received_on < validated_on:
        yield Reason(
            "field.received_on",
            f"Courrier reçu le : avant la validation du {validated_on:%d/%m/%Y} ; corrigez la date.",
        )


@command(CASE, NotifyRight, check=_notice_obstacles, moves=False)
def notify_right_to_stay(step: Step, data: NotifyRight) -> None:
    """The household was told, with proof. The clock does not move: it runs from the third offer's receipt."""
    step.set(right_notice_received_on=data.received_on)
