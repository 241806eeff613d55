"""One point of a technical committee on screen: what is asked, for whom, on which need, and the opinion."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from cases.labels import ASKED, KINDS, OPINIONS, REFUSALS
from db.queries.technical import PointView
from ui_streamlit.case_parts.support import OPINION_TONES, opinion_words
from ui_streamlit.widgets.badges import Badge, badges
from ui_streamlit.widgets.case_table import Column, case_address, case_table
from ui_streamlit.widgets.dates import short_date

CARD = Markup(
    '<article class="ici-item rl-edge-{tone}"><h3>{title}</h3><p class="rl-muted">{about}</p>{badges}'
    "<dl>{facts}</dl></article>"
)
FACT = Markup("<dt>{}</dt><dd>{}</dd>")
LINK = Markup('<a href="{}">{}</a>')
ELSEWHERE = "suivi par un autre service"


def point_card(point: PointView) -> Markup:
    known = [(label, value) for label, value in _facts(point) if value]
    return CARD.format(
        tone=OPINION_TONES.get(point.opinion, "neutral"),
        title=ASKED[point.asked],
        about=_about(point),
        badges=badges(_badges(point)),
        facts=Markup().join(FACT.format(label, value) for label, value in known),
    )


def _about(point: PointView) -> Markup:
    reference = LINK.format(case_address(point.case_id), point.case_id) if point.opens else point.case_id
    words = [KINDS[point.case_kind], point.household or ELSEWHERE]
    return Markup("{} · {}").format(reference, " · ".join(words))


def _badges(point: PointView) -> list[Badge]:
    found = [Badge(OPINIONS[point.opinion], OPINION_TONES.get(point.opinion, "neutral"))]
    if point.returns:
        found.append(Badge(f"{point.returns + 1}e passage", "warning", "arrow"))
    return found


def _facts(point: PointView) -> Iterator[tuple[str, str]]:
    yield "Question", point.question or ""
    yield "Logement actuel", ", ".join(part for part in (point.commune, point.landlord) if part)
    if point.need is not None:
        yield "Fiche besoin", need_words(point.need)
    if point.refused is not None:
        typology, landlord, reasons = point.refused
        why = ", ".join(REFUSALS.get(code, code).lower() for code in reasons)
        yield "Proposition refusée", f"T{typology}, {landlord}{f' : {why}' if why else ''}"
    yield "Inscrit par", point.submitted_by or ""
    yield "Motif de l’avis", opinion_words(point) or ""
    if point.given_on is not None and point.given_by is not None:
        yield "Avis enregistré", f"Le {short_date(point.given_on)}, par {point.given_by}"


def need_words(need: tuple[int, int, object]) -> str:
    low, high, cost = need
    span = f"T{low}" if low == high else f"T{low} à T{high}"
    if cost is None:
        return span
    return f"{span}, {str(cost).rstrip('0').rstrip('.').replace('.', ',')} € par mois au plus"


def points_table(points: Sequence[PointView]) -> Markup:
    rows = [
        {
            "asked": ASKED[point.asked],
            "question": point.question or None,
            "case": LINK.format(case_address(point.case_id), point.case_id) if point.opens else point.case_id,
            "who": point.household or ELSEWHERE,
            "opinion": _badges(point),
            "why": opinion_words(point),
        }
        for point in points
    ]
    columns = [
        Column("asked", "Demande", second="question"),
        Column("case", "Dossier", second="who"),
        Column("opinion", "Avis", second="why"),
    ]
    return case_table(rows, columns, caption="Ordre du jour")
