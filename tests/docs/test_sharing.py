"""The tutorial on sharing, line by line, as its reader does it."""

import re
import shlex

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
