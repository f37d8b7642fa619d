import asyncio

from sqlalchemy.orm import Session

from fastapi_todo_kit import TodoKitSettings, erase_user

settings = TodoKitSettings()


def delete_customer(session: Session, customer_id: str) -> None:
    asyncio.run(erase_user(settings, customer_id, session=session))  # where no event loop runs: a job, a plain route
    # ... your own rows
    session.commit()
