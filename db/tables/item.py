"""What organisations are asked about an escalation. They read the question, its subject and no case."""

from datetime import date

from sqlmodel import Field, SQLModel


class ItemOpinion(SQLModel, table=True):
    """`answer`: waiting, one of `labels.BODY_OPINIONS`, or no_object when the item ended before."""

    __tablename__ = "item_opinion"
    id: int | None = Field(default=None, primary_key=True)
    escalation_id: str = Field(foreign_key="escalation.id", index=True)
    body_id: str = Field(foreign_key="body.id", index=True)
    question: str
    asked_by: str = Field(foreign_key="account.id")
    asked_on: date
    answer_due_on: date
    answer: str = "waiting"
    words: str = ""
    answered_on: date | None = None
    answered_by: str | None = Field(default=None, foreign_key="account.id")
