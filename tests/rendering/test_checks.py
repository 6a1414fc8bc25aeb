"""What is worked out of a check's document before it stands on a page."""

from typing import Any

import pytest

from factcheck.rendering.articles import findings_of, tally_of
from factcheck.rendering.checks import check_of


def document(rating: str | None, *names: str) -> dict[str, Any]:
    ratings = [{"name": name, "position": number, "hue": "red", "sign": "half"} for number, name in enumerate(names, 1)]
    off = {"name": "Unproven", "position": None, "hue": "violet", "sign": "question"}
    chosen = next((each for each in ratings if each["name"] == rating), off)
    return {
        "claim": {},
        "verdict": {"rating": chosen, "scale": {"ratings": [*ratings, off]}},
        "citations": [],
        "authors": ["Ada", "Bo", "Finn"],
    }


@pytest.mark.parametrize(
    ("rating", "names", "position"),
    [
        ("Half true", ("False", "Mostly false", "Half true", "Mostly true", "True"), "third of five, false to true"),
        ("Wrong", ("Wrong", "Right"), "first of two, wrong to right"),
        ("12", tuple(str(number) for number in range(1, 13)), "12 of 12, 1 to 12"),
        (None, ("Wrong", "Right"), ""),
    ],
)
def test_the_place_on_the_scale_is_told_in_words(rating: str | None, names: tuple[str, ...], position: str) -> None:
    assert check_of(document(rating, *names)).position == position


def test_the_authors_are_told_as_people_are() -> None:
    assert check_of(document(None, "False", "True")).authors == "Ada, Bo and Finn"


def test_a_claim_that_stands_twice_in_an_article_is_one_finding() -> None:
    def claim(path: str, name: str, sign: str, kind: str = "first") -> dict[str, Any]:
        return {
            "path": path,
            "kind": kind,
            "wording": path,
            "claimant": None,
            "said_on": None,
            "rating": {"name": name, "hue": "red", "sign": sign},
        }

    content = {
        "claims": [
            claim("/a/", "True", "full"),
            claim("/b/", "False", "crossed"),
            claim("/a/", "True", "full"),
            claim("/c/", "False", "crossed", "retraction"),
            claim("/d/", "False", "crossed"),
        ]
    }
    assert [(finding.path, finding.highlight) for finding in findings_of(content)] == [
        ("/a/", "1"),
        ("/b/", "2"),
        ("/c/", "4"),
        ("/d/", "5"),
    ]
    assert [(rating["name"], count) for rating, count in tally_of(content)] == [
        ("False", 2),
        ("True", 1),
        ("Retracted", 1),
    ]
