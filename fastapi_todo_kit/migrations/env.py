"""Alembic's entry into a branch when the kit runs it itself. A host's own environment does not use this file."""

from alembic import context


def run() -> None:
    """Run on the connection that the runner put into the configuration, or write SQL when there is none."""
    options = context.config.attributes
    version_table = options["branch"].version_table
    if context.is_offline_mode():
        context.configure(
            dialect_name=options["dialect"],
            version_table=version_table,
            literal_binds=True,
            output_buffer=options["output"],
        )
    else:
        context.configure(connection=options["connection"], version_table=version_table)
    with context.begin_transaction():
        context.run_migrations()


run()
