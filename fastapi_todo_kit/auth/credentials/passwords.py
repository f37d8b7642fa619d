"""Hashing passwords with argon2, in threads of its own: it takes 50 ms and 64 MiB, and must not stop the event loop."""

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from pwdlib import PasswordHash
from pwdlib.exceptions import PwdlibError
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher

from fastapi_todo_kit.core.account_errors import Busy
from fastapi_todo_kit.settings import Auth

T = TypeVar("T")
NOBODYS: Final = "!"
"""Stands for the hash of a password that counts no more, until a link sets another one."""
_LONGEST_QUEUE: Final = 64


class Passwords:
    """Hashes and verifies, a few at once; bcrypt hashes of another system are verified too, and replaced."""

    def __init__(self, auth: Auth) -> None:
        cost = auth.argon2
        argon2 = Argon2Hasher(time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=cost.lanes)
        self._hasher = PasswordHash((argon2, BcryptHasher()))
        self._threads = ThreadPoolExecutor(auth.hash_threads, thread_name_prefix="todo-kit-argon2")
        self._most = auth.hash_threads + _LONGEST_QUEUE
        self._running = 0
        self._nobodys: str | None = None

    async def hash(self, password: str) -> str:
        """Return the hash to store.

        Raises:
            Busy: too many are waiting already.
        """
        return await self._in_thread(lambda: self._hasher.hash(_normal(password)))

    async def verify(self, password: str, hashed: str | None) -> tuple[bool, str | None]:
        """Say whether a password is the right one, and return the hash to store instead where the cost has changed.

        Without a hash it is wrong, which takes as long to say.

        Raises:
            Busy: too many are waiting already.
        """
        return await self._in_thread(lambda: self._verify(_normal(password), hashed))

    def _verify(self, password: str, hashed: str | None) -> tuple[bool, str | None]:
        nobodys, is_somebodys = self._nobodys_hash(), hashed not in (None, NOBODYS)
        try:
            is_right, better = self._hasher.verify_and_update(password, hashed if is_somebodys and hashed else nobodys)
        except (PwdlibError, ValueError):  # a hash of neither kind; more bytes than bcrypt takes
            return False, None
        return is_right and is_somebodys, better

    def _nobodys_hash(self) -> str:
        if self._nobodys is None:
            self._nobodys = self._hasher.hash("the password of nobody")
        return self._nobodys

    async def _in_thread(self, work: Callable[[], T]) -> T:
        if self._running >= self._most:
            raise Busy
        self._running += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._running -= 1


def _normal(password: str) -> str:
    return unicodedata.normalize("NFC", password)
