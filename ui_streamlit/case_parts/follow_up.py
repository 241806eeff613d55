"""After the move: the calendar of the follow-up, each contact, what was signalled, and to whom."""

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from cases.charter.context import settings_now
from cases.labels import ADAPTATIONS, CHANNELS, MILESTONE_STATES, OUTCOMES, RELAYS, SIGNAL_ANSWERS, SIGNALS
from cases.rules.follow_up import CalendarRules, Contact, Milestone, calendar
from db.queries.case_file import CaseView
from db.queries.case_records import FollowUpView
from db.queries.follow_up import SignalView
from ui_streamlit.widgets.badges import Badge, badges
from ui_streamlit.widgets.case_table import Column, case_address, case_table
from ui_streamlit.widgets.dates import SHORT_MONTHS, short_date
from ui_streamlit.widgets.headings import section, small_print
from ui_streamlit.widgets.messages import message

CARDS = Markup('<div class="rl-stack rl-milestones">{}</div>')
CARD = Markup(
    '<article class="rl-deadline rl-edge-{tone}"><div class="rl-when">'
    '<div class="rl-leaf" aria-hidden="true"><b>{day}</b>{month}</div></div>'
    '<div class="rl-deadline-body"><p class="rl-deadline-title">{title}</p>'
    '{settled}<p class="rl-deadline-when">{window}</p><p class="rl-deadline-meta">{badges}</p>'
    "</div></article>"
)
PARAGRAPH = Markup("<p>{}</p>")
KINDS = {1: "Contact à 1 mois", 6: "Visite à 6 mois", 12: "Enquête à 12 mois"}
TONES: Mapping[str, tuple[str, str]] = {
    "done": ("success", "neutral"),
    "unreachable": ("warning", "neutral"),
    "left": ("neutral", "neutral"),
    "open": ("warning", "warning"),
    "late": ("danger", "danger"),
    "to_come": ("info", "neutral"),
    "closed": ("neutral", "neutral"),
}
WORDS: Mapping[str, tuple[str, str]] = {
    "rent_paid": ("loyer payé", "loyer impayé"),
    "aid_in_place": ("aide au logement en place", "aide au logement absente"),
    "bills_as_expected": ("factures conformes", "factures plus lourdes que prévu"),
    "relays_in_place": ("relais en place", "relais à trouver"),
    "defects_closed": ("désordres réparés", "désordres non réparés"),
    "wants_to_move": ("souhaite redéménager", "souhaite rester"),
}
ANSWER_TONES = {"waiting": "warning", "received": "success", "refused": "danger", "lost": "danger"}
RESERVED = "Détail réservé au suivi social"
AGAIN = (
    "Avec « Ouvrir une nouvelle demande », un dossier de mutation est ouvert : le ménage et le logement "
    "obtenu y sont déjà décrits."
)


def follow_up_blocks(view: CaseView, today: date) -> list[Markup]:
    """Nothing before the household has moved in."""
    moved_on = view.head.moved_in_on
    if moved_on is None:
        return []
    hint = f"Compté depuis l’emménagement du {short_date(moved_on)}."
    found = [
        section("Suivi après l’emménagement", hint=hint) + _calendar(view, today),
        *_to_know(view),
    ]
    if view.follow_ups:
        found.append(follow_ups_table(view))
    if view.after.signals:
        found.append(section("Signalements") + _signals(view))
    return found


def milestones(view: CaseView, today: date) -> tuple[Milestone, ...]:
    """The calendar of this household; empty before it has moved in."""
    moved_on = view.head.moved_in_on
    if moved_on is None:
        return ()
    settings = settings_now()
    rules = CalendarRules(
        months=settings.ints_on("follow_up_months", moved_on),
        window_days=settings.int_on("follow_up_window_days", today),
        tries=settings.int_on("follow_up_tries", today),
    )
    contacts = [
        Contact(item.milestone, item.held_on, item.reached, left=item.outcome == "left")
        for item in view.follow_ups
    ]
    return calendar(moved_on, contacts, rules, today, view.head.closed_on)


def next_milestone(view: CaseView, today: date) -> int | None:
    """The one to record now: the latest whose window is open or past, else the next to come."""
    found = milestones(view, today)
    now = [item.months for item in found if item.state in {"open", "late"}]
    ahead = [item.months for item in found if item.state == "to_come"]
    return now[-1] if now else next(iter(ahead), None)


def _calendar(view: CaseView, today: date) -> Markup:
    return CARDS.format(Markup().join(_card(item) for item in milestones(view, today)))


