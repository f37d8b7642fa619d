import asyncio

from fastapi_todo_kit import Host, TodoKitSettings, migrate, run_due


async def main() -> None:
    settings, host = TodoKitSettings(), Host()  # your host, with its notifier
    await migrate(settings)  # in a deployment: `todo-kit migrate`
    report = await run_due(settings, host)
    print(f"{report['done']} done, {report['failed']} tried again later, {report['parked']} put aside")


asyncio.run(main())
