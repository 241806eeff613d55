"""ICI sessions of the demonstration, past and to come, with what was raised, decided, done and not done."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from cases.clock import PARIS
from cases.rules.dates import add_months, pre_ici_limit
from cases.territory import default_perimeter
from relogement.demo.cast import LANDLORDS
from relogement.demo.script import Life

# Days from today: for A a call that closes within days, for B a session just held, for C an agenda being built.
SESSIONS = {"A": (-396, -214, 66, 248), "B": (-380, -197, -13, 170), "C": (-361, -178, 27, 205)}
SECRETARY, SECOND = "camille.joly", "yanis.touati"
CO_PILOTS = ("marc.verhaeghe", "anne.lorthioir", "joseph.mensah")
BODIES = [person.body_id for person in LANDLORDS if person.role == "rehousing_officer" and person.is_lead]
LEAD_OF = {person.body_id: person.id for person in LANDLORDS if person.is_lead}
TITLES = {
    "typology_lacking": "Grandes typologies manquantes",
    "no_accessible_stock": "Logements accessibles introuvables",
    "rent_above_means": "Loyers au-dessus des moyens",
    "arrears": "Refus de mutation pour impayés",
    "sector_closed": "Secteurs fermés aux candidatures",
    "profile_refused": "Profils refusés en commission",
}
PROPOSALS = (
    "Mobiliser le contingent de la MEL et élargir aux communes limitrophes.",
    "Chaque bailleur présente deux logements d’ici la prochaine séance.",
    "Accepter la candidature si le plan d’apurement est respecté depuis trois mois.",
)
KINDS = ("body_must_offer", "derogation", "body_must_offer", "support_set_up", "no_solution")
MOST_ITEMS = 8  # filed for one session: about the ninety minutes of its agenda
Row = dict[str, Any]


def at(day: date, hour: int, minute: int = 0) -> str:
    return datetime.combine(day, time(hour, minute), PARIS).isoformat()


def tuesday(today: date, offset: int) -> date:
    """The Tuesday on or before `offset` days from today."""
    day = today + timedelta(days=offset)
    return day - timedelta(days=(day.weekday() - 1) % 7)


class Sessions:
    """Writes the lines of every session; `raise_what` takes lives that are still searching when the limit comes."""

    def __init__(self, rng: Random, today: date, lives: list[Life], first_day: date) -> None:
        self.rng, self.today, self.first_day = rng, today, first_day
        self.rows: list[Row] = []
        ici_of = {entry.insee: entry.ici for entry in default_perimeter()}
        self.carried: dict[str, list[Row]] = {}
        self.returned: dict[str, list[Row]] = {}
        self.waiting: dict[str, list[Life]] = defaultdict(list)
        for life in lives:
            if (
                life.facts.get("theme")
                and not life.facts.get("violent")
                and life.facts["wanted"] == "searching"
            ):
                self.waiting[ici_of[life.commune]].append(life)

    def lines(self) -> list[Row]:
        for ici, offsets in SESSIONS.items():
            days = [tuesday(self.today, offset) for offset in offsets]
            for rank, day in enumerate(days):
                self._plan(ici, rank, day)
            for rank, day in enumerate(days):
                self._live(ici, rank, day)
        return self.rows

    def _say(
        self, identifier: str, kind: str, actor: str, now: str, target: str | None = None, /, **data: Any
    ) -> None:
        if datetime.fromisoformat(now).date() <= self.today:
            self.rows.append(
                {"id": identifier, "type": kind, "target": target, "actor": actor, "now": now, "data": data}
            )

    def _plan(self, ici: str, rank: int, day: date) -> None:
        when = max(self.first_day, min(add_months(day, -12), self.today - timedelta(days=20)))
        place = self.rng.choice(("Hôtel de la MEL, salle A", "Mairie de quartier", "Maison du projet"))
        self._say(f"s.{ici}{rank}", "plan_session", SECRETARY, at(when, 9, rank * 7 + "ABC".index(ici)), None,
                  ici=ici, held_on=day.isoformat(), place=place)  # fmt: skip

    def _live(self, ici: str, rank: int, day: date) -> None:
        limit = pre_ici_limit(day, 2)
        self._flow("before_ici", add_months(day, -3), 0, 6)
        raised = [*self.carried.pop(ici, []), *self._raise(ici, rank, limit)]
        self._flow("before_ici", limit + timedelta(days=1), 0, 5)
        self._objectify(raised, limit + timedelta(days=16), day)
        session = f"@s.{ici}{rank}"
        self._say(f"s.{ici}{rank}.file", "send_file", SECRETARY, at(day - timedelta(days=9), 10), session)
        self._flow("six_months", day, 6, 20)
        if day >= self.today:
            return
        self._say(f"s.{ici}{rank}.held", "hold_session", SECRETARY, at(day, 9), session)
        items = [*self.returned.pop(ici, []), *raised]
        for number, item in enumerate(items):
            self._decide(item, ici, rank, number, day)
        self._close(ici, rank, day, session, decided=any(not item["late"] for item in items))

    def _flow(self, name: str, day: date, hour: int, minute: int) -> None:
        if self.first_day <= day <= self.today:
            self.rows.append({"flow": name, "now": at(day, hour, minute)})

    def _raise(self, ici: str, rank: int, limit: date) -> Iterator[Row]:
        """Those of the cases standing in search that day; one in seven is filed a day late."""
        ready = [
            life for life in self.waiting[ici] if self._standing_since(life) < limit - timedelta(days=25)
        ]
        for number, group in enumerate(self._groups(ready) if rank < 3 else []):
            late = self.rng.random() < 0.15
            filed_on = limit + timedelta(days=1 if late else -self.rng.randint(1, 18))
            if filed_on > self.today or self._is_week_end_of_time(filed_on):
                continue
            for life in group:
                self.waiting[ici].remove(life)
            theme = group[0].facts["theme"]
            yield self._file(f"e.{ici}{rank}.{number}", theme, group, filed_on, f"@s.{ici}{rank}", late)

    def _groups(self, ready: list[Life]) -> list[list[Life]]:
        """One a theme, then as many cases alone as the agenda takes."""
        alone = [[life] for life in ready if "alone" in life.facts]
        by_theme: dict[str, list[Life]] = defaultdict(list)
        for life in [life for life in ready if "alone" not in life.facts][:18]:
            by_theme[life.facts["theme"]].append(life)
        groups = [lives[: self.rng.choice((1, 1, 3, 6))] for _, lives in sorted(by_theme.items())]
        return groups + alone[: max(0, MOST_ITEMS - len(groups))]

    def _is_week_end_of_time(self, day: date) -> bool:
        return day < self.first_day

    def _standing_since(self, life: Life) -> date:
        return life.start + timedelta(days=life.marks["open_blockage"] + 3)

    def _file(self, key: str, theme: str, group: list[Life], filed_on: date, session: str, late: bool) -> Row:
        author = group[0].owner
        mine = [
            life
            for life in group
            if life.facts.get("service") == group[0].facts.get("service")
            and life.landlord == group[0].landlord
        ]
        chosen = [life for life in group if life.owner == author] or mine
        title = TITLES[theme] + (f" : {len(chosen)} dossiers" if len(chosen) > 1 else "")
        self._say(f"{key}", "draft_escalation", author, at(filed_on - timedelta(days=1), 11, len(self.rows) % 50), None,
                  case_ids=[life.case for life in chosen], theme=theme, title=title, session_id=session,
                  scale="profile" if len(chosen) > 1 else "case",
                  tried="Recherche dans le parc puis auprès de plusieurs bailleurs, sans proposition adaptée.",
                  asked="Une solution partagée d’ici la prochaine séance.")  # fmt: skip
        self._say(
            f"{key}.submit", "submit_escalation", author, at(filed_on, 15, len(self.rows) % 50), f"@{key}"
        )
        return {"key": key, "late": late, "theme": theme, "cases": chosen}

    def _objectify(self, raised: list[Row], day: date, held_on: date) -> None:
        for number, item in enumerate(raised):
            if item["late"]:
                continue
            pilot = CO_PILOTS[number % 3]
            self._say(f"{item['key']}.{held_on:%y%m}.obj", "objectify", pilot, at(day, 10, number), f"@{item['key']}",
                      objectification="Blocage confirmé par les chiffres de rotation du secteur.",
                      proposal=self.rng.choice(PROPOSALS), minutes=self.rng.choice((8, 10, 15)),
                      proposed_kind="body_must_offer", proposed_body_ids=[BODIES[number % len(BODIES)]])  # fmt: skip
            if held_on < self.today or number % 2 == 0:
                self._say(
                    f"{item['key']}.{held_on:%y%m}.agenda",
                    "put_on_agenda",
                    pilot,
                    at(day + timedelta(days=6), 11, number),
                    f"@{item['key']}",
                    rank=number + 1,
                )

    def _decide(self, item: Row, ici: str, rank: int, number: int, day: date) -> None:
        """What is late waits; what has no solution is carried over; what is not done comes back next time."""
        if item["late"]:
            self.carried.setdefault(ici, []).append(item | {"late": False})
            return
        key, body = f"{item['key']}.{rank}", self.rng.choice(BODIES)
        kind = KINDS[number % len(KINDS)]
        duties = (
            []
            if kind in {"derogation", "no_solution"}
            else [{"body_id": body, "detail": "Proposer un logement adapté."}]
        )
        if "owed" in item:
            why = "Aucun logement de cette typologie ne s’est libéré dans le secteur."
            self._say(f"{key}.why", "give_reason", item["lead"], at(day, 8, number), f"@{item['key']}",
                      obligation_id=item["owed"], reason=why)  # fmt: skip
        self._say(f"{key}.decide", "decide", SECRETARY, at(day, 11, number * 4), f"@{item['key']}",
                  kind=kind, text=self.rng.choice(PROPOSALS), duties=duties)  # fmt: skip
        if kind == "no_solution":
            self.carried.setdefault(ici, []).append(item)
        if duties:
            self._execute(item, ici, key, body, day, number)

    def _execute(self, item: Row, ici: str, key: str, body: str, day: date, number: int) -> None:
        owed = f"@{key}.decide.obligations.0"
        if self.rng.random() < 0.6:
            done_on = day + timedelta(days=self.rng.randint(20, 80))
            self._say(f"{key}.done", "record_execution", LEAD_OF[body], at(done_on, 10, number), f"@{item['key']}",
                      obligation_id=owed, detail="Proposition faite au ménage.")  # fmt: skip
        else:
            self.returned.setdefault(ici, []).append(item | {"owed": owed, "lead": LEAD_OF[body]})

    def _close(self, ici: str, rank: int, day: date, session: str, *, decided: bool) -> None:
        """Old sessions are closed; the one just held still waits for its minutes."""
        if day > self.today - timedelta(days=20):
            return
        self._say(
            f"s.{ici}{rank}.minutes",
            "validate_minutes",
            SECOND,
            at(day + timedelta(days=12), 10),
            session,
            minutes_url=f"RD-{ici}-{day:%Y%m%d}",
        )
        if decided:
            self._say(
                f"s.{ici}{rank}.excerpts", "send_excerpts", SECOND, at(day + timedelta(days=13), 9), session
            )
        self._say(f"s.{ici}{rank}.close", "close_session", SECOND, at(day + timedelta(days=15), 10), session)
