"""What a verdict should have before it goes on: one list, for who writes it and for who reviews it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from factcheck.sources.models import SourceKind

# What tells a thing itself, not what somebody else tells of it.
PRIMARY = frozenset({SourceKind.PRIMARY, SourceKind.DATASET, SourceKind.OFFICIAL, SourceKind.INTERVIEW})
_REFERENCE = re.compile(r'href="#source-(\d+)"')


@dataclass(frozen=True)
class Point:
    """One line of the checklist."""

    name: str
    says: str  # what is so when it is met
    asks: str  # what to do when it is not
    is_met: bool
    is_needed: bool = False  # the verdict is not taken without it
    numbers: tuple[int, ...] = ()  # of the citations that it is not met by


def points(content: Mapping[str, Any]) -> list[Point]:
    """The checklist of a check.

    content -- its document, read, as review.freezing.document_of makes it; nothing else is looked at.
    """
    claim, verdict, citations = content["claim"], content["verdict"], content["citations"]
    rating = verdict["rating"]
    numbers = [citation["number"] for citation in citations]
    referred = {int(number) for number in _REFERENCE.findall(verdict["html"])}
    unknown = tuple(sorted(referred.difference(numbers))) if citations else ()
    unused = tuple(number for number in numbers if number not in referred)
    bare = tuple(
        citation["number"] for citation in citations if not (citation["stance"] and citation["quoted"].strip())
    )
    told_twice = rating is not None and claim["wording"].casefold().startswith(f"{rating['name']}:".casefold())
    return [
        Point("rating", _("There is a rating."), _("Choose a rating."), rating is not None, True),
        Point(
            "summary",
            _("The finding stands in one sentence."),
            _("Write the finding in one sentence."),
            bool(verdict["summary"].strip()),
            True,
        ),
        Point(
            "rationale",
            _("The rationale says why."),
            _("Write why: the rationale is empty."),
            bool(verdict["rationale"].strip()),
            True,
        ),
        Point("sources", _("Sources are cited."), _("Cite at least one source."), bool(citations), True),
        Point(
            "wording",
            _("The claim’s wording does not give the rating away."),
            _("Take the rating out of the claim’s wording: readers would hear it twice."),
            rating is None or not _holds(claim["wording"], rating["name"]),
            told_twice,
        ),
        *(
            Point(
                "references",
                "",
                _("The rationale refers to [%(number)s], which is not among the sources.") % {"number": number},
                False,
                True,
            )
            for number in unknown
        ),
        Point(
            "claimant",
            _("It is said who claims it."),
            _("Say who claims it, or make sure that nobody can be named."),
            claim["claimant"] is not None,
        ),
        Point(
            "said_on", _("It is said when it was claimed."), _("Find out when it was claimed."), bool(claim["said_on"])
        ),
        Point(
            "primary",
            _("A primary source is among them."),
            _("Look for a primary source: a document, data, a statement or an interview."),
            any(citation["source"]["kind"] in PRIMARY for citation in citations),
        ),
        Point(
            "quoted",
            _("Each citation has its stance and the words quoted."),
            _("Quote the words that are relied on."),
            bool(citations) and not bare,
            numbers=bare,
        ),
        Point(
            "used",
            _("The rationale refers to each source."),
            _("Refer to each source in the rationale, or take it out."),
            bool(citations) and not unused,
            numbers=unused,
        ),
    ]


def missing(content: Mapping[str, Any]) -> list[str]:
    """What is needed and not there, a sentence each."""
    return [point.asks for point in points(content) if point.is_needed and not point.is_met]


def _holds(wording: str, name: str) -> bool:
    """Whether the rating's name stands in the wording, as words of its own."""
    return bool(re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", wording.casefold()))
