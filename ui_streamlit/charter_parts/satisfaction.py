"""What households say of their rehousing: one card a question, small groups hidden from everybody."""

from collections.abc import Sequence

from markupsafe import Markup

from cases.charter.satisfaction import SOURCE, Answer, Question
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import section, small_print

GRID = Markup('<div class="rl-answers">{}</div>')
CARD = Markup('<article><h3>{title}</h3><p class="rl-muted">{total}</p><dl>{answers}</dl></article>')
ANSWER = Markup(
    "<div><dt>{label}</dt><dd>{said}</dd>"
    '<span class="rl-answer-bar" aria-hidden="true"><i style="width:{percent}%"></i></span></div>'
)
HINT = (
    "Questionnaire RIME, rempli à six ou à douze mois. Les réponses d’un ménage ne se lisent jamais seules."
)
HIDDEN = "trop peu de réponses pour être montrées"


def satisfaction_block(found: Sequence[Question], threshold: int) -> Markup:
    head = section("Ce que disent les ménages relogés ou mutés", hint=HINT)
    if not found:
        empty = empty_state(
            "Aucun questionnaire sur la période",
            "Ils se remplissent depuis le dossier, au suivi à six ou douze mois.",
        )
        return head + empty
    note = f"Source : {SOURCE}. Les effectifs de moins de {threshold} ménages sont masqués, pour tous."
    return head + GRID.format(Markup().join(_card(item) for item in found)) + small_print(note)


def _card(item: Question) -> Markup:
    total = f"{item.total} réponses" if item.total is not None else HIDDEN
    answers = Markup().join(_answer(answer) for answer in item.answers)
    return CARD.format(title=item.title, total=total, answers=answers)


def _answer(answer: Answer) -> Markup:
    said = "masqué" if answer.count is None else f"{answer.percent}\u00a0% ({answer.count})"
    return ANSWER.format(label=answer.label, said=said, percent=answer.percent or 0)
