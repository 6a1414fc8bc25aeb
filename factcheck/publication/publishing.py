"""Giving a check to the readers, and taking it back: one transaction writes the claim's page and every article's."""

from datetime import UTC
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.articles.models import Article, Rights, Snapshot
from factcheck.claims.models import Claim, Highlight, Placement
from factcheck.history.recording import act
from factcheck.newsroom.models import Settings
from factcheck.notices.models import Kind as Told
from factcheck.notices.telling import tell
from factcheck.publication.addressing import first_slug
from factcheck.publication.claimreview import missing_for_claimreview
from factcheck.publication.models import ArticlePublication, Kind, Publication
from factcheck.review.documents import FORMAT, canonical, hash_of
from factcheck.review.freezing import Incomplete, document_of, lock
from factcheck.review.models import Outcome, Submission
from factcheck.verdicts import stages
from factcheck.verdicts.models import Verdict
from factcheck.verdicts.stages import Stage


class NotApproved(Exception):
    """What the verdict says now has not been approved by a second person."""


class AlreadyPublished(Exception):
    """Readers see exactly this already, or it has been retracted: what comes back must say something else."""


def publish(
    verdict: Verdict,
    *,
    by: User,
    kind: str = Kind.FIRST,
    reason: str = "",
    submission: int | None = None,
    slug: str = "",
) -> Publication:
    """Publish a verdict as approved, and the pages of the articles it stands in, in one transaction.

    submission -- the number of the approved submission that was seen; None for whichever is approved now.
    slug -- where readers find the first version; "" for one made of its words.
    kind -- first for the first version, later one of correction, clarification and update with a public reason.
    Raises PermissionDenied, NotApproved, AlreadyPublished, Incomplete (what ClaimReview lacks), ValidationError.
    """
    require(by, "publish")
    with act("claim.publish", by=by, reason=reason) as publishing:
        verdict = lock(verdict)
        claim = verdict.claim
        publishing.about(verdict, claim)
        approved = approved_submission(verdict)
        if approved is None or submission not in {None, approved.pk}:
            raise NotApproved
        if verdict.stage == Stage.SETTLED:
            raise AlreadyPublished
        if missing := missing_for_claimreview(approved.content, Settings.objects.current()):
            raise Incomplete(missing)
        live = Publication.objects.filter(claim=claim).live().first()
        if live and live.sha256 == approved.sha256:
            raise AlreadyPublished
        _check_kind(kind, reason, live, approved.content)
        publication = Publication.objects.create(
            claim=claim,
            slug=live.slug if live else first_slug(claim, slug),
            version=live.version + 1 if live else 1,
            previous=live,
            kind=kind,
            reason=reason,
            submission=approved,
            document=approved.document,
            sha256=approved.sha256,
            reviewer=approved.decision.decided_by.byline,
            published_by=by,
        )
        stages.check(verdict.stage, Stage.SETTLED)
        Verdict.objects.filter(pk=verdict.pk).update(stage=Stage.SETTLED)
        publishing.about(*_publish_articles_of(claim, by))
        _tell(publication, Told.PUBLISHED, by)
    return publication


def retract(claim: Claim, *, by: User, reason: str) -> Publication:
    """Take a published check back, at once. The page stays and says so. Raises ValidationError, PermissionDenied."""
    require(by, "retract")
    if not reason.strip():
        raise ValidationError({"reason": _("Tell readers why it is retracted.")}, code="required")
    with act("claim.retract", claim, by=by, reason=reason) as retracting:
        Claim.objects.select_for_update().get(pk=claim.pk)
        live = Publication.objects.filter(claim=claim).live().first()
        if live is None or live.is_retracted:
            raise ValidationError(_("There is nothing published to retract."), code="nothing")
        retracting.about(live.submission.verdict)
        retraction = Publication.objects.create(
            claim=claim,
            slug=live.slug,
            version=live.version + 1,
            previous=live,
            kind=Kind.RETRACTION,
            reason=reason,
            submission=live.submission,
            document=live.document,
            sha256=live.sha256,
            reviewer=live.reviewer,
            published_by=by,
        )
        retracting.about(*_publish_articles_of(claim, by))
        _tell(retraction, Told.RETRACTED, by)
    return retraction


def approved_submission(verdict: Verdict) -> Submission | None:
    """The submission that was approved, if the verdict still says the same and its claim is on the desk; None otherwise."""
    last = Submission.objects.latest_of(verdict)
    approved = verdict.stage in {Stage.APPROVED, Stage.SETTLED}
    if last is None or not approved or not hasattr(last, "decision") or verdict.claim.trashed_at:
        return None
    if last.decision.outcome != Outcome.APPROVE or hash_of(document_of(verdict)) != last.sha256:
        return None
    return last


def publish_article(article: Article, *, by: User) -> ArticlePublication | None:
    """Make the next version of an article's page from what is published now; None when readers would see no difference."""
    require(by, "publish")
    with act("article.publish", article, by=by):
        return _publish_article(article, by, Snapshot.objects.latest_of(article))


def page_is_behind(article: Article) -> bool:
    """Whether the article's page would look different if it were published now."""
    document, shown = article_document(article, Snapshot.objects.latest_of(article))
    live = ArticlePublication.objects.filter(article=article).live().first()
    return bool(shown or live) and (live is None or live.document != document)


