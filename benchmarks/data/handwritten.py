"""The data of every application on PostgreSQL but the kit: they share one schema, that of the hand-written one."""

from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.data.databases import connection_to
from benchmarks.data.population import DESCRIPTION, LABELLED_EVERY, LABELS_PER_USER, TODOS_PER_LIST, Population
from benchmarks.peers.models import Base

USERS = """
    INSERT INTO "user" (id, email, hashed_password, is_active, is_superuser, is_verified)
    SELECT id, id || '@example.org', 'unusable', true, false, true FROM unnest($1::uuid[]) id
"""
LISTS = """
    INSERT INTO todolist (id, user_id, name)
    SELECT md5(id || '/list/' || n)::uuid, id, 'List ' || n FROM "user", generate_series(1, $1::int) n
"""
LABELS = """
    INSERT INTO label (id, user_id, name)
    SELECT md5(u.id || '/label/' || n)::uuid, u.id, 'Label ' || n FROM "user" u, generate_series(1, $1::int) n
"""
TODOS = f"""
    INSERT INTO todo (id, user_id, created_by, list_id, title, description, status, priority, due, position,
        links, extra, created_at, updated_at, version)
    SELECT md5(u.id || '/todo/' || n)::uuid, u.id, u.id,
        md5(u.id || '/list/' || (1 + (n - 1) / {TODOS_PER_LIST}))::uuid, 'Todo ' || n, $2, 'open',
        5, timestamptz '2026-12-01 09:00+01', n, '[]', '{{}}', now() + n * interval '1 ms', now(), 1
    FROM generate_series(1, $1::int) n, "user" u
"""
TODO_LABELS = """
    INSERT INTO todolabellink (todo_id, label_id)
    SELECT md5(u.id || '/todo/' || n)::uuid, label.id
    FROM "user" u JOIN label ON label.user_id = u.id, generate_series($2::int, $1::int, $2::int) n
"""


async def seed_handwritten(dsn: str, population: Population) -> None:
    """Create the tables and fill them with SQL; vacuumed, so that no round pays for the seeding."""
    engine = create_async_engine(dsn)
    async with engine.begin() as tables:
        await tables.run_sync(Base.metadata.create_all)
    await engine.dispose()
    async with connection_to(dsn) as connection:
        await connection.execute(USERS, population.user_ids)
        await connection.execute(LISTS, population.lists)
        await connection.execute(LABELS, LABELS_PER_USER)
        await connection.execute(TODOS, population.todos, DESCRIPTION)
        await connection.execute(TODO_LABELS, population.todos, LABELLED_EVERY)
        await connection.execute("VACUUM ANALYZE")
