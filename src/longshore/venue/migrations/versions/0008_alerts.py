"""What looked like abuse of the market, and what was made of it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("entry", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("alerts")
