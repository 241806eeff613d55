"""Types that the commands share: each says what it accepts, and a form can read its choices from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from cases import labels, territory
from cases.labels import beside
from cases.reasons import Reason
from cases.rules.admissibility import CRITERIA, EVIDENCE

OLDEST_YEARS = 120


@dataclass(frozen=True, eq=False)  # compared by identity: annotations are hashed, mappings are not
class Choices:
    """The closed list of a field: code → French label."""

    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ref:
    """The field names a record: "body" (of these kinds), "account", "case", "offer", "session",
    "escalation"…"""

    about: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Long:
    """A text of several lines."""


@dataclass(frozen=True, slots=True)
class FactDay:
    """The day given here is the day of the fact: nobody is asked for it twice."""


def one_of(choices: Mapping[str, str]) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in choices:
            raise ValueError(f"« {value[:60]} » n’est pas dans la liste ({', '.join(choices)})")
        return value

    return check


def _known_commune(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = territory.commune_by_name(value)
    if found is not None:
        return found.insee
    try:
        return territory.commune(value).insee
    except LookupError:
        raise ValueError(f"« {value[:60]} » n’est pas une commune de la MEL (nom ou code INSEE)") from None


def _plain_text(value: str) -> str:
    if any(ord(char) < 32 and char not in "\n\t\r" for char in value):
        raise ValueError("le texte contient des caractères de contrôle ; retapez-le")
    return value


DayOfFact = Annotated[date, FactDay()]
Text = Annotated[str, Field(max_length=200), AfterValidator(_plain_text)]
Required = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_plain_text)]
LongText = Annotated[str, Field(max_length=4000), AfterValidator(_plain_text), Long()]
RequiredLong = Annotated[str, Field(min_length=3, max_length=4000), AfterValidator(_plain_text), Long()]
Money = Annotated[Decimal, Field(ge=0, le=100_000, decimal_places=2)]
Surface = Annotated[Decimal, Field(gt=0, le=1000, decimal_places=2)]
Typology = Annotated[int, Field(ge=1, le=9)]
Insee = Annotated[str, BeforeValidator(_known_commune)]

CRITERION_LABELS = {code: criterion.label for code, criterion in CRITERIA.items()}
CriterionCode = Annotated[str, AfterValidator(one_of(CRITERION_LABELS)), Choices(CRITERION_LABELS)]
EvidenceCode = Annotated[str, AfterValidator(one_of(EVIDENCE)), Choices(EVIDENCE)]
RefusalReason = Annotated[str, AfterValidator(one_of(labels.REFUSALS)), Choices(labels.REFUSALS)]
BlockageTheme = Annotated[str, AfterValidator(one_of(labels.BLOCKAGES)), Choices(labels.BLOCKAGES)]
ClosureReason = Annotated[str, AfterValidator(one_of(labels.CLOSURES)), Choices(labels.CLOSURES)]
NonAllocation = Annotated[
    str, AfterValidator(one_of(labels.NON_ALLOCATIONS)), Choices(labels.NON_ALLOCATIONS)
]
Feature = Annotated[str, AfterValidator(one_of(labels.FEATURES)), Choices(labels.FEATURES)]
DecisionKind = Annotated[str, AfterValidator(one_of(labels.DECISIONS)), Choices(labels.DECISIONS)]
FollowUpOutcome = Annotated[str, AfterValidator(one_of(labels.OUTCOMES)), Choices(labels.OUTCOMES)]
Channel = Annotated[str, AfterValidator(one_of(labels.CHANNELS)), Choices(labels.CHANNELS)]
Adaptation = Annotated[str, AfterValidator(one_of(labels.ADAPTATIONS)), Choices(labels.ADAPTATIONS)]
Relay = Annotated[str, AfterValidator(one_of(labels.RELAYS)), Choices(labels.RELAYS)]
SignalTo = Annotated[str, AfterValidator(one_of(labels.SIGNALS)), Choices(labels.SIGNALS)]
SignalAnswer = Annotated[str, AfterValidator(one_of(labels.CHECKED)), Choices(labels.CHECKED)]
IncomeClass = Annotated[str, AfterValidator(one_of(labels.INCOME_CLASSES)), Choices(labels.INCOME_CLASSES)]
InformedHow = Annotated[str, AfterValidator(one_of(labels.INFORMED)), Choices(labels.INFORMED)]
PromiseCode = Annotated[str, AfterValidator(one_of(labels.PROMISES)), Choices(labels.PROMISES)]
ObstacleKind = Annotated[str, AfterValidator(one_of(labels.OBSTACLES)), Choices(labels.OBSTACLES)]
SupportKind = Annotated[str, AfterValidator(one_of(labels.SUPPORTS)), Choices(labels.SUPPORTS)]
ObstacleResult = Annotated[str, AfterValidator(one_of(labels.SETTLED)), Choices(labels.SETTLED)]
SupportEnd = Annotated[str, AfterValidator(one_of(labels.ENDED)), Choices(labels.ENDED)]
TechnicalAsked = Annotated[str, AfterValidator(one_of(labels.ASKED)), Choices(labels.ASKED)]
SuspensionReason = Annotated[str, AfterValidator(one_of(beside.SUSPENSIONS)), Choices(beside.SUSPENSIONS)]
NoteReaders = Annotated[str, AfterValidator(one_of(beside.NOTE_READERS)), Choices(beside.NOTE_READERS)]
BodyOpinion = Annotated[str, AfterValidator(one_of(beside.BODY_OPINIONS)), Choices(beside.BODY_OPINIONS)]
DocumentType = Annotated[str, AfterValidator(one_of(beside.DOCUMENTS)), Choices(beside.DOCUMENTS)]
Scale = Annotated[str, AfterValidator(one_of(labels.SCALES)), Choices(labels.SCALES)]

AnyBody = Annotated[str, Field(max_length=80), Ref("body")]
LandlordId = Annotated[str, Field(max_length=80), Ref("body", ("landlord",))]
AccountId = Annotated[str, Field(max_length=80), Ref("account")]
CaseId = Annotated[str, Field(max_length=80), Ref("case")]
OfferId = Annotated[str, Field(max_length=80), Ref("offer")]
_TERRITORIES = sorted({place.territory for place in territory.communes()})
TERRITORIES = {name: f"Territoire {name}" for name in _TERRITORIES}
Territory = Annotated[str, AfterValidator(one_of(TERRITORIES)), Choices(TERRITORIES)]
TechnicalId = Annotated[str, Field(max_length=80), Ref("technical")]
SessionId = Annotated[str, Field(max_length=80), Ref("session")]


def past(day: date | None, today: date, label: str, code: str) -> list[Reason]:
    """A fact is dated today or before."""
    if day is None or day <= today:
        return []
    return [Reason(f"field.{code}", f"{label} : le {day:%d/%m/%Y} est dans l’avenir ; corrigez la date.")]


def birth_date(day: date, today: date) -> list[Reason]:
    if day > today:
        return [
            Reason("field.born_on", f"Date de naissance : le {day:%d/%m/%Y} est dans l’avenir ; corrigez-la.")
        ]
    if day.year < today.year - OLDEST_YEARS:
        return [
            Reason(
                "field.born_on", f"Date de naissance : le {day:%d/%m/%Y} n’est pas possible ; corrigez-la."
            )
        ]
    return []
