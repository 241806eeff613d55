"""From an outcome to words: the place where a page's action succeeds, is refused, or breaks."""

import logging
import secrets
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

import streamlit as st

from cases.reasons import Reason, Refused
from ui_streamlit.session import FormDraft, flash
from ui_streamlit.widgets.messages import message, reasons_message

logger = logging.getLogger(__name__)

PAGE_BROKE = "Cette page n’a pas pu s’afficher en entier. Rechargez-la dans un instant."


class Answer(Protocol):
    """What `attempt` reads of an outcome (`cases.door.Outcome`)."""

    @property
    def status(self) -> str: ...
    @property
    def reasons(self) -> Sequence[Reason]: ...
    @property
    def message(self) -> str: ...


A = TypeVar("A", bound=Answer)


def attempt(
    act: Callable[..., A], /, *args: Any, said: str = "", draft: FormDraft | None = None, **kwargs: Any
) -> A | None:
    """Do it and say what came of it. The outcome when it is done, else None with the reasons on screen.

    On success `said` (a French sentence) is shown above the next page drawn and the draft is dropped:
    `if attempt(execute, command, now=now(), actor=actor, said="Visite notée."): st.rerun()`.
    When it is refused, in conflict or broken, nothing was written and the draft is kept.
    """
    try:
        outcome = act(*args, **kwargs)
    except Refused as refusal:
        show_reasons(refusal.reasons)
        return None
    except Exception as error:
        show_breakdown(error, "Rien n’a été enregistré : votre saisie est gardée, réessayez dans un instant.")
        return None
    if outcome.status in {"accepted", "already_done"}:
        _celebrate(outcome, said, draft)
        return outcome
    if draft is not None:
        draft.save()
    if outcome.status == "conflict":
        show_conflict(outcome.reasons, outcome.message)
    else:
        show_reasons(outcome.reasons)
    return None


def _celebrate(outcome: Answer, said: str, draft: FormDraft | None) -> None:
    if draft is not None:
        draft.drop()
    if outcome.status == "already_done":
        flash("C’était déjà fait : rien n’a été enregistré une seconde fois.", "info")
    else:
        flash(said or "C’est enregistré.")


def show_reasons(reasons: Sequence[Reason], title: str = "Ce n’est pas possible pour l’instant") -> None:
    """Every reason, with where it comes from."""
    st.html(reasons_message("danger", title, reasons, note="Rien n’a été enregistré."))


def show_conflict(reasons: Sequence[Reason], otherwise: str = "") -> None:
    """Somebody acted in between: who, what, when; nothing typed is lost."""
    known = list(reasons) or [
        Reason("conflict", otherwise or "Un collègue a modifié ce dossier entre-temps.")
    ]
    note = "Rien n’a été enregistré et votre saisie est gardée : relisez le dossier, puis validez de nouveau."
    st.html(reasons_message("warning", "Quelqu’un a agi avant vous", known, note=note))


def show_breakdown(error: Exception, what: str = PAGE_BROKE) -> bool:
    """A failure of ours: a number on screen, the trace in the log only. True: Streamlit adds nothing."""
    number = secrets.token_hex(3).upper()
    logger.error("incident %s", number, exc_info=error)
    lines = [
        what,
        f"Si cela se reproduit, donnez ce numéro à l’administrateur : {number}.",
    ]
    st.html(message("danger", "Une erreur est survenue de notre côté", lines))
    return True
