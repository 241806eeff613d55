"""${message}

Revision: ${up_revision}, after ${down_revision | comma,n}
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
% if down_revision is None:
<%
    from db.tables.journal import JournalHead
    head = JournalHead(id=1, number=0, digest="0" * 64).model_dump()
%>\
    # The head of the chain: every command locks this row first.
    op.execute(
        "INSERT INTO journal_head (${", ".join(head)})"
        " VALUES (${", ".join(repr(value) for value in head.values())})"
    )
% endif


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
