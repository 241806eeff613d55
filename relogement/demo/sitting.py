"""Who sits in the three ICIs of the demonstration, and how their sessions were lived in the room."""

from datetime import date, timedelta
from typing import Any

from relogement.demo.sessions import SECOND, SECRETARY, SESSIONS, at, tuesday

SEATS = (
    ("chair", "Mme Dassonville, vice-présidente Habitat", "mel"),
    ("co_pilot", "M. Verhaeghe, service Habitat", "mel"),
    ("co_pilot", "Mme Lorthioir, DDTM du Nord", "ddtm"),
    ("co_pilot", "M. Mensah, union Hlm", "urh"),
    ("member", "M. Caron, attributions", "lmh"),
    ("member", "Mme Baert, mutations", "vilogia"),
    ("member", "M. Vasseur, relogement", "partenord"),
    ("member", "Mme Leblanc, adjointe au logement", "mairie-hem"),
    ("member", "M. Dubois, action sociale", "ccas-tourcoing"),
)
LESSONS = (
    ("good_practice", "Visites groupées à trois bailleurs", "vilogia",
     "Une demi-journée, six logements montrés à quatre ménages : trois acceptations dans la semaine."),
    ("testimony", "Un plan d’apurement qui rassure la commission", "ccas-tourcoing",
     "Le CCAS présente le plan avant la commission : le refus devient un accord sous condition."),
    ("good_practice", "Une liste commune des logements adaptés", "lmh",
     "Chaque libération d’un logement de plain-pied est annoncée aux autres bailleurs huit jours avant."),
    ("good_practice", "Le référent unique pendant le déménagement", "partenord",
     "Un seul interlocuteur de la proposition à l’état des lieux : moins de refus de dernière minute."),
    ("testimony", "Dire non une seule fois", "mairie-hem",
     "La commune motive chaque réserve en commission : le travailleur social sait quoi corriger."),
)  # fmt: skip
Row = dict[str, Any]


def lines(today: date, first_day: date) -> list[Row]:
    """Members named at the start; presence and lessons of each session already held; two more years ahead."""
    rows = [
        _line(f"seat.{rank}", "name_member", SECRETARY, at(first_day, 10, rank), None, {
            "ici": "every_ici", "capacity": capacity, "name": name, "body_id": body,
            "from_on": first_day.isoformat(),
        })
        for rank, (capacity, name, body) in enumerate(SEATS)
    ]  # fmt: skip
    for rank_of_ici, (ici, offsets) in enumerate(SESSIONS.items()):
        for rank, offset in enumerate(offsets):
            held_on = tuesday(today, offset)
            if first_day < held_on < today:
                rows += _session(f"s.{ici}{rank}", held_on, rank_of_ici)
    return rows + _calendar(today)


def _session(session: str, held_on: date, ici: int) -> list[Row]:
    away = {4 + (ici + held_on.month) % (len(SEATS) - 4)}
    members = [f"@seat.{rank}.members.{ici}" for rank in range(len(SEATS))]
    data = {
        "present_ids": [one for rank, one in enumerate(members) if rank not in away],
        "excused_ids": [one for rank, one in enumerate(members) if rank in away],
    }
    kind, title, body, text = LESSONS[(ici + held_on.toordinal() // 182) % len(LESSONS)]
    lesson = {"kind": kind, "title": title, "text": text, "body_id": body}
    return [
        _line(f"{session}.seated", "record_presence", SECRETARY, at(held_on, 9, 1), f"@{session}", data),
        _line(f"{session}.told", "record_contribution", SECRETARY, at(held_on, 12), f"@{session}", lesson),
    ]


def _calendar(today: date) -> list[Row]:
    """Two more years, planned in one act for each ICI."""
    return [
        _line(f"years.{ici}", "plan_calendar", SECOND, at(today - timedelta(days=15), 11, rank), None, {
            "ici": ici, "first_on": tuesday(today, offsets[-1] + 182).isoformat(), "count": 4,
            "place": "Hôtel de la MEL, salle A",
        })
        for rank, (ici, offsets) in enumerate(SESSIONS.items())
    ]  # fmt: skip


def _line(identifier: str, kind: str, actor: str, now: str, target: str | None, data: Row) -> Row:
    return {"id": identifier, "type": kind, "target": target, "actor": actor, "now": now, "data": data}
