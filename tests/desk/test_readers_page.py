"""A publisher sees whether an article's page for readers shows what stands on the desk."""

from django.urls import reverse

from factcheck.accounts.models import User
from factcheck.claims import highlighting
from factcheck.publication.models import ArticlePublication
from tests import newsroom
from tests.desk.conftest import Desk


def test_a_page_that_is_behind_is_brought_up_to_date(desk: Desk, ada: User, cleo: User) -> None:
    article, claim = newsroom.article(ada), newsroom.claim(ada)
    path = reverse("desk:article-publication", args=[article.pk])
    client = desk(cleo)
    assert "There is none yet" in client.get(path).content.decode()
    mark = newsroom.highlight(claim, article, "dredged in 1921", by=ada)
    newsroom.published(claim, by=ada)
    assert "It is up to date" in client.get(path).content.decode()
    highlighting.take_away(mark, by=ada)
    assert "Bring it up to date" in client.get(path).content.decode()
    client.post(path)
    assert "It is up to date" in client.get(path).content.decode()
    assert ArticlePublication.objects.filter(article=article).count() == 2
