"""Statements of what the venue owes and holds."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "reserves",
        sa.Column("seq", sa.BigInteger, primary_key=True),
        sa.Column("statement", sa.String, nullable=False),
        sa.Column("leaves", sa.String, nullable=True),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("reserves")
