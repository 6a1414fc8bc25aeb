"""The gate: the only module that opens a connection to the outside.

One GET by our own rules, on the standard library's HTTP/1.1 (RFC 9112). The name is looked up once, every answer is judged,
and the connection goes to exactly an address that was judged; TLS and Host keep the name. Each redirect begins anew. All
reading runs through one object, which keeps the deadline, counts bytes and can be called off; what is packed is unpacked
here, no further than its limit. No cookies, no credentials, no proxies, nothing kept between two fetches.
"""

import io
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead, LineTooLong, RemoteDisconnected
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import certifi

from factcheck.web.publicness import Address, is_public
from factcheck.web.refusing import (
    BadAnswer,
    Denied,
    Empty,
    Failed,
    HasCredentials,
    HeadTooLarge,
    Incomplete,
    NoConnection,
    NotAnAddress,
    NotPublic,
    NotThere,
    NotTrusted,
    Refused,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    UnknownEncoding,
    UnknownName,
    WrongPort,
    WrongScheme,
)

SECONDS = 15.0  # in all, redirects included
LARGEST = 10 * 1024 * 1024  # bytes, unpacked
LARGEST_HEAD = 64 * 1024  # bytes
MOST_REDIRECTS = 5
LONGEST_ADDRESS = 8000
# How often somebody who waits is asked whether they still do.
BEAT = 0.25  # seconds
# One of a host's addresses may lead nowhere.
PATIENCE = 5.0  # seconds for each
PIECE = 64 * 1024  # bytes
PORTS = {"http": 80, "https": 443}
# Below 1024 only the web's own; above, those that browsers refuse too (Fetch standard, "bad port").
BAD_PORTS = {
    1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
}  # fmt: skip
HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?")
# A name whose last part is a number is an address, in one of its many old forms (URL standard, "ends in a number").
ENDS_IN_A_NUMBER = re.compile(r"(.*\.)?([0-9]+|0x[0-9a-f]*)\.?")
NO_PLACE_IN_AN_ADDRESS = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")
REDIRECTS = {301, 302, 303, 307, 308}


def look_up(host: str, port: int) -> list[str]:
    """The numbers of a name, as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_kind, sockaddr in found))


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to a number, no name. Raises OSError."""
    return socket.create_connection((address, port), timeout=seconds)