def _card(item: Milestone) -> Markup:
    tone, edge = TONES[item.state]
    marks = [Badge(MILESTONE_STATES[item.state], tone)]
    if item.held_on is not None and not item.in_window:
        marks.append(Badge("hors fenêtre", "warning"))
    if item.tries and item.state in {"open", "late"}:
        marks.append(Badge(f"Essai {item.tries} sans réponse", "neutral", "phone"))
    settled = f"Fait le {short_date(item.held_on)}" if item.held_on else ""
    return CARD.format(
        tone=edge,
        day=item.due_on.day,
        month=SHORT_MONTHS[item.due_on.month - 1],
        title=KINDS.get(item.months, f"Bilan à {item.months} mois"),
        window=f"Fenêtre du {short_date(item.opens_on)} au {short_date(item.closes_on)}",
        settled=PARAGRAPH.format(settled) if settled else "",
        badges=badges(marks),
    )


def _to_know(view: CaseView) -> list[Markup]:
    """What waits for somebody: an extension, a wish to move; which questionnaires were filled."""
    found = []
    if view.after.support_until is not None:
        until = short_date(view.after.support_until)
        found.append(message("info", f"Accompagnement prolongé jusqu’au {until}"))
    if view.after.again:
        link = (case_address(view.after.again), f"Ouvrir le dossier {view.after.again}")
        found.append(message("info", "Une nouvelle demande est ouverte pour ce ménage", link=link))
    elif view.follow_ups and view.follow_ups[0].wants_to_move and view.head.closed_on is None:
        found.append(message("warning", "Le ménage souhaite à nouveau déménager", [AGAIN]))
    if view.after.surveys:
        filled = " et ".join(
            f"à {months} mois (le {short_date(day)})" for months, day in sorted(view.after.surveys.items())
        )
        found.append(
            small_print(
                f"Questionnaire de satisfaction rempli {filled}. Les réponses ne se lisent qu’en chiffres "
                "d’ensemble, sur la page Charte et bilans."
            )
        )
    return found


def follow_ups_table(view: CaseView) -> Markup:
    rows = [
        {
            "milestone": f"{item.milestone} mois",
            "held": item.held_on,
            "how": CHANNELS.get(item.channel),
            "reached": Badge("Ménage joint", "success") if item.reached else Badge("Non joint", "warning"),
            "outcome": OUTCOMES.get(item.outcome or "", None),
            "facts": _facts(item) or None,
        }
        for item in view.follow_ups
    ]
    columns = [
        Column("milestone", "Bilan à"),
        Column("held", "Contact le", second="how"),
        Column("reached", "Contact"),
        Column("outcome", "Conclusion", second="facts"),
    ]
    return case_table(rows, columns, caption="Contacts de suivi")


def _facts(item: FollowUpView) -> str:
    words = [
        pair[0 if value else 1] for name, pair in WORDS.items() if (value := getattr(item, name)) is not None
    ]
    if item.arrears:
        words.append(f"dette de {item.arrears} €")
    if item.satisfaction is not None:
        words.append(f"satisfaction {item.satisfaction} sur 4")
    if item.adaptation:
        words.append(ADAPTATIONS[item.adaptation].lower())
    words += [f"à trouver : {RELAYS[code].lower()}" for code in item.relays_missing or ()]
    if item.extended_until:
        words.append(f"prolongé jusqu’au {short_date(item.extended_until)}")
    if item.support_need:
        words.append(f"besoin : {item.support_need}")
    said = [text.rstrip(".") for text in (item.defects, item.neighbourhood, item.detail) if text]
    listed = ", ".join(words)
    return ". ".join([*([f"{listed[0].upper()}{listed[1:]}"] if listed else []), *said])


def _signals(view: CaseView) -> Markup:
    rows = [
        {
            "to": SIGNALS.get(item.told or "", RESERVED),
            "why": item.reason or None,
            "sent": item.sent_on,
            "answer": Badge(SIGNAL_ANSWERS[item.answer], ANSWER_TONES.get(item.answer, "neutral")),
            "when": _when(item),
        }
        for item in view.after.signals
    ]
    columns = [
        Column("to", "Signalé à", second="why"),
        Column("sent", "Envoyé le"),
        Column("answer", "Réception", second="when"),
    ]
    return case_table(rows, columns, caption="Difficultés signalées")


def _when(item: SignalView) -> str | None:
    day = f"Vérifié le {short_date(item.answered_on)}" if item.answered_on else ""
    return " : ".join(part for part in (day, item.detail or "") if part) or None
