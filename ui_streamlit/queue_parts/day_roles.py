"""Whose day it is: which lists each role opens the application on."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import streamlit as st

from cases.access import scope_of
from cases.actor import Actor, Role
from cases.ici_desk import setting_on
from db.queries import day_of_ici, my_day, search_needs, waiting
from db.queries.my_day import Due
from ui_streamlit.ici_parts.proposed import proposed_table
from ui_streamlit.navigation import pages_for
from ui_streamlit.queue_parts import day_cards, day_ici
from ui_streamlit.queue_parts.day_beside import asked_of_me
from ui_streamlit.session import now
from ui_streamlit.widgets.empty_state import empty_state

SHORT = 6
ELSEWHERE: Mapping[Role, str] = {
    Role.CHAIR: "Vous présidez les séances : retrouvez-y l’ordre du jour et les décisions, et les résultats "
    "dans la charte. Les dossiers des ménages ne vous sont pas ouverts.",
    Role.OBSERVER: "Vous consultez les chiffres de la charte ; les petits effectifs y sont masqués et aucun "
    "dossier ne vous est ouvert.",
    Role.ADMINISTRATOR: "Vous gérez les comptes et les réglages ; le contenu des dossiers ne vous est pas "
    "ouvert.",
    Role.SYSTEM: "Ce compte n’agit que par l’horloge.",
}


def my_lists(actor: Actor, today: date) -> None:
    """Everything of this role but the messages."""
    asked_of_me(actor, today)
    LISTS.get(actor.role, _elsewhere)(actor, today)


def _due(actor: Actor, today: date, *whose: str, address: str = "") -> None:
    scope, horizon = scope_of(actor), today + day_cards.HORIZON
    late = [my_day.due_lines(scope, before=today, whose=w, limit=day_cards.CARDS) for w in whose]
    soon = [
        my_day.due_lines(scope, since=today, before=horizon, whose=w, limit=day_cards.CARDS) for w in whose
    ]
    day_cards.due_columns(_both(late), _both(soon), today, more_late=address)


def _both(found: list[Due]) -> Due:
    lines = sorted((line for due in found for line in due.lines), key=lambda line: (line.due_on, line.id))
    return Due(tuple(lines[: day_cards.CARDS]), sum(due.total for due in found))


def _follows(actor: Actor, today: date) -> None:
    """Somebody who follows cases: theirs, then those of the service for its lead."""
    scope = scope_of(actor)
    _due(actor, today, "me", address="/dossiers?file=late")
    day_cards.waiting_table(waiting.waits(scope), today)
    _silent(actor, today)
    if actor.is_lead:
        _service(actor, today)
    if actor.role is Role.REHOUSING_OFFICER:
        day_ici.needs_table(search_needs.needs_asked(scope, limit=SHORT), today, empty=False)
    day_ici.duties_table(day_of_ici.duties(scope, of_body=True), today, ours=True)


def _silent(actor: Actor, today: date) -> None:
    quiet, urgent = setting_on("silence_days", today), setting_on("silence_urgent_days", today)
    lines = my_day.silent_cases(
        scope_of(actor),
        before=now() - timedelta(days=int(str(quiet.value))),
        urgent_before=now() - timedelta(days=int(str(urgent.value))),
        limit=SHORT,
    )
    doubt = f" ({quiet.certainty_label})" if quiet.to_confirm else ""
    hint = f"Rien depuis {quiet.value} jours, {urgent.value} pour un dossier urgent{doubt}."
    day_cards.cases_table("Dossiers silencieux", lines, today, hint=hint)


def _service(actor: Actor, today: date) -> None:
    scope = scope_of(actor)
    day_cards.cases_table(
        "Sans responsable dans votre service",
        my_day.unassigned_cases(scope, SHORT),
        today,
        hint="À prendre ou à affecter : personne ne reçoit leurs rappels.",
    )
    late = my_day.due_lines(scope, before=today, whose="service", limit=SHORT)
    day_cards.service_late(late, today)


def _secretariat(actor: Actor, today: date) -> None:
    scope = scope_of(actor)
    _due(actor, today, "ici")
    day_ici.session_table(day_of_ici.session_tasks(scope, actor.ici), today)
    proposed_table(actor, today, actor.ici)
    day_ici.objectify_table(day_of_ici.to_objectify(scope, actor.ici), today)
    day_ici.duties_table(day_of_ici.duties(scope, of_body=False), today, ours=False)


def _co_pilot(actor: Actor, today: date) -> None:
    scope = scope_of(actor)
    day_ici.objectify_table(day_of_ici.to_objectify(scope, actor.ici), today)
    proposed_table(actor, today, actor.ici)
    _due(actor, today, "ici")
    day_ici.session_table(day_of_ici.session_tasks(scope, actor.ici), today)
    day_ici.duties_table(day_of_ici.duties(scope, of_body=False), today, ours=False)


def _partner(actor: Actor, today: date) -> None:
    scope = scope_of(actor)
    _due(actor, today, "referred", "body")
    day_ici.duties_table(day_of_ici.duties(scope, of_body=True), today, ours=True)
    lines = my_day.referred_cases(scope, 2 * SHORT)
    if not lines:
        st.html(
            empty_state(
                "Aucun signalement en cours",
                "Signalez une situation : vous en suivrez ici l’avancement.",
                icon_name="flag",
                link=("/signalement", "Faire un signalement"),
            )
        )
    day_cards.cases_table(
        "Ce que votre organisme a signalé", lines, today, hint="Les derniers qui ont bougé d’abord."
    )


def _landlord(actor: Actor, today: date) -> None:
    scope = scope_of(actor)
    day_ici.needs_table(search_needs.needs_asked(scope, limit=2 * SHORT), today, empty=True)
    day_ici.duties_table(day_of_ici.duties(scope, of_body=True), today, ours=True)


def _elsewhere(actor: Actor, _today: date) -> None:
    first = pages_for(actor.role)[0]
    st.html(
        empty_state(
            "Votre travail est ailleurs",
            ELSEWHERE.get(actor.role, ""),
            icon_name="info",
            link=("/", first.title) if first.file != "my_day" else None,
        )
    )


LISTS: Mapping[Role, Callable[[Actor, date], None]] = {
    Role.SOCIAL_WORKER: _follows,
    Role.REHOUSING_OFFICER: _follows,
    Role.ICI_SECRETARIAT: _secretariat,
    Role.CO_PILOT: _co_pilot,
    Role.PARTNER: _partner,
    Role.RECEIVING_LANDLORD: _landlord,
}
