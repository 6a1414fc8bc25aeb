"""What readers find, and the next version of it."""

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.publication.models import ArticlePublication, Publication
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from tests import newsroom


def fresh(verdict: Verdict) -> Verdict:
    return Verdict.objects.get(pk=verdict.pk)


def approve_again(verdict: Verdict, by: User, reviewer: User | None = None, **changes: object) -> Verdict:
    """The verdict changed, handed in and approved."""
    if "rating" in changes:
        changes["rating"] = verdict.scale.ratings.get(name=changes["rating"])
    judging.revise(verdict, by=by, version=fresh(verdict).version, **changes)
    newsroom.approved(verdict, by=by, reviewer=reviewer)
    return fresh(verdict)


def live(claim: Claim) -> Publication:
    return Publication.objects.live().get(claim=claim)


def page_of(article: Article) -> ArticlePublication:
    return ArticlePublication.objects.live().get(article=article)


def told(article: Article) -> list[tuple[str, str]]:
    """Wording and rating of each mark on the article's page."""
    return [(mark["wording"], mark["rating"]["name"]) for mark in page_of(article).content["claims"]]
