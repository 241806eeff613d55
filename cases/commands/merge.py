"""Two cases about one household become one, and two again within the delay (domain 9, case 8)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import BeforeValidator, Field

from cases import access
from cases.commands import joining
from cases.commands.closing import EARLY
from cases.commands.fields import LongText, RequiredLong
from cases.commands.mergeable import SOURCE, not_mergeable, too_far
from cases.labels import COMMANDS as LABELS
from cases.lifecycle import machine_of
from cases.machines.facts import CaseFacts
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.rules.finding import plain
from cases.step import Step
from db import rows
from db.rows import Row
from db.tables.case import CaseFile, NamedReader
from db.tables.journal import JournalEntry, JournalHead
from db.tables.merge import CaseMerge

DUPLICATE = "duplicate_merged"
# Decided on what both cases brought together: nobody can say any more which one it belongs to.
INSEPARABLE = frozenset(
    {
        "make_offer",
        "refuse_offer",
        "expire_offer",
        "annul_offer",
        "accept_offer",
        "validate_third_refusal",
        "inform_committee",
        "allocate",
        "not_allocate",
        "sign_lease",
        "move_in",
        "move_temporarily",
        "change_holder",
        "split_household",
        "merge_cases",
    }
)
NAMING = frozenset({"protect_case", "add_reader", "remove_reader"})


def _as_written(value: object) -> object:
    """A reference typed by hand: no need for capitals."""
    return value.strip().upper() if isinstance(value, str) else value


class MergeCases(Data):
    duplicate_id: Annotated[str, Field(max_length=80), BeforeValidator(_as_written)] = Field(
        title="Numéro du doublon (M-… ou R-…)"
    )
    reason: LongText = Field(default="", title="Pourquoi c’est le même ménage")


def _merge_obstacles(step: Step, data: MergeCases) -> Iterable[Reason]:
    if data.duplicate_id == step.case_id:
        yield Reason(
            "merge.same", "Un dossier ne se fusionne pas avec lui-même : choisissez l’autre.", SOURCE
        )
        return
    other = step.get(CaseFile, id=data.duplicate_id)
    if other is None or access.obstacles(step.connection, step.actor, "merge_cases", CASE, other):
        yield Reason(
            "merge.unreachable",
            f"« {data.duplicate_id} » est introuvable, ou ne vous est pas ouvert : demandez la fusion "
            "au service qui le suit ou au secrétariat des ICI.",
            "Habilitations",
        )
        return
    yield from not_mergeable(step, other)
    yield from too_far(step, other)


@command(CASE, MergeCases, check=_merge_obstacles, moves=False)
def merge_cases(step: Step, data: MergeCases) -> None:
    """The other case closes as a duplicate; what it holds joins this one, oldest referral date first."""
    other = step.need(CaseFile, "Le dossier", id=data.duplicate_id)
    former = dict(other)
    noted = joining.join_rows(step, other)
    joined = joining.joined_columns(step, other)
    before = {name: step.subject[name] for name in joined}
    step.set(**joined)
    readers = _protect_both(step, other)
    closing = _closing(step, other)
    step.change_case(other, **closing)
    head = step.need(JournalHead, "La tête du journal", id=1)
    undo = {
        "rows": noted,
        "kept": {"before": plain(before), "after": plain(joined)},
        "absorbed": plain({name: former[name] for name in closing}),
        "readers": readers,
    }
    step.created["merge"] = step.insert(
        CaseMerge,
        kept_id=step.case_id,
        absorbed_id=other["id"],
        merged_on=step.occurred_on,
        merged_by=step.actor.id,
        reason=data.reason,
        journal_number=head["number"] + 1,
        undo=undo,
    )
    _tell(step, other, f"{other['id']} et {step.case_id} concernaient le même ménage : ils sont fusionnés.")


def _protect_both(step: Step, other: Row) -> dict[str, list[str]]:
    """One household is protected in both cases or in none."""
    if not step.subject["protected"]:
        return {}
    lead = step.lead_of(step.subject["body_id"])
    return joining.unite_readers(step, other, (step.subject["owner_id"], step.actor.id, lead))


def _closing(step: Step, other: Row) -> Row:
    facts = CaseFacts.of(other, early_reason_allowed=DUPLICATE in EARLY[other["kind"]])
    decision = machine_of(CASE, other).decide(other["state"], "close_early", facts)
    return {
        "state": decision.target,
        "stage_since": step.occurred_on,
        "closed_on": step.occurred_on,
        "closure_reason": DUPLICATE,
        "closed_from": other["state"],
        "merged_into_id": step.case_id,
        "protected": step.subject["protected"],
        **dict.fromkeys(joining.COUNTED, 0),
    }


def _tell(step: Step, other: Row, text: str) -> None:
    """Whoever followed or referred one of them; of a protected case, its named readers only."""
    cases = (step.subject, other)
    people = [case[column] for case in cases for column in ("owner_id", "referrer_id")]
    for case in cases:
        if case["protected"]:
            named = {row["account_id"] for row in step.find(NamedReader, case_id=case["id"])}
            people = [one for one in people if one in named]
    step.tell_each(people, "news", text, step.case_id)


class UndoMerge(Data):
    reason: RequiredLong = Field(title="Pourquoi ce n’est pas le même ménage")


def _undo_obstacles(step: Step, data: UndoMerge) -> Iterable[Reason]:
    merge = _last_merge(step)
    if merge is None:
        yield Reason("merge.none", "Aucun dossier n’a été fusionné dans celui-ci : il n’y a rien à défaire.")
        return
    days = int(step.setting("merge_undo_days"))
    if step.today > merge["merged_on"] + timedelta(days=days):
        yield Reason(
            "merge.too_late",
            f"La fusion du {merge['merged_on']:%d/%m/%Y} pouvait être défaite pendant {days} jours : "
            "signalez de nouveau l’autre ménage.",
            "Réglage merge_undo_days (à valider)",
        )
    for kind, day in _decided_since(step, merge):
        yield Reason(
            "merge.decided_since",
            f"La fusion ne se défait plus : « {LABELS[kind]} » a été enregistré le {day:%d/%m/%Y} "
            "sur ce que les deux dossiers réunissaient.",
            SOURCE,
        )
    yield from dict.fromkeys(joining.changed_since(step, merge["undo"]["rows"]))


def _last_merge(step: Step) -> Row | None:
    return next(iter(reversed(step.find(CaseMerge, kept_id=step.case_id, undone_on=None))), None)


def _since(step: Step, merge: Row, kinds: Iterable[str]) -> list[Any]:
    entry = rows.table_of(JournalEntry)
    query = (
        sa.select(entry.c.type, entry.c.occurred_on)
        .where(
            entry.c.case_id == step.case_id,
            entry.c.number > merge["journal_number"],
            entry.c.type.in_(sorted(kinds)),
        )
        .order_by(entry.c.number)
    )
    return list(step.connection.execute(query))


def _decided_since(step: Step, merge: Row) -> list[Any]:
    return _since(step, merge, INSEPARABLE)


@command(CASE, UndoMerge, check=_undo_obstacles, moves=False)
def undo_merge(step: Step, data: UndoMerge) -> None:
    """Both cases are again what they were; what was done since on this one stays with it."""
    merge = _last_merge(step)
    assert merge is not None  # the check has refused otherwise
    undo = merge["undo"]
    other = step.need(CaseFile, "Le dossier", id=merge["absorbed_id"])
    joining.separate_rows(step, undo["rows"])
    restored = joining.separated_columns(step, undo["kept"]["before"], undo["kept"]["after"])
    if _since(step, merge, NAMING):
        restored.pop("protected", None)  # somebody has since decided who may read this one
    else:
        joining.part_readers(step, {step.subject["id"]: undo["readers"].get(step.subject["id"], ())})
    joining.part_readers(step, {other["id"]: undo["readers"].get(other["id"], ())})
    step.set(**restored)
    step.change_case(other, **joining.typed(undo["absorbed"]))
    step.update(CaseMerge, {"id": merge["id"]}, undone_on=step.occurred_on, undone_by=step.actor.id)
    _tell(step, other, f"{other['id']} et {step.case_id} sont de nouveau deux dossiers.")
