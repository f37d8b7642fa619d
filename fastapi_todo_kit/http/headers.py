"""Header fields of a request as they are to be read: lines of one name are one value (RFC 9110, section 5.3)."""

from starlette.datastructures import Headers


def field_value(headers: Headers, name: str) -> str | None:
    """Return the value of a field, None where it is not there.

    Lines of one name are joined by commas, as a proxy may do: a list is then whole, and what cannot be a list is no
    good any more, instead of being whichever line came first.
    """
    lines = headers.getlist(name)
    return ", ".join(lines) if lines else None
