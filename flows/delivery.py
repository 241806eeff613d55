"""During office hours: put what the commands and the daily sweep have written in people's inboxes."""

from datetime import date, datetime

from cases import outbox
from cases.clock import day_in_paris
from cases.labels import DEADLINES
from db.rows import Row
from flows.post import post
from flows.run import Counts
from templates import information, reminder

SUBJECTS = {"case": "dossier {}", "session": "séance {}"}


def delivery(today: date, now: datetime) -> Counts:
    """Batch after batch, each in one transaction: killed and started again, nothing is sent twice."""
    sent = 0
    while batch := outbox.pending():
        sent += outbox.delivered([(notice["id"], words_of(notice, today)) for notice in batch], now)
    return {"delivered": sent}


def words_of(notice: Row, today: date) -> str:
    """What the notice says on that day. Of a protected case only the number leaves the door."""
    protected = bool(notice["protected"])
    if notice["kind"] != "reminder" or notice["due_on"] is None:
        return information(text=notice["text"], reference=notice["case_id"], protected=protected)
    return reminder(
        deadline_label=DEADLINES.get(notice["deadline_kind"] or "", "À faire"),
        reference=notice["case_id"] if protected else _about(notice),
        due_on=notice["due_on"],
        today=today,
        missed_on=_missed(notice),
        protected=protected,
    )


def _missed(notice: Row) -> date | None:
    """The day when the clock should have said it, once it is late; what was born late is nobody's delay."""
    planned: date | None = notice["planned_on"]
    if planned is None or planned >= day_in_paris(notice["written_at"]):
        return None
    return planned if day_in_paris(notice["opened_at"]) < planned else None


def _about(notice: Row) -> str | None:
    """The case, else the session, else the decision: where the explanation of its date begins."""
    if notice["case_id"]:
        return f"dossier {notice['case_id']}"
    about, _, key = str(notice["subject"]).partition(":")
    if about == "obligation":
        begins = str(notice["explanation"][0])
        return begins[:1].lower() + begins[1:]
    return SUBJECTS[about].format(key) if about in SUBJECTS else None


def deliver_and_post(today: date, now: datetime) -> Counts:
    return delivery(today, now) | post(now)
