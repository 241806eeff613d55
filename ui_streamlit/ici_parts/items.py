"""One escalation on screen: where it stands and why, its cases by reference, what is proposed."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from cases.labels import BLOCKAGES, SCALES, TIMINGS
from db.queries.ici_records import Item, ItemCase
from ui_streamlit.ici_parts.opinions import case_moves, opinion_lines
from ui_streamlit.ici_parts.words import COURSE_STATES, ITEM_STATES, counted, nth_return
from ui_streamlit.widgets.badges import Badge, badges
from ui_streamlit.widgets.case_table import case_address
from ui_streamlit.widgets.dates import long_date, moment, short_date

CARD = Markup(
    '<article class="ici-item rl-edge-{tone}"><h3>{title}</h3><p class="rl-muted">{about}</p>{badges}'
    "{why}<dl>{facts}</dl></article>"
)
FACT = Markup("<dt>{}</dt><dd>{}</dd>")
WHY = Markup("<p>{}</p>")
CASES = Markup('<span class="ici-cases">{}</span>')
CASE = Markup('<span>{link} <span class="rl-muted">{state}</span></span>')
LINK = Markup('<a href="{}">{}</a>')
SETTLED = {"decided", "not_executed", "executed", "withdrawn"}
TONES = {
    "late": "danger",
    "carried_over": "warning",
    "not_executed": "danger",
    "executed": "success",
    "decided": "success",
    "withdrawn": "neutral",
    "draft": "neutral",
}


def agenda_order(items: Iterable[Item]) -> list[Item]:
    """Returns first, then the rank given by the co-pilots, then the number."""
    return sorted(items, key=lambda item: (-item.returns, item.rank is None, item.rank or 0, item.id))


def item_card(item: Item, session_id: str, *, full: bool = True) -> Markup:
    facts = [("Dossiers", case_links(item)), ("Dossiers ajoutés ou retirés", case_moves(item))]
    if full:
        facts += [
            ("Ce qui a été tenté", item.tried),
            ("Demande à l’ICI", item.asked),
            ("Constat", item.objectification),
            ("Proposition", item.proposal),
        ]
    facts.append(("Avis demandés", opinion_lines(item)))
    return CARD.format(
        tone=TONES.get(item.state, "info"),
        title=item.title,
        about=f"{item.id} · {item.body} · {SCALES[item.scale].lower()}",
        badges=badges(item_badges(item)),
        why=Markup().join(WHY.format(line) for line in why_there(item, session_id)),
        facts=Markup().join(FACT.format(label, value) for label, value in facts if value),
    )


def item_badges(item: Item) -> list[Badge]:
    found = [Badge(BLOCKAGES[item.theme], "neutral", "flag"), Badge(ITEM_STATES[item.state], "info")]
    if item.timing in ("late", "exception"):
        found.append(Badge(TIMINGS[item.timing], "warning" if item.timing == "late" else "accent"))
    if item.returns:
        found.append(Badge(nth_return(item.returns), "danger", "arrow"))
    if item.provisional:
        found.append(Badge("Retour provisoire", "warning", "clock"))
    if item.minutes:
        found.append(Badge(f"{item.minutes}\u00a0min", "neutral", "clock"))
    return found


def why_there(item: Item, session_id: str) -> list[str]:
    """Filed when, late or not, and where it went: the sentences that its author is owed."""
    found = []
    if item.submitted_at is not None:
        claimed = item.claimed_on
        filed = f"Déposée le {moment(item.submitted_at)}"
        if claimed is not None and claimed < item.submitted_at.date():
            filed += f" (déclarée au {short_date(claimed)} : c’est l’heure du dépôt qui compte)"
        found.append(f"{filed}.")
    if item.timing == "late" and item.asked_on and item.asked_limit:
        found.append(
            f"Hors délai pour la séance du {long_date(item.asked_on)} : "
            f"la limite était le {short_date(item.asked_limit)} à 23:59:59."
        )
    if item.admitted_name:
        found.append(f"Admise par exception par {item.admitted_name}. {item.exception_reason}".strip())
    return found + _elsewhere(item, session_id)


def _elsewhere(item: Item, session_id: str) -> list[str]:
    if item.return_session_id == session_id and item.provisional:
        return [
            "Décision pas encore exécutée : inscrite à titre provisoire, elle sort dès qu’elle est exécutée."
        ]
    if item.session_id is None or item.session_id == session_id or item.session_on is None:
        return []
    return [f"Reportée à la séance du {long_date(item.session_on)}."]


def case_links(item: Item) -> Markup | str:
    if not item.cases:
        return counted(item.case_count, "dossier") if item.case_count else ""
    return CASES.format(Markup().join(_case(case, item) for case in item.cases))


def _case(case: ItemCase, item: Item) -> Markup:
    link = LINK.format(case_address(case.id), case.id) if case.openable else case.id
    told = case.state in SETTLED and case.state != item.state
    words = [COURSE_STATES[case.state].lower()] if told else []
    if case.protected and not case.openable:
        words.append("dossier protégé")
    return CASE.format(link=link, state=f"({', '.join(words)})" if words else "")


def cards(items: Sequence[Item], session_id: str, *, full: bool = True) -> Markup:
    return Markup('<div class="rl-stack">{}</div>').format(
        Markup().join(item_card(item, session_id, full=full) for item in items)
    )
