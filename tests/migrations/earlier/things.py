"""Some of everything that there is, made as clients make it; the clock goes on a minute with each request."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import send_mails
from tests.migrations.earlier.application import NOW, PASSWORD, Application, Caller, bearer

ANN: Final = {"X-User": "ann", "X-Zone": "Europe/Berlin"}
BEN: Final = {"X-User": "ben", "X-Zone": "America/New_York"}
OWNER, EDITOR, VIEWER = ({"X-User": name, "X-Tenant": "acme"} for name in ("ann", "dan", "vic"))
DORA, EVE, SUE = "Dora@example.com", "eve@example.com", "sue@example.com"
"""Who has everything, who has not followed the link in her mail, who administers."""
BERLIN: Final = "Europe/Berlin"
ATTEMPTS: Final = 8
"""After so many that failed a job is put aside."""


@dataclass
class Made:
    """What a test has to know of what was made."""

    callers: dict[str, Caller] = field(default_factory=dict)
    replays: list[dict[str, Any]] = field(default_factory=list)
    """Requests with an Idempotency-Key, and what was answered."""
    refresh_tokens: dict[str, str] = field(default_factory=dict)


class Person:
    """Makes things as one caller."""

    def __init__(self, application: Application, caller: Caller, made: Made, root: str = "/api") -> None:
        self.application, self.caller, self.made, self.root = application, caller, made, root

    async def do(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send a request a minute after the one before."""
        self.application.clock.advance(minutes=1)
        return await self.application.do(self.caller, method, self.root + path, body, **headers)

    async def post(self, path: str, body: Any = None) -> Any:
        """Create, or have something done."""
        return await self.do("POST", path, body)

    async def todo(self, title: str, **fields: Any) -> dict[str, Any]:
        """Create a todo."""
        todo: dict[str, Any] = await self.post("/todos", {"title": title, **fields})
        return todo

    async def act(self, todo: dict[str, Any], *verbs: str) -> None:
        """Have verbs done to a todo."""
        for verb in verbs:
            await self.post(f"/todos/{todo['id']}/{verb}")

    async def remind(self, todo: dict[str, Any], **body: Any) -> str:
        """Set a reminder, and return its path."""
        path = f"/todos/{todo['id']}/reminders"
        return f"{path}/{(await self.post(path, body))['id']}"

    async def once(self, method: str, path: str, body: Any = None) -> None:
        """Send a request with a key, and keep what was answered."""
        self.application.clock.advance(minutes=1)
        key = f"key {len(self.made.replays)}"
        request = {"caller": self.caller, "method": method, "path": self.root + path, "body": body, "key": key}
        response = await self.application.send(self.caller, method, self.root + path, body, Idempotency_Key=key)
        assert response.is_success, response.text
        self.made.replays.append({**request, "status": response.status_code, "text": response.text})


async def make(application: Application) -> Made:
    """Fill an empty database, and let the clock stand at `NOW`."""
    made = Made({"ann": ANN, "ben": BEN, "owner": OWNER, "editor": EDITOR, "viewer": VIEWER})
    ann, ben = (Person(application, caller, made) for caller in (ANN, BEN))
    await lists_and_labels(ann)
    await dates(ann)
    await trees(ann)
    await recurrences(ann)
    await recurrences_of_another_zone(ben)
    await tenant(application, made)
    await accounts(application, made)
    await reminders(application, ann, ben)
    await stored_answers(ann)
    await ways_in(application, made)
    assert application.clock.now <= NOW, application.clock.now
    application.clock.now = NOW
    return made


