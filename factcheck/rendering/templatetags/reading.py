"""What the readers' templates need beside Django's own tags."""

import json
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

register = template.Library()

_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@register.simple_tag
def day(value: str | date | datetime) -> SafeString:
    """A day as <time>; from a date, a moment (in the site's time zone) or ISO 8601."""
    moment = date.fromisoformat(value) if isinstance(value, str) else value
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    written = date_format(local, pgettext("format of a day", "j F Y"))
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), written)


@register.filter
def web_address(address: str) -> str:
    """The address if it leads to the web (http or https), else nothing: no other scheme becomes a link."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return address.strip() if parts.scheme in {"http", "https"} and parts.netloc else ""


@register.simple_tag
def json_ld(content: dict[str, Any]) -> SafeString:
    """A block of JSON-LD. It is data, not a script, so it needs no nonce; nothing in it can end it."""
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # noqa: S308  # escaped where it was put together
