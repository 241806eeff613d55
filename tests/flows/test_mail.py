"""Mail through a real SMTP server: one digest for a person and a working day, nothing lost, nothing said of a
protected case."""

import socket
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from cases import desk, mailbox
from cases.access import scope_of
from cases.clockwork import every_day
from db import rows
from db.engine import reading, transaction
from db.queries.mails import mail_counts, mail_troubles, my_choice
from db.rows import Row
from db.scope import Scope
from db.settings import env
from db.tables.clock import Mail, Notice
from db.tables.people import Account
from flows.delivery import delivery
from flows.digest import digest
from flows.post import post
from tests.cases.ici_world import ACTORS, World, at

DAY, NOON = date(2026, 2, 26), at("2026-02-26T12:00:00+01:00")
SATURDAY, LATER = date(2026, 2, 28), at("2026-02-28T12:00:00+01:00")
FRIDAY, NEXT_NOON = date(2026, 2, 27), at("2026-02-27T12:00:00+01:00")


class Mailbox:
    """What a real server received; `answer` is what it says next to whoever sends."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.answer = "250 OK"

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's own name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        found = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.received.append(found)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings = {"HOST": "127.0.0.1", "PORT": str(controller.port), "SECURITY": "none"}
    for name, value in settings.items():
        monkeypatch.setenv(f"RELOGEMENT_SMTP_{name}", value)
    monkeypatch.setenv("RELOGEMENT_PUBLIC_URL", "https://relogement.example")
    env.cache_clear()
    yield box
    controller.stop()


@pytest.fixture
def world(database: str) -> World:
    made = World()
    for who in ("sylvie", "omar"):
        with transaction() as connection:
            rows.update(connection, Account, {"id": who}, email=f"{who}@example.org")
    return made


def morning(day: date = DAY, now: datetime = NOON) -> dict[str, int]:
    every_day(day, now)
    delivery(day, now)
    return digest(day, now)


def ledger() -> list[Row]:
    with reading() as connection:
        return rows.find(connection, Mail)


def said(mail: EmailMessage) -> str:
    return "".join(part.get_content() for part in mail.walk() if not part.is_multipart())


def test_one_digest_with_what_is_late_first(world: World, server: Mailbox) -> None:
    case = world.referred()
    world.do("sylvie", "hand_over", case, to_id="omar", reason="Congé")
    assert morning()["mailed"] == 2
    mails = {str(mail["To"]): mail for mail in server.received}
    assert str(mails["sylvie@example.org"]["Subject"]) == "Relogement : 2 messages, dont 2 en retard"
    text = said(mails["sylvie@example.org"])
    assert f"dossier {case} : échéance le 23/02/2026, en retard de 3 jours." in text
    assert "https://relogement.example/messages" in text
    assert morning() == {"digests": 0, "mailed": 0, "postponed": 0, "refused": 0}, (
        "once, whatever is run again"
    )
    assert len(server.received) == len(ledger()) == 2
    with reading() as connection:
        assert all(row["mail_id"] for row in rows.find(connection, Notice, recipient_id="sylvie"))


def test_nothing_leaves_on_a_saturday_nor_without_a_server(
    world: World, server: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.referred()
    assert morning(SATURDAY, LATER)["digests"] == 0
    monkeypatch.setenv("RELOGEMENT_SMTP_HOST", "")
    env.cache_clear()
    assert morning() == {"digests": 0, "mailed": 0, "postponed": 0, "refused": 0}
    assert not server.received
    assert not ledger()


def test_who_wants_no_mail_reads_in_the_application(world: World, server: Mailbox) -> None:
    world.referred()
    desk.want_mail("sylvie", False)
    assert morning()["digests"] == 0
    desk.want_mail("sylvie", True)
    assert morning()["mailed"] == 1


def test_a_refused_address_is_kept_for_the_administrator_and_sent_again(
    world: World, server: Mailbox
) -> None:
    world.referred()
    server.answer = "550 5.1.1 Unknown mailbox"
    assert morning()["refused"] == 1
    refused = ledger()[0]
    assert (refused["state"], refused["error"]) == ("refused", "550 5.1.1 Unknown mailbox")
    server.answer = "250 OK"
    assert post(NOON + timedelta(days=2))["mailed"] == 0, "for good, until somebody asks"
    assert desk.send_again(refused["id"], now=NOON)
    assert post(NOON)["mailed"] == 1


def test_a_busy_server_is_tried_again_later_and_later(world: World, server: Mailbox) -> None:
    world.referred()
    server.answer = "451 4.3.0 Try again later"
    assert morning()["postponed"] == 1
    assert post(NOON + timedelta(minutes=4)) == {"mailed": 0, "postponed": 0, "refused": 0}
    assert post(NOON + timedelta(minutes=5))["postponed"] == 1
    assert post(NOON + timedelta(minutes=19))["postponed"] == 0
    server.answer = "250 OK"
    assert post(NOON + timedelta(minutes=20))["mailed"] == 1
    assert len(server.received) == 1


def test_a_server_that_does_not_answer_ends_as_refused_after_the_last_try(
    world: World, server: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.referred()
    monkeypatch.setenv("RELOGEMENT_SMTP_PORT", str(free_port()))
    env.cache_clear()
    tries = [morning()] + [post(NOON + timedelta(days=day)) for day in range(1, 6)]
    assert [count["postponed"] for count in tries] == [1, 1, 1, 1, 0, 0]
    assert ledger()[0]["state"] == "refused"


def test_killed_between_the_server_and_the_ledger_it_is_the_same_message_again(
    world: World, server: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.referred()
    with monkeypatch.context() as patch:
        patch.setattr(mailbox, "settle", _killed)
        with pytest.raises(KeyboardInterrupt):
            morning()
    assert ledger()[0]["state"] == "sending"
    assert post(NOON + timedelta(minutes=1))["mailed"] == 0, "its sender may still be alive"
    assert post(NOON + timedelta(minutes=5))["mailed"] == 1
    assert len({str(mail["Message-ID"]) for mail in server.received}) == 1
    assert ledger()[0]["state"] == "sent"


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_nothing_of_a_protected_case_but_its_number(world: World, server: Mailbox) -> None:
    case = world.referred(protected=True, name="Zeitoun", commune="Wattrelos")
    world.do("sylvie", "add_reader", case, account_id="omar")
    world.do("sylvie", "hand_over", case, to_id="omar", reason="Elle part à Lomme")
    morning()
    assert server.received
    for mail in server.received:
        whole = said(mail) + str(mail["Subject"])
        assert case in whole
        assert not [word for word in ("Zeitoun", "Wattrelos", "Lomme", "Aïcha", "Tilleuls") if word in whole]


def test_a_date_that_moved_or_was_met_is_not_quoted(world: World, server: Mailbox) -> None:
    case = world.referred()
    every_day(DAY, NOON)
    delivery(DAY, NOON)
    world.do("sylvie", "check_admissibility", case, when="2026-02-26T13:00:00+01:00")
    proof = {"kind": "lease", "dated_on": "2025-01-01"}
    world.do("sylvie", "request_information", case, wanted="le bail", when="2026-02-26T13:01:00+01:00")
    world.do("sylvie", "complete_information", case, evidence=[proof], when="2026-02-26T13:02:00+01:00")
    world.do("sylvie", "admit", case, when="2026-02-26T13:03:00+01:00")
    digest(FRIDAY, NEXT_NOON)
    assert not any("23/02/2026" in said(mail) for mail in server.received)


def test_the_administrator_sees_what_did_not_leave_and_nobody_else(world: World, server: Mailbox) -> None:
    world.referred()
    server.answer = "550 5.1.1 Unknown mailbox"
    morning()
    administrator = Scope("lea", "administrator", "mel", "none", frozenset())
    assert mail_counts(administrator) == {"refused": 1}
    assert [(one.address, one.error) for one in mail_troubles(administrator)] == [
        ("sylvie@example.org", "550 5.1.1 Unknown mailbox")
    ]
    worker = scope_of(ACTORS["sylvie"])
    assert (mail_counts(worker), mail_troubles(worker)) == ({}, ())
    assert my_choice(worker).wanted
