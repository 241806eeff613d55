"""What households answer to the RIME questionnaire, in aggregate: small groups are shown to nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cases.charter.context import Context
from cases.labels import INCOME_CLASSES, INFORMED
from cases.rules.small_numbers import suppress

SOURCE = "Guide RIME 4.0 (USH, 2009), questionnaire de satisfaction"
TOTAL = "total"
YES_NO: Mapping[str, str] = {"True": "Oui", "False": "Non"}
MARKS: Mapping[str, str] = {
    "4": "Très satisfait",
    "3": "Satisfait",
    "2": "Peu satisfait",
    "1": "Pas satisfait",
}
QUALITY: Mapping[str, str] = {"4": "Très bonne", "3": "Bonne", "2": "Insuffisante", "1": "Mauvaise"}
QUESTIONS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "dwelling": ("Le nouveau logement", MARKS),
    "works": ("Les travaux faits", MARKS),
    "neighbourhood": ("Le nouveau quartier", MARKS),
    "information": ("La qualité de l’information", QUALITY),
    "informed_how": ("Comment le ménage a été informé", INFORMED),
    "single_contact": ("Un interlocuteur unique", YES_NO),
    "supported": ("Accompagné, en général", YES_NO),
    "supported_at_move": ("Accompagné au déménagement", YES_NO),
    "income_class": ("Revenus du ménage par mois", INCOME_CLASSES),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """`count` and `percent` are None when the group is too small, or would give a small one away."""

    label: str
    count: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """`total` is None when too few households answered: then nothing of it is shown."""

    code: str
    title: str
    total: int | None
    answers: tuple[Answer, ...]


def questions(counts: Mapping[str, Mapping[str, int]], context: Context) -> tuple[Question, ...]:
    """Every question that somebody answered. `counts`: question → stored answer → households."""
    found = []
    for code, (title, labels) in QUESTIONS.items():
        given = counts.get(code, {})
        if any(given.values()):
            key = "small_cell_threshold_income" if code == "income_class" else "small_cell_threshold"
            found.append(_question(code, title, labels, given, context.whole(key)))
    return tuple(found)


def _question(
    code: str, title: str, labels: Mapping[str, str], given: Mapping[str, int], threshold: int
) -> Question:
    row = {answer: given.get(answer, 0) for answer in labels}
    whole = sum(row.values())
    shown = suppress(pd.DataFrame([row | {TOTAL: whole}]), threshold).iloc[0]
    if pd.isna(shown[TOTAL]):
        return Question(code, title, None, ())
    answers = (_answer(label, shown[answer], whole) for answer, label in labels.items())
    return Question(code, title, whole, tuple(answers))


def _answer(label: str, count: Any, whole: int) -> Answer:
    """`count` is an integer or pd.NA."""
    if pd.isna(count):
        return Answer(label, None, None)
    return Answer(label, int(count), round(100 * int(count) / whole))
