"""What readers are told of an article that has changed since it was checked, made from the notice and the two texts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.safestring import SafeString

from factcheck.articles.models import Rights, Snapshot
from factcheck.publication.models import ArticlePublication
from factcheck.rendering.differences import merged
from factcheck.rendering.rewriting import Rewritten, between


@dataclass(frozen=True)
class Statement:
    """A statement that was checked, and what became of it: `html` has the words that differ marked."""

    path: str
    wording: str
    state: str
    html: SafeString


@dataclass(frozen=True)
class Change:
    """`content`: see publication.noticing.change_document for its keys. difference -- where the whole text may be shown."""

    content: dict[str, Any]
    statements: list[Statement]
    unchanged: int
    difference: Rewritten | None


def change_of(page: ArticlePublication, addresses: Mapping[str, str]) -> Change | None:
    """What readers of the page, found with_changes, are told; None for nothing, also when the text is again as it was checked.

    addresses -- where checks are found now, by the paths by which documents name them.
    """
    return change_foreseen(page, page.change_told, addresses) if page.change_told else None


def change_foreseen(
    page: ArticlePublication, document: str, addresses: Mapping[str, str] = MappingProxyType({})
) -> Change | None:
    """The same for a notice that is not there yet."""
    content = json.loads(document)
    if content["restored"]:
        return None
    statements = [
        Statement(
            addresses.get(each["path"], each["path"]), each["wording"], each["state"], merged(each["was"], each["now"])
        )
        for each in content["claims"]
        if each["state"] != "same"
    ]
    difference = None
    if page.content["article"]["rights"] == Rights.FULL:
        now = Snapshot.objects.get(article=page.article_id, number=content["now"]["number"])
        difference = between(page.snapshot, now)
    return Change(content, statements, len(content["claims"]) - len(statements), difference)
