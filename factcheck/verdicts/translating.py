"""Names and definitions in other languages, kept beside the newsroom's own as {"de": {"name": …, "definition": …}}.

A document takes those of its language when it is frozen, so what is published keeps its words.
"""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

type Translations = Mapping[str, Mapping[str, str]]

# A language tag in its common shape (RFC 5646).
_TAG = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*")
MOST = 40  # languages
LONGEST = {"name": 60, "definition": 2_000, "description": 2_000}


def spoken(translations: Translations, language: str) -> Mapping[str, str]:
    """What is said in this language, or in the one it is a variety of (pt for pt-BR); nothing where it is not translated."""
    tag = language.lower()
    said = translations.get(tag) or translations.get(tag.partition("-")[0]) or {}
    return {part: words for part, words in said.items() if words}


def check(translations: Translations, besides: str) -> None:
    """Raise ValidationError unless each is a language's name and what stands `besides` it: a definition or a description."""
    if len(translations) > MOST:
        raise ValidationError(_("Translate into at most %(n)d languages.") % {"n": MOST}, code="many")
    for tag, said in translations.items():
        if not _TAG.fullmatch(tag) or len(tag) > 35 or set(said) != {"name", besides} or not said["name"].strip():
            raise ValidationError(
                _(
                    "Write a line for each language: its tag such as de, the name, and what it means, with | between them."
                ),
                code="shape",
            )
        for part, words in said.items():
            if len(words) > LONGEST[part] or "\0" in words:
                raise ValidationError(_("Too long: %(words)s …") % {"words": words[:40]}, code="long")


def read(lines: str, besides: str) -> dict[str, dict[str, str]]:
    """The translations in a text with a line for each language: `de | Falsch | Die Belege widersprechen.` Raises ValidationError."""
    found: dict[str, dict[str, str]] = {}
    for line in filter(str.strip, lines.splitlines()):
        tag, name, words = (part.strip() for part in (*line.split("|", 2), "", "")[:3])
        if tag.lower() in found:
            raise ValidationError(_("Write one line for each language: %(tag)s stands there twice.") % {"tag": tag})
        found[tag.lower()] = {"name": name, besides: words}
    check(found, besides)
    return found


def written(translations: Translations, besides: str) -> str:
    """The same as a text, by language."""
    return "\n".join(f"{tag} | {said['name']} | {said[besides]}" for tag, said in sorted(translations.items()))
