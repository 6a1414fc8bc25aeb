"""Warnings of the checklist, answered: why a verdict is handed in all the same. For the reviewer, never for readers."""

from collections.abc import Mapping
from typing import Any

from factcheck.verdicts import checking
from factcheck.verdicts.checking import Point

LONGEST = 500  # characters of a reason


def warnings(content: Mapping[str, Any]) -> list[Point]:
    """What the checklist asks for, does not find, and does not need. content -- the document of a check, read."""
    return [point for point in checking.points(content) if not (point.is_met or point.is_needed)]


def answered(content: Mapping[str, Any], reasons: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each warning as it stands and what was said to it, to be kept with the submission.

    reasons -- by the name of the point. Gives: point (its name), asks, numbers (of citations), reason ("" for none).
    """
    return [
        {
            "point": point.name,
            "asks": point.asks,
            "numbers": list(point.numbers),
            "reason": reasons.get(point.name, "").strip()[:LONGEST],
        }
        for point in warnings(content)
    ]