async def lists_and_labels(ann: Person) -> None:
    """Lists in every state, in an order of their own; labels that are used, and one that is not."""
    house = await ann.post("/lists", {"name": "Haus & Hof", "color": "#d97706", "icon": "home", "extra": {"floor": 2}})
    work = await ann.post("/lists", {"name": "Straßenbau", "description": "größer als\ngedacht"})
    done, gone = [await ann.post("/lists", {"name": name}) for name in ("Archived", "Trashed")]
    await ann.post(f"/lists/{work['id']}/move", {"before": house["id"]})
    await ann.todo("in the archive", list_id=done["id"])
    await ann.post(f"/lists/{done['id']}/archive")
    await ann.todo("alone in the trash of its list", list_id=gone["id"])
    await ann.do("DELETE", f"/lists/{gone['id']}")
    urgent, later = [await ann.post("/labels", {"name": name, "color": color}) for name, color in LABELS]
    merged = await ann.post("/labels", {"name": "eilig"})
    todo = await ann.todo("Café Ørsted — 注文", list_id=house["id"], label_ids=[urgent["id"], merged["id"]], priority=1)
    await ann.post(f"/labels/{merged['id']}/merge", {"into": later["id"]})
    await ann.do("PATCH", f"/todos/{todo['id']}", {"description": "ﬁne print\n- [ ] a 'quote', a \\ and \"two\""})
    links = [{"source": "billing", "type": "invoice", "id": "42", "url": "https://shop.example/42", "title": "No. 42"}]
    links.append({"source": "billing", "type": "customer", "id": "7"})
    await ann.todo("Straße, verlinkt", list_id=work["id"], links=links, label_ids=[later["id"]])
    await ann.todo("extra", list_id=work["id"], extra={"a": [1, 2.5, None, "ü"], "b": {"c": True}, "amount": 10})
    first = await ann.todo("moved to the front", list_id=house["id"])
    await ann.post(f"/todos/{first['id']}/move", {"before": todo["id"]})


LABELS: Final = (("dringend", "#dc2626"), ("Später", None))


async def dates(ann: Person) -> None:
    """Todos of every status, with dates of all kinds, some of them passed."""
    day, floating = {"date": "2026-03-28"}, {"datetime": "2026-03-29T02:30:00"}
    fixed = {"datetime": "2026-10-25T02:30:00", "timezone": BERLIN}
    await ann.todo("due today", due=day, start={"date": "2026-03-27"}, deadline="2026-04-01", priority=5)
    await ann.todo("due where one is", due=floating, priority=9)
    await ann.todo("due in Berlin", due=fixed, start={"datetime": "2026-10-24T09:00:00", "timezone": "Asia/Tokyo"})
    await ann.todo("overdue", due={"date": "2026-03-21"}, status="in_progress", deadline="2026-03-25")
    completed, cancelled, reopened, trashed = [await ann.todo(f"{name}, once", due=day) for name in CLOSED]
    await ann.act(completed, "complete")
    await ann.act(cancelled, "cancel")
    await ann.act(reopened, "complete", "reopen")
    await ann.do("DELETE", f"/todos/{trashed['id']}")


CLOSED: Final = ("completed", "cancelled", "reopened", "trashed")


async def trees(ann: Person) -> None:
    """Subtasks as deep as they get, a closed tree, and one of which a branch is in the trash."""
    top = below = await ann.todo("depth 0", priority=3)
    for depth in range(1, 6):
        below = await ann.todo(f"depth {depth}", parent_id=below["id"])
    await ann.act(below, "complete")
    copy = await ann.post(f"/todos/{top['id']}/duplicate")
    await ann.act(copy, "complete")
    root = await ann.todo("its branch is in the trash")
    branch = await ann.todo("the branch", parent_id=root["id"])
    await ann.todo("on the branch", parent_id=branch["id"])
    await ann.do("DELETE", f"/todos/{branch['id']}")


