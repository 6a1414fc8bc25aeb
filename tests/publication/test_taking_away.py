"""What a court takes away: no word of it stays, a tombstone does, and nobody but the owner can do it."""

import json
from io import StringIO

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from factcheck.accounts.models import User
from factcheck.articles.models import Article, Snapshot
from factcheck.claims import carrying
from factcheck.drafting.models import Draft
from factcheck.history.models import Entry
from factcheck.intake.keeping import keep, path_of
from factcheck.intake.models import Original
from factcheck.publication import correcting, noticing, publishing
from factcheck.publication.models import ArticlePublication, Publication, Tombstone
from factcheck.review import discussing
from factcheck.review.models import Submission
from factcheck.sources import attaching
from factcheck.sources.models import Evidence
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.database import raw

# The command has a connection of its own, so what it is to find is committed.
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

REASON = "By order of the court of 3 March."
WORDS = ("Zebra wording", "Zebra summary", "Zebra rationale", "Zebra quotation", "Zebra note", "Zebra draft")


def take_away(*arguments: str, remove: bool = True) -> str:
    told = StringIO()
    call_command("take_away", *arguments, "--reason", REASON, *(["--remove"] if remove else []), stdout=told)
    return told.getvalue()


def everywhere(words: str) -> list[str]:
    """The tables in which the words stand, asked of every row of the database."""
    tables = raw.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_session'"
    )
    place = settings.DATABASES["owner"] | {"NAME": settings.DATABASES["default"]["NAME"]}
    with psycopg.connect(host=place["HOST"], port=place["PORT"], user=place["USER"], dbname=place["NAME"]) as owner:
        return [
            table
            for (table,) in tables
            if owner.execute(f'SELECT 1 FROM "{table}" AS each WHERE each::text LIKE %s', [f"%{words}%"]).fetchone()
        ]


@pytest.fixture
def article(ada: User) -> Article:
    return newsroom.article(ada, rights="full")


@pytest.fixture
def zebra(ada: User, bo: User, cleo: User, article: Article) -> Publication:
    """Version 1 of a check, with a word in everything it says; retracted as it stands, then corrected to say something else."""
    claim = newsroom.claim(ada, "Zebra wording.")
    newsroom.highlight(claim, article, "the harbour was dredged in 1921", by=ada)
    verdict = newsroom.verdict(claim, by=ada)
    for rationale in ("Zebra rationale, begun.", "Zebra rationale, whole [1]."):
        verdict = judging.revise(
            verdict, by=ada, version=verdict.version, summary="Zebra summary.", rationale=rationale
        )
    citation = verdict.citations.get()
    judging.revise_citation(citation, by=ada, version=citation.version, quoted="Zebra quotation", note="Zebra note")
    newsroom.approved(verdict, by=ada, reviewer=bo)
    words = newsroom.Quote("Zebra rationale, whole")
    discussing.begin(verdict, by=bo, text="Sure?", words=words)
    first = publishing.publish(Verdict.objects.get(pk=verdict.pk), by=cleo)
    Draft.objects.create(person=ada, form=f"verdict:{verdict.pk}", fields={"summary": "Zebra draft"})
    Draft.objects.create(person=bo, form="article:new", fields={"body": ["It says: Zebra rationale, whole [1]."]})
    return first


def corrected(first: Publication, ada: User, bo: User, cleo: User) -> Publication:
    again = correcting.correct(first.claim, by=ada)
    claim = newsroom.highlighting.revise(
        first.claim,
        by=ada,
        version=type(first.claim).objects.get(pk=first.claim_id).version,
        wording="Another wording.",
    )
    again = judging.revise(
        Verdict.objects.get(pk=again.pk), by=ada, version=again.version, rating=again.scale.ratings.get(name="False"),
        summary="Another summary.", rationale="Another rationale [1].",
    )  # fmt: skip
    cited = again.citations.get()
    judging.revise_citation(cited, by=ada, version=cited.version, quoted="Another quotation", note="")
    newsroom.approved(again, by=ada, reviewer=bo)
    assert claim.wording == "Another wording."
    return publishing.publish(Verdict.objects.get(pk=again.pk), by=cleo, kind="correction", reason="Wrong.")


def test_no_word_of_a_publication_stays_anywhere_and_the_next_version_stands(
    client: Client, zebra: Publication, ada: User, bo: User, cleo: User, article: Article
) -> None:
    publishing.retract(zebra.claim, by=cleo, reason="It was wrong.")
    third = corrected(zebra, ada, bo, cleo)
    before = client.get(third.get_absolute_url()).content
    first, second = f"{third.get_absolute_url()}versions/1/", f"{third.get_absolute_url()}versions/2/"
    for words in WORDS:
        assert everywhere(words), words

    assert "Nothing has changed" in take_away("publication", first, remove=False)
    for words in WORDS:
        assert everywhere(words), words
    assert not Tombstone.objects.exists()

    take_away("publication", first)
    for words in WORDS:
        assert everywhere(words) == [], words
    for path in (first, second, f"{third.get_absolute_url()}versions/3/differences/1/"):
        answer = client.get(path)
        assert answer.status_code == 410
        assert REASON in answer.content.decode()
        assert zebra.sha256 in answer.content.decode()
    assert client.get(third.get_absolute_url()).content == before
    assert "Its text has been taken away." in client.get(f"{third.get_absolute_url()}versions/").content.decode()
    for path in ("versions/1/", "versions/3/differences/1/"):
        page = client.get(ArticlePublication.objects.live().get().get_absolute_url() + path)
        assert (page.status_code, "has been taken away" in page.content.decode()) == (200, True)
    assert set(Tombstone.objects.values_list("sha256", flat=True)) == {zebra.sha256}
    entry = Entry.objects.latest("id")
    assert (entry.act, entry.reason, entry.via, entry.person_name) == ("claim.take_away", REASON, "command", "")
    # The rules hold for what stands there now, and the same again is no error.
    assert {each.document for each in Publication.objects.filter(version__lt=3)} == {
        Submission.objects.get(pk=zebra.submission_id).document
    }
    assert "before" in take_away("publication", first)
    assert Tombstone.objects.count() == 2


