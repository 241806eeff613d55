"""The last due date that has reached each rung: the daily sweep compares instead of computing dates."""

import sqlalchemy as sa
from alembic import op

revision = "b3c0a7d91e52"
down_revision = "f4d6c821149f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(sa.text("DELETE FROM ladder"))  # written anew by each sweep
    with op.batch_alter_table("ladder") as table:
        table.add_column(sa.Column("due_by", sa.Date(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("ladder") as table:
        table.drop_column("due_by")
