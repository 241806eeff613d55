"""After moving in: contacts at one, six and twelve months (domain 1.6), each with what it leads to."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from cases.commands.closing import (
    EARLY,
    close,
    close_reason_moves,
    end_attempts,
    end_offers,
    end_waiting,
    release,
)
from cases.commands.fields import (
    Adaptation,
    Channel,
    DayOfFact,
    FollowUpOutcome,
    LongText,
    Relay,
    SignalTo,
    Text,
    past,
)
from cases.commands.follow_up_effects import follow_outcome
from cases.labels import SIGNALS
from cases.machines.facts import SIX_MONTHS
from cases.reasons import Reason
from cases.registry import CASE, Data, NoData, command
from cases.rules.dates import add_months
from cases.rules.follow_up import REQUIRED, window
from cases.step import Step
from db.tables.follow_up import FollowUp

__all__ = [
    "EARLY",
    "close",
    "close_reason_moves",
    "end_attempts",
    "end_offers",
    "end_waiting",
    "record_follow_up",
    "release",
    "start_follow_up",
]

SOURCE = "Convention de suivi social ; domaine 1.6"
TRIES_SOURCE = "Réglage follow_up_tries (à valider)"
WITHOUT_CONTACT = {None, "left"}  # that the household has left may be known from others


@command(CASE)
def start_follow_up(step: Step, data: NoData) -> None:
    """The household has moved in: its support goes on."""


class RecordFollowUp(Data):
    milestone: Literal[1, 6, 12] = Field(title="Bilan à (mois)")
    held_on: DayOfFact = Field(title="Contact le")
    channel: Channel | None = Field(default=None, title="Moyen de contact")
    reached: bool = Field(title="Ménage joint")
    rent_paid: bool | None = Field(default=None, title="Loyer payé")
    arrears: Annotated[int, Field(ge=0, le=100_000)] | None = Field(
        default=None, title="Dette depuis l’entrée (€)"
    )
    aid_in_place: bool | None = Field(default=None, title="Aide au logement en place")
    bills_as_expected: bool | None = Field(default=None, title="Factures conformes à l’estimation")
    defects: Text = Field(default="", title="Désordres signalés")
    defects_closed: bool | None = Field(default=None, title="Désordres réparés")
    adaptation: Adaptation | None = Field(default=None, title="Travaux d’adaptation")
    relays_in_place: bool | None = Field(default=None, title="École, transport, santé : relais en place")
    relays_missing: Annotated[list[Relay], Field(max_length=3)] = Field(default=[], title="Relais à trouver")
    neighbourhood: Text = Field(default="", title="Voisinage")
    wants_to_move: bool | None = Field(default=None, title="Souhaite à nouveau déménager")
    support_need: Text = Field(default="", title="Nouveau besoin d’accompagnement")
    satisfaction: Annotated[int, Field(ge=1, le=4)] | None = Field(default=None, title="Satisfaction (1 à 4)")
    outcome: FollowUpOutcome | None = Field(default=None, title="Conclusion")
    extended_until: date | None = Field(default=None, title="Accompagnement prolongé jusqu’au")
    signal_to: SignalTo | None = Field(default=None, title="Difficulté signalée à")
    signal_reason: Text = Field(default="", title="Objet du signalement")
    signal_consent: bool = Field(default=False, title="Le ménage est d’accord avec ce signalement")
    detail: LongText = Field(default="", title="Précisions (des faits, pas de jugement)")


def _contact_obstacles(step: Step, data: RecordFollowUp) -> Iterable[Reason]:
    yield from past(data.held_on, step.today, "Contact le", "held_on")
    moved = step.subject["moved_in_on"]
    if moved is not None and data.held_on < moved:
        yield Reason("field.held_on", f"Contact le : avant l’emménagement ({moved:%d/%m/%Y}) ; corrigez.")
    if moved is not None:
        yield from _milestone_obstacles(step, data, moved)
    if data.reached:
        yield from _content_obstacles(data)
    else:
        yield from _try_obstacles(step, data)
    yield from _outcome_obstacles(step, data)


def _milestone_obstacles(step: Step, data: RecordFollowUp, moved: date) -> Iterable[Reason]:
    """A milestone opens with its window; the twelfth month does not stand for the sixth."""
    earliest, _ = window(moved, data.milestone, int(step.setting("follow_up_window_days")))
    if data.held_on < earliest:
        yield Reason(
            "follow_up.early",
            f"Bilan à {data.milestone} mois : il se fait à partir du {earliest:%d/%m/%Y}.",
            "Réglage follow_up_window_days (à valider)",
        )
    if data.milestone > SIX_MONTHS > step.subject["follow_up_done"]:
        yield Reason("follow_up.six_first", "Enregistrez d’abord le bilan à six mois, fait ou non.")


def _content_obstacles(data: RecordFollowUp) -> Iterable[Reason]:
    lacking = [name for name in REQUIRED[data.milestone] if getattr(data, name) is None]
    if lacking:
        titles = ", ".join(f"« {RecordFollowUp.model_fields[name].title} »" for name in lacking)
        yield Reason("follow_up.incomplete", f"Bilan à {data.milestone} mois : il manque {titles}.", SOURCE)
    if data.arrears and data.rent_paid:
        yield Reason(
            "follow_up.arrears",
            f"Une dette de {data.arrears} € est notée alors que le loyer est dit payé : corrigez l’un des "
            "deux.",
            SOURCE,
        )
    if data.relays_missing and data.relays_in_place:
        yield Reason(
            "follow_up.relays",
            "Des relais restent à trouver alors qu’ils sont dits en place : corrigez l’un des deux.",
            SOURCE,
        )


def _try_obstacles(step: Step, data: RecordFollowUp) -> Iterable[Reason]:
    """A try says how it was made; two tries on one day are one."""
    if data.channel is None:
        yield Reason(
            "follow_up.channel", "Ménage non joint : indiquez le moyen de contact essayé.", TRIES_SOURCE
        )
    if data.outcome not in WITHOUT_CONTACT:
        yield Reason(
            "follow_up.no_contact",
            "Ménage non joint : pas de conclusion à donner, sauf si vous savez qu’il a quitté le logement.",
            SOURCE,
        )
    earlier = step.find(FollowUp, case_id=step.case_id, milestone=data.milestone, reached=False)
    if any(row["held_on"] == data.held_on for row in earlier):
        yield Reason(
            "follow_up.same_day",
            f"Un essai du {data.held_on:%d/%m/%Y} est déjà noté : le second se fait un autre jour.",
            TRIES_SOURCE,
        )


def _outcome_obstacles(step: Step, data: RecordFollowUp) -> Iterable[Reason]:
    if data.reached and data.outcome == "unreachable":
        yield Reason(
            "follow_up.reached", "Le ménage a été joint : « Injoignable » n’est pas une conclusion.", SOURCE
        )
    if data.outcome == "support_extended":
        yield from _extension_obstacles(step, data)
    if data.outcome == "new_difficulty":
        yield from _signal_obstacles(data)


def _extension_obstacles(step: Step, data: RecordFollowUp) -> Iterable[Reason]:
    months = int(step.setting("support_extension_months"))
    source = "Réglage support_extension_months (à valider)"
    if data.extended_until is None:
        yield Reason("follow_up.extension", "Accompagnement prolongé : indiquez jusqu’à quelle date.", source)
    elif not data.held_on < data.extended_until <= (latest := add_months(data.held_on, months)):
        yield Reason(
            "follow_up.extension",
            f"Accompagnement prolongé de {months} mois au plus : choisissez une date après le contact et au "
            f"plus tard le {latest:%d/%m/%Y}.",
            source,
        )


def _signal_obstacles(data: RecordFollowUp) -> Iterable[Reason]:
    if data.signal_to is None:
        yield Reason(
            "follow_up.signal",
            "Nouvelle difficulté : indiquez à qui elle est signalée (FSL, CCAPEX ou CCAS).",
            SOURCE,
        )
    elif data.signal_to != "ccapex" and not data.signal_consent:
        yield Reason(
            "follow_up.consent",
            f"{SIGNALS[data.signal_to]} : recueillez d’abord l’accord du ménage, puis cochez-le.",
            "FSL saisi avec l’accord du ménage ; domaine 1.1",
        )


@command(CASE, RecordFollowUp, check=_contact_obstacles)
def record_follow_up(step: Step, data: RecordFollowUp) -> None:
    """So many tries in vain for a milestone (setting follow_up_tries) make the household « injoignable »:
    it is done. What the conclusion leads to is done in the same command."""
    outcome = data.outcome or ("unreachable" if _in_vain(step, data) else "")
    written = data.model_dump(exclude={"outcome", "channel", "signal_to", "signal_reason", "signal_consent"})
    follow_up_id = step.insert(
        FollowUp,
        case_id=step.case_id,
        author_id=step.actor.id,
        outcome=outcome,
        channel=data.channel or "",
        **written,
    )
    step.created["follow_up"] = follow_up_id
    done = step.subject["follow_up_done"]
    if data.reached or outcome == "unreachable":
        step.set(follow_up_done=max(done, data.milestone))
    follow_outcome(step, data, outcome, follow_up_id)


def _in_vain(step: Step, data: RecordFollowUp) -> bool:
    """This try is the last that the setting asks for, and nobody was ever met for this milestone."""
    if data.reached:
        return False
    known = step.find(FollowUp, case_id=step.case_id, milestone=data.milestone)
    tries = sum(not row["reached"] for row in known) + 1
    return tries >= int(step.setting("follow_up_tries")) and not any(row["reached"] for row in known)
