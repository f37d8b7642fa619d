"""Alembic's entry into this branch when the kit runs it itself. A host's own environment does not use this file."""

from alembic import context

from fastapi_todo_kit.migrations.branch import VERSION_TABLE


def run() -> None:
    """Run on the connection that the runner put into the configuration, or write SQL when there is none."""
    options = context.config.attributes
    if context.is_offline_mode():
        context.configure(
            dialect_name=options["dialect"],
            version_table=VERSION_TABLE,
            literal_binds=True,
            output_buffer=options["output"],
        )
    else:
        context.configure(connection=options["connection"], version_table=VERSION_TABLE)
    with context.begin_transaction():
        context.run_migrations()


run()
