"""The anonymised sheet of an escalation: given only when nothing in the file names or locates a household.

The file itself is searched, as it would be handed over; whether it was given is in the journal, what it holds
is not.
"""

from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from typing import Annotated, Any

from pydantic import Field

from cases.identity import identifiers_of
from cases.labels.identifiers import IDENTIFIERS
from cases.reasons import Reason
from cases.registry import ESCALATION, Data, Secret, command
from cases.rules.identifiers import Hit, hits
from cases.rules.page_text import sections
from cases.step import Step
from db import rows
from db.tables.case import CaseFile, NamedReader
from db.tables.ici import IciCourse

MOST_CHARACTERS = 500_000
SOURCE = "Domaine 6.3 : pas de nom à l’ICI"


class GiveItemSheet(Data):
    content: Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS), Secret] = Field(
        title="Fiche, telle qu’elle serait remise"
    )


@command(ESCALATION, GiveItemSheet, moves=False)
def give_item_sheet(step: Step, data: GiveItemSheet) -> None:
    """Accepted either way, so that a sheet held back is journaled too: `created` says which it was."""
    found = _found(step, sections(data.content), _carried(step))
    step.created |= {
        "given": not found,
        "digest": sha256(data.content.encode()).hexdigest(),
        "found": [_told(hit) for hit in found],
    }


def _told(hit: Hit) -> dict[str, Any]:
    """Where the words stand, never the words: this stays in the journal for ever."""
    return {
        "kind": hit.kind,
        "case_id": hit.case_id,
        "place": hit.place,
        "start": hit.start,
        "end": hit.end,
    }


def naming(step: Step, texts: Mapping[str, str], case_ids: Collection[str] | None = None) -> Iterator[Reason]:
    """What in these texts names a household of these cases, or of all that the targeted escalation carries or
    carried. `texts`: field's title → text."""
    for hit in _found(step, texts, _carried(step) if case_ids is None else case_ids):
        whose = f" ({hit.case_id})" if hit.case_id else ""
        yield Reason(
            "item.names",
            f"{hit.place} : {IDENTIFIERS[hit.kind]}{whose} s’y trouve ; réécrivez sans rien qui désigne le "
            "ménage.",
            SOURCE,
        )


def _carried(step: Step) -> list[str]:
    return [course["case_id"] for course in step.find(IciCourse, escalation_id=step.subject["id"])]


def _found(step: Step, texts: Mapping[str, str], case_ids: Collection[str]) -> list[Hit]:
    """Of a protected case that the actor may not open, only that something was found, and where."""
    found = hits(texts, identifiers_of(step.connection, case_ids))
    sealed = _sealed(step, {hit.case_id for hit in found})
    told = [Hit("protected", "", hit.place, 0, 0) if hit.case_id in sealed else hit for hit in found]
    return list(dict.fromkeys(told))


def _sealed(step: Step, case_ids: Collection[str]) -> set[str]:
    protected = [key for key in case_ids if rows.get(step.connection, CaseFile, id=key, protected=True)]
    return {key for key in protected if step.get(NamedReader, case_id=key, account_id=step.actor.id) is None}