async def recurrences(ann: Person) -> None:
    """Series of both modes: with a past, with skipped and excluded days, with subtasks, at their end, in the trash."""
    rule = {"rrule": "FREQ=WEEKLY;BYDAY=MO,TH", "exdates": ["2026-04-06"]}
    weekly = await ann.todo("weekly", due={"date": "2026-03-16"}, recurrence=rule, extra={"n": 1})
    await ann.todo("each time", parent_id=weekly["id"])
    await ann.act(weekly, "complete", "skip")
    every = {"every": 2, "unit": "day", "mode": "completion", "count": 30}
    water = await ann.todo("water the plants", due={"datetime": "2026-03-20T18:00:00"}, recurrence=every)
    await ann.act(water, "complete", "complete", "undo", "complete")
    monthly = {"unit": "month", "days": [31], "skip": "forward", "catch_up": "next_slot", "reset_subtasks": False}
    start = {"datetime": "2026-01-31T08:00:00", "timezone": BERLIN}
    rent = await ann.todo("rent", start=start, due={**start, "datetime": "2026-01-31T09:00:00"}, recurrence=monthly)
    await ann.act(rent, "complete", "skip")
    ended = await ann.todo("ended", due={"date": "2026-03-22"}, recurrence={"unit": "day", "count": 2})
    await ann.act(ended, "complete", "complete")
    gone = await ann.todo("a series in the trash", due={"date": "2026-03-22"}, recurrence={"unit": "year"})
    await ann.act(gone, "complete")
    await ann.do("DELETE", f"/todos/{gone['id']}")


async def recurrences_of_another_zone(ben: Person) -> None:
    """A series whose time is that of wherever its user is, and a list that is all that there is."""
    rule = {"unit": "week", "on": ["SU"], "until": "2026-12-31"}
    call = await ben.todo("call home", due={"datetime": "2026-03-15T20:00:00"}, recurrence=rule, deadline="2027-01-01")
    await ben.act(call, "complete")
    await ben.todo("nothing but a title")


async def tenant(application: Application, made: Made) -> None:
    """What the members of a tenant have done in its space."""
    owner, editor = (Person(application, caller, made) for caller in (OWNER, EDITOR))
    plan = await owner.post("/lists", {"name": "Plan"})
    label = await owner.post("/labels", {"name": "acme"})
    todo = await editor.todo("by the editor", list_id=plan["id"], label_ids=[label["id"]], due={"date": "2026-03-30"})
    await owner.todo("below it", parent_id=todo["id"])
    closed = await owner.todo("closed by the editor", list_id=plan["id"])
    await editor.act(closed, "complete")
    await editor.do("DELETE", f"/todos/{(await editor.todo('gone', list_id=plan['id']))['id']}")
    await editor.remind(todo, relative_to="due", minutes_before=60)


async def accounts(application: Application, made: Made) -> None:
    """Accounts, all but one of them verified, and what one of them has."""
    for email in (DORA, SUE):
        await register(application, email)
        await send_mails(application.settings, application.accounts)
        await application.do({}, "POST", "/auth/verify", {"token": application.mailer.last_token(email)})
    await promote(application, SUE)
    await register(application, EVE)
    dora = Person(application, bearer((await application.log_in(DORA))["access_token"]), made, root="/own")
    await dora.todo("of an account", due={"date": "2026-03-28"}, recurrence={"unit": "day"})
    await dora.post("/lists", {"name": "of an account, too"})


async def register(application: Application, email: str) -> None:
    """Make an account, whose mail waits to be sent."""
    application.clock.advance(minutes=1)
    body = {"email": email, "password": PASSWORD, "name": email.partition("@")[0], "time_zone": BERLIN}
    await application.do({}, "POST", "/auth/register", body)


async def promote(application: Application, email: str) -> None:
    """Let an account administer the others, as `todo-kit users promote` does."""
    engine = create_async_engine(application.settings.url)
    async with engine.begin() as connection:
        statement = text("UPDATE todokit_auth_user SET is_superuser = :yes WHERE email = :email")
        await connection.execute(statement, {"yes": True, "email": email})
    await engine.dispose()


