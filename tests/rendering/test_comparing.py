"""What differs between two documents of a check."""

from copy import deepcopy
from typing import Any

from factcheck.rendering.comparing import compared

DOCUMENT: dict[str, Any] = {
    "format": 1,
    "language": "en",
    "claim": {"id": 1, "wording": "The harbour was dredged.", "claimant": None, "said_on": None, "place": "", "topics": []},
    "verdict": {
        "rating": {"position": 1, "name": "True", "definition": "So.", "hue": "green", "sign": "full"},
        "scale": {"name": "Scale", "number": 1, "ratings": []},
        "summary": "The register says so.",
        "rationale": "It lists it [1].",
        "html": "<p>It lists it.</p>",
    },
    "citations": [
        {
            "number": 1, "stance": "supports", "quoted": "", "note": "", "read_on": None,
            "source": {"url": "", "title": "Register", "publisher": "Port", "kind": "primary", "published_on": None},
        }
    ],
    "authors": ["Ada"],
}  # fmt: skip


def test_the_same_does_not_differ() -> None:
    assert compared(DOCUMENT, deepcopy(DOCUMENT)) == []


def test_each_field_that_differs_is_told_word_by_word_in_reading_order() -> None:
    new = deepcopy(DOCUMENT)
    new["claim"]["said_on"] = "1921-05-01"
    new["verdict"]["summary"] = "The register says nothing."
    found = compared(DOCUMENT, new)
    assert [(each.name, each.kind) for each in found] == [("said_on", "added"), ("summary", "changed")]
    assert found[1].html == "The register says <del>so</del><ins>nothing</ins>."


def test_sources_come_and_go_by_their_numbers() -> None:
    new = deepcopy(DOCUMENT)
    new["citations"] = [deepcopy(DOCUMENT["citations"][0]) | {"number": 12}]
    assert [(each.name, each.kind) for each in compared(DOCUMENT, new)] == [
        ("source-1", "removed"),
        ("source-12", "added"),
    ]


def test_what_stands_in_a_document_is_no_html() -> None:
    new = deepcopy(DOCUMENT)
    new["verdict"]["summary"] = "<script>"
    assert "<script>" not in compared(DOCUMENT, new)[0].html
