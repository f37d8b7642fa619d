import asyncio

from fastapi_todo_kit import TodoKitSettings, migrate, purge_trash


async def main() -> None:
    settings = TodoKitSettings()
    await migrate(settings)  # in a deployment: `todo-kit migrate`
    removed = await purge_trash(settings)
    print(f"{removed['lists']} lists and {removed['todos']} todos are gone for good")


asyncio.run(main())
