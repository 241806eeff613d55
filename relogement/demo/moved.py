"""A session of the demonstration that had to move: its story shows the former date, its limit followed."""

from datetime import date, timedelta
from typing import Any

from relogement.demo.sessions import SECRETARY, SESSIONS, at, tuesday

ICI, RANK = "B", 3
DAYS_AGO = 4


def lines(today: date) -> list[dict[str, Any]]:
    held_on = tuesday(today, SESSIONS[ICI][RANK]) + timedelta(days=14)
    return [
        {
            "id": f"s.{ICI}{RANK}.moved",
            "type": "move_session",
            "target": f"@s.{ICI}{RANK}",
            "actor": SECRETARY,
            "now": at(today - timedelta(days=DAYS_AGO), 14),
            "data": {"held_on": held_on.isoformat(), "reason": "Salle indisponible à la date prévue."},
        }
    ]
