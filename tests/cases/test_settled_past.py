"""A setting changed today, even from a day long past, changes nothing that was computed before."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from cases.deadlines import sweep
from cases.territory import Setting, load_settings
from db.engine import reading
from db.rows import table_of
from db.tables.beside import Opinion, Suspension
from db.tables.case import Attempt, CaseFile
from db.tables.clock import Deadline
from db.tables.diagnosis import Diagnosis, NeedSheet
from db.tables.follow_up import Derogation, FollowUp, Promise, Satisfaction
from db.tables.ici import FrozenList, IciDecision
from db.tables.offer import CommitteeDecision, Offer
from db.tables.support import Obstacle, SupportMeasure
from db.tables.technical import TechnicalItem, TechnicalSession
from tests.builders import OFFER, a_rehousing, a_transfer, an_operation, ask, do, instant
from tests.cases.examples import SURVEY_RIME
from tests.ici_builders import an_escalation

# What was computed and is kept: the whole row, or these columns of it.
FROZEN: dict[type[SQLModel], tuple[str, ...]] = {
    Diagnosis: ("results", "grid"),
    NeedSheet: (),
    Offer: ("state", "countable", "judgement", "answer_due_on"),
    CommitteeDecision: (),
    Promise: (),
    FrozenList: (),
    IciDecision: (),
    Satisfaction: (),
    Derogation: (),
    FollowUp: (),
    TechnicalSession: (),
    TechnicalItem: (),
    SupportMeasure: (),
    Obstacle: (),
    Attempt: ("sent", "asked_on", "answer_due_on", "answer", "silence_noted_on"),
    Opinion: ("asked_on", "answer_due_on"),
    Suspension: (),
    CaseFile: ("countable_refusals", "right_to_stay_until", "moved_in_on", "follow_up_done"),
}
FROM = "2017-03-17"
LATER = "2027-01-04"
TODAY = date(2027, 1, 4)


def frozen() -> dict[str, list[tuple[Any, ...]]]:
    kept = {}
    with reading() as connection:
        for model, names in FROZEN.items():
            table = table_of(model)
            columns = [table.c[name] for name in names] if names else list(table.c)
            rows = connection.execute(sa.select(*columns).order_by(*table.primary_key))
            kept[table.name] = [tuple(row) for row in rows]
        closed = table_of(Deadline)
        kept["deadline"] = [
            tuple(row)
            for row in connection.execute(
                sa.select(closed).where(closed.c.closed_at.is_not(None)).order_by(closed.c.id)
            )
        ]
    return kept


def another(value: Any, unit: str) -> Any:
    """A different value of the same kind, one that the office may decide."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, str):
        return next((word.strip() for word in unit.split("|") if word.strip() != value), value)
    if value and isinstance(value[0], int | float):
        return [item + 1 for item in value]
    return [list(item) if isinstance(item, tuple) else item for item in value[1:]]


def lives() -> list[str]:
    """A household refused three countable offers, one moved in, one raised to the ICI."""
    operation = an_operation()
    third = a_rehousing(at="searching", building=operation.building)
    for day, after in (
        ("2026-02-02", "2026-02-10"),
        ("2026-03-02", "2026-03-10"),
        ("2026-04-02", "2026-04-10"),
    ):
        do("make_offer", third, "farid", day, **OFFER | {"received_on": day})
        do("refuse_offer", third, "farid", after, reasons=["location"], signed=True)
    do("validate_third_refusal", third, "denis", "2026-04-15", confirmed=True, reason="Vérifié.")
    moved = a_rehousing(at="closed", building=operation.building)
    raised = a_transfer(at="searching")
    an_escalation("decided", case=raised)
    advised = beside()
    return [third, moved, raised, a_transfer(at="closed"), advised]


def beside() -> str:
    """A household followed: obstacle, support, committee, landlords asked, derogation, survey."""
    reference = a_rehousing(at="searching")
    about = (reference, "farid")
    do("send_need", *about, "2026-02-02", body_ids=["vilogia"])
    do("note_obstacle", *about, "2026-02-02", kind="digital", action="Atelier", due_on="2026-03-02")
    do("start_support", *about, "2026-03-02", kind="asll", body_id="ccas-tourcoing", worker="Mme Leroy",
       consented_on="2026-03-01", started_on="2026-03-02")  # fmt: skip
    do("ask_opinion", *about, "2026-03-02", body_id="vilogia", question="Un T4 se libère-t-il ?")
    do("suspend_case", *about, "2026-03-02", reason="household_absent", until="2026-03-09")
    do("resume_case", *about, "2026-03-09")
    do(
        "record_derogation",
        reference,
        "denis",
        "2026-03-10",
        promise="means",
        reason="Accord.",
        decided_on="2026-03-10",
    )
    session = str(do("plan_technical", None, "gaelle", "2026-03-02", held_on="2026-03-10").reference)
    item = do("submit_to_technical", *about, "2026-03-03", session_id=session, asked="need")
    do("open_technical", session, "gaelle", "2026-03-10", present_ids=["lmh"])
    point = item.created["technical_item"]
    do("record_opinion", session, "gaelle", "2026-03-10", item_id=point, opinion="favourable")
    do("close_technical", session, "gaelle", "2026-03-10")
    follow = a_rehousing(at="follow_up")
    do("record_satisfaction", follow, "farid", "2026-12-01", **SURVEY_RIME)
    return reference


@pytest.mark.usefixtures("house")
def test_no_setting_changes_what_was_computed_before() -> None:
    cases = lives()
    before = frozen()
    assert all(before.values()), "each kind of result must be there, or this shows nothing"
    assert sum(changed(setting) for setting in load_settings().all_on(TODAY)) > 20
    for reference in cases[:1] + cases[2:3]:
        do("add_note", reference, "farid" if reference.startswith("R") else "amina", LATER, text="Lu.")
    sweep(TODAY, instant(LATER))
    assert frozen() == before


def changed(setting: Setting) -> bool:
    data = {"key": setting.key, "valid_from": FROM, "value": another(setting.value, setting.unit)}
    return ask("change_setting", None, "lea", LATER, **data, source="Essai.", text_read=True).done
