"""After the third countable refusal: a person says whether the right to stay ends (domain 1.4)."""

from collections.abc import Iterable

from pydantic import Field

from cases.commands.fields import RequiredLong
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.rules.dates import add_months
from cases.step import Step


class ValidateThird(Data):
    confirmed: bool = Field(title="Les trois offres sont valables")
    reason: RequiredLong = Field(title="Motif")


def _third_obstacles(step: Step, data: ValidateThird) -> Iterable[Reason]:
    if not step.subject["third_refusal_to_validate"]:
        yield Reason(
            "offer.no_third", "Aucun troisième refus n’attend de validation.", "CCH L.353-15, L.481-3"
        )


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
        step.set(third_refusal_validated_on=step.occurred_on, right_to_stay_until=until)
        step.tell_each(
            [step.subject["owner_id"], step.subject["referrer_id"]],
            "news",
            f"Droit au maintien : échéance ouverte pour {step.case_id}.",
            step.case_id,
        )
