"""Log lines: written with structlog, handed to the logging of the standard library, which belongs to the host.

Each line of a request carries `request_id` and `operation`, and once they are known `principal` and `space`. There are
no bodies in them and no secrets.
"""

import logging
import sys
from typing import Any, Final, Literal, cast

import structlog
from structlog.contextvars import bind_contextvars, merge_contextvars, unbind_contextvars
from structlog.stdlib import BoundLogger

_OWN: Final = ("request_id", "operation", "principal", "space")


def get_logger(name: str) -> BoundLogger:
    """Return the logger of a module; its lines go to the standard library's logger of that name."""
    wrapped = structlog.wrap_logger(
        logging.getLogger(name),
        processors=[
            structlog.stdlib.filter_by_level,
            merge_contextvars,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.render_to_log_kwargs,
        ],
        wrapper_class=BoundLogger,
        cache_logger_on_first_use=True,
    )
    return cast("BoundLogger", wrapped)


def begin_request(request_id: str, operation: str) -> None:
    """Bind what is known of a request when it comes; structlog's loggers of the host carry it too."""
    unbind_contextvars(*_OWN)
    bind_contextvars(request_id=request_id, operation=operation)


def identify_request(principal: str, space: str) -> None:
    """Bind who calls, and the space that the request works in."""
    bind_contextvars(principal=principal, space=space)


def configure_logging(level: int | str = "INFO", form: Literal["json", "text"] | None = None) -> None:
    """Send every log line of the process to standard error, one JSON object a line, or as text on a terminal.

    For applications that have no logging of their own: of the kit only `todo-kit worker` calls this. It replaces the
    handlers of the root logger, and configures structlog.

    Args:
        level: the least level that is shown, as of the standard library.
        form: JSON or text; by default text where standard error is a terminal.
    """
    is_text = sys.stderr.isatty() if form is None else form == "text"
    shared: list[Any] = [
        merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    # Tracebacks without local variables, unlike structlog's own defaults: there may be passwords in them.
    last: list[Any] = [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    if not is_text:
        frames = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        last = [structlog.processors.ExceptionRenderer(frames), structlog.processors.JSONRenderer()]
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=BoundLogger,
        cache_logger_on_first_use=True,
    )