def test_what_readers_see_now_can_be_taken_away_too(
    client: Client, zebra: Publication, cleo: User, ada: User, article: Article
) -> None:
    carrying.take_in_again(article, newsroom.BODY.replace("40,000", "50,000"), by=ada)
    noticing.tell_readers(article, by=cleo)
    assert "1 notices of changes" in take_away("publication", zebra.get_version_url())
    assert everywhere("Zebra wording") == []
    answer = client.get(zebra.get_absolute_url())
    assert (answer.status_code, REASON in answer.content.decode()) == (410, True)
    page = client.get(ArticlePublication.objects.live().get().get_absolute_url()).content.decode()
    assert "A check that stood on this page has been taken away" in page
    assert "Zebra" not in page
    assert "Zebra" not in client.get("/").content.decode()
    client.force_login(ada)
    for path in ("/desk/claims/{}/", "/desk/claims/{}/history/", "/desk/claims/{}/history/lines/"):
        assert client.get(path.format(zebra.claim_id)).status_code == 200
    assert client.get(zebra.submission.get_absolute_url()).status_code == 200
    assert client.get(zebra.submission.verdict.get_absolute_url()).status_code == 200
    again = publishing.publish_article(article, by=cleo)
    assert again
    assert again.content["claims"] == []
    assert publishing.retract(zebra.claim, by=cleo, reason="Gone.").is_taken_away
    assert client.get(zebra.get_absolute_url()).status_code == 410


def test_no_word_of_an_article_s_text_stays_and_its_page_says_so(
    client: Client, zebra: Publication, ada: User, article: Article
) -> None:
    snapshot = Snapshot.objects.get()
    digest, stored = keep(newsroom.BODY.encode())
    Original.objects.create(snapshot=snapshot, kind="text", sha256=digest, stored=stored, came_at=snapshot.taken_at)
    assert attaching.place().exists(path_of(stored))
    told = take_away("snapshot", f"{article.pk}.1")
    assert "1 texts" in told
    assert not attaching.place().exists(path_of(stored))
    for words in ("dredged in 1921", "40,000 cars", "the oldest in the country"):
        assert everywhere(words) == [], words
    answer = client.get(ArticlePublication.objects.live().get().get_absolute_url())
    page = answer.content.decode()
    assert (answer.status_code, REASON in page, snapshot.sha256 in page, "<mark" in page) == (200, True, True, False)
    assert "Zebra wording." in page
    client.force_login(ada)
    for path in (article.get_absolute_url(), f"{article.get_absolute_url()}history/", zebra.claim.get_absolute_url()):
        assert client.get(path).status_code == 200
    assert "before" in take_away("snapshot", f"{article.pk}.1")


def test_a_kept_file_goes_with_its_bytes_and_every_row_that_tells_of_it(
    client: Client, zebra: Publication, ada: User
) -> None:
    source = zebra.submission.verdict.citations.get().source
    kept = newsroom.evidence(source, by=ada, data=b"%PDF-1.7 Zebra ")
    assert attaching.place().exists(kept.path)
    take_away("evidence", f"/desk/evidence/{kept.pk}/", remove=False)
    assert attaching.place().exists(kept.path)
    take_away("evidence", str(kept.pk))
    assert not attaching.place().exists(kept.path)
    assert everywhere("register.pdf") == []
    client.force_login(ada)
    answer = client.get(kept.get_absolute_url())
    assert (answer.status_code, REASON in answer.content.decode()) == (410, True)
    assert Evidence.objects.get().tombstone.sha256 == kept.sha256
    assert "before" in take_away("evidence", str(kept.pk))


def test_the_program_s_role_can_do_none_of_it_whatever_it_says(
    zebra: Publication, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck.publication.management.commands.take_away.as_owner", connection_of_the_program)
    with pytest.raises(CommandError, match="for the owner of the tables"):
        take_away("publication", zebra.get_version_url())
    assert everywhere("Zebra summary")
    statements = (
        "UPDATE publication_publication SET document = ''",
        "UPDATE articles_snapshot SET text = ''",
        "UPDATE history_rowchange SET before = NULL",
        "INSERT INTO publication_tombstone (snapshot_id, sha256, reason) VALUES (1, '', 'So.')",
    )
    for statement in statements:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('factcheck.taking_away', 'yes', false)")
        raw.refused(statement)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('factcheck.taking_away', '', false)")


class connection_of_the_program:
    def __enter__(self) -> None: ...
    def __exit__(self, *_: object) -> None: ...


def test_what_is_not_there_is_not_taken_away(db: None) -> None:
    for asked in (
        "publication /claims/nothing/versions/1/",
        "publication /about/",
        "snapshot 1",
        "snapshot 1.x",
        "evidence x",
    ):
        with pytest.raises(CommandError, match="There is no"):
            take_away(*asked.split())


def test_documents_stay_readable(zebra: Publication) -> None:
    take_away("publication", zebra.get_version_url())
    emptied = json.loads(Publication.objects.get().document)
    assert set(emptied) - {"taken_away"} == set(zebra.content)
