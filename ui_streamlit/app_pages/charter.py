"""Charte et bilans: every indicator with its source, its target and the cases behind its figure."""

from collections import Counter

import streamlit as st

from cases.access import scope_of
from cases.actor import Role
from cases.charter.context import Context, settings_now
from cases.charter.figures import BROKEN, KEPT, NO_OBJECT, UNKNOWN
from cases.charter.report import Period
from db.queries.indicators import Place, listed
from db.scope import Scope
from ui_streamlit.charter_parts import cards, computed, detail, filters
from ui_streamlit.charter_parts.style import STYLE
from ui_streamlit.session import current_actor, today
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.facts import figures
from ui_streamlit.widgets.headings import page_title, section, small_print

PROMISES_HINT = (
    "Choix résidentiels, capacités financières, équilibre territorial : un verdict par relogement."
)
PLACE_HINT = "Avec un filtre de lieu, les dossiers protégés que vous n’ouvrez pas ne sont pas comptés."
TALLY = (
    ("Indicateurs respectés", KEPT, "success"),
    ("Indicateurs non respectés", BROKEN, "danger"),
    ("Non vérifiables", UNKNOWN, "warning"),
    ("Sans objet", NO_OBJECT, "neutral"),
)


def promises(scope: Scope, place: Place, period: Period, key: computed.Key) -> None:
    words, judged = computed.promises(scope, place, period, key)
    st.html(section("Les trois promesses, relogement par relogement", hint=PROMISES_HINT))
    if not judged:
        st.html(empty_state("Aucun relogement sur la période", "Élargissez les filtres.", icon_name="home"))
        return
    st.html(detail.promise_counts(words))
    open_ids = {item.id for item in listed(scope, judged)}
    mine = [case_id for case_id in judged if case_id in open_ids]
    if mine:
        st.html(detail.promise_table(judged, mine, scope.sees("social")))


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
    place, period = filters.filters(computed.places(scope, key), day)
    if place != Place():
        st.html(small_print(PLACE_HINT))
    lines = computed.lines(scope, place, period, hide_under, key)
    asked = next((line for line in lines if line.indicator.code == st.query_params.get("indicateur")), None)
    if asked is not None:
        frames = computed.frames(scope, place, key)
        detail.open_indicator(asked, frames, context, period, scope=scope, hide=hide_under)
        return
    tally = Counter(line.compliance for line in lines)
    st.html(figures([(label, tally[word], "", tone) for label, word, tone in TALLY]))
    if hide_under:
        st.html(small_print(f"Les chiffres qui reposent sur moins de {hide_under} ménages sont masqués."))
    st.html(cards.indicator_list(lines))
    if not hide_under:
        promises(scope, place, period, key)


main()
