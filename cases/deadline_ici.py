"""The kinds of deadline of the ICI: the filing limit, the co-pilots' part, the execution of a decision."""

from datetime import date, timedelta

from cases.due import CHARTER, INTERNAL, URGENT, Due, Facts, Ladder, kind, source_of
from cases.rules.dates import add_months, add_working_days, is_working_day
from cases.territory import Settings


@kind("session", CHARTER, Ladder("freeze_reminder_days"))
def escalation_limit(facts: Facts, settings: Settings) -> Due | None:
    if facts["frozen_at"] is not None or facts["state"] in {"closed", "cancelled"}:
        return None
    setting = settings.setting("pre_ici_months", facts["held_on"])
    return Due(
        facts["limit_on"],
        (
            f"Séance du {facts['held_on']:%d/%m/%Y}",
            f"Remontée {setting.value} mois calendaires avant, jour compris jusqu’à 23:59:59",
            *_adjusted(
                facts["held_on"],
                facts["limit_on"],
                settings.int_on("pre_ici_months", facts["held_on"]),
            ),
            f"Déposé jusqu’au {facts['limit_on']:%d/%m/%Y} à minuit, un dossier passe le "
            f"{facts['held_on']:%d/%m/%Y} ; après, à la séance suivante",
            source_of(setting),
        ),
    )


def _adjusted(held_on: date, limit_on: date, months: int) -> tuple[str, ...]:
    """What the calendar changed: a shorter month, a day that is not worked."""
    counted = add_months(held_on, -months)
    said = []
    if counted.day != held_on.day:
        said.append(f"Mois plus court : le {held_on.day} devient le {counted:%d/%m/%Y}")
    if limit_on < counted and limit_on == add_working_days(counted, -1):
        said.append(f"Le {counted:%d/%m/%Y} n’est pas ouvré : ramené au jour ouvré précédent")
    elif limit_on == counted and not is_working_day(counted):
        said.append("Ce jour n’est pas ouvré : le dépôt en ligne y reste possible")
    return tuple(said)


@kind("session", CHARTER)
def article_19(facts: Facts, settings: Settings) -> Due | None:
    """The six-monthly evaluation of transfers, presented at the first part of the session."""
    if facts["state"] not in {"call_open", "call_closed"}:
        return None
    days = settings.int_on("evaluation_days", facts["held_on"])
    return Due(
        facts["held_on"] - timedelta(days=days),
        (
            f"Séance du {facts['held_on']:%d/%m/%Y} : le bilan y est présenté au temps 1",
            f"Bilan prêt {days} jours avant ; l’envoi du dossier de séance le clôt",
            "Source : CIET, article 19 ; délai de préparation à valider",
        ),
    )


@kind("session", INTERNAL)
def objectification(facts: Facts, settings: Settings) -> Due | None:
    if facts["state"] != "call_closed":
        return None
    days = int(settings.int_on("objectification_days", facts["held_on"]))
    return Due(
        facts["held_on"] - timedelta(days=days),
        (
            f"Séance du {facts['held_on']:%d/%m/%Y}",
            f"Propositions des co-pilotes {days} jours avant l’envoi du dossier",
        ),
    )


@kind("item_opinion", INTERNAL)
def item_opinion_answer(facts: Facts, settings: Settings) -> Due | None:
    if facts["answer"] != "waiting":
        return None
    return Due(
        facts["answer_due_on"],
        (
            f"Avis demandé le {facts['asked_on']:%d/%m/%Y} sur la remontée {facts['escalation_id']}",
            "Sans réponse à cette date, le silence reste visible sur la fiche de la remontée",
        ),
    )


@kind("obligation", CHARTER, URGENT)
def execution(facts: Facts, settings: Settings) -> Due | None:
    if facts["state"] not in {"awaited", "partly"}:
        return None
    return Due(
        facts["due_on"],
        (
            f"Décision {facts['decision_id']}",
            "Solution attendue à brève échéance : prochaine ICI",
            "Exécutée avant la séance, elle quitte l’ordre du jour ; sinon elle y revient, avec son motif",
            "Source : ICI, temps 2",
        ),
    )
