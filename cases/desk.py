"""Small writes about no case: sign-in tokens, drafts, the log of reads, marks in the inbox.

One transaction each and no journal line. What changes a case goes through `cases/door.py`.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from pwdlib import PasswordHash
from sqlalchemy import Connection

from cases.actor import Actor, Role
from db.engine import reading, transaction
from db.rows import Row, delete, find, get, insert, table_of, update, upsert
from db.settings import env
from db.tables.clock import Mail, Notice
from db.tables.people import Account, Body, Draft, Feed, Marker, ReadLog, SignIn

TOKEN_BYTES = 32

_account = table_of(Account)
_body = table_of(Body)
_draft = table_of(Draft)
_mail = table_of(Mail)
_notice = table_of(Notice)
_sign_in = table_of(SignIn)

_who_holds = (
    sa.select(_account, _body.c.kind.label("body_kind"))
    .join(_sign_in, _sign_in.c.account_id == _account.c.id)
    .join(_body, _body.c.id == _account.c.body_id)
    .where(
        _sign_in.c.token_digest == sa.bindparam("digest"),
        _sign_in.c.expires_at > sa.bindparam("now"),
        _account.c.active.is_(True),
    )
)
_end_session = sa.delete(_sign_in).where(_sign_in.c.token_digest == sa.bindparam("digest"))
_end_expired = sa.delete(_sign_in).where(_sign_in.c.expires_at <= sa.bindparam("now"))
_drop_draft = sa.delete(_draft).where(
    _draft.c.account_id == sa.bindparam("account"), _draft.c.form == sa.bindparam("name")
)


@lru_cache(maxsize=1)
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@lru_cache(maxsize=1)
def _decoy() -> str:
    """A hash nobody has the password of: an unknown login costs the same time as a wrong password."""
    return _hasher().hash(secrets.token_urlsafe(TOKEN_BYTES))


def hash_password(password: str) -> str:
    """The argon2id hash that `Account.password_hash` keeps."""
    return _hasher().hash(password)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _account_of_login(connection: Connection, login: str) -> Row | None:
    """By identifier, else by an e-mail address that one account only bears."""
    account = get(connection, Account, id=login)
    if account is not None or "@" not in login:
        return account
    bearers = find(connection, Account, email=login)
    return bearers[0] if len(bearers) == 1 else None


def sign_in(login: str, password: str, *, now: datetime) -> str | None:
    """Open a session; its token, kept by the browser alone, or None. Spends one hash whoever asks."""
    with reading() as connection:
        account = _account_of_login(connection, login.strip())
    known = account["password_hash"] if account is not None and account["active"] else ""
    proven = _hasher().verify(password, known or _decoy())
    if account is None or not known or not proven:
        return None
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires_at = now + timedelta(hours=env().session_hours)
    with transaction() as connection:
        connection.execute(_end_expired, {"now": now})
        insert(
            connection, SignIn, token_digest=_digest(token), account_id=account["id"], expires_at=expires_at
        )
    return token


def actor_of(token: str | None, *, now: datetime) -> Actor | None:
    """Who holds this token, or None when it is unknown, expired, or its account was closed."""
    if not token:
        return None
    with reading() as connection:
        row = connection.execute(_who_holds, {"digest": _digest(token), "now": now}).mappings().first()
    if row is None:
        return None
    return Actor(
        id=row["id"],
        name=row["name"],
        role=Role(row["role"]),
        body_id=row["body_id"],
        body_kind=row["body_kind"],
        is_lead=row["is_lead"],
        ici=row["ici"],
    )


def sign_out(token: str | None) -> None:
    """End the session of this token. Ending it twice is no error."""
    if not token:
        return
    with transaction() as connection:
        connection.execute(_end_session, {"digest": _digest(token)})


def body_name(body_id: str) -> str:
    """The name of an organisation, or "" when it is unknown."""
    with reading() as connection:
        body = get(connection, Body, id=body_id)
    return body["name"] if body is not None else ""


def marker(key: str) -> str | None:
    """A fact about the database itself, such as `demonstration`."""
    with reading() as connection:
        row = get(connection, Marker, key=key)
    return row["value"] if row is not None else None


def save_draft(account_id: str, form: str, content: dict[str, Any], *, now: datetime) -> None:
    """Keep what was typed in this form; the last save wins."""
    row = {"account_id": account_id, "form": form, "content": content, "saved_at": now}
    with transaction() as connection:
        upsert(connection, Draft, ("account_id", "form"), **row)


def draft(account_id: str, form: str) -> dict[str, Any] | None:
    """What was typed in this form and not yet sent."""
    with reading() as connection:
        row = get(connection, Draft, account_id=account_id, form=form)
    return row["content"] if row is not None else None


def drop_draft(account_id: str, form: str) -> None:
    with transaction() as connection:
        connection.execute(_drop_draft, {"account": account_id, "name": form})


def log_read(account_id: str, case_id: str, field_class: str, reason: str, *, now: datetime) -> None:
    """Keep who read a sensitive class of fields, and why (domain 6.3)."""
    with transaction() as connection:
        insert(
            connection,
            ReadLog,
            at=now,
            account_id=account_id,
            case_id=case_id,
            field_class=field_class,
            reason=reason,
        )


def mark_read(notice_ids: Iterable[int], account_id: str, *, now: datetime) -> int:
    """Mark notices as read, those of this recipient only; how many were new."""
    ids = list(notice_ids)
    if not ids:
        return 0
    statement = (
        sa.update(_notice)
        .where(_notice.c.id.in_(ids), _notice.c.recipient_id == account_id, _notice.c.read_at.is_(None))
        .values(read_at=now)
    )
    with transaction() as connection:
        return connection.execute(statement).rowcount


def want_mail(account_id: str, wanted: bool) -> None:
    """One's own choice: the daily digest by mail, or the application alone."""
    with transaction() as connection:
        update(connection, Account, {"id": account_id}, mail_wanted=wanted)


def send_again(mail_id: int, *, now: datetime) -> bool:
    """An administrator asks for a refused mail to leave again, to the address that its account has now."""
    address = sa.select(_account.c.email).where(_account.c.id == _mail.c.recipient_id).scalar_subquery()
    refused = sa.update(_mail).where(_mail.c.id == mail_id, _mail.c.state == "refused")
    again = refused.values(state="queued", tries=0, next_try_at=now, error="", address=address)
    with transaction() as connection:
        return connection.execute(again).rowcount == 1


def open_feed(account_id: str, about: str, *, now: datetime) -> str:
    """The secret of a new calendar address; the former one of the same kind stops working."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction() as connection:
        delete(connection, Feed, account_id=account_id, about=about)
        insert(connection, Feed, token_digest=_digest(token), account_id=account_id, about=about, made_at=now)
    return token


def close_feed(account_id: str, about: str) -> None:
    with transaction() as connection:
        delete(connection, Feed, account_id=account_id, about=about)


def feed_of(token: str) -> tuple[str, str] | None:
    """Whose account this calendar is, and what about; None once it is closed."""
    with reading() as connection:
        feed = get(connection, Feed, token_digest=_digest(token))
    return (feed["account_id"], feed["about"]) if feed is not None else None


def feeds_of(account_id: str) -> frozenset[str]:
    """The calendars that this account has open."""
    with reading() as connection:
        return frozenset(str(feed["about"]) for feed in find(connection, Feed, account_id=account_id))
