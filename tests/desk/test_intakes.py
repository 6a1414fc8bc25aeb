"""Taking in at the desk: from an address, from a file, looked through, corrected, put on the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.intake.models import Intake, Original
from tests import newsroom
from tests.desk.conftest import Desk
from tests.intake.conftest import kept, server, worked_on  # noqa: F401  # fixtures
from tests.web.hostile import Server, page

PAGE = "/2026/11/harbour"


@pytest.fixture
def intake(ada: User) -> Intake:
    return newsroom.intake(ada)


def upload(client: Client, name: str, data: bytes) -> HttpResponse:
    return client.post(reverse("desk:intake-file"), {"file": SimpleUploadedFile(name, data)})  # type: ignore[return-value]  # of the test client


def body_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_an_address_leads_through_the_preview_to_the_workspace(desk: Desk, ada: User, server: Server) -> None:  # noqa: F811  # a fixture
    answer = desk(ada).post(reverse("desk:intake-address"), {"address": server.url(PAGE)})
    intake = Intake.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, intake.get_absolute_url())
    assert "It waits for its turn" in body_of(desk(ada).get(intake.get_absolute_url()))
    worked_on(intake)
    preview = desk(ada).get(intake.get_absolute_url())
    form = preview.context["form"]
    assert form["title"].value() == "Harbour “dredged in 1921”, mayor says"
    assert form["publisher"].value() == "Example Herald"
    assert form["author"].value() == "Maria Writer, Tom Second"
    assert str(form["published_on"].value()) == "2026-11-02"
    # The page's own canonical form, on the host that gave it.
    assert form["url"].value() == server.url(PAGE)
    assert "\n\n> “The bridge carries" in form["body"].value()
    assert "Left out:" in body_of(preview)
    assert "never seen" not in body_of(preview)
    sent = {name: form[name].value() or "" for name in form.fields if name != "another"}
    done = desk(ada).post(intake.get_absolute_url(), sent | {"title": "The harbour"})
    article = Article.objects.get()
    assert (done.status_code, done.headers["Location"]) == (303, article.get_absolute_url())
    kinds = [kind for kind, _start, _end in article.snapshots.get().blocks]
    assert (article.title, kinds.count("list item"), kinds.count("quotation")) == ("The harbour", 3, 1)
    # Whoever comes back is led to the article.
    assert desk(ada).get(intake.get_absolute_url()).headers["Location"] == article.get_absolute_url()
    assert "As it came" in body_of(desk(ada).get(f"{article.get_absolute_url()}edit/"))


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("", "Paste the article’s address."),
        ("ftp://news.test/", "Only addresses with http: or https:"),
        ("https://ada:secret@news.test/", "user name or a password"),
        ("nothing here", "This is not an address"),
        ("http://news.test/\0", "Null characters are not allowed"),
        ("http://news.test/" + "a" * 9000, "at most 8000"),
    ],
)
def test_an_address_that_is_refused_stays_in_its_field_with_the_reason(
    address: str, says: str, desk: Desk, ada: User
) -> None:
    answer = desk(ada).post(reverse("desk:intake-address"), {"address": address})
    assert answer.status_code == 422
    assert says in body_of(answer)
    assert not Intake.objects.exists()


def test_an_article_that_is_on_the_desk_already_is_offered_before_anything_is_fetched(
    desk: Desk, ada: User, server: Server  # noqa: F811  # a fixture
) -> None:  # fmt: skip
    known = newsroom.article(ada, url=server.url(PAGE))
    answer = desk(ada).post(reverse("desk:intake-address"), {"address": server.url(f"{PAGE}?utm_source=x")})
    assert known.get_absolute_url() in body_of(answer)
    assert server.asked == []
    desk(ada).post(reverse("desk:intake-address"), {"address": server.url(PAGE), "another": "on"})
    intake = worked_on(Intake.objects.get())
    sent = {"title": "T", "publisher": "P", "language": "en", "rights": "excerpts", "body": "Text."}
    refused = desk(ada).post(intake.get_absolute_url(), sent)
    assert refused.status_code == 422
    assert "Put it on the desk a second time" in body_of(refused)
    assert desk(ada).post(intake.get_absolute_url(), sent | {"another": "on"}).status_code == 303


def test_a_file_is_read_by_what_it_is(desk: Desk, ada: User) -> None:
    answer = upload(desk(ada), "notes.md", b"# The bridge\n\nIt carries 40,000 cars a day.")
    assert answer.headers["Location"] == worked_on(Intake.objects.get()).get_absolute_url()
    assert desk(ada).get(answer.headers["Location"]).context["form"]["title"].value() == "The bridge"


def test_a_plain_text_is_read_as_if_it_were_pasted(desk: Desk, ada: User) -> None:
    upload(desk(ada), "notes.txt", b"The bridge\n\nIt carries 40,000 cars a day.\n- so they say")
    page = desk(ada).get(worked_on(Intake.objects.get()).get_absolute_url())
    assert page.context["form"]["body"].value() == "# The bridge\n\nIt carries 40,000 cars a day.\n- so they say"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.pdf", b"<!doctype html><p>x", "It is said to be a PDF, but is a web page."),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "It is a picture."),
        ("a.txt", b"  ", "It is empty."),
        ("a.txt", b"x" * (10 * 1024 * 1024 + 1), "It is larger than 10 MB."),
    ],
    ids=["mislabelled", "a picture", "blank", "too large"],
)
def test_a_file_that_is_refused_tells_why(name: str, data: bytes, says: str, desk: Desk, ada: User) -> None:
    answer = upload(desk(ada), name, data)
    assert (answer.status_code, Intake.objects.count()) == (422, 0)
    assert says in body_of(answer)


def test_a_page_shows_nothing_of_what_came_but_its_words(desk: Desk, ada: User, server: Server) -> None:  # noqa: F811  # a fixture
    server.answers["/x"] = page(
        b"<title>&lt;script>alert(1)&lt;/script></title><p onclick=x>"
        + b"The &lt;img src=x onerror=alert(1)> was dredged. " * 4
    )
    desk(ada).post(reverse("desk:intake-address"), {"address": server.url("/x")})
    answer = desk(ada).get(worked_on(Intake.objects.get()).get_absolute_url())
    assert "<script>alert" not in body_of(answer)
    assert "<img" not in body_of(answer)
    assert "&lt;img src=x" in body_of(answer)


def test_what_came_is_given_out_to_be_saved_and_can_do_nothing_in_a_browser(desk: Desk, ada: User) -> None:
    made = newsroom.original(ada)
    intake = newsroom.intake(ada, "Another.")
    for path in (made.get_absolute_url(), f"{intake.get_absolute_url()}bytes/"):
        answer = desk(ada).get(path)
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert b"".join(answer.streaming_content)


def test_whoever_waits_sees_how_far_it_is_and_then_why_it_was_refused(desk: Desk, ada: User) -> None:
    desk(ada).post(reverse("desk:intake-address"), {"address": "http://10.0.0.1/"})
    intake = Intake.objects.get()
    part = body_of(desk(ada).get(intake.get_absolute_url(), headers={"HX-Request": "true"}))
    assert "It waits for its turn" in part
    assert "<html" not in part
    sent = {"title": "T", "publisher": "P", "language": "en", "rights": "excerpts", "body": "Text."}
    assert "It waits" in body_of(desk(ada).post(intake.get_absolute_url(), sent))
    worked_on(intake)
    assert desk(ada).get(intake.get_absolute_url(), headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    refused = body_of(desk(ada).get(intake.get_absolute_url()))
    assert "“10.0.0.1” leads to 10.0.0.1, which is no public address" in refused
    assert 'value="http://10.0.0.1/"' in refused
    assert desk(ada).get(f"{intake.get_absolute_url()}bytes/").status_code == 404
    assert not Article.objects.exists()


def test_an_intake_can_be_called_off(desk: Desk, ada: User, intake: Intake) -> None:
    desk(ada).post(f"{intake.get_absolute_url()}removal/")
    assert not Intake.objects.exists()
    assert desk(ada).get(intake.get_absolute_url()).status_code == 404


def test_nobody_makes_anything_of_it_who_may_not_take_in(desk: Desk, cleo: User, intake: Intake) -> None:
    assert desk(cleo).post(intake.get_absolute_url(), {"title": "T", "publisher": "P", "body": "x"}).status_code == 403
    assert not Original.objects.exists()


def test_what_is_copied_on_a_page_comes_with_its_headings_and_lists(desk: Desk, ada: User) -> None:
    html = "<meta charset=utf-8><h2>Head</h2><p>One</p><ul><li>x</li></ul><blockquote>said</blockquote><p>- no item</p>"
    answer = desk(ada).post(reverse("desk:article-pasted"), {"html": html})
    assert answer.json() == {"marked": "# Head\n\nOne\n\n- x\n\n> said\n\n\\- no item", "blocks": 5}
    assert desk(ada).post(reverse("desk:article-pasted"), {"html": "<img src=x>"}).status_code == 422
