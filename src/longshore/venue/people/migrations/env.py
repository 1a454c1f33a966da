"""Alembic's entry: runs the migrations on the connection `open_store` hands over."""

from alembic import context

from longshore.venue.people.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
