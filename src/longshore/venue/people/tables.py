"""The tables of `people.sqlite`, beside the worlds: who may come in, and which class is whose."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, MetaData, String, Table

METADATA = MetaData()

PEOPLE = Table(
    "people",
    METADATA,
    Column("name", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("password_hash", String, nullable=False),
    Column("code_secret", String, nullable=False),  # empty: no one-time codes
    Column("code_is_on", Boolean, nullable=False),
    Column("code_step", Integer, nullable=False),  # the last one taken: a code is good once
    Column("made_ms", BigInteger, nullable=False),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("digest", String, primary_key=True),  # of the token, which only the browser has
    Column("name", String, ForeignKey("people.name"), nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
)

CLASSES = Table(
    "classes",
    METADATA,
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("teacher", String, ForeignKey("people.name"), nullable=False),
    Column("code", String, nullable=False, unique=True),
    Column("made_ms", BigInteger, nullable=False),
)

MEMBERS = Table(
    "members",
    METADATA,
    Column("class_id", String, ForeignKey("classes.id"), primary_key=True),
    Column("name", String, ForeignKey("people.name"), primary_key=True),
    Column("joined_ms", BigInteger, nullable=False),
)

ASSIGNED = Table(
    "assigned",
    METADATA,
    Column("class_id", String, ForeignKey("classes.id"), primary_key=True),
    Column("lesson", String, primary_key=True),
    Column("assigned_ms", BigInteger, nullable=False),
)

SHARED = Table(
    "shared",
    METADATA,
    Column("class_id", String, ForeignKey("classes.id"), primary_key=True),
    Column("world", String, primary_key=True),
)
