"""Charte et bilans: every indicator with its source, its target and the cases behind its figure."""

from collections import Counter

import streamlit as st

from cases.access import may_ever, scope_of
from cases.actor import Role
from cases.charter.context import Context, settings_now
from cases.charter.figures import BROKEN, KEPT, NO_OBJECT, UNKNOWN
from cases.labels import PROMISES
from db.queries.indicators import Place
from db.queries.objectives import READERS as OBJECTIVE_READERS
from ui_streamlit.charter_parts import cards, computed, detail, filters, promises, satisfaction
from ui_streamlit.charter_parts.objectives import objectives_block
from ui_streamlit.charter_parts.runners_up import runners_up_block
from ui_streamlit.charter_parts.style import STYLE
from ui_streamlit.session import current_actor, today
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.facts import figures
from ui_streamlit.widgets.headings import page_title, small_print

PLACE_HINT = "Avec un filtre de lieu, les dossiers protégés que vous n’ouvrez pas ne sont pas comptés."
TALLY = (
    ("Indicateurs respectés", KEPT, "success"),
    ("Indicateurs non respectés", BROKEN, "danger"),
    ("Non vérifiables", UNKNOWN, "warning"),
    ("Sans objet", NO_OBJECT, "neutral"),
)


def main() -> None:
    actor, day = current_actor(), today()
    scope, context = scope_of(actor), Context(settings_now(), day)
    hide_under = context.whole("small_cell_threshold") if actor.role is Role.OBSERVER else 0
    key = computed.key_of(scope)
    st.html(STYLE)
    st.html(
        page_title(
            "Charte et bilans",
            "Ce que la charte de relogement et les ICI promettent, ce qui est tenu, et sur quels dossiers.",
            eyebrow=f"Situation au {short_date(day)}",
        )
    )
    named = computed.places(scope, key)
    place, period = filters.filters(named, day)
    if place != Place():
        st.html(small_print(PLACE_HINT))
    lines = computed.lines(scope, place, period, hide_under, key)
    asked = next((line for line in lines if line.indicator.code == st.query_params.get("indicateur")), None)
    if asked is not None:
        frames = computed.frames(scope, place, key)
        detail.open_indicator(asked, frames, context, period, scope=scope, hide=hide_under)
        return
    promise = st.query_params.get("promesse", "")
    if promise in PROMISES and not hide_under:
        promises.open_promise(promise, scope, place, period, key)
        return
    tally = Counter(line.compliance for line in lines)
    st.html(figures([(label, tally[word], "", tone) for label, word, tone in TALLY]))
    if hide_under:
        st.html(small_print(f"Les chiffres qui reposent sur moins de {hide_under} ménages sont masqués."))
    st.html(cards.indicator_list(lines))
    if not hide_under:
        promises.promise_cards(scope, place, period, key)
    if actor.role.value in OBJECTIVE_READERS:
        known = computed.objectives(scope, day, key)
        objectives_block(known, place, named, day, may_set=may_ever(actor, "set_objective"))
    if scope.sees("common"):
        runners_up_block(scope, day)
    questions = computed.satisfaction(scope, place, period, key)
    st.html(satisfaction.satisfaction_block(questions, context.whole("small_cell_threshold")))


main()