def trusted() -> ssl.SSLContext:
    """Who is believed about their name: the system's authorities, and those of Mozilla where a system has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@dataclass(frozen=True)
class Outside:
    """How the outside is reached. Tests bring a resolver, a connector and addresses of their own; nothing else does."""

    look_up: Callable[[str, int], list[str]] = look_up
    connect: Callable[[str, int, float], socket.socket] = connect
    lets: Callable[[Address], bool] = is_public
    trusted: Callable[[], ssl.SSLContext] = trusted
    seconds: float = SECONDS
    largest: int = LARGEST


@dataclass(frozen=True)
class Fetched:
    """What an address gave: where it was in the end, how it was called there, and its bytes, unpacked."""

    asked: str
    url: str
    declared: str  # the Content-Type as it was sent; "" for none
    data: bytes
    redirects: tuple[str, ...] = ()
    validators: dict[str, str] = field(default_factory=dict)  # ETag, Last-Modified: for asking again politely


class NotChanged(Exception):
    """304: it is still what the validators were given for."""


def fetch(
    url: str,
    *,
    agent: str,
    outside: Outside | None = None,
    progress: Callable[[int], None] | None = None,
    validators: dict[str, str] | None = None,
) -> Fetched:
    """Give what stands at a public address. Raises a Refused for each thing that can be wrong, and leaves nothing behind.

    agent -- who we are, with an address where one can ask; progress -- called several times a second with the bytes read
    so far, and whatever it raises ends the fetch; validators -- of an earlier Fetched: then it may raise NotChanged.
    """
    outside = outside or Outside()
    watch = _Watch(time.monotonic() + outside.seconds, outside.seconds, progress or (lambda _bytes: None))
    asked = at = readable(url)
    passed: list[str] = []
    while True:
        answer = _ask(at, agent, outside, watch, validators or {})
        if isinstance(answer, Fetched):
            return Fetched(asked, at, answer.declared, answer.data, tuple(passed), answer.validators)
        passed.append(at)
        if len(passed) > MOST_REDIRECTS:
            raise TooManyRedirects(most=MOST_REDIRECTS)
        at = readable(answer)


def readable(url: str) -> str:
    """The address as it is asked for, all in ASCII. Raises what is wrong with it."""
    url = url.strip()
    if not url or len(url) > LONGEST_ADDRESS or NO_PLACE_IN_AN_ADDRESS.search(url):
        raise NotAnAddress
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname or ""
    except ValueError as error:
        raise NotAnAddress from error
    if parts.scheme not in PORTS:
        raise WrongScheme(scheme=parts.scheme[:20]) if parts.scheme else NotAnAddress
    if "@" in parts.netloc:
        raise HasCredentials
    name = _name(host)
    if port is not None and port not in PORTS.values() and (port < 1024 or port in BAD_PORTS):
        raise WrongPort(port=port)
    at = name if port in {None, PORTS[parts.scheme]} else f"{name}:{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=-._~[]|")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=-._~[]|?")
    return urlunsplit((parts.scheme, at, path if path.startswith("/") else f"/{path}", query, ""))


def _name(host: str) -> str:
    """The host in ASCII; an address in its usual form, in brackets if it is one of IPv6. Raises NotAnAddress."""
    if ":" in host:
        try:
            return f"[{IPv6Address(host)}]"
        except ValueError as error:
            raise NotAnAddress from error
    try:
        name = host.encode("idna").decode().lower()
    except UnicodeError as error:
        raise NotAnAddress from error
    if ENDS_IN_A_NUMBER.fullmatch(name):
        try:
            return str(IPv4Address(socket.inet_aton(name.rstrip("."))))
        except OSError as error:
            raise NotAnAddress from error
    if len(name) > 253 or not HOST.fullmatch(name):
        raise NotAnAddress
    return name


class _Watch:
    """The deadline of a whole fetch, and whoever waits for it."""

    def __init__(self, deadline: float, seconds: float, progress: Callable[[int], None]) -> None:
        self.deadline, self.seconds, self.progress = deadline, seconds, progress
        self.bytes = 0

    def left(self) -> float:
        """Seconds. Raises TooSlow when there are none."""
        self.progress(self.bytes)
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TooSlow(seconds=round(self.seconds))
        return left


class _Wire(io.RawIOBase):
    """A connection as http.client reads it. Every byte passes here: no wait outlasts the deadline, no answer its limits."""

    def __init__(self, sock: socket.socket, watch: _Watch, host: str, largest: int) -> None:
        self.sock, self.watch, self.host, self.largest = sock, watch, host, largest
        self.in_head = True
        self.came = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.in_head and self.came > LARGEST_HEAD:
            raise HeadTooLarge(host=self.host)
        if self.came > self.largest:
            raise TooLarge(megabytes=self.largest // 1024 // 1024 // 2)
        while True:
            self.sock.settimeout(min(self.watch.left(), BEAT))
            try:
                got = self.sock.recv_into(buffer)
            except TimeoutError:
                continue
            self.came += got
            self.watch.bytes += got
            return got

    # What http.client asks of a socket.

    def sendall(self, data: bytes) -> None:
        self.sock.settimeout(self.watch.left())
        try:
            self.sock.sendall(data)
        except TimeoutError as error:
            raise TooSlow(seconds=round(self.watch.seconds)) from error

    def makefile(self, *_how: Any) -> io.BufferedReader:
        return io.BufferedReader(self)

    def close(self) -> None:
        """http.client lets go of the connection before the answer is read; its owner closes it."""


def _ask(url: str, agent: str, outside: Outside, watch: _Watch, validators: dict[str, str]) -> Fetched | str:
    """One request: the page, or the address that it leads on to."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    with closing(_reach(parts.scheme, host, parts.port or PORTS[parts.scheme], outside, watch)) as sock:
        # Packed or in the smallest pieces, a page takes more bytes on the wire than it is long, but not twice as many.
        wire = _Wire(sock, watch, host, 2 * outside.largest)
        try:
            answer = _request(wire, url, agent, validators)
            if answer.status in REDIRECTS and (there := answer.getheader("Location")):
                return urljoin(url, _as_utf8(there.strip()))
            if answer.status == 304 and validators:
                raise NotChanged
            _judge(answer.status, host)
            wire.in_head = False
            data = b"".join(_unpacked(answer, outside.largest, watch))
        except Refused:
            raise
        except LineTooLong as error:
            raise HeadTooLarge(host=host) from error
        except IncompleteRead as error:
            raise Incomplete from error
        except RemoteDisconnected as error:
            raise NoConnection(host=host) from error
        except (HTTPException, ValueError) as error:
            raise BadAnswer(host=host) from error
        except OSError as error:
            raise (Incomplete() if not wire.in_head else NoConnection(host=host)) from error
        if not data:
            raise Empty
        kept = {
            name: value for name in ("ETag", "Last-Modified") if (value := answer.getheader(name)) and len(value) < 500
        }
        return Fetched(url, url, _as_utf8(answer.getheader("Content-Type") or "")[:500], data, (), kept)


