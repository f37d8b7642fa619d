"""The codes of errors: clients compare them, so none changes with the name of its class."""

from pathlib import Path

from fastapi_todo_kit import RequestError, errors

# One line for each: status, code, class, title. A new error adds its line, and no line ever changes.
FILE = Path(__file__).with_name("error_codes.txt")
KNOWN = set(FILE.read_text().splitlines())


def test_no_code_status_or_title_has_changed() -> None:
    kinds = [kind for kind in map(vars(errors).get, errors.__all__) if kind and issubclass(kind, RequestError)]
    found = {f"{one.status} {one.code} {one.__name__} - {one.title}" for one in kinds}

    assert KNOWN - found == set(), "clients compare these: they stay as they are"
    assert found - KNOWN == set(), f"add these lines to {FILE.name}"


def test_an_error_of_the_host_has_the_code_of_the_class_above_it_unless_it_says_another() -> None:
    class Closed(errors.Forbidden):
        """We are closed."""

    class OutOfHours(errors.Forbidden):
        """Come back tomorrow."""

        code = "out_of_hours"

    assert (Closed.code, Closed.title) == ("forbidden", "Forbidden")
    assert (OutOfHours.code, OutOfHours.title) == ("out_of_hours", "Forbidden")
