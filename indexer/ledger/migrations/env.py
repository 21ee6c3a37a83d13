"""Run by Alembic: applies migrations on the connection that it is given (see `indexer.ledger.migrate`)."""

from alembic import context

from indexer.ledger.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
