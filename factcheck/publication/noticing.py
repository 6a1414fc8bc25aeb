"""Telling readers that an article has changed since the text that was checked, without touching what was published."""

from datetime import UTC
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.anchoring.locating import Status
from factcheck.articles.models import Article, Snapshot
from factcheck.claims.models import Placement
from factcheck.history.recording import act
from factcheck.publication.models import ArticlePublication, ChangeNotice
from factcheck.review.documents import FORMAT, canonical, hash_of


def tell_readers(article: Article, *, by: User) -> ChangeNotice:
    """Say on the article's page that its text has changed since, with what became of each statement that was checked.

    What readers are told is a publisher's to say, so taking a text in does not do it by itself.
    Raises PermissionDenied; ValidationError when there is no page, or nothing that readers do not know.
    """
    require(by, "publish")
    with act("article.tell_of_change", article, by=by):
        # One at a time: of two clicks, the second has nothing to tell.
        Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        page = ArticlePublication.objects.filter(article=article).live().select_related("snapshot").first()
        document = change_document(page) if page else None
        if page is None or document is None or document == told_now(page):
            raise ValidationError(_("There is nothing that readers have not been told already."), code="nothing")
        return ChangeNotice.objects.create(
            article=article,
            checked=page.snapshot,
            now=Snapshot.objects.latest_of(article),
            document=document,
            sha256=hash_of(document),
            told_by=by,
        )


def told_now(page: ArticlePublication) -> str:
    """The document of what readers of this page are told now; "" when nothing."""
    last = ChangeNotice.objects.filter(checked=page.snapshot_id).order_by("-pk").first()
    return last.document if last else ""


def change_document(page: ArticlePublication) -> str | None:
    """What readers of a page would be told, canonical; None while the text that it shows is the article's newest.

    Keys: format, checked and now (number, sha256, taken_on of the two snapshots), restored (whether both say the same), claims
    (of those that the page shows, in its order: path, wording, state, was, now). state -- same, edited, gone, or open
    while somebody has still to look; was, now -- the words then and now, now "" for gone and open.
    """
    newest = Snapshot.objects.latest_of(page.article)
    checked = page.snapshot
    if newest.number <= checked.number:
        return None
    before = {
        (each.highlight.claim_id, each.highlight_id): each
        for each in Placement.objects.filter(snapshot=checked).of_standing().last_placed().select_related("highlight")
    }
    last = {each.highlight_id: each for each in Placement.objects.filter(highlight__article=page.article_id).newest()}
    claims = {each.pk: each.claim_id for each in page.shown.all()}
    states = []
    for told in page.content["claims"]:
        spans = [tuple(span) for span in told["passages"]]
        claim = claims.get(told["publication"])
        mark = next((mark for (of, mark), each in before.items() if of == claim and each.spans() == spans), None)
        states.append(_state(told, before.get((claim or 0, mark or 0)), last.get(mark or 0), newest))
    return canonical({
        "format": FORMAT,
        "checked": _told(checked),
        "now": _told(newest),
        "restored": newest.sha256 == checked.sha256,
        "claims": states,
    })  # fmt: skip


def _state(told: dict[str, Any], before: Placement | None, last: Placement | None, newest: Snapshot) -> dict[str, Any]:
    was = before.words if before else ""
    if last is None or before is None or last.snapshot_id != newest.pk or last.waits:
        state, now = "open", ""
    elif last.status == Status.GONE:
        state, now = "gone", ""
    else:
        state, now = ("same" if last.words == was else "edited"), last.words
    return {"path": told["path"], "wording": told["wording"], "state": state, "was": was, "now": now}


def _told(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "number": snapshot.number,
        "sha256": snapshot.sha256,
        "taken_on": snapshot.taken_at.astimezone(UTC).date().isoformat(),
    }
