"""What differs between two documents of checks, field by field, as people read them."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from factcheck.claims.models import ClaimantKind
from factcheck.rendering.differences import merged
from factcheck.sources.models import SourceKind
from factcheck.verdicts.models import Stance


class Compared(NamedTuple):
    """A field in which two documents differ: what goes in <del>, what comes in <ins>."""

    name: str
    label: str
    html: SafeString
    kind: Literal["changed", "added", "removed"]


type Draw = Callable[[str, str], SafeString]
type Field = tuple[str, str]  # its name and its label


def compared(old: dict[str, Any], new: dict[str, Any], draw: Draw = merged) -> list[Compared]:
    """What is different in the newer of two documents (see review.freezing.document_of for their keys), in reading order.

    draw -- makes HTML of a field's old and new text.
    """
    old, new = _besides_common_sources(old, new)
    found = fields_compared(dict(_fields(old)), dict(_fields(new)), draw)
    return sorted(found, key=lambda each: _place(each.name))


def fields_compared(before: dict[Field, str], after: dict[Field, str], draw: Draw = merged) -> list[Compared]:
    """The fields of which the texts differ, in the order in which they first stand."""
    found = []
    for name, label in {**before, **after}:
        was, becomes = before.get((name, label), ""), after.get((name, label), "")
        if was != becomes:
            kind: Literal["changed", "added", "removed"] = (
                "changed" if was and becomes else "added" if becomes else "removed"
            )
            found.append(Compared(name, label, draw(was, becomes), kind))
    return found


def _besides_common_sources(old: dict[str, Any], new: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both without the citations that are the same in both: there may be many, and they need not be put into words."""
    was, becomes = ({each["number"]: each for each in content["citations"]} for content in (old, new))
    return (
        old | {"citations": [each for number, each in was.items() if each != becomes.get(number)]},
        new | {"citations": [each for number, each in becomes.items() if each != was.get(number)]},
    )


# Sources come and go, the other fields are always the same.
_ORDER = (
    "wording", "claimant", "said_on", "place", "topics", "rating", "scale", "summary", "rationale", "source", "authors", "language",
)  # fmt: skip


def _place(name: str) -> tuple[int, int]:
    kind, _dash, number = name.partition("-")
    return _ORDER.index(kind), int(number or 0)


def _fields(content: dict[str, Any]) -> Iterator[tuple[Field, str]]:
    """((name, label), text) of each field."""
    claim, verdict = content["claim"], content["verdict"]
    claimant, rating, scale = claim["claimant"], verdict["rating"], verdict["scale"]
    yield ("wording", _("The claim")), claim["wording"]
    yield (
        ("claimant", _("Who claims it")),
        lines(
            claimant and ", ".join(filter(None, [claimant["name"], claimant["description"]])),
            claimant and claimant["kind"] != ClaimantKind.PERSON and str(ClaimantKind(claimant["kind"]).label),
            claimant and claimant["same_as"],
        ),
    )
    yield ("said_on", _("Said on")), day_told(claim["said_on"])
    yield ("place", _("Where it was said")), claim["place"]
    yield ("topics", _("Topics")), ", ".join(claim["topics"])
    yield ("rating", _("Rating")), rating["name"] if rating else ""
    # Two versions of a scale may have the same name and differ in what they say of a rating.
    yield (
        ("scale", _("Scale")),
        lines(
            f"{scale['name']} ({scale['number']})",
            *(f"{each['name']}: {each['definition']}" for each in scale["ratings"]),
        ),
    )
    yield ("summary", _("Summary")), verdict["summary"]
    yield ("rationale", _("Rationale")), verdict["rationale"]
    for citation in content["citations"]:
        number, source = citation["number"], citation["source"]
        yield (
            (f"source-{number}", _("Source [%(n)d]") % {"n": number}),
            lines(
                str(dict(Stance.choices).get(citation["stance"], "")),
                source["title"],
                " · ".join(
                    filter(None, [source["publisher"], _kind(source["kind"]), day_told(source["published_on"])])
                ),
                source["url"],
                citation["quoted"] and f"“{citation['quoted']}”",
                citation["note"],
                citation["read_on"] and pgettext("a source, on a day", "read") + f" {day_told(citation['read_on'])}",
            ),
        )
    yield ("authors", _("Authors")), ", ".join(content["authors"])
    yield ("language", _("Language")), content["language"]


def lines(*told: Any) -> str:
    """What there is of it, a line each."""
    return "\n".join(line for line in told if line)


def _kind(kind: str) -> str:
    return str(dict(SourceKind.choices).get(kind, ""))


def day_told(day: str | None) -> str:
    """A day from ISO 8601 as people write it; "" for none."""
    return date_format(date.fromisoformat(day)) if day else ""
