"""Every page for readers is made again from what was published, byte for byte, whatever the desk has done since."""

import pytest
from django.test import Client

from factcheck.accounts.models import User
from factcheck.articles import importing
from factcheck.articles.models import Article
from factcheck.claims import highlighting
from factcheck.claims.models import Claim
from factcheck.publication import correcting, publishing
from factcheck.publication.models import Publication
from factcheck.sources import keeping
from factcheck.sources.models import Source
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.database import raw
from tests.public.pages import Page

# Every word and day of every row that the desk may change, as it would be if all of them had been edited.
EDITS = (
    "UPDATE claims_claim SET wording = 'SECRET', place = 'SECRET', said_on = '1999-01-01'",
    "UPDATE claims_claimant SET name = 'SECRET ' || id, description = 'SECRET', same_as = ''",
    "UPDATE claims_topic SET name = 'SECRET ' || id",
    "UPDATE verdicts_verdict SET summary = 'SECRET', rationale = 'SECRET', rationale_html = 'SECRET', rating_id = NULL",
    "UPDATE verdicts_citation SET quoted = 'SECRET', note = 'SECRET', read_on = NULL, stance = 'refutes'",
    "UPDATE sources_source SET title = 'SECRET', publisher = 'SECRET', kind = 'media', published_on = '1999-01-01'",
    "UPDATE articles_article SET title = 'SECRET', publisher = 'SECRET', author = 'SECRET', url = 'https://secret.example',"
    " language = 'fr', rights = 'full', published_on = '1999-01-01'",
    "UPDATE accounts_user SET byline = 'SECRET ' || id, username = 'secret' || id",
)


def pages(reader: Client) -> dict[str, bytes]:
    """Every page that a reader comes to by following links, from the front page on."""
    found: dict[str, bytes] = {}
    waiting = ["/", "/nowhere/"]
    while waiting:
        if (path := waiting.pop()) in found:
            continue
        response = reader.get(path)
        assert response.status_code == (404 if path == "/nowhere/" else 200), path
        found[path] = response.content
        waiting += [link.partition("#")[0] for link in Page(response).links() if link.startswith("/")]
    return found


@pytest.fixture
def everything(ada: User, bo: User, cleo: User, article: Article, corrected: Publication) -> Publication:
    """A check in two versions, one retracted, one off the scale; one article in excerpts, one in full, in several versions."""
    free = newsroom.article(ada, title="Free to read", rights="full")
    for wording, words, rating in (
        ("The bridge is the oldest.", "the bridge the oldest in the country", "True"),
        ("The port speaks of the bridge.", "A speaker of the port called the bridge", "Unproven"),
    ):
        claim = newsroom.claim(ada, wording)
        for where in (article, free):
            newsroom.highlight(claim, where, words, by=ada)
        published = newsroom.published(claim, by=ada, rating=rating)
    publishing.retract(published.claim, by=cleo, reason="It does not.")
    return corrected


def test_no_edit_at_the_desk_changes_a_byte_of_any_page(
    reader: Client, ada: User, bo: User, cleo: User, article: Article, everything: Publication
) -> None:
    before = pages(reader)
    assert {"/about/", "/scales/default/", everything.get_differences_url()} <= set(before)
    assert sum(path.startswith(("/claims/", "/articles/")) for path in before) > 20

    # As people would: the next version of everything, up to the moment before it is published.
    claim = Claim.objects.get(pk=everything.claim_id)
    verdict = correcting.correct(claim, by=ada)
    highlighting.revise(claim, by=ada, version=claim.version, wording="SECRET", topics=[])
    judging.revise(verdict, by=ada, version=verdict.version, summary="SECRET", rationale="SECRET [1]")
    source = keeping.find_or_add(by=ada, title="SECRET", kind="primary")
    judging.cite(verdict, source, by=ada, stance="refutes", quoted="SECRET")
    newsroom.approved(Verdict.objects.get(pk=verdict.pk), by=ada)
    newsroom.highlight(newsroom.claim(ada, "SECRET"), article, "it would be closed in May", by=ada)
    highlighting.take_away(claim.highlights.get(), by=ada)
    other = Claim.objects.exclude(pk=claim.pk).order_by("pk")[0]
    mark = other.highlights.get(article=article)
    highlighting.move(
        mark, newsroom.snapshot(article), newsroom.Quote("40,000 cars a day"), by=ada, version=mark.version
    )
    highlighting.trash(Claim.objects.get(pk=other.pk), by=ada)
    importing.trash(Article.objects.get(title="Free to read"), by=ada)
    # And as nobody can, all at once.
    Source.objects.exclude(pk=source.pk).update(url="https://secret.example/")
    for edit in EDITS:
        raw.execute(edit)

    after = pages(reader)
    assert {path for path in before if before[path] != after.get(path)} == set()
    assert set(after) == set(before)
    assert not [path for path, page in after.items() if b"SECRET" in page]
