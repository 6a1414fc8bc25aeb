"""The gate: what it refuses, what it lets through, and that it connects to nothing else.

No test looks a name up or connects anywhere but to a server of its own on loopback.
"""

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.web import fetching, refusing
from factcheck.web.fetching import Fetched, NotChanged, Outside, fetch, readable
from factcheck.web.publicness import is_public
from factcheck.web.refusing import Refused
from tests.web.hostile import CERTIFICATE, Server, led_on, outside, page, serving

AGENT = "Factcheck (+https://check.example.org)"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def get(url: str, **other: object) -> Fetched:
    return fetch(url, agent=AGENT, outside=outside(**other))


def _no_connection(*_where: object) -> socket.socket:
    pytest.fail("it connected")


def refused(url: str, *addresses: str) -> Refused:
    """Why an address is refused before anything is connected to; its name leads to these numbers."""
    nowhere = Outside(look_up=lambda _host, _port: list(addresses), connect=_no_connection)
    with pytest.raises(Refused) as caught:
        fetch(url, agent=AGENT, outside=nowhere)
    return caught.value


# --- What is asked for ---


def test_a_page_comes_with_its_address_and_what_it_is_said_to_be(server: Server) -> None:
    server.answers["/a?b=1"] = page(b"<p>Hello")
    fetched = get(server.url("/a?b=1#part"))
    assert (fetched.data, fetched.declared) == (b"<p>Hello", "text/html; charset=utf-8")
    assert fetched.url == server.url("/a?b=1")


def test_the_request_says_who_we_are_and_carries_nothing_else_of_us(server: Server) -> None:
    server.answers["/"] = page(b"<p>Hello", "Set-Cookie: a=b")
    get(server.url())
    get(server.url())
    head = server.asked[1].lower()
    assert f"user-agent: {AGENT}".lower() in head
    assert f"host: news.test:{server.port}" in head
    assert "cookie" not in head
    assert "authorization" not in head
    assert "referer" not in head


def test_the_name_is_looked_up_once_and_the_connection_goes_to_that_number(server: Server) -> None:
    looked_up, connected = [], []

    def look_up(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        # A second look-up would lead elsewhere.
        return ["127.0.0.1"] if len(looked_up) == 1 else ["10.0.0.1"]

    def connect(address: str, port: int, seconds: float) -> socket.socket:
        connected.append(address)
        return fetching.connect(address, port, seconds)

    server.answers["/"] = page(b"<p>Hello")
    get(server.url(), look_up=look_up, connect=connect)
    assert (looked_up, connected) == (["news.test"], ["127.0.0.1"])


def test_the_next_number_of_a_name_is_tried_when_nobody_answers_at_the_first(server: Server) -> None:
    def connect(address: str, port: int, seconds: float) -> socket.socket:
        if address == "127.0.0.2":
            raise ConnectionRefusedError
        return fetching.connect(address, port, seconds)

    server.answers["/"] = page(b"<p>Hello")
    assert get(server.url(), look_up=lambda *_: ["127.0.0.2", "127.0.0.1"], connect=connect).data == b"<p>Hello"


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        (" HTTPS://News.Test:443/a b?q=ü#x ", "https://news.test/a%20b?q=%C3%BC"),
        ("http://bücher.test", "http://xn--bcher-kva.test/"),
        ("http://news.test/a%2Fb?x=%20&y=[1]", "http://news.test/a%2Fb?x=%20&y=[1]"),
        ("http://[2001:4860:0:0::1]:80/", "http://[2001:4860::1]/"),
    ],
)
def test_an_address_is_asked_for_in_plain_letters(written: str, asked: str) -> None:
    assert readable(written) == asked


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", refusing.NotAnAddress),
        ("news.test/a", refusing.NotAnAddress),
        ("http://", refusing.NotAnAddress),
        ("http:///a", refusing.NotAnAddress),
        ("http://news.test/\r\nX: y", refusing.NotAnAddress),
        ("http://news.test\\@other.test/", refusing.NotAnAddress),
        ("http://exa mple.test/", refusing.NotAnAddress),
        ("http://127.0.0.%31/", refusing.NotAnAddress),
        ("http://[::1", refusing.NotAnAddress),
        ("http://news.test:99999/", refusing.NotAnAddress),
        ("http://1.2.3.4.5/", refusing.NotAnAddress),
        ("http://a..test/", refusing.NotAnAddress),
        ("http://news.test/" + "a" * 8000, refusing.NotAnAddress),
        ("ftp://news.test/", refusing.WrongScheme),
        ("file:///etc/passwd", refusing.WrongScheme),
        ("javascript:alert(1)", refusing.WrongScheme),
        ("http://ada:secret@news.test/", refusing.HasCredentials),
        ("http://news.test@other.test/", refusing.HasCredentials),
        ("http://news.test:22/", refusing.WrongPort),
        ("http://news.test:6667/", refusing.WrongPort),
    ],
)
def test_what_is_no_address_of_a_page_is_refused_before_it_is_looked_up(url: str, why: type[Refused]) -> None:
    assert type(refused(url)) is why


