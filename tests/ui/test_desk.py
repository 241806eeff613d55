"""Small writes about no case, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from cases import desk
from cases.actor import Actor, Role
from db.engine import reading, transaction
from db.rows import find, insert, update
from db.tables.clock import Notice
from db.tables.people import Account, Marker, ReadLog, SignIn
from tests.ui.conftest import PASSWORD

NOW = datetime(2026, 9, 15, 8, 30, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("people")


def test_a_session_says_who_acts_until_it_expires() -> None:
    token = desk.sign_in("alice", PASSWORD, now=NOW)

    assert desk.actor_of(token, now=NOW + timedelta(hours=11, minutes=59)) == Actor(
        id="alice", name="Alice", role=Role.SOCIAL_WORKER, body_id="ccas", body_kind="ccas", is_lead=True
    )
    assert desk.actor_of(token, now=NOW + timedelta(hours=12)) is None


def test_the_database_keeps_no_token() -> None:
    token = desk.sign_in(" alice@ccas.test ", PASSWORD, now=NOW)
    with reading() as connection:
        kept = find(connection, SignIn)
    assert token is not None
    assert len(kept) == 1
    assert token not in str(kept)


@pytest.mark.parametrize(
    ("login", "password"),
    [("alice", "autre"), ("alice", ""), ("bob", ""), ("chloe", PASSWORD), ("inconnu", PASSWORD), ("", "")],
)
def test_nobody_else_signs_in(login: str, password: str) -> None:
    assert desk.sign_in(login, password, now=NOW) is None


def test_an_unknown_login_costs_a_hash_too(monkeypatch: pytest.MonkeyPatch) -> None:
    spent: list[str] = []

    class Counting:
        def hash(self, _: str) -> str:
            return "decoy"

        def verify(self, _: str, known: str) -> bool:
            spent.append(known)
            return True

    desk._decoy.cache_clear()
    monkeypatch.setattr(desk, "_hasher", Counting)
    assert desk.sign_in("inconnu", "x", now=NOW) is None
    assert desk.sign_in("bob", "x", now=NOW) is None
    assert spent == ["decoy", "decoy"]
    desk._decoy.cache_clear()


def test_signing_out_and_closing_an_account_end_the_session() -> None:
    first, second = (desk.sign_in("alice", PASSWORD, now=NOW) for _ in range(2))
    desk.sign_out(first)
    desk.sign_out(first)
    assert desk.actor_of(first, now=NOW) is None
    assert desk.actor_of(second, now=NOW) is not None
    with transaction() as connection:
        update(connection, Account, {"id": "alice"}, active=False)
    assert desk.actor_of(second, now=NOW) is None


@pytest.mark.parametrize("token", [None, "", "faux", "é" * 50])
def test_a_false_token_is_nobody(token: str | None) -> None:
    assert desk.actor_of(token, now=NOW) is None


def test_expired_sessions_are_swept_at_the_next_sign_in() -> None:
    desk.sign_in("alice", PASSWORD, now=NOW)
    desk.sign_in("alice", PASSWORD, now=NOW + timedelta(days=1))
    with reading() as connection:
        assert len(find(connection, SignIn)) == 1


def test_a_draft_is_kept_replaced_and_dropped() -> None:
    desk.save_draft("alice", "offer:M-1", {"what": "é", "n": [1, None]}, now=NOW)
    desk.save_draft("alice", "offer:M-1", {"what": "deux"}, now=NOW)
    desk.save_draft("bob", "offer:M-1", {"what": "autre"}, now=NOW)
    assert desk.draft("alice", "offer:M-1") == {"what": "deux"}
    desk.drop_draft("alice", "offer:M-1")
    assert desk.draft("alice", "offer:M-1") is None
    assert desk.draft("bob", "offer:M-1") == {"what": "autre"}


def test_a_read_of_a_sensitive_field_is_logged() -> None:
    desk.log_read("alice", "M-2026-0001", "safety", "Préparer la visite", now=NOW)
    with reading() as connection:
        (line,) = find(connection, ReadLog)
    assert (line["account_id"], line["case_id"], line["field_class"]) == ("alice", "M-2026-0001", "safety")
    assert (line["reason"], line["at"]) == ("Préparer la visite", NOW)


def test_only_the_recipient_marks_a_notice_and_only_once() -> None:
    with transaction() as connection:
        ids = [
            insert(
                connection, Notice, key=key, recipient_id=who, kind="k", subject="", text="", written_at=NOW
            )
            for key, who in [("1", "alice"), ("2", "bob")]
        ]
    assert desk.mark_read(ids, "alice", now=NOW) == 1
    assert desk.mark_read(ids, "alice", now=NOW + timedelta(hours=1)) == 0
    assert desk.mark_read([], "alice", now=NOW) == 0
    with reading() as connection:
        assert [row["read_at"] for row in find(connection, Notice)] == [NOW, None]


def test_markers_and_names_of_bodies() -> None:
    assert desk.marker("demonstration") is None
    with transaction() as connection:
        insert(connection, Marker, key="demonstration", value="1")
    assert desk.marker("demonstration") == "1"
    assert desk.body_name("ccas") == "CCAS de <Roubaix>"
    assert desk.body_name("inconnu") == ""
