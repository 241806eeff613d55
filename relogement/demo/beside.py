"""What stands beside the path in the demonstration: notes, suspensions, opinions asked, documents."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from cases.clock import PARIS
from relogement.demo.cast import DEMO_ACCOUNTS
from relogement.demo.script import Life

Row = dict[str, Any]
VISITED = {account.person_id for account in DEMO_ACCOUNTS}
OPEN = {"searching", "diagnosis", "admitted", "need_validated", "informed", "diagnosed"}
NOTES = (
    ("all", "Entretien téléphonique : le ménage maintient son souhait de rester près de l’école."),
    ("service", "À revoir en réunion de service avant le prochain rendez-vous."),
    ("me", "Rappeler le bailleur jeudi pour la date de visite."),
    ("all", "Le ménage a transmis sa dernière quittance, loyer à jour."),
)
ASKED = (
    (
        "vilogia",
        "emilie.wattel",
        "Un logement de ce type se libère-t-il dans les trois mois sur ce secteur ?",
    ),
    ("mairie-hem", "sabrina.belhadj", "La commune est-elle favorable à une orientation sur ce secteur ?"),
)
OPINIONS = (("favourable", ""), ("reserved", "Favorable si un accompagnement est mis en place à l’entrée."))
FOUR_EYES = "annul_offer"  # never done in the demonstration itself
PAUSES = ("household_absent", "awaiting_decision", "household_asks")
SHOWN_FIRST = 40  # lives that get something, at most
# One page that says what it is: enough to be opened.
PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
    b"4 0 obj<</Length 61>>stream\nBT /F 18 Tf 70 760 Td (Document de demonstration, fictif) Tj ET\n"
    b"endstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def lines(lives: Sequence[Life], today: date) -> list[Row]:
    """A few things on open cases, in the days that follow their last step. Its own draw: nothing else moves."""
    rng = Random(97)  # noqa: S311  # a reproducible draw, no secret
    chosen = [life for life in lives if life.facts.get("wanted") in OPEN and _stays(life)]
    chosen.sort(key=lambda life: life.owner not in VISITED)
    found: list[Row] = []
    for rank, life in enumerate(chosen[:SHOWN_FIRST]):
        last = datetime.fromisoformat(life.lines(today)[-1]["now"])
        at = max(last + timedelta(minutes=30), datetime.combine(today - timedelta(days=4), time(11), PARIS))
        found += _of(life, rank, at, rng)
    return found + _two_people(lives, today)


def _two_people(lives: Sequence[Life], today: date) -> list[Row]:
    """Four eyes on one action; the first worker that a visitor may be has asked for it and waits."""
    pending = [life for life in lives if life.facts.get("wanted") == "offer_pending" and _stays(life)]
    waiting = next((life for life in pending if life.owner in VISITED), None)
    if waiting is None:
        return []
    at = datetime.combine(today - timedelta(days=1), time(16), PARIS)
    asked = max(datetime.fromisoformat(waiting.lines(today)[-1]["now"]), at) + timedelta(minutes=20)
    setting = {
        "key": "four_eyes_commands",
        "valid_from": at.date().isoformat(),
        "value": [FOUR_EYES],
        "source": "Décision fictive du comité de pilotage",
    }
    data = {
        "kind": FOUR_EYES,
        "content": {"reason": "Le bailleur a vendu le logement avant la réponse du ménage."},
        "why": "Courrier du bailleur reçu ce matin, joint au dossier : peux-tu confirmer ?",
    }
    return [
        {
            "id": "four.eyes",
            "type": "change_setting",
            "target": None,
            "actor": "celine.montagne",
            "now": at.isoformat(),
            "data": setting,
        },
        _line(waiting, "approval", asked, "ask_approval", data),
    ]


def _stays(life: Life) -> bool:
    """Open and not protected: the ICI may have closed the case of a life with a theme."""
    gone = any(move.type == "close_early" for move in life.moves)
    return not (gone or life.facts.get("violent") or life.facts.get("theme"))


def _of(life: Life, rank: int, at: datetime, rng: Random) -> Iterator[Row]:
    readers, text = NOTES[rank % len(NOTES)]
    yield _line(life, "note", at, "add_note", {"text": text, "readers": readers})
    if rank % 4 == 1:
        until = at.date() + timedelta(days=rng.randint(6, 60))
        data = {"reason": PAUSES[rank % len(PAUSES)], "until": until.isoformat()}
        yield _line(life, "pause", at + timedelta(minutes=5), "suspend_case", data)
    if rank % 3 == 0:
        yield from _opinion(life, rank, at + timedelta(minutes=10))
    if rank % 2 == 0:
        content = b64encode(PAGE).decode()
        data = {"type": "letter", "name": "courrier-au-menage.pdf", "content": content}
        yield _line(life, "document", at + timedelta(minutes=20), "attach_document", data)


def _opinion(life: Life, rank: int, at: datetime) -> Iterator[Row]:
    body, person, question = ASKED[rank % 2]
    yield _line(life, "ask", at, "ask_opinion", {"body_id": body, "question": question})
    if rank % 9 == 0:
        opinion, words = OPINIONS[rank % 2]
        data = {"opinion_id": f"@{life.key}.ask.opinion", "opinion": opinion, "words": words}
        yield _line(life, "answer", at + timedelta(minutes=5), "answer_opinion", data, person)


def _line(life: Life, name: str, at: datetime, kind: str, data: Row, actor: str = "") -> Row:
    return {
        "id": f"{life.key}.{name}",
        "type": kind,
        "target": life.case,
        "actor": actor or life.owner,
        "now": at.isoformat(),
        "data": data,
    }
