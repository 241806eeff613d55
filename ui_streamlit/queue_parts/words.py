"""French words of the day, the queues and the inbox, and which queues a role has."""

from collections.abc import Mapping
from datetime import date

from cases.actor import Role
from cases.labels import DEADLINES
from cases.machines import MACHINES
from db.queries.queue_lines import Next
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.deadline_card import deadline_badge

QUEUES: Mapping[str, str] = {
    "mine": "Mes dossiers",
    "service": "Mon service",
    "unassigned": "Sans responsable",
    "late": "En retard",
    "blocked": "Bloqués",
    "all": "Tous",
}
FOLLOWING = ("mine", "service", "unassigned", "late", "blocked", "all")
QUEUES_OF: Mapping[Role, tuple[str, ...]] = {
    Role.SOCIAL_WORKER: FOLLOWING,
    Role.REHOUSING_OFFICER: FOLLOWING,
    Role.ICI_SECRETARIAT: ("all", "unassigned", "late", "blocked"),
    Role.CO_PILOT: ("all", "late", "blocked"),
    Role.PARTNER: ("all", "late", "blocked"),
}
WAITS: Mapping[str, str] = {
    "landlord": "La réponse de {} à la fiche besoin",
    "information": "Le complément demandé à {}",
    "handover": "L’accord de {} pour reprendre le dossier",
    "committee": "L’examen par la commission de {}",
    "obligation": "L’exécution par {} d’une décision ICI",
    "household": "La réponse du ménage {} à la proposition",
}
PROTECTED_WAIT = "Une réponse (dossier protégé)"
TASKS: Mapping[str, str] = {
    "planned": "Appel à remontées à ouvrir",
    "call_open": "Appel ouvert : liste à arrêter après la date limite",
    "call_closed": "Liste arrêtée : remontées à objectiver, dossier de séance à envoyer",
    "file_sent": "Dossier envoyé : séance à tenir",
    "held": "Séance tenue : relevé de décisions à valider",
    "minutes_validated": "Relevé validé : extraits à envoyer, séance à clore",
}
NOTICES: Mapping[str, str] = {
    "reminder": "Rappels",
    "news": "Dossiers",
    "decision": "Décisions ICI",
    "call": "Appels à remontées",
}
NOTICE: Mapping[str, str] = {
    "reminder": "Rappel",
    "news": "Dossier",
    "decision": "Décision ICI",
    "call": "Appel à remontées",
}
NOTICE_ICONS: Mapping[str, str] = {
    "reminder": "clock",
    "news": "user",
    "decision": "scales",
    "call": "bell",
}
KIND_WORDS: Mapping[str, str] = {"transfer": "Mutation", "rehousing": "Relogement"}


def state_name(kind: str, state: str) -> str:
    """The French name of a step on its path."""
    return MACHINES[kind].states[state]


def course_name(state: str) -> str:
    return MACHINES["ici_course"].states[state]


def steps() -> dict[str, str]:
    """Step → its name, those of both paths; where the names differ, both."""
    found: dict[str, str] = {}
    for kind in ("transfer", "rehousing"):
        for state, name in MACHINES[kind].states.items():
            known = found.get(state)
            found[state] = name if known in (None, name) else f"{known} / {name.lower()}"
    return found


def next_words(due: Next | None, today: date) -> tuple[str, Badge | None]:
    """The nearest deadline of a case: its name, and how far it is."""
    return ("", None) if due is None else (DEADLINES[due.kind], deadline_badge(due.due_on, today))


def wait_words(what: str, who: str | None) -> str:
    return PROTECTED_WAIT if who is None else WAITS[what].format(who)


def more(count: int, one: str, many: str) -> str:
    return f"{count} {one if count < 2 else many}"