def _request(wire: _Wire, url: str, agent: str, validators: dict[str, str]) -> HTTPResponse:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "")
    connection.sock = wire  # all that it does with a socket, the wire does
    target = urlunsplit(("", "", parts.path, parts.query, ""))
    connection.putrequest("GET", target, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", parts.netloc)
    connection.putheader("User-Agent", agent)
    connection.putheader("Accept", "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.5")
    connection.putheader("Accept-Encoding", "gzip")
    if "ETag" in validators:
        connection.putheader("If-None-Match", validators["ETag"])
    if "Last-Modified" in validators:
        connection.putheader("If-Modified-Since", validators["Last-Modified"])
    connection.putheader("Connection", "close")
    connection.endheaders()
    return connection.getresponse()


def _reach(scheme: str, host: str, port: int, outside: Outside, watch: _Watch) -> socket.socket:
    """A connection to one of the host's addresses, all of which were judged; over TLS where the scheme says so."""
    sock: socket.socket | None = None
    for address in _judged(host, port, outside, watch):
        with suppress(OSError):
            sock = outside.connect(str(address), port, min(watch.left(), PATIENCE))
            break
    if sock is None:
        watch.left()
        raise NoConnection(host=host)
    if scheme == "http":
        return sock
    try:
        sock.settimeout(watch.left())
        return outside.trusted().wrap_socket(sock, server_hostname=host)
    except ssl.SSLCertVerificationError as error:
        sock.close()
        raise NotTrusted(host=host, why=error.verify_message) from error
    except (OSError, ValueError, Refused) as error:
        sock.close()
        if isinstance(error, Refused):
            raise
        watch.left()
        raise NotTrusted(host=host, why=getattr(error, "reason", None) or "TLS") from error


def _judged(host: str, port: int, outside: Outside, watch: _Watch) -> list[Address]:
    """The addresses of a host, looked up once. One that is not public condemns them all: names of honest hosts have none."""
    try:
        addresses = [ip_address(host)]
    except ValueError:
        addresses = [ip_address(each) for each in _looked_up(host, port, outside, watch)]
    if not addresses:
        raise UnknownName(host=host)
    for address in addresses:
        if not outside.lets(address):
            raise NotPublic(host=host, address=address)
    return addresses


def _looked_up(host: str, port: int, outside: Outside, watch: _Watch) -> list[str]:
    """In a thread of its own: looking up cannot be interrupted, but need not be waited for."""
    found: list[str] = []

    def ask() -> None:
        with suppress(OSError, UnicodeError):
            found.extend(outside.look_up(host, port))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    while asking.is_alive():
        asking.join(min(watch.left(), BEAT))
    return found


def _judge(status: int, host: str) -> None:
    if status in {200, 203}:
        return
    if status in {401, 402, 403, 407, 451}:
        raise Denied(host=host, status=status)
    if status in {404, 410}:
        raise NotThere(host=host, status=status)
    if status in {204, 205}:
        raise Empty
    raise Failed(host=host, status=status)


def _unpacked(answer: HTTPResponse, largest: int, watch: _Watch) -> Iterator[bytes]:
    """The body piece by piece, as it is without its packing, never more than its limit and one byte."""
    told = [each.strip().lower() for each in (answer.getheader("Content-Encoding") or "").split(",") if each.strip()]
    packings = [each for each in told if each != "identity"]
    if packings and packings not in (["gzip"], ["x-gzip"], ["deflate"]):
        raise UnknownEncoding(encoding=", ".join(packings)[:40])
    too_large = TooLarge(megabytes=largest // 1024 // 1024)
    if not packings and (answer.length or 0) > largest:
        raise too_large
    unpack = _Unpacking(packings[0]) if packings else None
    came = 0
    while piece := answer.read1(PIECE):
        for part in unpack.unpacked(piece) if unpack else [piece]:
            watch.left()
            came += len(part)
            if came > largest:
                raise too_large
            yield part
    # read1 takes an early end for the end.
    if answer.length or (unpack and not unpack.is_whole):
        raise Incomplete


class _Unpacking:
    """gzip (RFC 1952, of several members too) and deflate (RFC 1950, and RFC 1951 as some servers send it)."""

    def __init__(self, packing: str) -> None:
        self.packing = packing
        self.inflater: Any = None
        self.is_whole = False

    def unpacked(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self.inflater is None:
                if self.is_whole and not data.startswith(b"\x1f\x8b"):
                    return  # what some servers leave behind the end
                raw = self.packing == "deflate" and data[0] & 0x0F != 8
                self.inflater, self.is_whole = zlib.decompressobj(-15 if raw else 47), False
            came = b"."
            while came and not self.inflater.eof:
                try:
                    came = self.inflater.decompress(data, PIECE)
                except zlib.error as error:
                    raise Incomplete from error
                data = self.inflater.unconsumed_tail
                yield came
            if self.inflater.eof:
                data, self.inflater, self.is_whole = self.inflater.unused_data, None, True


def _as_utf8(header: str) -> str:
    """http.client reads heads as Latin-1; what is not ASCII in them is UTF-8, if anything."""
    with suppress(UnicodeError):
        return header.encode("latin-1").decode()
    return header
