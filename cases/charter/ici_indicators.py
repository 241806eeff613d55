"""Indicators of blocked transfers and of the ICI (CIET art. 7, 10 and 19; temps 1 and temps 2)."""

import pandas as pd

from cases.charter.context import Context
from cases.charter.figures import (
    HOUSEHOLDS,
    Figure,
    Indicator,
    goal_from,
    ids,
    no_goal,
    share,
    share_of_items,
)

ICI = "Mutations et ICI"
CIET = "Convention intercommunale d’équilibre territorial"
NOT_YET = ("referred", "admissibility_check", "incomplete")


def answered_in_time(cases: pd.DataFrame, context: Context) -> Figure:
    """Over the referrals that were answered, or whose answer is already late."""
    among = cases[(cases["kind"] == "transfer") & cases["answer_late"].notna()]
    overdue = pd.to_datetime(among["answer_due_on"]) < pd.Timestamp(context.today)
    answered = ~among["state"].isin(NOT_YET) & among["answer_due_on"].isna()
    judged = answered | overdue
    return share(among[judged], ((among["answer_late"] == 0) & answered)[judged])


def filed_late(raised: pd.DataFrame, _: Context) -> Figure:
    """An item admitted by exception was filed late too."""
    return share_of_items(raised, "item", raised["timing"].isin(["late", "exception"]))


def executed_in_time(decided: pd.DataFrame, context: Context) -> Figure:
    """Over the decisions that are executed, or whose term has come."""
    due, done = pd.to_datetime(decided["due_on"]), pd.to_datetime(decided["executed_on"])
    judged = done.notna() | (due < pd.Timestamp(context.today))
    return share_of_items(decided[judged], "decision", (done <= due)[judged])


def blocked_transfers(cases: pd.DataFrame, _: Context) -> Figure:
    among = cases[(cases["kind"] == "transfer") & cases["closed_on"].isna()]
    held = among["open_blockages"] > 0
    count = int(held.sum())
    return Figure(
        float(count) if len(among) else None,
        HOUSEHOLDS,
        count,
        len(among),
        ids(among[held]),
        ids(among[~held]),
    )


ICI_INDICATORS = (
    Indicator(
        "blocked", ICI, "Mutations bloquées, par commune",
        "Mutations en cours dont au moins un blocage est ouvert. Les dossiers protégés ne sont pas situés.",
        f"{CIET}, articles 7 et 19", "A", blocked_transfers,
        no_goal("Suivi semestriel, sans objectif"), place="commune", always_small=True,
    ),
    Indicator(
        "admissibility", ICI, "Recevabilité répondue dans le délai",
        "Signalements de mutation qui ont reçu réponse sur leur recevabilité dans le délai.",
        f"{CIET}, article 7", "D", answered_in_time,
        goal_from("admissibility_days", 100, "Tous, en {value} jours"), place="landlord",
        dated_by="referred_on",
    ),
    Indicator(
        "filed_late", ICI, "Remontées hors délai",
        "Remontées à l’ICI déposées après la date limite, sur toutes les remontées déposées.",
        f"{CIET}, article 10 ; plan de gestion, articles 7 et 11", "A", filed_late,
        goal_from("pre_ici_months", 0, "Aucune : {value} mois avant la séance", at_least=False),
        frame="raised", place="ici", dated_by="filed_on",
    ),
    Indicator(
        "executed", ICI, "Décisions de l’ICI exécutées à temps",
        "Décisions qui engageaient un organisme et qu’il a exécutées au plus tard à leur échéance.",
        f"{CIET}, article 10 ; temps 2", "A", executed_in_time,
        goal_from("execution_months", 100, "Toutes, en {value} mois ou à la séance suivante"),
        frame="decided", place="ici", dated_by="decided_on",
    ),
)  # fmt: skip
