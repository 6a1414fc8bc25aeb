"""A check as readers would see it, complete, as one frozen text.

The text is JSON with sorted keys and no spare space, in UTF-8 (the order and spacing of RFC 8785; our values are strings,
integers, null, lists and objects, so its rules for numbers are not needed). The same content therefore always gives the
same bytes and the same SHA-256. Paths only: the host is added on output.
"""

import json
from hashlib import sha256
from typing import Any

FORMAT = 1


def canonical(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(document: str) -> str:
    """SHA-256 of the document's UTF-8, as 64 hexadecimal digits."""
    return sha256(document.encode()).hexdigest()
