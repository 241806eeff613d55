"""French names of what people read: one word for one thing."""

from cases.labels.actions import COMMANDS, COURSE_EVENTS, EVENTS
from cases.labels.answers import (
    ATTEMPTS,
    BLOCKAGES,
    CLOSURES,
    COMMITTEE,
    DECISIONS,
    EXECUTIONS,
    FEATURES,
    OUTCOMES,
    REFUSALS,
    SCALES,
    TIMINGS,
)
from cases.labels.clock import DEADLINES, NATURES
from cases.labels.literals import LITERALS
from cases.labels.people import KINDS, ROLES

__all__ = [
    "ATTEMPTS",
    "BLOCKAGES",
    "CLOSURES",
    "COMMANDS",
    "COMMITTEE",
    "COURSE_EVENTS",
    "DEADLINES",
    "DECISIONS",
    "EVENTS",
    "EXECUTIONS",
    "FEATURES",
    "KINDS",
    "LITERALS",
    "NATURES",
    "OUTCOMES",
    "REFUSALS",
    "ROLES",
    "SCALES",
    "TIMINGS",
]
