"""Reading the readers' pages as a machine would: elements, text, structured data."""

import json
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse


class Page(HTMLParser):
    """A page taken apart. `text` is what is read on it, without what stands in the head."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__(convert_charrefs=True)
        self.html = response.content.decode()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.data: list[dict[str, Any]] = []
        self.text = ""
        self._within: list[str] = []
        self.feed(self.html)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in {"script", "style", "title"}:
            self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._within and self._within[-1] == tag:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if "script" in self._within:
            self.data.append(json.loads(data))
        elif not self._within:
            self.text += data

    def every(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [
            attrs
            for name, attrs in self.elements
            if name == tag and all(attrs.get(key.rstrip("_")) == value for key, value in wanted.items())
        ]

    def links(self) -> list[str]:
        return [attrs["href"] for attrs in self.every("a") if "href" in attrs]

    def meta(self, name: str) -> str | None:
        found = [attrs["content"] for attrs in self.every("meta") if name in (attrs.get("name"), attrs.get("property"))]
        return found[0] if found else None

    def canonical(self) -> str | None:
        found = self.every("link", rel="canonical")
        return found[0]["href"] if found else None
