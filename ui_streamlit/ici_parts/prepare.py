"""« Préparer une remontée »: choose the cases that may be raised, say what blocks, file it for a session."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

import streamlit as st
from markupsafe import Markup

from cases.access import scope_of
from cases.actor import Actor
from cases.commands import Command, Outcome, execute
from cases.ici_desk import Raising, raising
from cases.ici_proposals import draft_of, what_was_tried
from cases.labels import BLOCKAGES, SCALES
from cases.machines import MACHINES
from cases.reasons import Reason
from db.queries import ici
from db.queries.ici_records import Candidate, SessionLine, SessionView
from ui_streamlit.feedback import attempt
from ui_streamlit.ici_parts.filing import session_options
from ui_streamlit.ici_parts.words import address, counted
from ui_streamlit.session import FormDraft, flash, form_draft, now, recall, remember
from ui_streamlit.widgets.dates import age, long_date
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import section, small_print
from ui_streamlit.widgets.messages import message, reason_list

DEFAULTS: Mapping[str, Any] = {
    "wanted": "",
    "cases": [],
    "exception": "",
    "theme": next(iter(BLOCKAGES)),
    "title": "",
    "scale": "case",
    "tried": "",
    "asked": "",
    "session": None,
}
CASE, PROPOSAL = "dossier", "proposition"
GONE = "Ses dossiers sont déjà remontés, ou ne sont plus bloqués."
CARRIED = "La remontée sera reportée à la séance suivante, sauf si un co-pilote l’admet par exception."
WHY = Markup('<details class="rl-why"><summary>{} : pourquoi ?</summary><dl>{}</dl></details>')
SHUT = Markup("<dt>{}</dt><dd>{}</dd>")
BACK = Markup('<p class="ici-walk"><a href="{}">← Revenir à la séance</a></p>')


def prepare(view: SessionView, lines: Sequence[SessionLine], actor: Actor, today: date) -> None:
    st.html(BACK.format(address(actor.role, view.id, "appel")))
    st.html(
        section(
            "Préparer une remontée", hint="Un dossier, un profil ou un secteur : ce qui bloque, sans nom."
        )
    )
    form = form_draft(actor, f"ici.remontee.{view.ici}", dict(DEFAULTS))
    _take_from_address(form)
    _take_proposal(form, actor, today)
    with st.container(border=True):
        chosen = _choose(form, view, actor, today)
    with st.container(border=True):
        _describe(form, chosen, actor)
        session_id = _session(form, view, lines, today)
    with st.container(horizontal=True, gap="small"):
        file_it = st.button("Déposer la remontée", type="primary", key="ici-file")
        keep = st.button("Garder en brouillon", key="ici-keep")
    if (file_it or keep) and _record(form, chosen, session_id, actor, file_it):
        st.query_params["volet"] = "appel"
        st.rerun()


def ici_of_address(actor: Actor, today: date) -> str | None:
    """The ICI of the case or of the proposal that the address names, for who may raise it."""
    case_id = st.query_params.get(CASE, "")
    answer = raising([case_id], actor, today).get(case_id)
    proposal = st.query_params.get(PROPOSAL, "")
    if proposal:
        return proposal.split(".")[0]
    allowed = answer is not None and not any(one.code.startswith("access.") for one in answer.obstacles)
    return answer.ici if answer is not None and allowed else None


def _take_from_address(form: FormDraft) -> None:
    """Coming from a case page, its case is chosen already; once."""
    case_id = st.query_params.get(CASE, "")
    if case_id and not recall(f"ici.from.{case_id}"):
        remember(f"ici.from.{case_id}", True)
        st.session_state[form.key("wanted")] = case_id
        st.session_state[form.key("cases")] = [case_id]


def _take_proposal(form: FormDraft, actor: Actor, today: date) -> None:
    """Coming from a proposal, the draft is filled from the records; once, then the worker's."""
    key = st.query_params.get(PROPOSAL, "")
    if not key or recall(f"ici.from.{key}"):
        return
    draft = draft_of(key, actor, today)
    if draft is None:
        st.html(message("info", "Cette proposition n’a plus d’objet", [GONE]))
        return
    remember(f"ici.from.{key}", True)
    filled = {"cases": list(draft.case_ids), "wanted": "", "exception": ""}
    filled |= {name: getattr(draft, name) for name in ("theme", "scale", "title", "tried")}
    for name, value in filled.items():
        st.session_state[form.key(name)] = value
    form.save()


def _choose(form: FormDraft, view: SessionView, actor: Actor, today: date) -> list[str]:
    st.text_input(
        "Chercher par référence", key=form.key("wanted"), on_change=form.save, placeholder="M-26-00012"
    )
    st.text_input(
        "Motif, si un préalable manque (diagnostic, besoin validé ou recherche)",
        key=form.key("exception"),
        on_change=form.save,
    )
    found = {case.id: case for case in ici.candidates(scope_of(actor), form.value("wanted"))}
    kept = [key for key in form.value("cases") if key not in found]
    answers = raising([*found, *kept], actor, today)
    closed = {key: _reasons(answer, view.ici, form.value("exception")) for key, answer in answers.items()}
    able = [key for key, reasons in closed.items() if not reasons]
    st.session_state[form.key("cases")] = [key for key in form.value("cases") if key in able]
    if not found:
        st.html(
            empty_state("Aucun dossier bloqué", "Cherchez un dossier par sa référence.", icon_name="search")
        )
        return []
    st.multiselect(
        f"Dossiers à remonter ({counted(len(able), 'possible')})",
        able,
        format_func=lambda key: _label(found.get(key), key, today),
        key=form.key("cases"),
        on_change=form.save,
        placeholder="Choisissez un ou plusieurs dossiers",
    )
    if len(able) < len(closed):
        st.html(_impossible(closed, found, today))
    return list(form.value("cases"))


