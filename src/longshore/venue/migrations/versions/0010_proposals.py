"""Acts that wait for a second person; and the operator's log, whose lines stay as they are."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

SEALS = {
    "operator_log_kept": "BEFORE DELETE ON operator_log",
    "operator_log_unchanged": "BEFORE UPDATE ON operator_log",
    "operator_log_not_replaced": (
        "BEFORE INSERT ON operator_log WHEN EXISTS (SELECT 1 FROM operator_log WHERE id = NEW.id)"
    ),
}


def upgrade() -> None:
    """Make the table, and have the database refuse to change or remove a line of the log."""
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("until_ms", sa.BigInteger, nullable=False),
        sa.Column("entry", sa.String, nullable=False),
        sa.Column("decided_by", sa.String, nullable=False),
        sa.Column("decided_ms", sa.BigInteger, nullable=False),
        sa.Column("decided_why", sa.String, nullable=False),
    )
    for name, when in SEALS.items():
        refusal = "SELECT RAISE(ABORT, 'lines of the operator log are never changed')"
        op.execute(f"CREATE TRIGGER {name} {when} BEGIN {refusal}; END")


def downgrade() -> None:
    """Drop them."""
    for name in SEALS:
        op.execute(f"DROP TRIGGER {name}")
    op.drop_table("proposals")