async def reminders(application: Application, ann: Person, ben: Person) -> None:
    """Reminders to which everything has happened that can: time goes on to the morning of the last day."""
    todo = await ann.todo("to be reminded of", due={"datetime": "2026-03-27T10:00:00", "timezone": BERLIN})
    fired, dismissed, snoozed = [await ann.remind(todo, minutes_before=minutes) for minutes in (0, 30, 60)]
    bare = await ann.todo("without a due")
    await ann.remind(bare, relative_to="due", minutes_before=5)
    await ann.remind(bare, at={"datetime": "2026-04-02T09:00:00"})
    await ann.remind(bare, at={"datetime": "2026-04-02T09:00:00", "timezone": "Asia/Tokyo"})
    later = await ben.todo("due later", start={"date": "2026-04-03"}, due={"date": "2026-04-04"})
    await ben.remind(later, relative_to="start", minutes_before=-90)
    await ben.remind(later)
    closed = await ben.todo("closed before it reminds", due={"date": "2026-04-05"})
    await ben.remind(closed)
    await ben.act(closed, "complete")
    for title, day in (("unreachable, put aside", 26), ("unreachable, tried once", 28)):
        lost = await ben.todo(title, due={"datetime": f"2026-03-{day}T07:00:00", "timezone": "UTC"})
        await ben.remind(lost)
    await work_until(application, datetime.fromisoformat("2026-03-28T08:00:00+00:00"))
    await ann.post(f"{dismissed}/dismiss")
    await ann.post(f"{snoozed}/snooze", {"until": "2026-03-28T20:00:00Z"})
    assert (await ann.do("GET", fired))["state"] == "fired"


async def work_until(application: Application, moment: datetime) -> None:
    """Let a worker look for what is due: often enough that what always fails is put aside before, and once at last."""
    application.clock.now = datetime.fromisoformat("2026-03-27T10:00:00+00:00")
    for _ in range(ATTEMPTS):
        report = await application.work()
        application.clock.advance(hours=1)
    assert report == {"done": 0, "failed": 0, "parked": 1}
    application.clock.now = moment
    assert await application.work() == {"done": 0, "failed": 1, "parked": 0}


async def stored_answers(ann: Person) -> None:
    """Requests that a client may send again, because it has not heard what became of them."""
    await ann.once("POST", "/todos", {"title": "made once", "extra": {"ü": 1.5}})
    made = (await ann.do("GET", "/todos?q=made+once"))["items"][0]
    await ann.once("PATCH", f"/todos/{made['id']}", {"priority": 2})
    weekly = (await ann.do("GET", "/todos?q=weekly"))["items"][0]
    await ann.once("POST", f"/todos/{weekly['id']}/complete?occurrence={weekly['occurrence']}")
    await ann.once("POST", "/lists", {"name": "made once, too"})
    unused = await ann.post("/labels", {"name": "removed"})
    await ann.once("DELETE", f"/labels/{unused['id']}")


async def ways_in(application: Application, made: Made) -> None:
    """Logins of the last minutes, whose access tokens are still good, and tokens of programs."""
    application.clock.now = NOW - timedelta(minutes=5)
    for name, email in (("dora", DORA), ("sue", SUE)):
        tokens = await application.log_in(email)
        made.callers[name], made.refresh_tokens[name] = bearer(tokens["access_token"]), tokens["refresh_token"]
    dora = made.callers["dora"]
    await application.do(dora, "POST", "/auth/me/logins/elsewhere", await application.came_back())
    application.clock.now = NOW
    for name, scopes in (("program", ["todos:read", "todos:write", "account:read"]), ("reader", ["todos:read"])):
        body = {"name": name, "scopes": scopes, "expires_at": None if name == "program" else "2027-01-01T00:00:00Z"}
        token = (await application.do(dora, "POST", "/auth/tokens", body))["token"]
        made.callers[name] = bearer(token)
        await application.do(made.callers[name], "GET", "/own/todos")
