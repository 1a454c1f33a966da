"""Tickets: what customers asked, what was answered, in the order it came."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "support",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer, nullable=False, index=True),
        sa.Column("ticket", sa.Integer, nullable=False, index=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("entry", sa.String, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=True),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("support")
