"""What a verdict would become if it were published now: a publication that is never saved."""

from django.utils import timezone

from factcheck.articles.models import Article
from factcheck.claims.models import Highlight
from factcheck.publication.addressing import offered_slug
from factcheck.publication.models import Kind, Publication
from factcheck.publication.publishing import approved_submission, live_article_pages
from factcheck.review.documents import hash_of
from factcheck.review.freezing import document_of
from factcheck.verdicts.models import Verdict


def preview_of(verdict: Verdict, *, kind: str = "", reason: str = "") -> Publication:
    """The next version of the claim's check as this verdict would make it, approved or not."""
    live = Publication.objects.filter(claim=verdict.claim_id).live().first()
    document, approved = document_of(verdict), approved_submission(verdict)
    previewed = Publication(
        claim=verdict.claim,
        slug=live.slug if live else offered_slug(verdict.claim),
        version=live.version + 1 if live else 1,
        previous=live,
        kind=Kind.FIRST if live is None else kind or Kind.UPDATE,
        reason=reason if live else "",
        document=document,
        sha256=hash_of(document),
        reviewer=approved.decision.decided_by.byline if approved else "",
        published_at=timezone.now(),
    )
    previewed.address = live.address if live else previewed.slug
    previewed.scale_slug = verdict.scale.scale.slug
    return previewed


def waiting_of(verdict: Verdict) -> Publication | None:
    """The version that this verdict becomes later, if it was set to."""
    waits = Publication.objects.filter(submission__verdict=verdict).waiting().first()
    if waits:
        waits.scale_slug = verdict.scale.scale.slug
    return waits


def articles_of(verdict: Verdict) -> list[tuple[Article, str]]:
    """The articles on the desk in which the claim is marked, each with the address of its page, "" for none yet."""
    marked = Highlight.objects.standing().filter(claim=verdict.claim_id)
    articles = list(Article.objects.on_desk().filter(highlights__in=marked).distinct().order_by("pk"))
    pages = live_article_pages(articles)
    return [(article, pages.get(article.pk, "")) for article in articles]
