"""Échéances: every open deadline in reach, by how near it is, on a calendar, and what leaves tomorrow."""

from calendar import monthrange
from dataclasses import replace
from datetime import timedelta

import streamlit as st

from cases.access import scope_of
from db.queries.due_dates import about_to_be_said, due_by_day, due_counts, due_page
from db.queries.queue_options import options
from ui_streamlit.queue_parts import due_list
from ui_streamlit.queue_parts.feeds import feeds
from ui_streamlit.queue_parts.paging import page_asked, page_bar
from ui_streamlit.queue_parts.snooze import snooze
from ui_streamlit.session import current_actor, today
from ui_streamlit.widgets.headings import page_title

actor, day = current_actor(), today()
scope = scope_of(actor)
st.html(
    page_title(
        "Échéances", "Chaque date vient d’un fait et d’une règle ; elle se ferme quand le fait est là."
    )
)
wanted = due_list.chosen_filters(options(scope, day), day, mine=scope.reach == "body")
bucket = due_list.chosen_bucket(due_counts(scope, wanted, day))
left, right = st.columns([3, 2], gap="large")
with left:
    name = f"due:{bucket}:{wanted}"
    found = due_page(scope, bucket, wanted, today=day, number=page_asked(name))
    due_list.list_of(found, day, wanted.day)
    page_bar(name, found.number, found.pages)
with right:
    first = due_list.asked_month(day)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    due_list.month(first, due_by_day(scope, wanted, first, last), day)
    due_list.leaving(about_to_be_said(scope, day + timedelta(days=1)), day)
    snooze(actor, due_page(scope, bucket, replace(wanted, mine=True), today=day).lines, day)
    feeds(actor)
