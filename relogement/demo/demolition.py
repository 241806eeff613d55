"""What a demolition brings, in the demonstration: dates that slip, last acts, a group, costs, objectives.

Everything here is dated in the last days before `today`, about rehousings that the lives have made.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from cases.clock import PARIS
from relogement.demo.cast import PEOPLE
from relogement.demo.script import Life

Row = dict[str, Any]
STILL_THERE = ("identified", "informed", "searching", "offer_pending", "need_validated", "diagnosed")
REHOUSED = ("moved_in", "follow_up")
ACTS = (
    "Visite à domicile avec la médiatrice",
    "Rendez-vous avec le service social",
    "Nouvelle proposition à préparer avec l’inter-bailleurs",
    "Point avec la famille et le CCAS",
)
SLIPS = ("Désamiantage retardé", "Appel d’offres infructueux", "Livraison des logements neufs décalée")
COSTS = (("mover", 780), ("boxes", 65), ("utilities", 120), ("works", 1450), ("mail", 44))
LEADS = {
    person.body_id: person.id for person in PEOPLE if person.is_lead and person.role == "rehousing_officer"
}
SECRETARY = next(person.id for person in PEOPLE if person.role == "ici_secretariat")


def lines(lives: Sequence[Life], today: date, rng: Random) -> list[Row]:
    rehousings = [life for life in lives if life.kind == "rehousing" and "building" in life.facts]
    there = [life for life in rehousings if life.facts["wanted"] in STILL_THERE and not _left(life)]
    done = [life for life in rehousings if life.facts["wanted"] in REHOUSED]
    found = [
        *_slips(rehousings, today, rng),
        *_acts(there, today, rng),
        *_returns([life for life in rehousings if life.facts["wanted"] == "temporarily_housed"], today),
        *_costs(done, today, rng),
        *_group(there, today),
        *_objectives(today),
        *_hosted(there, today),
    ]
    return [row | {"id": f"demolition.{rank}.{row['id']}"} for rank, row in enumerate(found)]


def _left(life: Life) -> bool:
    return any(move.type == "close_early" for move in life.moves)


def _line(identifier: str, day: date, kind: str, actor: str, target: str | None, /, **data: Any) -> Row:
    now = datetime.combine(day, time(10, 5), PARIS)
    return {
        "id": identifier,
        "type": kind,
        "target": target,
        "actor": actor,
        "now": now.isoformat(),
        "data": data,
    }


def _by_building(lives: Iterable[Life]) -> dict[str, list[Life]]:
    found: dict[str, list[Life]] = defaultdict(list)
    for life in lives:
        found[life.facts["building"]].append(life)
    return found


def _slips(lives: Sequence[Life], today: date, rng: Random) -> list[Row]:
    """One building in three has had its date moved, once or twice."""
    found = []
    for rank, (building, mine) in enumerate(sorted(_by_building(lives).items())):
        for slip in range((2, 0, 1)[rank % 3]):
            day = today - timedelta(days=60 - 40 * slip)
            after = today + timedelta(days=rng.randint(60, 420))
            found.append(
                _line(
                    "slip",
                    day,
                    "change_vacate_date",
                    LEADS[mine[0].landlord],
                    building,
                    vacate_on=after.isoformat(),
                    reason=rng.choice(SLIPS),
                    told_on=day.isoformat() if slip else None,
                )
            )
    return found


def _acts(lives: Sequence[Life], today: date, rng: Random) -> list[Row]:
    """Half of those still there have their next act; where nothing is planned, the page says so."""
    return [
        _line(
            "act",
            today,
            "plan_last_act",
            life.owner,
            life.case,
            what=rng.choice(ACTS),
            who_id=life.owner,
            due_on=(today + timedelta(days=rng.randint(3, 40))).isoformat(),
        )
        for life in lives[::2]
    ]


def _returns(lives: Sequence[Life], today: date) -> list[Row]:
    return [
        _line(
            "return",
            today,
            "change_return_date",
            life.owner,
            life.case,
            return_on=(today + timedelta(days=230)).isoformat(),
            reason="Retard du lot chauffage",
            told_on=today.isoformat(),
        )
        for life in lives[::2]
    ]


def _costs(lives: Sequence[Life], today: date, rng: Random) -> list[Row]:
    return [
        _line(
            "cost",
            today,
            "record_cost",
            life.owner,
            life.case,
            kind=kind,
            amount=str(amount + rng.randint(0, 60)),
            paid_by="receiving_landlord" if kind == "works" else "landlord",
            spent_on=today.isoformat(),
        )
        for life in lives
        for kind, amount in rng.sample(COSTS, 2)
    ]


def _group(lives: Sequence[Life], today: date) -> list[Row]:
    """Households of one operation who want to stay together: one joins, one prefers to go alone."""
    operations: dict[str, list[Life]] = defaultdict(list)
    for life in lives:
        operations[life.facts["building"].split(".b")[0]].append(life)
    operation, mine = max(operations.items(), key=lambda item: (len(item[1]), item[0]))
    asked = mine[:5]
    if len(asked) < 3:  # a group needs one who joins, one who does not, one who thinks
        return []
    day = today - timedelta(days=1)
    proposed = _line(
        "group",
        day,
        "propose_grouped_solution",
        LEADS[mine[0].landlord],
        operation,
        name="Résidence autonomie des Tisserands",
        landlord_id=mine[0].landlord,
        address="Rue des Tisserands",
        commune=mine[0].commune,
        dwellings=21,
        case_ids=[life.case for life in asked],
        answer_due_on=(today + timedelta(days=25)).isoformat(),
        ready_on=(today + timedelta(days=200)).isoformat(),
    )
    answers = [
        _line(
            "answer",
            today,
            "answer_grouped_solution",
            life.owner,
            life.case,
            grouped_id=f"SG-{day:%y}-001",
            joins=joins,
            words="Souhaite rester avec ses voisins." if joins else "Préfère se rapprocher de sa fille.",
        )
        for life, joins in zip(asked, (True, False), strict=False)
    ]
    return [proposed, *answers]


def _objectives(today: date) -> list[Row]:
    """Fictional: the avenants have not been read."""
    start = date(today.year, 1, 1).isoformat()
    wanted = (
        {"kind": "rehoused", "landlord_id": "lmh", "value": 4},
        {"kind": "outside_qpv", "landlord_id": "vilogia", "value": 60},
        {"kind": "rehoused", "commune": "59350", "value": 12},
    )
    return [
        _line(
            "aim",
            today - timedelta(days=30),
            "set_objective",
            SECRETARY,
            None,
            amendment="Avenant fictif (démonstration)",
            valid_from=start,
            **one,
        )
        for one in wanted
    ]


def _hosted(lives: Sequence[Life], today: date) -> list[Row]:
    """Somebody without a lease, found at home during the survey: listed in the same dwelling."""
    day = today - timedelta(days=2)
    host = min(lives, key=lambda life: life.start)
    person = {
        "first_name": "Karim",
        "last_name": "Lefebvre",
        "born_on": date(today.year - 27, 5, 14).isoformat(),
        "sex": "M",
        "in_dwelling_since": date(today.year - 3, 9, 1).isoformat(),
    }
    listed = {"building_id": host.facts["building"], "dwelling_id": f"@{host.key}.dwelling"}
    return [_line("hosted", day, "identify_household", host.owner, None, members=[person], **listed)]
