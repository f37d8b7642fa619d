from fastapi_todo_kit import configure_logging

configure_logging("INFO")  # form="json" or "text"; by default text on a terminal
