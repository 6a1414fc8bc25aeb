"""Parts of pages that come out the same as often as they are made: made once by each worker, and kept for a while."""

from collections.abc import Callable
from hashlib import sha256

from django.core.cache import caches
from django.utils import timezone
from django.utils.translation import get_language

KEPT = 60 * 60  # seconds


def kept[Part](name: str, *of: object, make: Callable[[], Part]) -> Part:
    """The part, as it was made last from the same things in the same language.

    of -- all that it depends on, such as hashes of documents. It must hold nothing of a request: no token, no key of a form.
    """
    seen = (get_language(), timezone.get_current_timezone_name(), *of)
    key = f"{name}:{sha256(repr(seen).encode()).hexdigest()}"
    found: Part | None = caches["parts"].get(key)
    if found is None:
        found = make()
        caches["parts"].set(key, found, KEPT)
    return found
