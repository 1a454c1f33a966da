"""What accounts said of themselves, and what was decided."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "onshore",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer, nullable=False, index=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("entry", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("onshore")
