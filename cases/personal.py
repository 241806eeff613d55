"""What is erased of a case when its retention ends (domain 6.2), column by column, and what replaces it.

What stays names nobody: dates, codes, amounts and results, for article 19 and RIME. Each column of a table
about a case is here or in `KEPT`: a test reads both.
"""

from collections.abc import Mapping
from typing import Any

from sqlmodel import SQLModel

from db.tables.beside import Approval, Document, Opinion, Suspension
from db.tables.case import Attempt, Blockage, CaseFile, Handover, Household, Note, Person
from db.tables.clock import Notice
from db.tables.diagnosis import Diagnosis, DiagnosisStep, NeedSheet
from db.tables.follow_up import Derogation, FollowUp, Signal
from db.tables.ici import IciCourse
from db.tables.merge import SnrNumber
from db.tables.offer import CommitteeDecision, Offer
from db.tables.rehousing import GroupedAnswer, HolderChange, PlannedAct, RehousingCost, TemporaryStay
from db.tables.support import Obstacle, SupportMeasure
from db.tables.technical import TechnicalItem

Erased = Mapping[str, Any]
NAMELESS = "Données effacées"

OF_CASE: Erased = {
    "snr_number": None,
    "tracking_code": None,
    "evidence": [],
    "circumstances": "",
    "temporary_dwelling": None,
}
OF_HOUSEHOLD: Erased = {
    "name": NAMELESS, "search_name": "", "phone": "", "email": "", "safe_contact": "",
}  # fmt: skip
OF_PERSON: Erased = {"first_name": "", "last_name": "", "alike_key": ""}  # of the birth, the year is kept
OF_NUMBER: Erased = {"number": ""}
OF_DWELLING: Erased = {"address": ""}  # where nobody else's case is, and no demolition keeps it

BESIDE: Mapping[type[SQLModel], Erased] = {
    Approval: {"content": {}, "why": "", "reason": ""},
    Attempt: {"detail": "", "sent": {}, "answer_detail": ""},
    Blockage: {"explanation": "", "outcome": ""},
    CommitteeDecision: {"condition": "", "reason": "", "few_candidates": ""},
    Derogation: {"reason": ""},
    Diagnosis: {"grid": {}, "renewal_reason": ""},
    DiagnosisStep: {"note": ""},
    Document: {"name": "", "removed_reason": ""},
    FollowUp: {"defects": "", "detail": "", "support_need": "", "neighbourhood": ""},
    GroupedAnswer: {"words": ""},
    Handover: {"reason": ""},
    HolderChange: {"derogation": "", "findings": []},
    IciCourse: {"exception_reason": "", "joined_reason": "", "left_reason": ""},
    NeedSheet: {"support": "", "revision_reason": ""},
    Note: {"text": ""},
    Notice: {"text": ""},
    Obstacle: {"action": "", "owner_name": "", "outcome": ""},
    Offer: {"proof": "", "address": "", "visit_words": "", "refusal_words": "", "annulled_reason": ""},
    Opinion: {"question": "", "words": ""},
    PlannedAct: {"what": "", "result": ""},
    RehousingCost: {"detail": "", "annulled_reason": ""},
    Signal: {"reason": "", "detail": ""},
    SupportMeasure: {"worker": "", "end_detail": "", "extension_reason": "", "end_source": ""},
    Suspension: {"explanation": ""},
    TechnicalItem: {"question": "", "reason": "", "annul_reason": ""},
    TemporaryStay: {"dwelling": "", "document": ""},
}

# Codes, references and results: they say what was done, of nobody in particular.
KEPT: Mapping[str, frozenset[str]] = {
    "CaseFile": frozenset(
        [
            "kind",
            "state",
            "criteria",
            "open_offer_id",
            "accepted_offer_id",
            "pauses",
            "closure_reason",
            "closed_from",
        ]
    ),
    "Household": frozenset(),
    "Person": frozenset({"sex", "link"}),
    "SnrNumber": frozenset(),
    "Dwelling": frozenset({"canton", "neutralised_how"}),
    "Approval": frozenset({"kind", "answer"}),
    "Attempt": frozenset({"answer", "reason"}),
    "Blockage": frozenset({"theme"}),
    "CaseMerge": frozenset({"reason", "undo"}),  # erased with the case that stays
    "CommitteeDecision": frozenset({"mode", "decision", "reasons", "outcome"}),
    "Deadline": frozenset({"kind", "subject", "nature", "explanation", "outcome"}),
    "Derogation": frozenset({"code"}),
    "Diagnosis": frozenset({"results", "signed_by"}),
    "DiagnosisStep": frozenset({"step"}),
    "Document": frozenset({"type", "media", "digest"}),
    "FollowUp": frozenset({"channel", "adaptation", "relays_missing", "outcome"}),
    "GroupedAnswer": frozenset({"answer"}),
    "Handover": frozenset({"answer"}),
    "IciCourse": frozenset({"state", "decision_id"}),
    "NeedSheet": frozenset({"communes", "excluded_communes", "features"}),
    "Note": frozenset({"readers"}),
    "Notice": frozenset({"key", "kind", "case_id", "subject"}),
    "Obstacle": frozenset({"kind", "result"}),
    "Offer": frozenset(
        [
            *("state", "canton", "features", "visit_outcome", "money", "refusal_reasons", "effects"),
            *("judgement", "vacancy_id", "annulled_from", "legitimacy"),
        ]
    ),
    "Opinion": frozenset({"answer"}),
    "PlannedAct": frozenset({"answer"}),
    "Promise": frozenset({"code", "verdict", "sentence", "inputs", "source", "certainty"}),
    "ReadLog": frozenset({"account_id", "case_id", "field_class", "reason"}),  # has its own term
    "RehousingCost": frozenset({"kind", "paid_by"}),
    "Satisfaction": frozenset({"income_class", "informed_how"}),
    "Signal": frozenset({"told", "answer"}),
    "SupportMeasure": frozenset({"kind", "end_reason"}),
    "Suspension": frozenset({"reason"}),
    "TechnicalItem": frozenset({"asked", "opinion", "annulled_from"}),
    "TemporaryStay": frozenset({"difference_paid_by", "outcome"}),
}

ALONE: Mapping[type[SQLModel], Erased] = {
    CaseFile: OF_CASE,
    Household: OF_HOUSEHOLD,
    Person: OF_PERSON,
    SnrNumber: OF_NUMBER,
}
