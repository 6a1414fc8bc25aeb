"""The document of a check, made ready for a page: what the template would have to work out, worked out."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from factcheck.sources.models import SourceKind
from factcheck.verdicts.models import Stance

NO_VERDICT = "none"  # the sign of what has no verdict, or none any more


@dataclass(frozen=True)
class Check:
    """A check as readers see it. `claim`, `verdict` and the citations are parts of the document (review.freezing)."""

    claim: dict[str, Any]
    verdict: dict[str, Any]
    rating: dict[str, Any]
    scale: list[dict[str, Any]]
    position: str
    grounds: list[tuple[str, str, list[dict[str, Any]]]]
    authors: str


def check_of(content: dict[str, Any]) -> Check:
    """The document of a check (see review.freezing.document_of for its keys) for the template public/check.html.

    `scale` and `position` are empty for a rating that stands off the scale; `grounds` are the citations by stance:
    (stance, its name, citations).
    """
    verdict = content["verdict"]
    rating = verdict["rating"]
    on_scale = rating["position"] is not None
    steps = [step for step in verdict["scale"]["ratings"] if step["position"] is not None] if on_scale else []
    return Check(
        claim=content["claim"],
        verdict=verdict,
        rating=rating,
        scale=steps,
        position=_position(rating, steps) if steps else "",
        grounds=_grounds(content["citations"]),
        authors=get_text_list(content["authors"], _("and")),
    )


def rating_shown(rating: dict[str, Any], *, retracted: bool) -> dict[str, Any]:
    """The rating that stands for a check: of a retracted one, that it was retracted."""
    return {"name": _("Retracted"), "hue": "grey", "sign": NO_VERDICT} if retracted else rating


def _position(rating: dict[str, Any], steps: list[dict[str, Any]]) -> str:
    """Where a rating stands, in words: "third of five, false to true"."""
    ordinals = [
        _("first"), _("second"), _("third"), _("fourth"), _("fifth"),
        _("sixth"), _("seventh"), _("eighth"), _("ninth"), _("tenth"),
    ]  # fmt: skip
    numbers = [
        _("one"), _("two"), _("three"), _("four"), _("five"),
        _("six"), _("seven"), _("eight"), _("nine"), _("ten"),
    ]  # fmt: skip
    place, count = [step["name"] for step in steps].index(rating["name"]), len(steps)
    return _("%(place)s of %(count)s, %(worst)s to %(best)s") % {
        "place": ordinals[place] if place < len(ordinals) else place + 1,
        "count": numbers[count - 1] if count <= len(numbers) else count,
        "worst": steps[0]["name"].lower(),
        "best": steps[-1]["name"].lower(),
    }


def _grounds(citations: list[dict[str, Any]]) -> list[tuple[str, str, list[dict[str, Any]]]]:
    names = {Stance.SUPPORTS: _("Supports"), Stance.REFUTES: _("Refutes"), Stance.CONTEXT: _("Context")}
    kinds = dict(SourceKind.choices)
    told = [
        citation | {"source": citation["source"] | {"kind": kinds.get(citation["source"]["kind"], "")}}
        for citation in citations
    ]
    return [
        (stance.value, name, of_stance)
        for stance, name in names.items()
        if (of_stance := [citation for citation in told if citation["stance"] == stance])
    ]