NOT_PUBLIC = [
    "0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.169.254",
    "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1",
    "::ffff:8.8.8.8", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1",
    "2001:0:7f00:1::", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::1", "2002:808:808::1", "3fff::1",
    "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%2", "fec0::1", "ff02::1", "2600::5efe:7f00:1", "2600::200:5efe:a00:1",
]  # fmt: skip


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_a_name_that_leads_to_a_number_that_is_not_public_is_refused(address: str) -> None:
    why = refused("http://news.test/", address)
    assert isinstance(why, refusing.NotPublic)
    assert "news.test" in str(why)


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "１２７.０.０.１", "0", "[::1]", "[::ffff:7f00:1]"])  # fmt: skip
def test_a_number_in_the_address_is_judged_however_it_is_written(host: str) -> None:
    assert isinstance(refused(f"http://{host}/"), refusing.NotPublic)


def test_one_number_that_is_not_public_condemns_the_name() -> None:
    assert isinstance(refused("http://news.test/", "93.184.215.14", "10.0.0.1"), refusing.NotPublic)


def test_a_name_that_nobody_knows_is_told() -> None:
    assert isinstance(refused("http://news.test/"), refusing.UnknownName)


@given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
def test_what_is_public_is_so_for_python_too(address: object) -> None:
    given = ip_address(str(address))
    if is_public(given):
        assert given.is_global
        assert not any((given.is_multicast, given.is_private, given.is_reserved, given.is_loopback))


@settings(max_examples=200)
@given(st.text(max_size=30) | st.from_regex(r"(https?|ftp)://[a-z0-9.:@\[\]%/\\?#-]{0,25}", fullmatch=True))
def test_whatever_is_typed_gives_an_address_in_plain_letters_or_a_refusal(typed: str) -> None:
    try:
        asked = readable(typed)
    except Refused:
        return
    assert asked.isascii()
    assert asked.isprintable()
    assert " " not in asked
    assert readable(asked) == asked


# --- Redirects ---


def test_five_redirects_are_followed_and_a_sixth_is_not(server: Server) -> None:
    for number in range(6):
        server.answers[f"/{number}"] = led_on(f"/{number + 1}")
    server.answers["/6"] = page(b"<p>There")
    fetched = get(server.url("/1"))
    assert (fetched.data, fetched.url, len(fetched.redirects)) == (b"<p>There", server.url("/6"), 5)
    with pytest.raises(refusing.TooManyRedirects):
        get(server.url("/0"))


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("http://inside.test/", refusing.NotPublic),
        ("http://169.254.169.254/latest/", refusing.NotPublic),
        ("http://[::ffff:10.0.0.1]/", refusing.NotPublic),
        ("//inside.test/", refusing.NotPublic),
        ("file:///etc/passwd", refusing.WrongScheme),
        ("http://ada:secret@news.test/", refusing.HasCredentials),
        ("http://news.test:25/", refusing.WrongPort),
    ],
)
def test_each_redirect_is_judged_like_the_first_address(where: str, why: type[Refused], server: Server) -> None:
    server.answers["/"] = led_on(where)
    names = {"news.test": ["127.0.0.1"], "inside.test": ["10.0.0.1"]}
    with pytest.raises(why):
        get(server.url(), look_up=lambda host, _port: names[host])
    assert len(server.asked) == 1


