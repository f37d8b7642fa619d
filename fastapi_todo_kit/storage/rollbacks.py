"""What a host has loaded into its session, over a rollback of the kit's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import InstanceState, Session
from sqlalchemy.orm.attributes import instance_state, set_committed_value

from fastapi_todo_kit.storage.engines.connections import open_transactions


@contextmanager
def keeping_loaded(session: Session) -> Iterator[None]:
    """Let objects that the host has loaded be read after a rollback, where it lets them be read after a commit.

    SQLAlchemy expires all of them, whatever `expire_on_commit` says. A middleware that writes down whose request it was
    would then fail, after an answer that says 404, and the client would get 500. What the transaction has changed is
    expired as ever: its values are not those of the database any more.
    """
    if session.expire_on_commit:
        yield
        return
    changed = {state for transaction in open_transactions(session) for state in transaction._dirty}
    states: list[InstanceState[Any]] = [instance_state(one) for one in session]
    loaded = [(state, _columns_of(state)) for state in states if not (state.modified or state in changed)]
    yield
    for state, values in loaded:
        if state.persistent and (one := state.obj()) is not None:
            for name, value in values.items():
                set_committed_value(one, name, value)


def _columns_of(state: InstanceState[Any]) -> dict[str, Any]:
    return {name: state.dict[name] for name in state.mapper.column_attrs.keys() if name in state.dict}  # noqa: SIM118
