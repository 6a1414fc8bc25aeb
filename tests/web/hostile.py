"""A server on loopback that answers with whatever bytes it is told to, well or badly, and remembers what it was asked."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from factcheck.web.fetching import Outside

type Answer = bytes | Callable[[socket.socket], None]
# For the name news.test alone, of nobody's authority; made with openssl for these tests.
CERTIFICATE = Path(__file__).with_name("certificate.pem")


def page(body: bytes, *heads: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {kind}"] if kind else []), f"Content-Length: {len(body)}", *heads]
    return "\r\n".join([*lines, "", ""]).encode() + body


def led_on(where: str, status: str = "302 Found") -> bytes:
    return page(b"", f"Location: {where}", status=status)


@dataclass
class Server:
    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)  # whole requests
    names: list[str] = field(default_factory=list)  # that TLS was asked for

    def url(self, path: str = "/", host: str = "news.test", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


@contextmanager
def serving(*, tls: bool = False) -> Iterator[Server]:
    """Until the block ends. Each connection has a thread of its own and one answer."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(listener.getsockname()[1])
        threading.Thread(
            target=_listen, args=(listener, server, _context(server) if tls else None), daemon=True
        ).start()
        try:
            yield server
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)


def outside(**other: Any) -> Outside:
    """Every name leads to loopback, and loopback may be connected to."""
    return Outside(
        **{"look_up": lambda _host, _port: ["127.0.0.1"], "lets": lambda address: address.is_loopback} | other
    )


def _context(server: Server) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    context.sni_callback = lambda _sock, name, _context: server.names.append(name)
    return context


def _listen(listener: socket.socket, server: Server, context: ssl.SSLContext | None) -> None:
    while True:
        try:
            sock, _address = listener.accept()
        except OSError:
            return
        threading.Thread(target=_answer, args=(sock, server, context), daemon=True).start()


def _answer(sock: socket.socket, server: Server, context: ssl.SSLContext | None) -> None:
    with suppress(OSError), sock:
        talk = context.wrap_socket(sock, server_side=True) if context else sock
        with talk:
            asked = b""
            while b"\r\n\r\n" not in asked and asked[:1] in b"G" and (piece := talk.recv(65536)):
                asked += piece
            server.asked.append(asked.decode("latin-1"))
            path = asked.split(b" ")[1].decode("latin-1") if asked.count(b" ") > 1 else ""
            answer = server.answers.get(path, page(b"nothing here", status="404 Not Found"))
            if callable(answer):
                answer(talk)
            else:
                talk.sendall(answer)
