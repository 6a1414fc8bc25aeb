"""What a page says of itself: JSON-LD (schema.org), OpenGraph, meta elements; the more particular before the more general."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from factcheck.web.addresses import of_article

ARTICLES = re.compile(r"(?:.*Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting|DiscussionForumPosting)")
# Deep or endless structures are no description of an article.
MOST_NODES = 2000
TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
SUFFIX = re.compile(r"\s+[|·–—-]\s+|\s*»\s*|\s*::\s*")


@dataclass
class Description:
    title: str = ""
    standfirst: str = ""
    authors: list[str] = field(default_factory=list)
    publisher: str = ""
    published_on: str = ""  # ISO 8601, or ""
    language: str = ""
    canonical: str = ""


def describe(root: Any, url: str) -> Description:
    """url -- where the page was found, or ""."""
    metas = _metas(root)
    canonical = _canonical(root, metas, url)
    said = {_line(each.text_content()).casefold() for each in root.xpath("//h1")} | {
        metas.get("og:title", "").casefold()
    }
    article = _article(root, canonical or url, said)

    def first(*found: str) -> str:
        return next((_line(each) for each in found if _line(each)), "")

    publisher = first(_name(article.get("publisher")), metas.get("og:site_name", ""), metas.get("application-name", ""))
    heading = root.xpath("//h1")
    title = first(
        _text(article.get("headline")),
        _without(publisher, metas.get("og:title", "")),
        _without(publisher, metas.get("twitter:title", "")),
        heading[0].text_content() if len(heading) == 1 else "",
        _text(article.get("name")),
        _without(publisher, "".join(root.xpath("//head/title[1]//text()"))),
    )
    standfirst = first(
        _text(article.get("alternativeHeadline")),
        _text(article.get("description")),
        *(metas.get(name, "") for name in ("og:description", "description", "twitter:description")),
    )
    dates = (
        _text(article.get("datePublished")),
        *(metas.get(name, "") for name in ("article:published_time", "datepublished", "parsely-pub-date", "pubdate")),
        *(metas.get(name, "") for name in ("publishdate", "dc.date.issued", "dc.date", "dcterms.created", "date")),
        *root.xpath("//*[@itemprop='datePublished']/@datetime | //*[@itemprop='datePublished']/@content"),
        *root.xpath("//article//time[@pubdate or @datetime]/@datetime")[:1],
    )
    languages = (
        *root.xpath("/html/@lang"),
        _text(article.get("inLanguage")),
        metas.get("og:locale", ""),
        metas.get("content-language", ""),
    )
    return Description(
        title=title[:300],
        standfirst=standfirst[:1000] if standfirst != title else "",
        authors=_authors(article, metas, root),
        publisher=publisher[:200],
        published_on=next((day for each in dates if (day := day_of(each))), ""),
        language=next((tag for each in languages if (tag := _tag(each))), ""),
        canonical=canonical,
    )


def day_of(text: str) -> str:
    """The day that a date names where it was written, as ISO 8601; "" for none."""
    if found := ISO.match(text.strip()):
        with suppress(ValueError):
            return date(*map(int, found.groups())).isoformat()
    with suppress(ValueError, TypeError, OverflowError):
        return parsedate_to_datetime(text.strip()[:60]).date().isoformat()
    return ""


def _metas(root: Any) -> dict[str, str]:
    """Each named meta element's first content."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content[:2000])
    return found


