"""The ICI: course of a case, escalation, session. CIET art. 10; plan de gestion art. 7 and 11."""

from dataclasses import dataclass

from statemachine import State, StateMachine

from cases.machines.base import compile_machine, guard, stays


@dataclass(frozen=True, slots=True)
class IciFacts:
    """What the guards of the three ICI machines may read."""

    on_time: bool = True
    next_session: bool = True
    case_count: int = 1
    list_frozen: bool = True
    open_items: int = 0
    missing_reasons: int = 0
    missing_excerpts: int = 0
    session_reached: bool = True
    limit_passed: bool = True


LIMIT_SOURCE = "Instances de coordination : remontée deux mois avant la séance"


@guard("ici.late", "La date limite de dépôt est passée pour cette séance.", LIMIT_SOURCE)
def is_on_time(facts: IciFacts) -> bool:
    return facts.on_time


@guard("ici.not_late", "La remontée est dans les délais.", LIMIT_SOURCE)
def is_late(facts: IciFacts) -> bool:
    return not facts.on_time


@guard(
    "ici.no_next_session",
    "Aucune séance suivante n’est programmée pour cette ICI : programmez-la.",
    LIMIT_SOURCE,
)
def next_session_is_planned(facts: IciFacts) -> bool:
    return facts.next_session


@guard("ici.no_case", "La remontée ne porte aucun dossier : rattachez-en au moins un.", "ICI, temps 2")
def carries_a_case(facts: IciFacts) -> bool:
    return facts.case_count > 0


@guard(
    "ici.list_open", "La liste de la séance n’est pas encore arrêtée : attendez la date limite.", LIMIT_SOURCE
)
def list_is_frozen(facts: IciFacts) -> bool:
    return facts.list_frozen


@guard(
    "ici.limit_not_passed",
    "La date limite de dépôt n’est pas passée : la liste s’arrête le lendemain à 0 h.",
    LIMIT_SOURCE,
)
def limit_has_passed(facts: IciFacts) -> bool:
    return facts.limit_passed


@guard(
    "ici.open_item", "Un point inscrit n’a ni décision ni report : traitez-le avant de clore.", "ICI, temps 2"
)
def no_item_is_open(facts: IciFacts) -> bool:
    return facts.open_items == 0


@guard(
    "ici.reason_missing",
    "Une décision non exécutée attend encore le motif écrit de l’organisme : demandez-le avant de clore.",
    "ICI, décision actée collectivement",
)
def every_reason_is_given(facts: IciFacts) -> bool:
    return facts.missing_reasons == 0


@guard(
    "ici.excerpt_missing",
    "Un extrait de décision n’est pas encore transmis : envoyez les extraits avant de clore.",
    "ICI, décision actée collectivement",
)
def every_excerpt_is_sent(facts: IciFacts) -> bool:
    return facts.missing_excerpts == 0


@guard(
    "ici.excerpts_sent",
    "Tous les extraits de décision sont déjà transmis.",
    "ICI, décision actée collectivement",
)
def an_excerpt_is_missing(facts: IciFacts) -> bool:
    return facts.missing_excerpts > 0


@guard("ici.session_to_come", "La séance n’a pas encore eu lieu.", "Calendrier des ICI")
def session_is_reached(facts: IciFacts) -> bool:
    return facts.session_reached


