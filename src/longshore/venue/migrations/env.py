"""Alembic's entry: runs the migrations on the connection `open_accounts` hands over."""

from alembic import context

from longshore.venue.accounts import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
