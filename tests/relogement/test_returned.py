"""Mails that come back: the standard report of a mail server, as its administrator pipes it to us."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cases import desk, mailbox
from db import rows
from db.engine import reading
from db.rows import Row
from db.tables.clock import Mail
from relogement.cli import app
from tests.cases.ici_world import World, at

NOON = at("2026-02-26T12:00:00+01:00")
OURS = "<20260226.abc@relogement>"
REPORT = """From: MAILER-DAEMON@mx.example.org
To: ne-pas-repondre@relogement.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <report-1@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="BOUND"

--BOUND
Content-Type: text/plain; charset=utf-8

I'm sorry to have to inform you that your message could not be delivered.

--BOUND
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Thu, 26 Feb 2026 12:00:01 +0100

Final-Recipient: rfc822; sylvie@example.org
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <sylvie@example.org>:
    Recipient address rejected

--BOUND
{original}
--BOUND--
"""
WHOLE = "Content-Type: message/rfc822\n\nMessage-ID: {}\nSubject: Relogement : 1 message\n\nBonjour,\n"
HEADERS = "Content-Type: text/rfc822-headers\n\nSubject: Relogement : 1 message\nMessage-ID: {}\n"
ANSWER = "550 5.1.1 <sylvie@example.org>: Recipient address rejected"


@pytest.fixture
def sent(database: str) -> None:
    """One digest that the next server took."""
    World()
    draft = mailbox.Draft("sylvie", "sylvie@example.org", OURS, "Relogement : 1 message", "…", "…", ())
    mailbox.write([draft], NOON.date(), NOON)
    mailbox.settle(the_mail()["id"], NOON)


def the_mail() -> Row:
    with reading() as connection:
        return rows.find(connection, Mail)[0]


def a_report(original: str = WHOLE, about: str = OURS, action: str = "failed") -> bytes:
    return REPORT.format(action=action, original=original.format(about)).encode()


def piped(content: bytes) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["returned"], input=content)
    return result.exit_code, " ".join(result.output.split())


@pytest.mark.parametrize("original", [WHOLE, HEADERS])
def test_what_came_back_is_for_the_administrator_and_is_sent_again(sent: None, original: str) -> None:
    code, said = piped(a_report(original))
    assert (code, said.startswith("Noté : le courriel à sylvie@example.org est revenu")) == (0, True)
    assert (the_mail()["state"], the_mail()["error"]) == ("refused", ANSWER)
    assert piped(a_report(original)) == (0, "Ce retour était déjà noté.")
    assert desk.send_again(the_mail()["id"], now=NOON)


def test_a_delay_a_stranger_and_a_plain_mail_change_nothing(sent: None, tmp_path: Path) -> None:
    assert piped(a_report(action="delayed"))[0] == 0
    assert piped(a_report(about="<other@example.org>"))[0] == 1
    plain = EmailMessage()
    plain["Message-ID"] = OURS
    plain.set_content("Merci !")
    (tmp_path / "merci.eml").write_bytes(plain.as_bytes())
    result = CliRunner().invoke(app, ["returned", str(tmp_path / "merci.eml")])
    assert (result.exit_code, "Ce n’est pas un avis de non-remise" in result.output) == (1, True)
    assert piped(b"\x00\xff" * 50)[0] == 1
    assert the_mail()["state"] == "sent"
