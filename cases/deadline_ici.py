"""The kinds of deadline of the ICI: the filing limit, the co-pilots' part, the execution of a decision."""

from datetime import timedelta

from cases.due import CHARTER, INTERNAL, URGENT, Due, Facts, Ladder, kind, source_of
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
            source_of(setting),
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
            "Source : ICI, temps 2",
        ),
    )
