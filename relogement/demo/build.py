"""The demonstration territory, made through the door: every line is a command that somebody could have typed."""

import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import make_url

from cases.clock import PARIS, day_in_paris
from cases.desk import hash_password
from cases.reasons import refuse
from cases.reference import (
    DEMO_PASSWORD,
    is_half_made,
    load_reference,
    mark_demonstration,
    mark_ready,
    remember_demo_accounts,
)
from cases.territory import sites
from db.engine import engine
from db.settings import env
from db.upgrade import is_current, upgrade
from relogement.demo import beside, demolition, duplicates, items, moved, partner, search, sitting
from relogement.demo.cast import BODIES, DEMO_ACCOUNTS, LANDLORDS, PEOPLE
from relogement.demo.committees import Committees
from relogement.demo.population import LIVING, population
from relogement.demo.sessions import Sessions
from relogement.demo.standing import standing
from relogement.lines import Known, Line
from relogement.rehearse import Played, rehearse

Row = dict[str, Any]
OLDEST_DAYS = 1500
SWEPT_DAYS = 12
BUILDINGS = ("Bâtiment A", "Bâtiment B", "Tour Copernic", "Barre des Tilleuls", "Entrées 2 à 8")
notes = Console(stderr=True)


def build(*, cases: int, seed: int, now: datetime) -> tuple[int, int] | None:
    """How many lines were played and how many refused; None when the database already exists. Same seed, same day: same territory."""
    url = env().database()
    if _exists(url):
        if not is_half_made():
            return None
        _remove_half_made(url)
    upgrade(url)
    load_reference()
    mark_demonstration()
    remember_demo_accounts([(account.person_id, account.description) for account in DEMO_ACCOUNTS])
    lines = script(Random(seed), day_in_paris(now), cases)  # noqa: S311  # a reproducible draw, no secret
    refused = [played for played in _played(lines) if not played.outcome.done]
    for played in refused[:10]:
        notes.print(f"Refusé : {played.line.content.get('type')} : {played.outcome.message}", markup=False)
    mark_ready()
    notes.print(f"Territoire de démonstration créé : {len(lines)} actions, {len(refused)} refusées.")
    return len(lines), len(refused)


def _remove_half_made(url: str) -> None:
    """A demonstration killed on the way is made again; only its own embedded file is ever removed."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise refuse(
            "demo.half_made", "La démonstration n’a pas été achevée : videz cette base et recommencez."
        )
    engine().dispose()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{parsed.database}{suffix}").unlink(missing_ok=True)


def _exists(url: str) -> bool:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(str(parsed.database)).exists():
        return False
    return is_current(url)


def _played(lines: list[Row]) -> Iterator[Played]:
    known = Known()
    numbered = [Line(rank, row) for rank, row in enumerate(lines, start=1)]
    with Progress(console=notes, transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("Création du territoire de démonstration", total=len(numbered))
        for played in rehearse(numbered, known=known):
            progress.advance(task)
            yield played


def script(rng: Random, today: date, cases: int) -> list[Row]:
    """Every line, oldest first. The database's first day comes before any life."""
    first_day = today - timedelta(days=OLDEST_DAYS)
    opening = cast(first_day) + territory(rng, today, first_day)
    buildings = _buildings_by_site(opening)
    lives = population(rng, today, cases, buildings)
    rows = [row for life in lives for row in life.lines(today)]
    rows += duplicates.lines(today)
    alone = standing(Random(cases), today, cases / LIVING)  # noqa: S311  # its own draw, no secret
    rows += [row for life in alone for row in life.lines(today)]
    found = partner.referred(Random(cases), today)  # noqa: S311  # its own draw, no secret
    rows += [row for life in found for row in life.lines(today)]
    rows += Sessions(rng, today, [*lives, *alone], first_day + timedelta(days=2)).lines()
    rows += moved.lines(today)
    rows += sitting.lines(today, first_day + timedelta(days=2))
    rows += Committees(Random(rng.random()), today, lives).lines()  # noqa: S311  # its own draw, no secret
    rows += search.lines(lives, today)
    rows += beside.lines(lives, today)
    rows += items.lines(lives, rows, today)
    rows += demolition.lines(lives, today, Random(rng.random()))  # noqa: S311  # its own draw, no secret
    rows += [
        {
            "flow": name,
            "now": datetime.combine(today - timedelta(days=back), time(hour, 0), PARIS).isoformat(),
        }
        for back in range(SWEPT_DAYS, -1, -1)
        for name, hour in (("daily", 6), ("delivery", 7))
    ]
    return opening + sorted(rows, key=lambda row: datetime.fromisoformat(row["now"]))


