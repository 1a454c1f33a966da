"""Plans by order, and choices made in debriefs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "plans",
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("order_id", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("plan", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "order_id"),
    )
    op.create_table(
        "choices",
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("debrief", sa.String, nullable=False),
        sa.Column("moment", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("choice", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "debrief", "moment"),
    )


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("choices")
    op.drop_table("plans")
