"""People, sessions, and classes with their members, lessons and worlds."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "people",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("password_hash", sa.String, nullable=False),
        sa.Column("code_secret", sa.String, nullable=False),
        sa.Column("code_is_on", sa.Boolean, nullable=False),
        sa.Column("code_step", sa.Integer, nullable=False),
        sa.Column("made_ms", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String, primary_key=True),
        sa.Column("name", sa.String, sa.ForeignKey("people.name"), nullable=False),
        sa.Column("made_ms", sa.BigInteger, nullable=False),
        sa.Column("until_ms", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "classes",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("teacher", sa.String, sa.ForeignKey("people.name"), nullable=False),
        sa.Column("code", sa.String, nullable=False, unique=True),
        sa.Column("made_ms", sa.BigInteger, nullable=False),
    )
    _make_parts_of_classes()


def _make_parts_of_classes() -> None:
    op.create_table(
        "members",
        sa.Column("class_id", sa.String, sa.ForeignKey("classes.id"), primary_key=True),
        sa.Column("name", sa.String, sa.ForeignKey("people.name"), primary_key=True),
        sa.Column("joined_ms", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "assigned",
        sa.Column("class_id", sa.String, sa.ForeignKey("classes.id"), primary_key=True),
        sa.Column("lesson", sa.String, primary_key=True),
        sa.Column("assigned_ms", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "shared",
        sa.Column("class_id", sa.String, sa.ForeignKey("classes.id"), primary_key=True),
        sa.Column("world", sa.String, primary_key=True),
    )


def downgrade() -> None:
    """Drop all tables."""
    for name in ("shared", "assigned", "members", "classes", "sessions", "people"):
        op.drop_table(name)
