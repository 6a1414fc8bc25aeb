"""What is only ever added to is found and read here, and changed by no request."""

import pytest
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factcheck.accounts.models import User
from factcheck.articles.models import Article, Snapshot
from factcheck.claims.models import Claim, Claimant, Placement, Topic
from factcheck.history.models import Entry, RowChange
from factcheck.newsroom.models import Settings
from factcheck.publication.models import ArticlePublication, Publication
from factcheck.review.models import Decision, Submission
from factcheck.sources.models import Source
from factcheck.verdicts.models import ScaleVersion
from tests import newsroom

RECORDS = [Entry, RowChange, Submission, Decision, Publication, ArticlePublication, Snapshot, Placement]
LISTS = [User, Settings, ScaleVersion, Article, Claim, Claimant, Topic, Source, *RECORDS]
MOST_QUERIES = 12


def base(model: type[models.Model]) -> str:
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


def check(number: int, ada: User) -> Publication:
    article = newsroom.article(ada, title=f"Article {number}")
    claim = newsroom.claim(ada, wording=f"The harbour was dredged in {number}.", claimant=f"Mayor {number}")
    newsroom.highlight(claim, article, "the harbour was dredged in 1921", by=ada)
    return newsroom.published(claim, by=ada)


@pytest.fixture
def published(ada: User) -> Publication:
    return check(1, ada)


@pytest.mark.parametrize("model", RECORDS)
def test_it_is_found_and_read(model: type[models.Model], office: Client, published: Publication) -> None:
    record = model._default_manager.order_by("pk").first()
    assert record
    assert office.get(base(model)).status_code == 200
    assert office.get(f"{base(model)}{record.pk}/change/").status_code == 200
    assert office.get(f"{base(model)}{record.pk}/history/").status_code == 200


@pytest.mark.parametrize("model", LISTS)
def test_a_list_takes_as_many_queries_for_three_as_for_one(
    model: type[models.Model], office: Client, ada: User
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert office.get(base(model)).status_code == 200
        return len(seen)

    check(1, ada)
    office.get(base(model))
    for_one = queries()
    for number in (2, 3):
        check(number, ada)
    assert queries() <= for_one <= MOST_QUERIES


def test_one_act_shows_the_rows_it_changed(office: Client, published: Publication) -> None:
    entry = Entry.objects.filter(act="claim.word").latest("at")
    page = office.get(f"/admin/history/entry/{entry.pk}/change/").content.decode()
    assert "claims_claim" in page
    assert "The harbour was dredged in 1." in page


def test_the_history_is_searched_for_one_record(office: Client, published: Publication) -> None:
    page = office.get(f"/admin/history/entry/?q=claim:{published.claim_id}").content.decode()
    assert "claim.word" in page
    assert "article.take_in" not in page


def test_a_records_own_history_is_told(office: Client, published: Publication) -> None:
    page = office.get(f"/admin/claims/claim/{published.claim_id}/history/").content.decode()
    assert "added the claim" in page
    assert "Ada" in page


def test_nothing_is_written_into_the_admins_own_log(office: Client, both: Client) -> None:
    from django.contrib.admin.models import LogEntry

    assert not LogEntry.objects.exists()
