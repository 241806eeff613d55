"""What stands between a household and its dwelling, and who supports it: obstacles and support measures."""

from datetime import date

from sqlmodel import Field, SQLModel


class Obstacle(SQLModel, table=True):
    """A brake to a solution, with the action against it: whose it is and before when (domain 4.1).

    `owner_id` is an account, else `owner_name` a person named without one, else whoever follows the case.
    """

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    kind: str
    action: str
    owner_id: str | None = Field(default=None, foreign_key="account.id")
    owner_name: str = ""
    due_on: date
    noted_on: date
    noted_by: str = Field(foreign_key="account.id")
    result: str = "open"
    outcome: str = ""
    settled_on: date | None = None


class SupportMeasure(SQLModel, table=True):
    """Who supports a household, with its dated consent (convention de suivi social, domain 1.6).

    `previous_id`: the measure of another body that this one took over. `due_by_rule`: why this end.
    """

    __tablename__ = "support_measure"
    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    kind: str
    body_id: str = Field(foreign_key="body.id", index=True)
    worker: str
    consented_on: date
    started_on: date
    until: date
    specific: bool = False
    end_source: str = ""
    extended_on: date | None = None
    extended_from: date | None = None
    extension_reason: str = ""
    ended_on: date | None = None
    end_reason: str = ""
    end_detail: str = ""
    previous_id: int | None = Field(default=None, foreign_key="support_measure.id")
