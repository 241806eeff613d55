"""Handing mails to the server: one connection for a batch, what failed comes back later, what is refused
stays in the ledger for an administrator to see."""

import smtplib
import ssl
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from cases import mailbox
from cases.clock import day_in_paris
from cases.ici_desk import setting_on
from db.rows import Row
from db.settings import env
from flows.run import Counts

PATIENCE_SECONDS = 20
PERMANENT = range(500, 600)  # RFC 5321, 4.2.1
Waits = list[timedelta]


def post(now: datetime) -> Counts:
    """Everything that is due. Without a server nothing leaves: the messages are in the application."""
    counts: Counter[str] = Counter(mailed=0, postponed=0, refused=0)
    if env().smtp_host:
        waits = _waits(now)
        while batch := mailbox.due(now):
            counts.update(_batch(batch, now, waits))
    return dict(counts)


def _waits(now: datetime) -> Waits:
    minutes = setting_on("mail_retry_minutes", day_in_paris(now)).value
    assert isinstance(minutes, tuple)
    return [timedelta(minutes=int(str(step))) for step in minutes]


def _batch(batch: Sequence[Row], now: datetime, waits: Waits) -> list[str]:
    """How each of them ended. A connection that breaks leaves the rest for the next one."""
    ends: list[str] = []
    try:
        with connected() as server:
            for mail in batch:
                ends.append(_one(server, mail, now, waits))
                if ends[-1] == "postponed":
                    break
    except (OSError, smtplib.SMTPException) as error:
        return [*ends, *(_failed(mail, now, waits, str(error)) for mail in batch[len(ends) :])]
    return ends


def connected() -> smtplib.SMTP:
    """The server of the settings, greeted, under TLS where asked, signed in where an account is given."""
    here = env()
    server: smtplib.SMTP
    if here.smtp_security == "tls":
        server = smtplib.SMTP_SSL(
            here.smtp_host, here.smtp_port, timeout=PATIENCE_SECONDS, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(here.smtp_host, here.smtp_port, timeout=PATIENCE_SECONDS)
    try:
        if here.smtp_security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if here.smtp_user:
            server.login(here.smtp_user, here.smtp_password)
    except BaseException:
        server.close()
        raise
    return server


def _one(server: smtplib.SMTP, mail: Row, now: datetime, waits: Waits) -> str:
    if not mailbox.hand_over(mail["id"], now, now + _wait(mail, waits)):
        return "elsewhere"  # another worker has it
    try:
        server.send_message(message(mail))
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        return _answered(mail, now, waits, code, said)
    except smtplib.SMTPResponseException as error:
        return _answered(mail, now, waits, error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        return _settle_later(mail, now, waits, str(error))
    mailbox.settle(mail["id"], now)
    return "mailed"


def _answered(mail: Row, now: datetime, waits: Waits, code: int, said: bytes | str) -> str:
    """The server's own words, for the administrator; 5xx is for good."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    if code in PERMANENT:
        mailbox.settle(mail["id"], now, error=f"{code} {words}")
        return "refused"
    return _settle_later(mail, now, waits, f"{code} {words}")


def _failed(mail: Row, now: datetime, waits: Waits, why: str) -> str:
    if not mailbox.hand_over(mail["id"], now, now + _wait(mail, waits)):
        return "elsewhere"
    return _settle_later(mail, now, waits, why)


def _settle_later(mail: Row, now: datetime, waits: Waits, why: str) -> str:
    last = mail["tries"] + 1 >= len(waits)
    mailbox.settle(mail["id"], now, error=why, again_at=None if last else now + _wait(mail, waits))
    return "refused" if last else "postponed"


def _wait(mail: Row, waits: Waits) -> timedelta:
    return waits[min(int(mail["tries"]), len(waits) - 1)]


def message(mail: Row) -> EmailMessage:
    """Text first, HTML beside it; the same identity however often it is sent."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = env().mail_from, mail["address"], mail["subject"]
    made["Message-ID"], made["Date"] = mail["message_id"], format_datetime(mail["written_at"])
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(mail["text"])
    made.add_alternative(mail["html"], subtype="html")
    return made
