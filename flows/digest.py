"""Once a working day: what waits for each person, in one mail, late first; then the mails leave."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby

from cases import mailbox
from cases.rules.dates import is_working_day
from db.rows import Row
from db.settings import env
from flows.delivery import words_of
from flows.post import post
from flows.run import Counts
from templates import Letter
from templates import digest as letter


def digest(today: date, now: datetime) -> Counts:
    """Written once for a person and a day, whatever is killed and started again."""
    written = 0
    if env().smtp_host and is_working_day(today):
        while waiting := mailbox.to_tell(today):
            written += mailbox.write(drafts(waiting, today), today, now)
    return {"digests": written} | post(now)


def drafts(waiting: Sequence[Row], today: date) -> list[mailbox.Draft]:
    """One for each person: reminders by date, then what is new in the order it came."""
    told = sorted(waiting, key=lambda row: (row["recipient_id"], row["due_on"] or date.max, row["id"]))
    people = groupby(told, key=lambda row: str(row["recipient_id"]))
    return [_draft(person, list(notices), today) for person, notices in people]


def _draft(person: str, told: list[Row], today: date) -> mailbox.Draft:
    said = words(told, today)
    identity = sha256(person.encode()).hexdigest()[:16]
    return mailbox.Draft(
        recipient_id=person,
        address=told[0]["address"],
        message_id=f"<{today:%Y%m%d}.{identity}@relogement>",
        subject=said.subject,
        text=said.text,
        html=said.html,
        notices=tuple(row["id"] for row in told),
    )


def words(told: Sequence[Row], today: date) -> Letter:
    late: list[str] = []
    ahead: list[str] = []
    news: list[str] = []
    for row in told:
        dated = row["kind"] == "reminder" and row["due_on"] is not None
        place = news if not dated else late if row["due_on"] < today else ahead
        place.append(words_of(row, today))
    url = env().public_url.rstrip("/")
    return letter(
        name=told[0]["recipient"], late=late, ahead=ahead, news=news, link=f"{url}/messages" if url else ""
    )