class IciCourseMachine(StateMachine):
    raised = State("Remonté", initial=True)
    on_time = State("Dans les délais")
    late = State("Hors délai")
    carried_over = State("Reporté")
    admitted_by_exception = State("Admis par exception")
    on_agenda = State("À l’ordre du jour")
    decided = State("Décidé")
    not_executed = State("Non exécuté")
    executed = State("Exécuté", final=True)
    withdrawn = State("Retiré de l’ICI", final=True)

    file_on_time = raised.to(on_time)
    file_late = raised.to(late)
    carry_over = late.to(carried_over) | on_agenda.to(carried_over)
    admit_by_exception = late.to(admitted_by_exception) | carried_over.to(admitted_by_exception)
    put_on_agenda = on_time.to(on_agenda) | carried_over.to(on_agenda) | admitted_by_exception.to(on_agenda)
    decide = on_agenda.to(decided)
    keep_raised = on_agenda.to(carried_over)
    execute = decided.to(executed) | not_executed.to(executed) | on_agenda.to(executed)
    fail = decided.to(not_executed)
    return_to_agenda = not_executed.to(on_agenda)
    withdraw = withdrawn.from_(
        raised, on_time, late, carried_over, admitted_by_exception, on_agenda, decided, not_executed
    )


class EscalationMachine(StateMachine):
    draft = State("Brouillon", initial=True)
    on_time = State("Dans les délais")
    late = State("Hors délai")
    carried_over = State("Reportée")
    admitted_by_exception = State("Admise par exception")
    objectified = State("Objectivée")
    on_agenda = State("À l’ordre du jour")
    decided = State("Décidée")
    partly_executed = State("Exécutée en partie")
    not_executed = State("Non exécutée")
    executed = State("Exécutée", final=True)
    withdrawn = State("Retirée", final=True)

    submit_escalation = draft.to(on_time, cond=[carries_a_case, is_on_time]) | draft.to(
        late, cond=[carries_a_case, is_late]
    )
    carry_over = late.to(carried_over, cond=next_session_is_planned)
    admit_by_exception = late.to(admitted_by_exception) | carried_over.to(admitted_by_exception)
    objectify = (
        on_time.to(objectified, cond=list_is_frozen)
        | carried_over.to(objectified, cond=list_is_frozen)
        | admitted_by_exception.to(objectified, cond=list_is_frozen)
    )
    put_on_agenda = objectified.to(on_agenda)
    decide = on_agenda.to(decided)
    postpone = on_agenda.to(carried_over, cond=next_session_is_planned)
    record_execution = (
        decided.to(executed)
        | partly_executed.to(executed)
        | not_executed.to(executed)
        | on_agenda.to(executed)
    )
    record_part = decided.to(partly_executed)
    mark_not_executed = decided.to(not_executed) | partly_executed.to(not_executed)
    return_to_agenda = not_executed.to(on_agenda, cond=next_session_is_planned)
    withdraw_escalation = withdrawn.from_(
        draft, on_time, late, carried_over, admitted_by_exception, objectified, on_agenda, not_executed
    )


class IciSessionMachine(StateMachine):
    planned = State("Programmée", initial=True)
    call_open = State("Appel ouvert")
    call_closed = State("Liste arrêtée")
    file_sent = State("Dossier envoyé")
    held = State("Tenue")
    minutes_validated = State("Relevé validé")
    closed = State("Close", final=True)
    cancelled = State("Annulée", final=True)

    open_call = planned.to(call_open)
    close_call = call_open.to(call_closed, cond=limit_has_passed)
    move_session = stays(planned) | stays(call_open) | stays(call_closed) | stays(file_sent)
    send_file = call_closed.to(file_sent)
    hold_session = file_sent.to(held, cond=session_is_reached)
    validate_minutes = held.to(minutes_validated, cond=no_item_is_open)
    send_excerpts = stays(minutes_validated, an_excerpt_is_missing)
    close_session = minutes_validated.to(
        closed, cond=[no_item_is_open, every_reason_is_given, every_excerpt_is_sent]
    )
    cancel_session = planned.to(cancelled)


ICI_COURSE = compile_machine("ici_course", "Parcours ICI d’un dossier", IciCourseMachine)
ESCALATION = compile_machine(
    "escalation",
    "Remontée à l’ICI",
    EscalationMachine,
    aside=("admit_by_exception", "postpone", "withdraw_escalation"),
)
ICI_SESSION = compile_machine(
    "ici_session", "Séance ICI", IciSessionMachine, aside=("move_session", "cancel_session")
)