def _reasons(answer: Raising, ici_code: str, exception: str) -> list[Reason]:
    found = list(answer.obstacles)
    if not found and answer.ici != ici_code:
        found.append(
            Reason("raise.other_ici", f"Ce dossier relève de l’ICI {answer.ici}.", "Périmètre des ICI")
        )
    return found if exception.strip() else [*found, *answer.lacks]


def _label(case: Candidate | None, key: str, today: date) -> str:
    if case is None:
        return key
    state = MACHINES[case.kind].states[case.state].lower()
    words = [key, f"{state} depuis {age((today - case.stage_since).days)}"]
    return " · ".join([*words, BLOCKAGES[case.theme]] if case.theme else words)


def _impossible(
    closed: Mapping[str, Sequence[Reason]], found: Mapping[str, Candidate], today: date
) -> Markup:
    """Each with every reason, folded."""
    shut = {key: reasons for key, reasons in closed.items() if reasons}
    listed = Markup().join(
        SHUT.format(_label(found.get(key), key, today), reason_list(reasons)) for key, reasons in shut.items()
    )
    words = counted(len(shut), "dossier ne peut pas être remonté", "dossiers ne peuvent pas être remontés")
    return WHY.format(words, listed)


def _describe(form: FormDraft, chosen: list[str], actor: Actor) -> None:
    left, right = st.columns(2)
    left.selectbox("Ce qui bloque", list(BLOCKAGES), format_func=BLOCKAGES.__getitem__, key=form.key("theme"),
                   on_change=form.save)  # fmt: skip
    scales = [scale for scale in SCALES if len(chosen) < 2 or scale != "case"]
    if form.value("scale") not in scales:
        st.session_state[form.key("scale")] = scales[0]
    right.segmented_control(
        "Portée",
        scales,
        format_func=SCALES.__getitem__,
        key=form.key("scale"),
        on_change=form.save,
        required=True,
    )
    st.text_input("Intitulé (sans nom)", key=form.key("title"), on_change=form.save)
    st.text_area("Ce qui a été tenté", key=form.key("tried"), on_change=form.save, height=120)
    if chosen:
        st.button(
            "Reprendre ce qui est enregistré dans les dossiers",
            key="ici-tried",
            on_click=_take_tried,
            args=(form, actor, tuple(chosen)),
        )
    st.text_area("Ce qui est demandé à l’ICI", key=form.key("asked"), on_change=form.save, height=90)


def _take_tried(form: FormDraft, actor: Actor, chosen: tuple[str, ...]) -> None:
    """After what is already written, which stays."""
    recorded = what_was_tried(actor, chosen, form.value("theme"))
    written = [text for text in (form.value("tried"), recorded) if text]
    st.session_state[form.key("tried")] = "\n".join(dict.fromkeys(written))
    form.save()


def _session(form: FormDraft, view: SessionView, lines: Sequence[SessionLine], today: date) -> str | None:
    options = session_options(lines, view.ici)
    if not options:
        st.html(
            message(
                "warning", "Aucune séance à venir pour cette ICI", ["Demandez-la au secrétariat des ICI."]
            )
        )
        return None
    if form.value("session") not in options:
        st.session_state[form.key("session")] = view.id if view.id in options else next(iter(options))
    chosen: str = st.selectbox(
        "Séance visée",
        list(options),
        format_func=options.__getitem__,
        key=form.key("session"),
        on_change=form.save,
    )
    line = next(one for one in lines if one.id == chosen)
    limit = f"La limite de dépôt est le {long_date(line.limit_on)} à 23:59:59."
    if line.limit_on < today:
        st.html(message("warning", "La limite est passée", [limit, CARRIED]))
    else:
        st.html(small_print(limit))
    return chosen


def _record(form: FormDraft, chosen: list[str], session_id: str | None, actor: Actor, file_it: bool) -> bool:
    names = ("theme", "title", "scale", "tried", "asked", "exception")
    data = {name: form.value(name) for name in names} | {"case_ids": chosen, "session_id": session_id}
    said = "La remontée est déposée." if file_it else "La remontée est gardée en brouillon."
    return attempt(_draft, data, actor, file_it, said=said, draft=form) is not None


def _draft(data: dict[str, Any], actor: Actor, file_it: bool) -> Outcome:
    """The draft, then its filing when asked; a draft whose filing is refused stays and is said."""
    drafted = execute(Command(id=f"ui.{uuid4()}", type="draft_escalation", data=data), now=now(), actor=actor)
    if not drafted.done or not file_it:
        return drafted
    filing = Command(id=f"ui.{uuid4()}", type="submit_escalation", target=drafted.reference)
    filed = execute(filing, now=now(), actor=actor)
    if not filed.done:
        flash(f"{drafted.reference} reste en brouillon : complétez-la puis déposez-la.", "warning")
    return filed
