"""Obstacles, support measures and three technical committees of the demonstration: past, today, to come."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from cases.clock import PARIS
from cases.territory import load_settings
from relogement.demo.script import Life

Row = dict[str, Any]
SECRETARY, OFFICER = "camille.joly", "nadia.ouali"
MEMBERS = [
    "mel",
    "ddtm",
    "urh",
    "action-logement",
    "lmh",
    "vilogia",
    "partenord",
    "ccas-lille",
    "ccas-roubaix",
]
PRESENT = ["mel", "ddtm", "lmh", "vilogia", "ccas-roubaix"]
OBSTACLES = (
    ("digital", "Atelier numérique au centre social, compte en ligne à ouvrir"),
    ("arrears", "Plan d’apurement à signer avec le bailleur"),
    ("no_title", "Rendez-vous en préfecture, récépissé à fournir"),
    ("over_indebtedness", "Dossier de surendettement à déposer à la Banque de France"),
    ("refuses_to_move", "Visite du quartier proposé avec un médiateur"),
    ("mobility", "Bilan mobilité, carte de transport à demander"),
    ("literacy", "Inscription à un cours de français"),
    ("hoarding", "Débarras avec l’association, deux passages prévus"),
)
MEASURES = (
    ("asll", "ccas-lille", "Mme Leroy"),
    ("asll", "asso-toit", "M. Delcroix"),
    ("ccas", "ccas-roubaix", "Mme Benali"),
    ("avdl", "asso-toit", "Mme Wallaert"),
    ("department", "utpas-roubaix", "M. Traoré"),
    ("mediation", "mel", "Équipe de médiation"),
)
QUESTIONS = (
    ("need", "Un T4 pour un parent seul avec deux enfants en garde alternée : besoin à valider."),
    ("orientation", "Parc social ordinaire ou logement adapté : quelle orientation retenir ?"),
    ("derogation", "Sous-occupation d’une pièce demandée, pour l’accueil d’un aidant la nuit."),
    ("need", "Rez-de-chaussée demandé en plus de l’ascenseur : le comité le confirme-t-il ?"),
)
OPINIONS = (
    ("favourable", None),
    ("favourable", "Réserver en priorité un logement déjà adapté."),
    ("unfavourable", "Le besoin se satisfait d’un T3 ; la demande n’est pas étayée."),
    ("adjourned", "Avis du CCAS attendu avant de se prononcer."),
)
PAST, COMING = -41, 20  # days from today


class Committees:
    """The lines that stand beside the lives: `lives` are open and known well before today."""

    def __init__(self, rng: Random, today: date, lives: list[Life]) -> None:
        self.rng, self.today = rng, today
        self.rows: list[Row] = []
        asked = _asks_for_a_committee(today)
        flagged = Counter(life.landlord for life in lives if asked & _refusal_reasons(life))
        # No refusal of this stock goes to the committee by itself: its minutes are closed on known points.
        self.quiet = min(
            sorted({life.landlord for life in lives}), key=lambda key: (flagged[key], key == "lmh")
        )
        self.by_itself = {life.key for life in lives if asked & _refusal_reasons(life)}
        self.lives = [
            life
            for life in lives
            if life.facts["wanted"] in {"searching", "offer_pending"}
            and not life.facts.get("violent")
            and "close_early" not in life.marks
        ]

    def lines(self) -> list[Row]:
        for rank, life in enumerate(self.lives):
            if rank % 3 == 0:
                self._obstacle(life, f"{life.key}.frein", rank)
            if rank % 4 == 0:
                self._measure(life, f"{life.key}.suivi", rank)
        stock = {"member_ids": MEMBERS, "landlord_id": self.quiet, "place": "Hôtel de la MEL, salle 4"}
        self._session("ct.past", PAST, stock)
        self._session(
            "ct.now", 0, {"member_ids": MEMBERS, "landlord_id": "lmh", "place": "LMH, salle Vauban"}
        )
        self._session("ct.next", COMING, {"member_ids": MEMBERS, "place": "Hôtel de la MEL, salle 4"})
        self._past()
        self._now()
        self._coming()
        return self.rows

    def _say(
        self, key: str, kind: str, actor: str, days: int, minute: int, target: str, /, **data: Any
    ) -> None:
        """A line so many days from today, in working hours."""
        now = datetime.combine(self.today + timedelta(days=days), time(8), PARIS) + timedelta(minutes=minute)
        self.rows.append(
            {"id": key, "type": kind, "target": target, "actor": actor, "now": now.isoformat(), "data": data}
        )

    def _day(self, days: int) -> str:
        return (self.today + timedelta(days=days)).isoformat()

    def _since(self, life: Life) -> int:
        """How many days ago its need sheet was drafted (negative), a week-end included."""
        drafted = life.start + timedelta(days=life.marks["sign_diagnosis"] + 3)
        return (drafted - self.today).days

    def _obstacle(self, life: Life, key: str, rank: int) -> None:
        kind, action = OBSTACLES[rank // 3 % len(OBSTACLES)]
        noted = max(self._since(life), -35 - rank % 20)
        if noted >= -1:
            return
        due = noted + self.rng.randint(10, 60)
        self._say(key, "note_obstacle", life.owner, noted, 60, life.case,
                  kind=kind, action=action, due_on=self._day(due),
                  owner_name="" if rank % 2 else "Mme Caudron, centre social")  # fmt: skip
        if due < -1 and rank % 2:
            self._say(f"{key}.clos", "settle_obstacle", life.owner, due, 65, life.case,
                      obstacle_id=f"@{key}.obstacle", result="lifted", outcome="Démarche faite avec le ménage.")  # fmt: skip

    def _measure(self, life: Life, key: str, rank: int) -> None:
        kind, body, worker = MEASURES[rank // 4 % len(MEASURES)]
        started = max(self._since(life), -170)
        if started >= -1:
            return
        self._say(key, "start_support", life.owner, started, 90, life.case,
                  kind=kind, body_id=body, worker=f"{worker}, 03 20 00 00 {10 + rank % 90}",
                  started_on=self._day(started), consented_on=self._day(started - 2))  # fmt: skip
        if started < -150:
            self._say(f"{key}.plus", "extend_support", life.owner, -12, 95, life.case,
                      measure_id=f"@{key}.support", reason="Le budget reste fragile, la visite est proche.")  # fmt: skip

    def _session(self, key: str, held: int, where: Row) -> None:
        self.rows.append(
            {
                "id": key,
                "type": "plan_technical",
                "target": None,
                "actor": SECRETARY,
                "now": datetime.combine(self.today + timedelta(days=PAST - 20), time(10), PARIS).isoformat(),
                "data": {"held_on": self._day(held), **where},
            }
        )

    def _submit(self, life: Life, session: str, rank: int, days: int) -> str:
        key = f"{session}.{life.key}"
        refused = _refused_offer(life)
        asked, question = QUESTIONS[rank % len(QUESTIONS)]
        data: Row = {"session_id": f"@{session}", "asked": asked, "question": question}
        if refused is not None and life.key not in self.by_itself:
            data |= {
                "asked": "refusal",
                "offer_id": f"@{refused}.offer",
                "question": "Refus pour motif de santé ou de localisation : légitime ?",
            }
        self._say(key, "submit_to_technical", life.owner, days, 120 + rank, life.case, **data)
        return key

    def _known(self, days: int, landlord: str = "") -> Iterator[Life]:
        for life in self.lives:
            if self._since(life) < days - 3 and landlord in ("", life.landlord):
                yield life

    def _past(self) -> None:
        """Held and minuted; what was adjourned is on the next agenda."""
        chosen = [life for life in self._known(PAST - 8, self.quiet) if _refused_offer(life) is None][:8]
        points = [self._submit(life, "ct.past", rank, PAST - 8) for rank, life in enumerate(chosen)]
        self._say("ct.past.open", "open_technical", SECRETARY, PAST, 60, "@ct.past", present_ids=PRESENT)
        for rank, point in enumerate(points):
            opinion, reason = OPINIONS[rank % len(OPINIONS)]
            self._say(f"{point}.avis", "record_opinion", SECRETARY, PAST, 70 + rank, "@ct.past",
                      item_id=f"@{point}.technical_item", opinion=opinion, reason=reason)  # fmt: skip
        self._say("ct.past.close", "close_technical", SECRETARY, PAST + 2, 60, "@ct.past")

    def _now(self) -> None:
        """Open this morning: a refusal and needs of LMH's stock wait."""
        known = list(self._known(-4, "lmh"))
        refused = [life for life in known if _refused_offer(life) is not None]
        others = [life for life in known if _refused_offer(life) is None]
        for rank, life in enumerate([*refused[:2], *others[-4:]]):
            self._submit(life, "ct.now", rank, -2)
        self._say(
            "ct.now.open", "open_technical", OFFICER, 0, 5, "@ct.now", present_ids=["lmh", "mel", "ddtm"]
        )

    def _coming(self) -> None:
        for rank, life in enumerate(list(self._known(-4))[-6:]):
            if life.landlord != "lmh":
                self._submit(life, "ct.next", rank, -1)


def _asks_for_a_committee(today: date) -> set[str]:
    """The reasons of a refusal that put it on an agenda by itself."""
    rows = load_settings().list_on("refusal_effects", today)
    return {str(row[0]) for row in rows if isinstance(row, tuple) and "committee" in row}


def _refusal_reasons(life: Life) -> set[str]:
    refusals = (move.data for move in life.moves if move.type == "refuse_offer")
    return {reason for data in refusals for reason in data["reasons"]}


def _refused_offer(life: Life) -> str | None:
    """The identifier of the command that made the last refused offer."""
    kinds = [move.type for move in life.moves]
    if "refuse_offer" not in kinds:
        return None
    before = len(kinds) - 1 - kinds[::-1].index("refuse_offer")
    made = max(rank for rank in range(before) if kinds[rank] == "make_offer")
    return f"{life.key}.{made}"
