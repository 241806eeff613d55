"""Escalations in depth in the demonstration: groups of blocked cases to propose, opinions asked of bodies."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from cases.clock import PARIS
from cases.territory import default_perimeter
from relogement.demo.script import Life
from relogement.demo.sessions import CO_PILOTS, LEAD_OF

Row = dict[str, Any]
THEMES = ("typology_lacking", "arrears", "rent_above_means")  # in the largest commune of each ICI
WHY = {
    "typology_lacking": "Aucun logement de cette taille ne s’est libéré sur le secteur.",
    "arrears": "Candidature écartée pour impayés, plan d’apurement en cours.",
    "rent_above_means": "Les logements proposés dépassent les moyens du ménage.",
}
BIGGEST = 9  # blocked cases in a group
# Organisation, question, days from the question to its date, answer.
ASKED = (
    ("vilogia", "Un logement de ce type se libère-t-il d’ici la séance ?", 15, "favourable", ""),
    (
        "partenord",
        "Acceptez-vous ces candidatures si le plan est respecté ?",
        15,
        "reserved",
        "Après trois mois de plan.",
    ),
    ("lmh", "Le contingent réservé peut-il être mobilisé ?", 3, "", ""),  # late, still silent
)


def lines(lives: Sequence[Life], sessions: Sequence[Row], today: date) -> list[Row]:
    return [*_blockages(lives, today), *_opinions(sessions, today)]


def _blockages(lives: Sequence[Life], today: date) -> Iterator[Row]:
    """The same blockage on cases that search in the commune of each ICI that has most of them."""
    ici_of = {entry.insee: entry.ici for entry in default_perimeter()}
    by_commune: dict[str, list[Life]] = defaultdict(list)
    for life in lives:
        if _searches(life):
            by_commune[life.commune].append(life)
    largest: dict[str, list[Life]] = {}
    for commune, group in sorted(by_commune.items()):
        if len(group) > len(largest.get(ici_of[commune], ())):
            largest[ici_of[commune]] = group
    for theme, (_, group) in zip(THEMES, sorted(largest.items()), strict=False):
        for life in group[:BIGGEST]:
            yield _line(life, theme, today)


def _searches(life: Life) -> bool:
    gone = any(move.type == "close_early" for move in life.moves)
    blocked = life.facts.get("violent") or life.facts.get("theme")
    return life.facts.get("wanted") == "searching" and not gone and not blocked


def _line(life: Life, theme: str, today: date) -> Row:
    last = datetime.fromisoformat(life.lines(today)[-1]["now"])
    at = max(last + timedelta(hours=2), datetime.combine(today - timedelta(days=6), time(14), PARIS))
    return {
        "id": f"{life.key}.blocked",
        "type": "open_blockage",
        "target": life.case,
        "actor": life.owner,
        "now": at.isoformat(),
        "data": {"theme": theme, "explanation": WHY[theme]},
    }


def _opinions(sessions: Sequence[Row], today: date) -> Iterator[Row]:
    """On what was filed for the sessions to come."""
    filed = [row for row in sessions if row.get("type") == "submit_escalation"]
    recent = [row for row in filed if datetime.fromisoformat(row["now"]).date() > today - timedelta(days=120)]
    for rank, row in enumerate(recent):
        body, question, days, opinion, words = ASKED[rank % len(ASKED)]
        asked_at = datetime.fromisoformat(row["now"]) + timedelta(days=1)
        if asked_at.date() >= today:
            continue
        key = f"{row['target'].removeprefix('@')}.asked"
        due_on = max(asked_at.date() + timedelta(days=days), asked_at.date())
        data = {"body_id": body, "question": question, "due_on": due_on.isoformat()}
        yield _said(key, "ask_item_opinion", row["target"], CO_PILOTS[rank % 3], asked_at, data)
        answered_at = asked_at + timedelta(days=4)
        if opinion and answered_at.date() < today:
            data = {"opinion_id": f"@{key}.item_opinion", "opinion": opinion, "words": words}
            yield _said(
                f"{key}.answer", "answer_item_opinion", row["target"], LEAD_OF[body], answered_at, data
            )


def _said(key: str, kind: str, target: str, actor: str, at: datetime, data: Row) -> Row:
    return {
        "id": key,
        "type": kind,
        "target": target,
        "actor": actor,
        "now": at.isoformat(),
        "data": data,
    }
