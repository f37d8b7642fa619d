"""A network between an application and its server that can be cut, silent, or slow."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import make_url


class Proxy:
    """Forwards connections to a server of this machine; each answer of it takes `delay` seconds longer."""

    def __init__(self, port: int) -> None:
        self.delay = 0.0
        self._port = port
        self._ends: set[asyncio.StreamWriter] = set()
        self._connections: set[asyncio.Task[None]] = set()
        self._flow = asyncio.Event()
        self._flow.set()
        self._is_closed = False

    def cut(self) -> None:
        """End all connections, so that both sides notice."""
        for end in self._ends:
            end.transport.abort()

    def silence(self) -> None:
        """Forward nothing more, without a word to either side."""
        self._flow.clear()

    def resume(self) -> None:
        """Forward again, and what was held back first."""
        self._flow.set()

    def forget(self) -> None:
        """Stay silent for ever on the connections that are open: their server has vanished and another took over."""
        self._flow.clear()
        self._flow = asyncio.Event()
        self._flow.set()

    def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Forward a new connection, but one that was accepted in the last moment."""
        if self._is_closed:
            writer.transport.abort()
            return
        connection = asyncio.create_task(self._connect(reader, writer, self._flow))
        self._connections.add(connection)
        connection.add_done_callback(self._connections.discard)
        # One that is cancelled before it has begun ends nothing itself.
        connection.add_done_callback(lambda _: writer.transport.abort())

    async def close(self) -> None:
        """End all connections and wait for their end."""
        self._is_closed = True
        connections = list(self._connections)
        for connection in connections:
            connection.cancel()
        await asyncio.gather(*connections, return_exceptions=True)
        await asyncio.sleep(0)  # what was ended is closed by the loop's next round

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, flow: asyncio.Event) -> None:
        """Forward in both directions until either side ends the connection."""
        ends = {writer}
        try:
            await flow.wait()
            server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self._port)
            ends.add(server_writer)
            self._ends |= ends
            asking = asyncio.create_task(self._forward(reader, server_writer, flow))
            answering = asyncio.create_task(self._forward(server_reader, writer, flow, is_answer=True))
            try:
                await asyncio.wait({asking, answering}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                asking.cancel()
                answering.cancel()
        except OSError:
            pass  # the server is away, which the client sees by the end of its connection
        finally:
            self._ends -= ends
            for end in ends:
                end.transport.abort()

    async def _forward(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        flow: asyncio.Event,
        *,
        is_answer: bool = False,
    ) -> None:
        with suppress(OSError):  # whoever was cut off is gone
            while chunk := await reader.read(65_536):
                if is_answer:
                    await asyncio.sleep(self.delay)
                await flow.wait()
                writer.write(chunk)


@asynccontextmanager
async def running_proxy(url: str) -> AsyncIterator[tuple[Proxy, str]]:
    """Yield a proxy of a database's server, and the database's URL by way of it."""
    server = make_url(url)
    assert server.port is not None
    proxy = Proxy(server.port)
    listener = await asyncio.start_server(proxy.connect, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    try:
        yield proxy, server.set(host="127.0.0.1", port=port).render_as_string(hide_password=False)
    finally:
        listener.close()
        await proxy.close()
