"""The kinds of deadline of what somebody in particular was asked, or took on, around a case."""

from cases.due import CHARTER, INTERNAL, LEAD, URGENT, Due, Facts, Ladder, days_after, kind
from cases.territory import Settings


@kind("signal", CHARTER)
def signal_receipt(facts: Facts, settings: Settings) -> Due | None:
    """A signal that nobody confirmed may never have arrived."""
    if facts["answer"] != "waiting":
        return None
    return days_after(settings, "signal_receipt_days", facts["sent_on"], "Difficulté signalée")


@kind("attempt", INTERNAL, Ladder("deadline_reminder_days", "late_reminder_days", first=LEAD))
def landlord_answer(facts: Facts, settings: Settings) -> Due | None:
    if facts["answer"] != "waiting" or facts["answer_due_on"] is None:
        return None
    return Due(
        facts["answer_due_on"],
        (f"Fiche besoin adressée le {facts['asked_on']:%d/%m/%Y}", "Sans réponse, le silence est constaté"),
    )


@kind("handover", INTERNAL, Ladder("handover_reminder_days", "late_reminder_days"))
def handover_answer(facts: Facts, settings: Settings) -> Due | None:
    if facts["answer"] != "waiting":
        return None
    return days_after(settings, "handover_answer_days", facts["asked_on"], "Passation proposée")


@kind("obstacle", INTERNAL)
def obstacle_action(facts: Facts, settings: Settings) -> Due | None:
    if facts["result"] != "open":
        return None
    # Which obstacle it is stays in the case: a date is read by more people than a social fact.
    return Due(
        facts["due_on"],
        (f"Frein noté le {facts['noted_on']:%d/%m/%Y}, avec une action à mener avant cette date",),
    )


@kind("support", CHARTER)
def support_end(facts: Facts, settings: Settings) -> Due | None:
    if facts["ended_on"] is not None:
        return None
    extended = facts["extended_on"]
    because = [f"Accompagnement commencé le {facts['started_on']:%d/%m/%Y}"]
    if extended is not None:
        because.append(
            f"Prolongé le {extended:%d/%m/%Y} ; il devait finir le {facts['extended_from']:%d/%m/%Y}"
        )
    because.append(facts["end_source"] or "Fin indiquée à l’ouverture de la mesure")
    return Due(facts["until"], tuple(because))


@kind("opinion", INTERNAL)
def opinion_answer(facts: Facts, settings: Settings) -> Due | None:
    if facts["answer"] != "waiting":
        return None
    return Due(
        facts["answer_due_on"],
        (
            f"Avis demandé le {facts['asked_on']:%d/%m/%Y}",
            "Sans réponse à cette date, le silence reste visible au dossier",
        ),
    )


@kind("planned_act", CHARTER, URGENT)
def last_act(facts: Facts, settings: Settings) -> Due | None:
    if facts["answer"] != "waiting":
        return None
    return Due(
        facts["due_on"],
        (f"Prévu le {facts['planned_on']:%d/%m/%Y}", "Un seul ménage sans solution suffit à arrêter un site"),
    )


@kind("grouped_answer", INTERNAL)
def grouped_answer(facts: Facts, settings: Settings) -> Due | None:
    if facts["answer"] != "waiting":
        return None
    return Due(
        facts["answer_due_on"],
        ("Solution groupée : chaque ménage répond pour lui", "La refuser n’est pas un refus d’offre"),
    )
