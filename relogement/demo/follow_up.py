"""After the move, in the demonstration: contacts, tries in vain, signals, questionnaires, derogations."""

from random import Random
from typing import Any

from relogement.demo.cast import PEOPLE
from relogement.demo.script import Ago, Life

LEADS = {person.body_id: person.id for person in PEOPLE if person.is_lead}
DEFECTS = ("", "", "", "Ventilation bruyante.", "Joint de douche à refaire.", "Volet bloqué.")
NEIGHBOURS = ("", "Bonnes relations.", "Se sent isolé de l’ancien quartier.", "Bruit le soir.")
REASONS = ("Impayé depuis deux mois.", "Facture de chauffage trop lourde.", "Aide au logement interrompue.")
DEROGATIONS = (
    ("means", "Surface nettement plus grande, à la demande du ménage, après décision de l’ICI."),
    ("balance", "Le ménage a demandé à rester près de ses proches, dans le quartier."),
    ("residential_choice", "Rapprochement du lieu de soins, accepté par écrit par le ménage."),
)
VAIN, SURVEYED, RECEIVED, AGAIN, SET_ASIDE, LONG = 0.1, 0.85, 0.5, 0.4, 0.18, 0.66


def _dice(life: Life, what: str) -> Random:
    """Its own draw: what is added here changes nothing elsewhere."""
    return Random(f"{life.key}/{what}")  # noqa: S311  # a reproducible draw, no secret


def move_in(life: Life) -> None:
    dice = _dice(life, "move")
    life.act("move_in", life.officer, moved_on=Ago(0), fragility=dice.choice((1, 2, 2, 3, 3, 4)))
    if life.kind == "rehousing" and dice.random() < SET_ASIDE:
        promise, reason = dice.choice(DEROGATIONS)
        life.act("record_derogation", LEADS[life.landlord], promise=promise, reason=reason, decided_on=Ago(0))


def goes_on(life: Life) -> bool:
    """Two of three of those who are followed have passed their sixth month."""
    return _dice(life, "on").random() < LONG


def follow(life: Life, milestone: int, days: int) -> None:
    """The contact of a milestone, after so many days; from the sixth month on, its conclusion."""
    life.day += days
    dice = _dice(life, f"m{milestone}")
    contact: dict[str, Any] = {"milestone": milestone, "held_on": Ago(0), "channel": "phone"}
    if milestone > 1 and dice.random() < VAIN:
        _in_vain(life, contact)
        return
    contact |= {"reached": True, "aid_in_place": dice.random() < 0.92}
    if milestone == 1:
        life.act("record_follow_up", **contact, defects=dice.choice(DEFECTS))
        return
    contact |= _content(dice)
    made = life.act("record_follow_up", **contact)
    if contact["outcome"] == "new_difficulty" and dice.random() < RECEIVED:
        life.wait(8)
        life.act("confirm_signal", signal_id=f"@{made}.signal", answer="received", checked_on=Ago(0))
    if dice.random() < SURVEYED:
        life.act("record_satisfaction", **_survey(dice, milestone))
    if contact["wants_to_move"] and dice.random() < AGAIN:
        life.act("refer_again", criteria=["environment_safety"], circumstances="Nuisances depuis l’entrée.")


def _in_vain(life: Life, contact: dict[str, Any]) -> None:
    life.act("record_follow_up", **contact, reached=False)
    life.day += 5
    life.act("record_follow_up", **(contact | {"channel": "letter"}), reached=False)


def _content(dice: Random) -> dict[str, Any]:
    paid = dice.random() < 0.88
    outcome = dice.choices(("stabilised", "support_extended", "new_difficulty"), (74, 15, 11))[0]
    found: dict[str, Any] = {
        "channel": "visit",
        "rent_paid": paid,
        "arrears": None if paid else dice.choice((180, 420, 760)),
        "bills_as_expected": dice.random() < 0.7,
        "defects": dice.choice(DEFECTS),
        "adaptation": dice.choice(("not_needed", "not_needed", "done", "awaited")),
        "neighbourhood": dice.choice(NEIGHBOURS),
        "wants_to_move": dice.random() < 0.12,
        "satisfaction": dice.choices((1, 2, 3, 4), (5, 12, 48, 35))[0],
        "outcome": outcome,
    }
    relays = dice.random() < 0.8
    found |= {"relays_in_place": relays, "relays_missing": [] if relays else ["health"]}
    if found["defects"]:
        found["defects_closed"] = dice.random() < 0.6
    if outcome == "support_extended":
        found["extended_until"] = Ago(-dice.choice((60, 90, 150)))
    if outcome == "new_difficulty":
        found |= {
            "signal_to": dice.choice(("fsl", "fsl", "ccas", "ccapex")),
            "signal_reason": dice.choice(REASONS),
            "signal_consent": True,
        }
    return {name: value for name, value in found.items() if value is not None}


def _survey(dice: Random, milestone: int) -> dict[str, Any]:
    def mark() -> int:
        return dice.choices((1, 2, 3, 4), (6, 16, 46, 32))[0]

    return {
        "milestone": milestone,
        "answered_on": Ago(0),
        "income_class": dice.choices(
            ("under_600", "to_1000", "to_1500", "to_2000", "above_2000"), (12, 30, 32, 18, 8)
        )[0],
        "informed_how": dice.choices(
            ("letter", "meeting", "visit", "neighbours", "press", "not_informed"), (38, 26, 20, 8, 4, 4)
        )[0],
        "information": mark(),
        "single_contact": dice.random() < 0.7,
        "supported": dice.random() < 0.8,
        "supported_at_move": dice.random() < 0.65,
        "dwelling": mark(),
        "works": mark(),
        "neighbourhood": mark(),
    }
