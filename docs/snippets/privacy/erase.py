import asyncio
import sys

from fastapi_todo_kit import TodoKitSettings, erase_user


async def main(user_id: str) -> None:
    erased = await erase_user(TodoKitSettings(), user_id)  # with a Host: erase_user(settings, user_id, host)
    print(f"{erased['removed']} rows are gone, {erased['renamed']} name nobody any more")


asyncio.run(main(sys.argv[1]))
