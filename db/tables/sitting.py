"""Who sits in an ICI, who was called to raise, what each organisation was sent, what was told in session."""

from datetime import date

from sqlmodel import Field, SQLModel


class IciMember(SQLModel, table=True):
    """Somebody sits for an organisation from a day on, until the end of the term when it is known."""

    __tablename__ = "ici_member"
    id: int | None = Field(default=None, primary_key=True)
    ici: str = Field(index=True)
    body_id: str = Field(foreign_key="body.id")
    name: str
    capacity: str
    from_on: date
    until_on: date | None = None


class IciCall(SQLModel, table=True):
    """One addressee of the call of a session, as it was sent."""

    __tablename__ = "ici_call"
    id: int | None = Field(default=None, primary_key=True)
    session_id: str = Field(foreign_key="ici_session.id", index=True)
    account_id: str = Field(foreign_key="account.id")
    body_id: str = Field(foreign_key="body.id")


class Excerpt(SQLModel, table=True):
    """The excerpt of one decision for one organisation: to the desk of `account_id`, or on paper."""

    id: int | None = Field(default=None, primary_key=True)
    decision_id: str = Field(foreign_key="ici_decision.id", index=True)
    body_id: str = Field(foreign_key="body.id", index=True)
    account_id: str | None = Field(default=None, foreign_key="account.id")
    sent_on: date
    sent_by: str = Field(foreign_key="account.id")


class Contribution(SQLModel, table=True):
    """A good practice or a testimony told in session: it names nobody."""

    __tablename__ = "ici_contribution"
    id: int | None = Field(default=None, primary_key=True)
    session_id: str = Field(foreign_key="ici_session.id", index=True)
    kind: str
    title: str
    text: str
    body_id: str | None = Field(default=None, foreign_key="body.id")
    recorded_on: date
    recorded_by: str = Field(foreign_key="account.id")
    annulled_on: date | None = None
    annul_reason: str = ""