def article_document(article: Article, snapshot: Snapshot) -> tuple[str, list[Publication]]:
    """The document of an article's page, canonical, and the publications it shows.

    Keys: format, article (title, publisher, author, url, language, published_on, rights), snapshot (number, sha256,
    taken_on), claims (in reading order: path, version, wording, claimant, said_on, kind, rating name, hue and sign,
    passages as [start, end] in code points). The text itself stands in the snapshot, which never changes.
    """
    placements = list(Placement.objects.current_in(snapshot).select_related("highlight__claim", "highlight__claimant"))
    claims = {placement.highlight.claim_id for placement in placements}
    live = {
        publication.claim_id: publication
        for publication in Publication.objects.filter(claim__in=claims).live().with_text()
    }
    marks = [
        _mark(live[placement.highlight.claim_id], placement)
        for placement in sorted(placements, key=lambda placement: (placement.spans(), placement.pk))
        if placement.highlight.claim_id in live
    ]
    document = canonical({
        "format": FORMAT,
        "article": {
            "title": article.title,
            "publisher": article.publisher,
            "author": article.author,
            "url": article.url,
            "language": article.language,
            "published_on": article.published_on and article.published_on.isoformat(),
            "rights": Rights(article.rights).value,
        },
        "snapshot": {
            "number": snapshot.number,
            "sha256": snapshot.sha256,
            "taken_on": snapshot.taken_at.astimezone(UTC).date().isoformat(),
        },
        "claims": marks,
    })  # fmt: skip
    return document, list(live.values())


def _mark(publication: Publication, placement: Placement) -> dict[str, Any]:
    claim, rating = (
        publication.content["claim"],
        publication.content["verdict"]["rating"],
    )
    highlight = placement.highlight
    claimant = highlight.claimant.name if highlight.claimant else claim["claimant"] and claim["claimant"]["name"]
    return {
        "publication": publication.pk,
        "path": publication.path,
        "version": publication.version,
        "kind": publication.kind,
        "wording": claim["wording"],
        "claimant": claimant,
        "said_on": highlight.said_on.isoformat() if highlight.said_on else claim["said_on"],
        "rating": {name: rating[name] for name in ("name", "hue", "sign")},
        "summary": publication.content["verdict"]["summary"],
        "passages": [list(span) for span in placement.spans()],
    }


def live_article_pages(articles: list[Article]) -> dict[int, str]:
    """The addresses of these articles' pages, for those that have one."""
    pages = ArticlePublication.objects.filter(article__in=articles).live().defer("document")
    return {page.article_id: page.get_absolute_url() for page in pages}


def _publish_articles_of(claim: Claim, by: User) -> list[Article]:
    """The pages of the articles on the desk in which it is marked, and of those whose page shows it, wherever they are."""
    marked = Article.objects.on_desk().filter(highlights__in=Highlight.objects.standing().filter(claim=claim))
    shown = ArticlePublication.objects.live().filter(shown__claim=claim)
    touched = Q(pk__in=marked.values("pk")) | Q(pk__in=shown.values("article"))
    articles = list(Article.objects.filter(touched).order_by("pk"))
    # All of them before the first is written, so that nobody who waits here holds what others need for theirs.
    for article in articles:
        _one_at_a_time(article)
    return [article for article in articles if _publish_article(article, by)]


def _publish_article(article: Article, by: User, snapshot: Snapshot | None = None) -> ArticlePublication | None:
    """snapshot -- the text that readers see from now on; None for the one that they see, which only a publisher changes."""
    _one_at_a_time(article)
    article = Article.objects.get(pk=article.pk)
    snapshot = snapshot or _snapshot_shown(article)
    document, shown = article_document(article, snapshot)
    live = ArticlePublication.objects.filter(article=article).live().first()
    if (live and live.document == document) or not (shown or live):
        return None
    return ArticlePublication.objects.create(
        article=article,
        slug=live.slug if live else first_slug(article),
        version=live.version + 1 if live else 1,
        snapshot=snapshot,
        document=document,
        sha256=hash_of(document),
        published_by=by,
    )


def _snapshot_shown(article: Article) -> Snapshot:
    """The text that the article's page shows; the newest while there is no page."""
    live = ArticlePublication.objects.filter(article=article).live().select_related("snapshot").first()
    return live.snapshot if live else Snapshot.objects.latest_of(article)


def _one_at_a_time(article: Article) -> None:
    """Claims of one article can be published at the same moment; each page must show what the one before it showed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('article page'), %s)", [article.pk])


def _tell(publication: Publication, kind: Told, by: User) -> None:
    """Whoever worked on the check, and who approved it."""
    submission = publication.submission
    people = [*submission.workers(), submission.decision.decided_by]
    tell(people, kind, by=by, words=publication.content["claim"]["wording"], path=publication.claim.get_absolute_url())


def _check_kind(kind: str, reason: str, live: Publication | None, content: dict[str, Any]) -> None:
    if live is None:
        if kind != Kind.FIRST:
            raise ValidationError(
                {"kind": _("Nothing is published yet: this is the first publication.")},
                code="first",
            )
        return
    if kind not in {Kind.CORRECTION, Kind.CLARIFICATION, Kind.UPDATE}:
        raise ValidationError({"kind": _("Say what kind of change this is.")}, code="kind")
    if not reason.strip():
        raise ValidationError({"reason": _("Tell readers what changed and why.")}, code="required")
    same_rating = live.content["verdict"]["rating"]["name"] == content["verdict"]["rating"]["name"]
    if kind == Kind.CLARIFICATION and not same_rating:
        raise ValidationError(
            {"kind": _("The verdict changes, so this is no clarification.")},
            code="kind",
        )
    if kind == Kind.CORRECTION and same_rating and not live.is_retracted:
        raise ValidationError(
            {"kind": _("The verdict stays the same, so this is no correction.")},
            code="kind",
        )
