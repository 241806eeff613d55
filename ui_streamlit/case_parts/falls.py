"""What falls when a case is closed early: said before it is confirmed."""

from collections.abc import Iterator

from markupsafe import Markup

from cases.labels import DEADLINES
from db.queries.case_file import CaseView
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.messages import message

STAYS = {"retention"}
SAID = {"landlord_answer", "opinion_answer", "handover_answer", "suspension_end"}  # with what they wait for


def falls(view: CaseView) -> Markup:
    lines = list(_lines(view))
    if not lines:
        return message("info", "Rien d’autre n’est en cours sur ce dossier", ["Il sera seulement clos."])
    return message("warning", "Ce qui s’arrêtera avec ce dossier", lines)


def _lines(view: CaseView) -> Iterator[str]:
    yield from _offers(view)
    yield from _asked(view)
    opened = [item for item in view.blockages if item.until is None]
    if opened:
        yield f"{_count(len(opened), 'blocage ouvert sera levé', 'blocages ouverts seront levés')}."
    if view.head.suspended_until is not None:
        yield "La suspension prendra fin."
    if any(course.open for course in view.courses):
        course = next(course for course in view.courses if course.open)
        yield f"Le dossier quittera l’ICI (remontée {course.escalation_id})."
    ended = [line for line in view.deadlines if line.kind not in STAYS | SAID]
    if ended:
        names = ", ".join(f"« {DEADLINES[line.kind]} » ({short_date(line.due_on)})" for line in ended)
        yield f"{_count(len(ended), 'échéance sera fermée', 'échéances seront fermées')} : {names}."


def _offers(view: CaseView) -> Iterator[str]:
    if view.head.moved_in_on is not None:
        return
    for offer in view.offers:
        if offer.state in {"pending", "accepted"}:
            word = "acceptée" if offer.state == "accepted" else "en attente de réponse"
            yield f"La proposition {offer.id} ({offer.landlord}), {word}, sera annulée et ne comptera jamais."


def _asked(view: CaseView) -> Iterator[str]:
    """What somebody else was asked and will not answer any more."""
    for attempt in view.attempts:
        if attempt.answer == "waiting":
            yield f"La recherche auprès de {attempt.landlord} n’aura plus d’objet."
    for opinion in view.opinions:
        if opinion.answer == "waiting":
            yield f"L’avis demandé à {opinion.body} n’aura plus d’objet."
    for handover in view.handovers:
        if handover.answer == "waiting":
            yield f"La passation proposée à {handover.to_name} n’aura plus d’objet."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
