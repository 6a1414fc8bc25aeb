"""Addresses of the same page."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.web.addresses import normal, of_article

PAGE = "https://port.example/register"
SAME = [
    "http://port.example/register",
    "https://PORT.example/register",
    "https://www.port.example/register",
    "https://port.example:443/register",
    "http://port.example:80/register",
    "https://port.example./register",
    "https://port.example/register/",
    "https://port.example/works/../register",
    "https://port.example/%72egister",
    "https://port.example/register?utm_source=mail&utm_campaign=a",
    "https://port.example/register?fbclid=1&gclid=2&msclkid=3",
    "https://port.example/register#page=4",
    "https://port.example/register#:~:text=dredged",
    " https://port.example/register ",
]
OTHERS = [
    "https://port.example/Register",
    "https://port.example:8443/register",
    "https://en.port.example/register",
    "https://port.example/register?page=2",
    "https://port.example/register?id=4",
    "https://port.example/#!/register",
    "https://port.example/register%2F",
    "ftp://port.example/register",
    "https://port.example/",
]


@pytest.mark.parametrize("url", SAME)
def test_the_same_page_is_known(url: str) -> None:
    assert normal(url) == normal(PAGE)


@pytest.mark.parametrize("url", OTHERS)
def test_another_page_is_another(url: str) -> None:
    assert normal(url) != normal(PAGE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://port.example", "http://www.port.example/"),
        ("https://a.example/?b=2&a=1", "https://a.example/?a=1&b=2"),
        ("https://a.example/?q=caf%C3%A9", "https://a.example/?q=café"),
        ("https://müller.example/über", "https://xn--mller-kva.example/%C3%BCber"),
        ("https://a.example/%e2%82%ac", "https://a.example/%E2%82%AC"),
        ("https://a.example/?utm_source=x", "https://a.example"),
    ],
)
def test_ways_of_writing_it(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    "text", ["", "no address", "http://", "http://[::1", "http://a.example:port/", "mailto:a@b.example"]
)
def test_what_is_no_address_stands_as_it_is(text: str) -> None:
    assert normal(text) == text


LETTERS = string.ascii_letters + string.digits + "%/._-~é€ "


@given(
    st.from_regex(r"https?://(www\.)?[a-z]{1,8}\.example(:[1-9][0-9]{0,3})?", fullmatch=True),
    st.text(LETTERS, max_size=20),
    st.text(LETTERS + "&=", max_size=20),
)
def test_the_normal_form_of_a_normal_form_is_itself(host: str, path: str, query: str) -> None:
    form = normal(f"{host}/{path}?{query}")
    assert normal(f"https://{form}") == form


@pytest.mark.parametrize(
    "url",
    [
        "https://www.herald.test/2026/harbour/?utm_source=x",
        "http://herald.test/2026/harbour/amp/",
        "https://amp.herald.test/2026/harbour",
        "https://m.herald.test/2026/harbour?amp=1",
        "https://herald.test/amp/2026/harbour",
        "https://herald.test/2026/harbour/print?print=1",
        "https://herald.test/2026/harbour?outputType=amp&fbclid=9",
        "https://www-herald-test.cdn.ampproject.org/c/s/www.herald.test/2026/harbour/amp",
        "https://www.google.com/amp/s/herald.test/2026/harbour",
    ],
)
def test_an_article_is_the_same_under_all_its_addresses(url: str) -> None:
    assert of_article(url) == "herald.test/2026/harbour"


def test_other_articles_are_others() -> None:
    forms = [
        "h.test/a?id=1",
        "h.test/a?id=2",
        "h.test/amp-works",
        "h.test/print-media/a",
        "h.test/a?m=february",
        "example.com/a",
    ]
    assert len({of_article(f"https://{each}") for each in forms}) == len(forms)
    assert of_article("https://m.test/a") == "m.test/a"
