"""What readers can come upon: a published check in an article, and what must never reach them."""

from datetime import date

import pytest
from django.test import Client

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims import highlighting
from factcheck.claims.models import Claim
from factcheck.publication import publishing
from factcheck.publication.models import Publication
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from tests import newsroom


@pytest.fixture
def reader() -> Client:
    """Anybody: no login, no cookie."""
    return Client()


@pytest.fixture
def article(ada: User) -> Article:
    return newsroom.article(ada, url="https://herald.example/harbour", published_on=date(2026, 3, 2))


@pytest.fixture
def claim(ada: User, article: Article) -> Claim:
    made = highlighting.word_claim(
        by=ada,
        wording="The harbour was dredged in 1921.",
        claimant=highlighting.find_or_add_claimant("Maria Mayor", by=ada),
        said_on=date(2026, 3, 1),
        place="at the council",
        topics=highlighting.find_or_add_topics(["Ports"], by=ada),
    )
    newsroom.highlight(made, article, "the harbour was dredged in 1921", by=ada)
    return made


@pytest.fixture
def published(ada: User, bo: User, cleo: User, claim: Claim) -> Publication:
    return newsroom.published(claim, by=ada)


@pytest.fixture
def corrected(ada: User, cleo: User, published: Publication) -> Publication:
    """Version 2 of the check: the verdict changed."""
    verdict = Verdict.objects.get(claim=published.claim)
    judging.revise(
        verdict,
        by=ada,
        version=verdict.version,
        rating=verdict.scale.ratings.get(name="Mostly false"),
        summary="It was dredged in 1931.",
    )
    newsroom.approved(verdict, by=ada)
    return publishing.publish(
        Verdict.objects.get(pk=verdict.pk), by=cleo, kind="correction", reason="We had misread a digit."
    )


@pytest.fixture
def retracted(cleo: User, published: Publication) -> Publication:
    return publishing.retract(published.claim, by=cleo, reason="The register was of another port.")