def test_a_redirect_without_a_place_is_a_failure(server: Server) -> None:
    server.answers["/"] = page(b"", status="302 Found")
    with pytest.raises(refusing.Failed):
        get(server.url())


# --- Time and size ---


def _drip(sock: socket.socket) -> None:
    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        sock.sendall(b"a")
        time.sleep(0.02)


def _drip_head(sock: socket.socket) -> None:
    while True:
        sock.sendall(b"H")
        time.sleep(0.02)


def _silence(sock: socket.socket) -> None:
    sock.recv(1)


@pytest.mark.parametrize("slow", [_drip, _drip_head, _silence])
def test_a_server_that_drips_or_is_silent_is_left_at_the_deadline(slow: object, server: Server) -> None:
    server.answers["/"] = slow  # type: ignore[assignment]  # one of the above
    began = time.monotonic()
    with pytest.raises(refusing.TooSlow):
        get(server.url(), seconds=0.4)
    assert time.monotonic() - began < 3


def test_the_deadline_is_for_all_redirects_together(server: Server) -> None:
    def late(sock: socket.socket) -> None:
        time.sleep(0.2)
        sock.sendall(led_on("/"))

    server.answers["/"] = late
    with pytest.raises(refusing.TooSlow):
        get(server.url(), seconds=0.5)


def test_looking_up_a_name_is_not_waited_for_beyond_the_deadline() -> None:
    end = threading.Event()
    with pytest.raises(refusing.TooSlow):
        get("http://news.test/", look_up=lambda *_: [str(end.wait(5))], seconds=0.3)
    end.set()


def test_whoever_waits_can_call_it_off(server: Server) -> None:
    def not_any_more(_bytes: int) -> None:
        if server.asked:
            raise refusing.Cancelled

    server.answers["/"] = _silence
    with pytest.raises(refusing.Cancelled):
        fetch(server.url(), agent=AGENT, outside=outside(), progress=not_any_more)


def test_a_page_may_be_as_large_as_the_limit_and_no_larger(server: Server) -> None:
    server.answers["/fits"] = page(b"a" * 1000)
    server.answers["/told"] = page(b"a" * 1001)
    server.answers["/untold"] = b"HTTP/1.0 200 OK\r\n\r\n" + b"a" * 1001
    assert len(get(server.url("/fits"), largest=1000).data) == 1000
    for path in ("/told", "/untold"):
        with pytest.raises(refusing.TooLarge):
            get(server.url(path), largest=1000)


