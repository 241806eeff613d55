"""The charter's three promises, judged for one rehoused household: choice, means, territorial balance.

« non vérifiable » when the clause has not been read or a fact is missing; nothing is guessed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cases.charter.context import Context
from cases.charter.figures import BROKEN, KEPT, NO_OBJECT, UNKNOWN
from cases.charter.measures import change
from cases.territory import CERTAINTIES, clauses

Facts = Mapping[str, Any]
UNREAD = "unverified"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`word`: respecté, non respecté, sans objet, non vérifiable. `inputs`: the facts used, in French."""

    code: str
    title: str
    word: str
    sentence: str
    inputs: Mapping[str, Any]
    source: str
    certainty: str

    @property
    def certainty_label(self) -> str:
        return CERTAINTIES[self.certainty]


Judge = Callable[[Facts, Context], tuple[str, str, dict[str, Any], str]]
_CLAUSES = {clause.code: clause for clause in clauses()}


def residential_choice(facts: Facts, _: Context) -> tuple[str, str, dict[str, Any], str]:
    wished, first = _fact(facts, "wished"), _fact(facts, "first_wish")
    inputs = {"Commune souhaitée": wished, "Premier souhait": first}
    if wished is None:
        return NO_OBJECT, "Le ménage n’a demandé aucune commune, ou n’a pas reçu de proposition.", inputs, "A"
    if wished:
        rank = "la première demandée" if first else "une de celles demandées"
        return KEPT, f"La commune du relogement est {rank}.", inputs, "A"
    return BROKEN, "La commune du relogement n’est pas de celles que le ménage demandait.", inputs, "A"


def means(facts: Facts, context: Context) -> tuple[str, str, dict[str, Any], str]:
    """The principle is known, its threshold is not: judged only once somebody gives a read value."""
    setting = context.settings.setting("max_effort_rate", context.today)
    before, after, rate = (_fact(facts, name) for name in ("cost_before", "cost_after", "effort_rate"))
    inputs = {
        "Reste à charge avant (€)": before,
        "Reste à charge après (€)": after,
        "Taux d’effort après": None if rate is None else f"{100 * rate:.0f}\u00a0%",
    }
    moved = ""
    if before is not None and after is not None:
        moved = f" Reste à charge {change(before, after, context.number('net_cost_stable_percent'))}."
    if setting.certainty == UNREAD:
        return UNKNOWN, f"La clause de la charte n’a pas été lue : aucun seuil connu.{moved}", inputs, UNREAD
    if rate is None:
        return UNKNOWN, f"Le taux d’effort n’est pas renseigné.{moved}", inputs, setting.certainty
    limit = context.number("max_effort_rate")
    word = KEPT if 100 * rate <= limit else BROKEN
    return word, f"Taux d’effort comparé à {limit:g}\u00a0%.{moved}", inputs, setting.certainty


def balance(facts: Facts, _: Context) -> tuple[str, str, dict[str, Any], str]:
    """Our reading (to be confirmed): a rehousing outside the QPV serves the balance, and counts as such."""
    in_qpv = _fact(facts, "in_qpv")
    inputs = {"Logement en QPV": in_qpv}
    if in_qpv is None:
        return UNKNOWN, "On ne sait pas si le nouveau logement est en QPV.", inputs, "E"
    if in_qpv:
        return BROKEN, "Relogement en QPV : il ne compte pas pour les 25 % hors QPV.", inputs, "E"
    return KEPT, "Relogement hors QPV : il compte pour les 25 % d’attributions hors QPV.", inputs, "E"


PROMISES: Mapping[str, tuple[str, Judge]] = {
    "residential_choice": ("Choix résidentiels", residential_choice),
    "means": ("Capacités financières", means),
    "balance": ("Équilibre territorial", balance),
}


def verdicts(facts: Facts, context: Context) -> tuple[Verdict, ...]:
    """The three promises for one case (a row of the facts). Before the household is rehoused: sans objet."""
    return tuple(_verdict(code, title, judge, facts, context) for code, (title, judge) in PROMISES.items())


def _verdict(code: str, title: str, judge: Judge, facts: Facts, context: Context) -> Verdict:
    source = _CLAUSES[code].source
    if _fact(facts, "moved_in_on") is None:
        return Verdict(code, title, NO_OBJECT, "Le ménage n’est pas encore relogé.", {}, source, "A")
    word, sentence, inputs, certainty = judge(facts, context)
    return Verdict(code, title, word, sentence, inputs, source, certainty)


def _fact(facts: Facts, name: str) -> Any:
    """None for every way in which a frame says that it does not know."""
    value = facts[name]
    return None if value is None or pd.isna(value) else value
