import pytest

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.publication import publishing
from factcheck.publication.models import Publication
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.publication.readers import fresh


@pytest.fixture
def article(ada: User) -> Article:
    return newsroom.article(ada)


@pytest.fixture
def claim(ada: User, article: Article) -> Claim:
    claim = newsroom.claim(ada)
    newsroom.highlight(claim, article, "the harbour was dredged in 1921", by=ada)
    return claim


@pytest.fixture
def verdict(claim: Claim, ada: User, bo: User) -> Verdict:
    """Approved, not yet published."""
    made = newsroom.verdict(claim, by=ada)
    newsroom.approved(made, by=ada, reviewer=bo)
    return fresh(made)


@pytest.fixture
def published(verdict: Verdict, cleo: User) -> Publication:
    return publishing.publish(verdict, by=cleo)