def _canonical(root: Any, metas: dict[str, str], url: str) -> str:
    links = [link.get("href") for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    for each in (*links, metas.get("og:url")):
        if not each:
            continue
        with suppress(ValueError):
            there = urljoin(url, str(each).strip())
            parts = urlsplit(there)
            # Many sites call their front page the canonical form of every page.
            is_front = not parts.path.strip("/") and not parts.query and urlsplit(url).path.strip("/")
            if parts.scheme in {"http", "https"} and parts.hostname and not is_front and len(there) <= 2000:
                return there
    return ""


def _article(root: Any, url: str, said: set[str]) -> dict[str, Any]:
    """The JSON-LD node that describes this page's article; {} for none."""
    nodes = [node for node in _nodes(root) if any(ARTICLES.fullmatch(kind) for kind in _kinds(node))]
    # Others may be described too, such as what else one could read: the one at this address, or under this heading.
    about = [node for node in nodes if _is_about(node, url)]
    headed = [node for node in nodes if (title := _line(_text(node.get("headline"))).casefold()) and title in said]
    found = next(iter(about or headed or [node for node in nodes if node.get("headline")] or nodes), {})
    by_id = {node["@id"]: node for node in _nodes(root) if isinstance(node.get("@id"), str) and len(node) > 1}
    return {name: _resolved(value, by_id) for name, value in found.items()}


def _nodes(root: Any) -> Iterator[dict[str, Any]]:
    """All objects of all JSON-LD blocks, the outer before the inner."""
    waiting: list[Any] = []
    for script in root.xpath("//script[contains(@type, 'ld+json')]"):
        text = re.sub(r"\A\s*(<!--|//<!\[CDATA\[|<!\[CDATA\[)|(-->|//\]\]>|\]\]>)\s*\Z", "", script.text or "")
        with suppress(ValueError, RecursionError):
            waiting.append(json.loads(text, strict=False))
    for _turn in range(MOST_NODES):
        if not waiting:
            return
        each = waiting.pop(0)
        if isinstance(each, dict):
            yield each
            waiting.extend(value for value in each.values() if isinstance(value, dict | list))
        elif isinstance(each, list):
            waiting.extend(each[:MOST_NODES])


def _kinds(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [each.rpartition("/")[2] for each in kinds if isinstance(each, str)]


def _is_about(node: dict[str, Any], url: str) -> bool:
    """Whether a node says that it is about the page at this address; its host may go by another name."""
    main = node.get("mainEntityOfPage")
    named = [node.get("url"), node.get("@id"), main.get("@id") if isinstance(main, dict) else main]
    ours = of_article(url).partition("/")[2]
    return bool(ours) and any(isinstance(each, str) and of_article(each).partition("/")[2] == ours for each in named)


def _resolved(value: Any, by_id: dict[str, Any]) -> Any:
    if isinstance(value, dict) and set(value) == {"@id"} and isinstance(value["@id"], str):
        return by_id.get(value["@id"], value)
    if isinstance(value, list):
        return [each if isinstance(each, list) else _resolved(each, by_id) for each in value[:50]]
    return value


def _text(value: Any) -> str:
    if isinstance(value, list):
        return next((text for each in value if not isinstance(each, list) and (text := _text(each))), "")
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("alternateName")
    return unescape(value) if isinstance(value, str) else ""


def _name(value: Any) -> str:
    return "" if (text := _text(value)).startswith(("http://", "https://")) else text


def _authors(article: dict[str, Any], metas: dict[str, str], root: Any) -> list[str]:
    given = article.get("author") or article.get("creator") or []
    found = [_name(each) for each in (given if isinstance(given, list) else [given]) if not isinstance(each, list)]
    if not any(found):
        names = (
            "author",
            "article:author",
            "parsely-author",
            "byl",
            "sailthru.author",
            "dc.creator",
            "dcterms.creator",
        )
        found = [next((text for name in names if (text := _name(metas.get(name, "")))), "")]
    if not any(found):
        said = root.xpath("//*[@rel='author' or @itemprop='author' or contains(concat(' ', @class, ' '), ' byline ')]")
        found = [text for each in said[:3] if len(text := _line(each.text_content())) <= 100]
    named = [re.sub(r"^(by|von|par|por|di|door)\s+", "", _line(each), flags=re.IGNORECASE) for each in found]
    return list(dict.fromkeys(each[:100] for each in named if each))[:10]


def _without(publisher: str, title: str) -> str:
    """A title without the site's name behind or before it."""
    title = _line(title)
    parts = SUFFIX.split(title)
    if len(parts) > 1 and publisher:
        for at, rest in ((-1, parts[:-1]), (0, parts[1:])):
            if parts[at].casefold() == publisher.casefold():
                kept = title[: title.rfind(parts[-1])] if at else title[title.find(rest[0], len(parts[0])) :]
                return kept.strip(" \t|·–—-»:")
    return title


def _tag(text: str) -> str:
    tag = text.strip().split(",")[0].partition(".")[0].replace("_", "-")
    return tag if TAG.fullmatch(tag) and len(tag) <= 35 else ""


def _line(text: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())
