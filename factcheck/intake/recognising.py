"""Whether an article is on the desk already, under this address or another of its own."""

import re
from collections.abc import Iterable

from django.db.models import Q

from factcheck.articles.models import Article
from factcheck.web.addresses import of_article

WORDS = re.compile(r"[A-Za-z0-9_-]+")
# More articles with the same word in their addresses than this are not looked through.
MOST = 500


def known_at(addresses: Iterable[str]) -> Article | None:
    """The newest article that has one of these addresses, or was fetched from one; those in the trash too."""
    forms = {form for address in addresses if (form := of_article(address)) and "." in form}
    for form in sorted(forms):
        # The longest word of an address stands in all its forms; the database finds it, we compare.
        host, _slash, path = re.sub(r"%[0-9A-F]{2}", " ", form).partition("/")
        word = max(WORDS.findall(path) or [host], key=len)
        like = (
            Q(url__icontains=word)
            | Q(snapshots__original__url__icontains=word)
            | Q(snapshots__original__asked__icontains=word)
        )
        found = Article.objects.filter(like).order_by("-id").values_list(
            "pk", "url", "snapshots__original__url", "snapshots__original__asked"
        )  # fmt: skip
        for pk, *theirs in found[:MOST]:
            if any(address and of_article(address) in forms for address in theirs):
                return Article.objects.get(pk=pk)
    return None
