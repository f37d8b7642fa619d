import asyncio
import sys

import msgspec

from fastapi_todo_kit import TodoKitSettings, export_user


async def main(user_id: str) -> None:
    async for one in export_user(TodoKitSettings(), user_id):
        print(msgspec.json.encode(one).decode())


asyncio.run(main(sys.argv[1]))
