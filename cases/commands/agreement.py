"""A decision is recorded collectively: who was there and agreed, who abstained, and what the rule asks."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import Field

from cases.commands.fields import Ref
from cases.commands.member import members_on
from cases.reasons import Reason
from cases.step import Step
from db.tables.ici import IciSession

SOURCE = "ICI, décision actée collectivement"
MemberId = Annotated[int, Ref("member")]
Members = Annotated[list[MemberId], Field(max_length=200)]
WHOLE = 100


def agreement_obstacles(step: Step, abstained: list[int]) -> Iterable[Reason]:
    """The session is held; where members are named, who sits is known; a quorum, where a rule sets one."""
    session = step.get(IciSession, id=step.subject["session_id"] or "")
    if session is not None and session["state"] not in {"held", "minutes_validated"}:
        yield Reason(
            "decide.not_held", "La séance n’est pas ouverte : tenez-la avant de décider.", "ICI, temps 2"
        )
    elif session is not None:
        yield from _sitting_obstacles(step, session, abstained)


def _sitting_obstacles(step: Step, session: Mapping[str, Any], abstained: list[int]) -> Iterable[Reason]:
    sitting = members_on(step, session["ici"], session["held_on"])
    present = session["present_ids"]
    if sitting and not present:
        yield Reason(
            "decide.no_presence", "Présences : relevez qui siège avant la première décision.", SOURCE
        )
        return
    if set(abstained) - set(present):
        yield Reason("decide.absent", "Abstention : choisissez parmi les personnes présentes.", SOURCE)
    quorum = step.settings.setting("ici_quorum_percent", session["held_on"])
    if sitting and len(present) * WHOLE < int(str(quorum.value)) * len(sitting):
        yield Reason(
            "decide.no_quorum",
            f"Quorum : {len(present)} présents sur {len(sitting)}, la règle demande {quorum.value} %.",
            quorum.source,
        )


def agreement(step: Step, abstained: list[int]) -> dict[str, list[int]]:
    """Who agreed: everybody present who did not abstain, at the moment of the decision."""
    session = step.need(IciSession, "La séance", id=step.subject["session_id"])
    agreed = [member for member in session["present_ids"] if member not in set(abstained)]
    return {"agreed_ids": agreed, "abstained_ids": sorted(set(abstained))}