def cast(first_day: date) -> list[Row]:
    """Organisations and accounts; one password for all, hashed once."""
    password = hash_password(DEMO_PASSWORD)
    found = []
    for rank, body in enumerate(body for body in BODIES if body.id != "mel"):
        data: Row = {"id": body.id, "name": body.name, "kind": body.kind, "commune": body.commune}
        found.append(_system(first_day, f"body.{body.id}", "create_body", rank, data))
    for rank, person in enumerate(PEOPLE):
        data = {
            "id": person.id,
            "name": person.name,
            "email": person.email,
            "role": person.role,
            "body_id": person.body_id,
            "is_lead": person.is_lead,
            "ici": person.ici,
            "password_hash": password,
        }
        found.append(_system(first_day, f"account.{person.id}", "create_account", rank, data))
    return found


def _system(day: date, identifier: str, kind: str, rank: int, data: Row, target: str | None = None) -> Row:
    now = datetime.combine(day, time(8 + rank // 60, rank % 60), PARIS)
    return {
        "id": identifier,
        "type": kind,
        "target": target,
        "actor": "system",
        "now": now.isoformat(),
        "data": data,
    }


def territory(rng: Random, today: date, first_day: date) -> list[Row]:
    """One operation a site, two or three buildings each, dates to vacate ahead; two sites still without ground."""
    found: list[Row] = []
    officers = {
        person.body_id: person.id
        for person in LANDLORDS
        if person.role == "rehousing_officer" and person.is_lead
    }
    for rank, site in enumerate(sites()):
        landlord = next(code for code in site.landlords if code in officers)
        key = f"op.{site.code}"
        ground = (
            {} if rank in {5, 11} else {"convention_on": "2019-12-16" if site.phase == 1 else "2021-11-26"}
        )
        day = first_day + timedelta(days=1)
        found.append(
            _by(officers[landlord], day, key, "create_operation", rank, {
                "site_id": site.code, "landlord_id": landlord, "name": f"{site.name} – démolition",
                "kind": "requalification" if site.code == "wattignies-blanc-riez" else "demolition", **ground,
            })
        )  # fmt: skip
        for number in range(rng.choice((2, 3))):
            vacate_on = today + timedelta(days=rng.randint(-20, 520))
            found.append(
                _by(officers[landlord], day, f"{key}.b{number}", "create_building", 20 + rank * 3 + number, {
                    "name": BUILDINGS[(rank + number) % len(BUILDINGS)],
                    "address": f"{rng.randint(1, 90)} rue du {site.name}",
                    "in_qpv": True,
                    "vacate_on": vacate_on.isoformat(),
                }, f"@{key}")
            )  # fmt: skip
    return found


def _by(
    actor: str, day: date, identifier: str, kind: str, rank: int, data: Row, target: str | None = None
) -> Row:
    return _system(day, identifier, kind, rank, data, target) | {"actor": actor}


def _buildings_by_site(rows: list[Row]) -> dict[str, list[str]]:
    """site → [landlord, @building…]."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if row["type"] == "create_operation":
            found[row["data"]["site_id"]] = [row["data"]["landlord_id"]]
        if row["type"] == "create_building":
            found[row["target"].removeprefix("@op.")].append(f"@{row['id']}.building")
    return found
