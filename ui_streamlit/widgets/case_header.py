"""The head of a case: who, where it stands, who has the ball and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ui_streamlit.widgets.badges import Badge, badges, icon
from ui_streamlit.widgets.dates import countdown, countdown_words, long_date

STATES = {"done": "étape faite", "current": "étape en cours", "to_come": "étape à venir"}

HEADER = Markup(
    '<header class="rl-case"><div class="rl-case-top"><p class="rl-eyebrow">{eyebrow}</p>'
    '<h1 class="rl-case-title">{title}</h1>{subtitle}{badges}</div>{steps}{ball}</header>'
)
SUBTITLE = Markup('<p class="rl-case-subtitle">{}</p>')
STEPS = Markup(
    '<div class="rl-steps-box"><p class="rl-steps-now" aria-hidden="true">Étape {rank} sur {count}'
    ' · <b>{current}</b></p><ol class="rl-steps" aria-label="Parcours du dossier">{items}</ol></div>'
)
STEP = Markup(
    '<li class="rl-step rl-step-{state}"{current}>{label}<span class="rl-sr"> ({words})</span></li>'
)
BALL = Markup('<p class="rl-ball rl-ball-{tone}">{icon}<span>{sentence}</span>{count}</p>')
WHO = Markup("La balle est chez <b>{who}</b>{task}")
UNTIL = Markup(" jusqu’au <b>{}</b>")
COUNT = Markup(
    '<span class="rl-count"><span aria-hidden="true">{short}</span><span class="rl-sr">{words}</span></span>'
)


@dataclass(frozen=True, slots=True)
class Step:
    """`state`: done, current or to_come."""

    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Ball:
    """Who must act, to do what, until when. `who` empty: nobody, and that is said."""

    who: str = ""
    task: str = ""
    due_on: date | None = None


def steps_of(labels: Sequence[str], current: str) -> list[Step]:
    """The bar of a path: what is before `current` is done, what is after it is to come."""
    at = labels.index(current)
    states = ["done" if rank < at else "current" if rank == at else "to_come" for rank in range(len(labels))]
    return [Step(label, state) for label, state in zip(labels, states, strict=True)]


def case_header(
    *,
    title: str,
    reference: str,
    kind: str = "",
    subtitle: str = "",
    badge_list: Sequence[Badge] = (),
    steps: Sequence[Step] = (),
    ball: Ball | None = None,
    today: date | None = None,
) -> Markup:
    """The card at the top of a case page. It holds the page's only h1."""
    return HEADER.format(
        eyebrow=f"{kind} · {reference}" if kind else reference,
        title=title,
        subtitle=SUBTITLE.format(subtitle) if subtitle else "",
        badges=badges(badge_list),
        steps=step_bar(steps),
        ball=ball_line(ball, today) if ball is not None else "",
    )


def step_bar(steps: Sequence[Step]) -> Markup:
    """An ordered list; on a phone, one line « Étape 3 sur 6 »."""
    if not steps:
        return Markup()
    at = next((rank for rank, step in enumerate(steps) if step.state == "current"), len(steps) - 1)
    items = Markup().join(
        STEP.format(
            state=step.state,
            current=Markup(' aria-current="step"') if step.state == "current" else "",
            label=step.label,
            words=STATES[step.state],
        )
        for step in steps
    )
    return STEPS.format(rank=at + 1, count=len(steps), current=steps[at].label, items=items)


def count_of(due_on: date, today: date) -> Markup:
    """« J−12 » for the eye, « dans 12 jours » for the ear."""
    return COUNT.format(words=countdown_words(due_on, today), short=countdown(due_on, today))


def ball_line(ball: Ball, today: date | None) -> Markup:
    """One coloured line: whose turn it is, and until when."""
    if not ball.who:
        nobody = ball.task or "Personne n’a la balle : ce dossier attend un responsable."
        return BALL.format(tone="danger", icon=icon("alert"), sentence=nobody, count="")
    sentence = WHO.format(who=ball.who, task=f" : {ball.task}" if ball.task else "")
    if ball.due_on is None or today is None:
        return BALL.format(tone="info", icon=icon("user"), sentence=sentence, count="")
    late = ball.due_on < today
    return BALL.format(
        tone="danger" if late else "info",
        icon=icon("alert" if late else "user"),
        sentence=sentence + Markup(",") * bool(ball.task) + UNTIL.format(long_date(ball.due_on)),
        count=count_of(ball.due_on, today),
    )