def _bomb(sock: socket.socket) -> None:
    """1 GB of zeros in 1 MB, and it knows how much of it was taken."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n")
    for _megabyte in range(1024):
        sock.sendall(packer.compress(bytes(1 << 20)))
    sock.sendall(packer.flush())


def test_a_bomb_is_left_as_soon_as_it_is_larger_than_the_limit(server: Server) -> None:
    server.answers["/"] = _bomb
    began = time.monotonic()
    with pytest.raises(refusing.TooLarge):
        get(server.url())
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("packing", "packed"),
    [
        ("gzip", gzip.compress(b"<p>Hello " * 20_000)),
        ("x-gzip", gzip.compress(b"<p>Hello " * 10_000) + gzip.compress(b"<p>Hello " * 10_000)),
        ("gzip", gzip.compress(b"<p>Hello " * 20_000) + b"left behind"),
        ("deflate", zlib.compress(b"<p>Hello " * 20_000)),
        ("deflate", zlib.compressobj(wbits=-15).compress(b"") + zlib.compress(b"<p>Hello " * 20_000)[2:-4]),
        ("identity", b"<p>Hello " * 20_000),
    ],
)
def test_what_is_packed_is_unpacked(packing: str, packed: bytes, server: Server) -> None:
    server.answers["/"] = page(packed, f"Content-Encoding: {packing}")
    assert get(server.url()).data == b"<p>Hello " * 20_000


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (page(b"<p>", "Content-Encoding: br"), refusing.UnknownEncoding),
        (page(b"<p>", "Content-Encoding: gzip, gzip"), refusing.UnknownEncoding),
        (page(b"not packed", "Content-Encoding: gzip"), refusing.Incomplete),
        (page(gzip.compress(b"<p>Hello " * 999)[:-9], "Content-Encoding: gzip"), refusing.Incomplete),
        (page(b"<p>Hello")[:-3], refusing.Incomplete),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHel", refusing.Incomplete),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nHello", refusing.Incomplete),
        (page(b""), refusing.Empty),
        (page(b"", status="204 No Content"), refusing.Empty),
        (b"", refusing.NoConnection),
        (b"SSH-2.0-OpenSSH_9.9\r\n", refusing.BadAnswer),
        (b"HTTP/1.1 999999 What\r\n\r\n", refusing.BadAnswer),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 70_000, refusing.HeadTooLarge),
        (b"HTTP/1.1 200 OK\r\n" + b"X: aaaaaaaaaaaaaaaa\r\n" * 5000, refusing.BadAnswer),
        (page(b"<p>No", status="401 Unauthorized"), refusing.Denied),
        (page(b"<p>No", status="403 Forbidden"), refusing.Denied),
        (page(b"<p>No", status="404 Not Found"), refusing.NotThere),
        (page(b"<p>No", status="429 Too Many Requests"), refusing.Failed),
        (page(b"<p>No", status="503 Service Unavailable"), refusing.Failed),
        (page(b"<p>No", status="206 Partial Content"), refusing.Failed),
    ],
)
def test_each_bad_answer_has_its_own_reason(answer: bytes, why: type[Refused], server: Server) -> None:
    server.answers["/"] = answer
    with pytest.raises(why) as caught:
        get(server.url())
    assert "%(" not in str(caught.value)


def test_a_port_where_nobody_listens_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(refusing.NoConnection):
        get(f"http://news.test:{port}/")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_whatever_a_server_answers_it_is_a_page_or_a_refusal(answer: bytes) -> None:
    with serving() as server:
        server.answers["/"] = b"HTTP/1.1 200 OK\r\n" + answer
        with suppress(Refused):
            get(server.url(), seconds=5)


# --- Asking again, and TLS ---


def test_asked_again_with_what_it_was_given_a_page_may_say_that_it_is_the_same(server: Server) -> None:
    server.answers["/"] = page(b"<p>Hello", 'ETag: "7"', "Last-Modified: Mon, 02 Nov 2026 10:00:00 GMT")
    kept = get(server.url()).validators
    server.answers["/"] = page(b"", status="304 Not Modified")
    with pytest.raises(NotChanged):
        fetch(server.url(), agent=AGENT, outside=outside(), validators=kept)
    assert 'If-None-Match: "7"' in server.asked[1]
    assert "If-Modified-Since: Mon, 02 Nov 2026" in server.asked[1]


def _of_our_own() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(CERTIFICATE))


def test_tls_is_spoken_with_the_name_not_with_the_number() -> None:
    with serving(tls=True) as server:
        server.answers["/"] = page(b"<p>Hello")
        assert get(server.url(scheme="https"), trusted=_of_our_own).data == b"<p>Hello"
        assert server.names == ["news.test"]


def test_a_certificate_for_another_name_or_of_nobody_s_is_refused() -> None:
    with serving(tls=True) as server:
        server.answers["/"] = page(b"<p>Hello")
        with pytest.raises(refusing.NotTrusted):
            get(server.url(host="other.test", scheme="https"), trusted=_of_our_own)
        with pytest.raises(refusing.NotTrusted):
            get(server.url(scheme="https"))


def test_a_server_that_speaks_no_tls_is_refused(server: Server) -> None:
    with pytest.raises(refusing.NotTrusted):
        get(server.url(scheme="https"), trusted=_of_our_own)
