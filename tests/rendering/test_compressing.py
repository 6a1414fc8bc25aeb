"""Brotli with bytes that every reader skips."""

import brotli
from hypothesis import given
from hypothesis import strategies as st

from factcheck.rendering.compressing import compress


@given(st.binary(max_size=2_000), st.integers(0, 256))
def test_what_was_compressed_comes_back_whatever_was_put_between(content: bytes, padding: int) -> None:
    assert brotli.decompress(compress(content, padding=padding)) == content


@given(st.integers(1, 256))
def test_each_byte_of_padding_makes_it_a_byte_longer(padding: int) -> None:
    content = b"The harbour was dredged in 1921. " * 20
    assert len(compress(content, padding=padding)) == len(compress(content)) + 2 + padding
