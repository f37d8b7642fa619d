"""The tutorial on sharing, line by line, as its reader does it, and groups that an application has already."""

import re
import shlex
import sqlite3
from contextlib import closing

from tests.docs.running import SNIPPETS, client_of, curl


def test_two_people_come_to_share_a_list() -> None:
    lines = (SNIPPETS / "share" / "tour.sh").read_text("utf-8").splitlines()
    commands = [line for line in lines if line.startswith(("ann ", "bob "))]
    token, answers = "", []

    with client_of("share/two_users.py") as client:
        for command in commands:
            who, _, rest = command.partition(" ")
            asked = rest.replace('"{\\"token\\": \\"$TOKEN\\"}"', shlex.quote(f'{{"token": "{token}"}}'))
            answers.append(curl(client, f"curl -H 'Authorization: Bearer {who}' {asked}"))
            if answers[-1].status_code == 201 and "token" in answers[-1].json():
                token = answers[-1].json()["token"]

    *done, last = answers
    assert [answer.text for answer in done if not answer.is_success] == []
    assert last.status_code == 404
    assert re.match("tkinv_", token)
    seen = done[commands.index(next(line for line in commands if line.endswith('0003"')))].json()["items"]
    assert [one["title"] for one in seen] == ["Find a boat"]
    people = next(answer for answer, line in zip(answers, commands, strict=True) if line.endswith("/members"))
    assert [one["name"] for one in people.json()["items"]] == ["Ann Archer", "Bob Baker"]
    assert next(answer for answer, line in zip(answers, commands, strict=True) if "-L" in line).json()["assignees"] == [
        "bob"
    ]


def test_groups_of_the_application_are_spaces() -> None:
    ann, bob = {"X-User": "ann"}, {"X-User": "bob"}
    with client_of("share/groups.py") as client:
        with closing(sqlite3.connect("host.db")) as database:
            database.execute("CREATE TABLE group_member (group_id INTEGER, user_name TEXT, leads BOOLEAN)")
            members = [(7, "ann", True), (7, "bob", False), (8, "ann", False)]
            database.executemany("INSERT INTO group_member VALUES (?, ?, ?)", members)
            database.commit()
        ids = {one["key"]: one["id"] for one in client.get("/api/spaces", headers=ann).json()["items"]}
        due = {"due": {"date": "2031-01-01"}}
        for key in ("group:7", "group:8"):
            todo = client.post(f"/api/todos?space={ids[key]}", json={"title": key, **due}, headers=ann).json()
            reminders = client.post(f"/api/todos/{todo['id']}/reminders?space={ids[key]}", json={}, headers=ann)
            assert reminders.status_code == 201

        seen = [client.get("/api/todos?space=all", headers=who).json()["items"] for who in (ann, bob)]
        assert [sorted(one["title"] for one in items) for items in seen] == [["group:7", "group:8"], ["group:7"]]
        assert client.get(f"/api/todos?space={ids['group:8']}", headers=bob).status_code == 404
        with closing(sqlite3.connect("host.db")) as database:
            database.execute("DELETE FROM group_member WHERE user_name = 'bob'")
            database.commit()
        assert client.get("/api/todos?space=all", headers=bob).json()["items"] == []
