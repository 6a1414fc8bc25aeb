"""Static files as browsers get them: small, compressed, under hashed names."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rcssmin import cssmin
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

# In and after nested rules rcssmin takes "a :is(b)" for a declaration and its space for spare: then it would be "a:is(b)".
_WITHIN = re.compile(r"(?<=[\w\])]) (?=:(?:is|where|not|has|first|last|nth|only|empty|focus|target|checked)\b)")


def _style_sheet(text: str) -> str:
    smaller: str = cssmin(_WITHIN.sub(" *", text))
    return smaller


_SMALLER = {".css": _style_sheet, ".js": jsmin}


def small(file: str, text: str) -> str:
    """Without comments and the space that only people need; what comes small already is left alone."""
    path = Path(file)
    if path.suffix not in _SMALLER or ".min" in path.suffixes:
        return text
    smaller: str = _SMALLER[path.suffix](text)
    return smaller


class HashedModules(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """ES modules import each other by their hashed names."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        for name in paths if not dry_run else ():
            copy = Path(self.path(name))
            if copy.suffix in _SMALLER:
                copy.write_text(small(name, copy.read_text(encoding="utf-8")), encoding="utf-8")
        # From the copies, and not from where they came.
        yield from super().post_process({name: (self, name) for name in paths}, dry_run, **options)
