"""What differs between two versions of an article's page: which claims came, went or are told otherwise, and the text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from factcheck.articles.models import Rights
from factcheck.publication.models import ArticlePublication, Kind
from factcheck.rendering.checks import rating_shown
from factcheck.rendering.comparing import Compared, Draw, Field, day_told, fields_compared, lines
from factcheck.rendering.differences import said


@dataclass(frozen=True)
class ClaimCompared:
    """A claim on the page of an article that came, went or is told otherwise; `rating` is the one it has, or had."""

    path: str
    wording: str
    kind: Literal["changed", "added", "removed"]
    rating: dict[str, Any]
    fields: list[Compared]


@dataclass(frozen=True)
class PageCompared:
    """`text` is empty where the texts are the same, or where readers may not be shown the whole of them."""

    article: list[Compared]
    claims: list[ClaimCompared]
    text: SafeString
    has_other_text: bool

    @property
    def by_kind(self) -> list[tuple[str, str, list[ClaimCompared]]]:
        names = {"added": _("Claims added"), "changed": _("Claims changed"), "removed": _("Claims taken off")}
        return [
            (kind, name, of_kind)
            for kind, name in names.items()
            if (of_kind := [claim for claim in self.claims if claim.kind == kind])
        ]

    def __bool__(self) -> bool:
        return bool(self.article or self.claims or self.has_other_text)


AROUND = 200  # characters of a text that stay beside what differs


def pages_compared(
    old: ArticlePublication, new: ArticlePublication, addresses: Mapping[str, str], draw: Draw
) -> PageCompared:
    """What readers would see to be different. Of a text they see no more than on the two pages themselves.

    addresses -- where the checks are found now, by the paths in the documents; draw -- see comparing.compared.
    """
    other_text = old.snapshot.sha256 != new.snapshot.sha256
    there = not any(hasattr(page.snapshot, "tombstone") for page in (old, new))
    is_free = there and all(page.content["article"]["rights"] == Rights.FULL for page in (old, new))
    before, after = _claims(old), _claims(new)
    claims: list[ClaimCompared] = []
    for path in {**after, **before}:
        was, becomes = before.get(path), after.get(path)
        stands = becomes or was or []
        fields = fields_compared(dict(_told(was or [], _text(old))), dict(_told(becomes or [], _text(new))), draw)
        if not fields:
            continue
        kind: Literal["changed", "added", "removed"] = (
            "changed" if was and becomes else "added" if becomes else "removed"
        )
        rating = rating_shown(stands[0]["rating"], retracted=stands[0]["kind"] == Kind.RETRACTION)
        claims.append(
            ClaimCompared(
                addresses.get(path, path), stands[0]["wording"], kind, rating, fields if kind == "changed" else []
            )
        )
    return PageCompared(
        article=fields_compared(dict(_article(old.content)), dict(_article(new.content)), draw),
        claims=claims,
        text=said(old.snapshot.text, new.snapshot.text, around=AROUND) if other_text and is_free else SafeString(""),
        has_other_text=other_text,
    )


def _text(page: ArticlePublication) -> str:
    """What stands in the text; nothing where it has been taken away."""
    return "" if hasattr(page.snapshot, "tombstone") else page.snapshot.text


def _claims(page: ArticlePublication) -> dict[str, list[dict[str, Any]]]:
    """What the page tells of each claim, by its path: once for each of its highlights."""
    told: dict[str, list[dict[str, Any]]] = {}
    for claim in page.content["claims"]:
        told.setdefault(claim["path"], []).append(claim)
    return told


def _told(claims: list[dict[str, Any]], text: str) -> Iterator[tuple[Field, str]]:
    if not claims:
        return
    claim = claims[0]
    yield ("wording", _("The claim")), claim["wording"]
    yield ("claimant", _("Who claims it")), claim["claimant"] or ""
    yield ("said_on", _("Said on")), day_told(claim["said_on"])
    yield ("rating", _("Rating")), rating_shown(claim["rating"], retracted=claim["kind"] == Kind.RETRACTION)["name"]
    yield ("summary", _("Summary")), claim["summary"]
    yield ("version", _("Version of the check")), str(claim["version"])
    # Of each highlight the words that are shown, not where they stand: a text that was taken in again may be longer.
    yield (
        ("passages", _("Words in the article")),
        lines(*(" […] ".join(text[start:end] for start, end in each["passages"]) for each in claims)),
    )


def _article(content: dict[str, Any]) -> Iterator[tuple[Field, str]]:
    article, snapshot = content["article"], content["snapshot"]
    yield ("title", _("Title")), article["title"]
    yield ("publisher", _("Publisher")), article["publisher"]
    yield ("author", _("Author")), article["author"]
    yield ("url", _("Address")), article["url"]
    yield ("language", _("Language")), article["language"]
    yield ("published_on", _("Published on")), day_told(article["published_on"])
    yield ("rights", _("What is shown of the text")), str(dict(Rights.choices).get(article["rights"], ""))
    yield ("snapshot", _("Text as taken in")), f"{snapshot['number']}, {day_told(snapshot['taken_on'])}"
