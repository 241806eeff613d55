"""One case, whole, as this reader may see it, in one consistent read: what the page « Dossier » shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from db.engine import reading
from db.queries import case_beside
from db.queries.case_access import HEALTH, SAFETY, SEALED, SOCIAL, Eye
from db.queries.case_beside import ApprovalView, DocumentView, NoteView, OpinionView, SuspensionView
from db.queries.case_head import Head, PresentDwelling, dwelling_of, head_of, head_row
from db.queries.case_ici import CourseView, courses
from db.queries.case_people import (
    Diagnosis,
    NeedSheet,
    Person,
    diagnoses,
    named_readers,
    need_sheets,
    persons,
)
from db.queries.case_records import (
    AttemptView,
    BlockageView,
    CommitteeView,
    DeadlineLine,
    FollowUpView,
    HandoverView,
    OfferView,
    PastDeadline,
)
from db.queries.case_rehousing import RehousingFacts, rehousing_facts
from db.queries.case_story import StoryLine, story
from db.queries.case_support import (
    ObstacleView,
    SupportView,
    TechnicalPoint,
    measures,
    obstacles,
    points,
)
from db.queries.case_work import (
    attempts,
    blockages,
    committees,
    deadlines,
    follow_ups,
    handovers,
    offers,
    past_deadlines,
)
from db.queries.follow_up import AfterMove, after_move
from db.rows import Row
from db.scope import Scope

__all__ = ["HEALTH", "SAFETY", "SOCIAL", "CaseView", "SealedCase", "case_file"]


@dataclass(frozen=True, slots=True)
class SealedCase:
    """A protected case whose reader is not named: that it exists, and nothing else."""

    id: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything about a case. `classes`: what is read now; `sealed`: what asks for a reason first."""

    head: Head
    dwelling: PresentDwelling
    persons: tuple[Person, ...]
    diagnoses: tuple[Diagnosis, ...]
    needs: tuple[NeedSheet, ...]
    offers: tuple[OfferView, ...]
    attempts: tuple[AttemptView, ...]
    blockages: tuple[BlockageView, ...]
    committees: tuple[CommitteeView, ...]
    follow_ups: tuple[FollowUpView, ...]
    after: AfterMove
    handovers: tuple[HandoverView, ...]
    obstacles: tuple[ObstacleView, ...]
    measures: tuple[SupportView, ...]
    technical: tuple[TechnicalPoint, ...]
    deadlines: tuple[DeadlineLine, ...]
    past_deadlines: tuple[PastDeadline, ...]
    courses: tuple[CourseView, ...]
    suspensions: tuple[SuspensionView, ...]
    notes: tuple[NoteView, ...]
    opinions: tuple[OpinionView, ...]
    approvals: tuple[ApprovalView, ...]
    documents: tuple[DocumentView, ...]
    rehousing: RehousingFacts
    story: tuple[StoryLine, ...]
    readers: Mapping[str, str]
    classes: frozenset[str]
    sealed: frozenset[str]

    def sees(self, field_class: str) -> bool:
        return field_class in self.classes


def case_file(
    scope: Scope, case_id: str, *, unsealed: frozenset[str] = frozenset()
) -> CaseView | SealedCase | None:
    """None: unknown, or not within this reader's scope (the two are not told apart).

    `unsealed`: the classes among health_functional and safety whose reading was logged with a reason.
    """
    with reading() as connection:
        row = head_row(connection, scope, case_id)
        if row is None:
            return None
        if not row["opens"]:
            return SealedCase(row["id"])
        return _view(connection, scope, row, unsealed)


def _view(connection: Connection, scope: Scope, row: Row, unsealed: frozenset[str]) -> CaseView:
    eye, case_id = Eye.of(scope, unsealed), row["id"]
    at_ici = courses(connection, case_id, scope, eye)
    return CaseView(
        head=head_of(row, scope, eye),
        dwelling=dwelling_of(row, eye),
        persons=persons(connection, row["household_id"], eye),
        diagnoses=diagnoses(connection, case_id, eye),
        needs=need_sheets(connection, case_id, eye),
        offers=offers(connection, case_id, eye),
        attempts=attempts(connection, case_id, eye),
        blockages=blockages(connection, case_id, scope, eye),
        committees=committees(connection, case_id, eye),
        follow_ups=follow_ups(connection, case_id, eye),
        after=after_move(connection, row, eye),
        handovers=handovers(connection, case_id, eye),
        obstacles=obstacles(connection, case_id, eye),
        measures=measures(connection, case_id, eye),
        technical=points(connection, case_id, eye),
        deadlines=deadlines(connection, case_id, eye),
        past_deadlines=past_deadlines(connection, case_id),
        courses=at_ici,
        suspensions=case_beside.suspensions(connection, case_id, eye) if row["pauses"] else (),
        notes=(read := case_beside.notes(connection, case_id, scope, eye)),
        opinions=case_beside.opinions(connection, case_id, eye),
        approvals=case_beside.approvals(connection, case_id, eye),
        documents=case_beside.documents(connection, case_id, eye),
        rehousing=rehousing_facts(connection, row, eye),
        story=story(connection, case_id, scope, eye, {note.id: note.text for note in read}),
        readers=named_readers(connection, case_id) if row["protected"] else {},
        classes=eye.classes,
        sealed=(scope.fields & SEALED) - eye.classes,
    )
