"""Account names and API keys."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "accounts",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("account_id", sa.Integer, nullable=False, unique=True),
    )
    op.create_table(
        "api_keys",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("secret", sa.String, nullable=False),
        sa.Column("account", sa.String, sa.ForeignKey("accounts.name"), nullable=False),
        sa.Column("permissions", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("api_keys")
    op.drop_table("accounts")
