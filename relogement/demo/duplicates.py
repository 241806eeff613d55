"""Households met twice: one still to be compared, one merged some days ago and still separable."""

from datetime import date, datetime, time, timedelta
from typing import Any

from cases.clock import PARIS

Row = dict[str, Any]
SOCIAL_WORKER, OFFICER, PARTNER = "amina.haddad", "nadia.ouali", "rosa.esposito"


def lines(today: date) -> list[Row]:
    return [*_met_twice(today), *_merged(today)]


def _met_twice(today: date) -> list[Row]:
    """The case of the trade: another number, day and month of birth swapped (domain 9, case 8)."""
    first = _referral("Fatou", "Ndiaye", "1990-04-05", "059260100012312345", "6 rue de l’Épeule")
    second = _referral("Fatou", "N’Diaye", "1990-05-04", "059240300045612345", "6 rue de l'Epeule")
    return [
        _line(today, 12, "twin.a", "refer_transfer", SOCIAL_WORKER, None, first),
        _line(today, 11, "twin.check", "check_admissibility", SOCIAL_WORKER, "@twin.a", {}),
        _line(today, 9, "twin.b", "refer_transfer", OFFICER, None, second),
        _line(
            today, 8, "twin.note", "add_note", OFFICER, "@twin.b", {"text": "Le bail est au nom de N’Diaye."}
        ),
    ]


def _merged(today: date) -> list[Row]:
    """The household also renewed its request under a new number: the former one stays."""
    first = _referral("Bruno", "Castelain", "1968-11-02", "059230600031198765", "41 rue Jules-Guesde")
    again = first | {"criteria": ["economic"], "evidence": [], "service_id": "ccas-roubaix"}
    number = {"number": "059260300077198765", "requested_on": (today - timedelta(days=60)).isoformat()}
    merge = {"duplicate_id": "@merged.b", "reason": "Même locataire, signalé par la commune et par le CCAS."}
    return [
        _line(today, 40, "merged.a", "refer_transfer", SOCIAL_WORKER, None, first),
        _line(today, 30, "merged.number", "record_snr_number", SOCIAL_WORKER, "@merged.a", number),
        _line(today, 20, "merged.b", "refer_transfer", PARTNER, None, again),
        _line(today, 6, "merged", "merge_cases", SOCIAL_WORKER, "@merged.a", merge),
    ]


def _referral(first: str, last: str, born: str, number: str, address: str) -> Row:
    return {
        "members": [{"first_name": first, "last_name": last, "born_on": born}],
        "dwelling": {
            "landlord_id": "lmh",
            "commune": "59512",
            "canton": "Roubaix-1",
            "address": address,
            "typology": 2,
            "rooms": 2,
            "surface_m2": 44,
            "rent": 310,
            "charges": 70,
        },
        "criteria": ["over_occupation"],
        "evidence": [{"kind": "lease", "dated_on": "2024-01-05"}],
        "snr_number": number,
    }


def _line(today: date, days: int, key: str, kind: str, actor: str, target: str | None, data: Row) -> Row:
    now = datetime.combine(today - timedelta(days=days), time(10, 30), PARIS)
    return {"id": key, "type": kind, "target": target, "actor": actor, "now": now.isoformat(), "data": data}
