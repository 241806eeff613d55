"""Escalations that the system proposes from open blockages, with the draft that one click opens."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import cast

from cases import journal
from cases.access import scope_of
from cases.actor import Actor
from cases.labels import BLOCKAGES, REFUSALS
from cases.perimeter import ici_by_commune
from cases.rules.finding import Certainty
from cases.rules.proposals import Cell, Proposal, proposals
from cases.rules.tried import Tried, tried_words
from cases.step import settings_at
from cases.territory import Setting, commune
from db.engine import reading
from db.queries import blocked_groups

THRESHOLD = "escalation_proposal_cases"
NAMED = 3  # communes named in a title
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Proposed:
    """`threshold` says from how many cases a group is proposed, with its source and certainty."""

    lines: tuple[Proposal, ...]
    threshold: Setting


@dataclass(frozen=True, slots=True)
class ProposedDraft:
    """What the form is filled with: the worker completes it, or takes cases out, before it is filed."""

    ici: str
    case_ids: tuple[str, ...]
    theme: str
    scale: str
    title: str
    tried: str


def proposed(actor: Actor, today: date, ici: str | None = None) -> Proposed:
    """Of the cases that this actor sees; those of one ICI, or of all (None)."""
    with reading() as connection:
        perimeter = ici_by_commune(connection, today)
        settings = settings_at(connection, journal.read_head(connection).settings_version)
    threshold = settings.setting(THRESHOLD, today)
    taken = blocked_groups.covered()
    cells = [
        Cell(
            **asdict(one),
            covered=(one.theme, one.commune, one.typology) in taken,
        )
        for one in blocked_groups.counts(scope_of(actor))
    ]
    least, certainty = int(str(threshold.value)), cast(Certainty, threshold.certainty)
    found = proposals(cells, perimeter, least, certainty).value or ()
    return Proposed(tuple(one for one in found if ici in (None, one.ici)), threshold)


def draft_of(key: str, actor: Actor, today: date) -> ProposedDraft | None:
    """What a proposal would raise, as the records have it now; None when it is no longer one."""
    line = next((one for one in proposed(actor, today).lines if one.key == key), None)
    if line is None:
        return None
    case_ids = blocked_groups.cases_of(scope_of(actor), line.theme, line.communes, line.typologies)
    return ProposedDraft(
        ici=line.ici,
        case_ids=case_ids,
        theme=line.theme,
        scale=line.scale,
        title=f"{BLOCKAGES[line.theme]} – {where_of(line)} – {len(case_ids)} dossiers"[:LONGEST],
        tried=what_was_tried(actor, case_ids, line.theme),
    )


def what_was_tried(actor: Actor, case_ids: tuple[str, ...], theme: str) -> str:
    """From the records of these cases; counts and landlords only."""
    facts = blocked_groups.tried(scope_of(actor), case_ids, theme)
    refusals = {REFUSALS.get(code, code): count for code, count in facts.refusals.items()}
    return tried_words(Tried(cases=len(case_ids), **asdict(facts) | {"refusals": refusals}))


def where_of(line: Proposal) -> str:
    """« Roubaix », or « T5, Croix, Hem et 2 autres communes »."""
    names = sorted(commune(insee).name for insee in line.communes)
    rest = len(names) - NAMED
    said = ", ".join(names[:NAMED])
    if rest > 0:
        said += f" et {rest} autre{'s' if rest > 1 else ''} commune{'s' if rest > 1 else ''}"
    return said if line.scale == "sector" else f"{typologies_of(line)}, {said}"


def typologies_of(line: Proposal) -> str:
    return ", ".join(f"T{typology}" for typology in line.typologies if typology is not None)
