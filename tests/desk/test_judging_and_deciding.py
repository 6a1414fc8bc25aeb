"""From a claim to its publication and back, through the desk's forms."""

from uuid import uuid4

import pytest
from django.urls import reverse

from factcheck.accounts.models import User
from factcheck.claims.models import Claim
from factcheck.history.models import Entry
from factcheck.publication.models import Kind, Publication
from factcheck.review.models import Decision, Submission
from factcheck.sources.models import Source
from factcheck.verdicts.models import Citation, Rating, Verdict
from factcheck.verdicts.stages import Stage
from tests import newsroom
from tests.desk.conftest import Desk

CITATION = {
    "url": "https://port.example/register",
    "title": "Register of works",
    "publisher": "Port",
    "kind": "primary",
    "stance": "supports",
    "quoted": "Dredged, 1921",
    "note": "",
}


def _rating(name: str = "Half true") -> int:
    return Rating.objects.get(name=name).pk


def _verdict(ada: User) -> Verdict:
    return newsroom.verdict(newsroom.claim(ada), by=ada)


def test_a_draft_may_be_begun_with_a_rating_s_number_or_its_name(desk: Desk, ada: User) -> None:
    claim = newsroom.claim(ada)
    path = reverse("desk:claim-verdicts", args=[claim.pk])
    for rating in (str(_rating()), "half true"):
        answer = desk(ada).post(path, {"rating": rating, "summary": "Partly.", "rationale": "Why [1]."})
        made = Verdict.objects.latest("pk")
        assert answer.headers["Location"] == f"/desk/verdicts/{made.pk}/"
        assert made.rating.name == "Half true"


@pytest.mark.parametrize("rating", ["999999", "Very true", "-1", "\0"])
def test_a_rating_that_is_not_on_the_scale_is_refused(desk: Desk, ada: User, rating: str) -> None:
    claim = newsroom.claim(ada)
    answer = desk(ada).post(reverse("desk:claim-verdicts", args=[claim.pk]), {"rating": rating})
    assert answer.status_code == 422
    assert not Verdict.objects.exists()


def test_a_verdict_is_revised_on_the_version_that_was_seen(desk: Desk, ada: User, finn: User) -> None:
    verdict = _verdict(ada)
    form = {"rating": _rating(), "summary": "By Finn.", "rationale": "", "version": verdict.version}
    assert desk(finn).post(verdict.get_absolute_url(), form).status_code == 303
    late = desk(ada).post(verdict.get_absolute_url(), form | {"summary": "By Ada."})
    assert late.status_code == 409
    assert "By Finn." in late.content.decode()
    assert "By Ada." in late.content.decode()
    assert Verdict.objects.get().summary == "By Finn."
    assert {author.person.username for author in verdict.authors.all()} == {"ada", "finn"}


def test_a_source_is_cited_and_reused_by_its_address(desk: Desk, ada: User) -> None:
    first, second = _verdict(ada), newsroom.verdict(newsroom.claim(ada, wording="Another."), by=ada, cited=False)
    answer = desk(ada).post(reverse("desk:verdict-citations", args=[second.pk]), CITATION)
    assert answer.status_code == 303
    assert Source.objects.count() == 1
    assert Citation.objects.filter(verdict=second).get().source == first.citations.get().source


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("stance", ""),
        ("stance", "maybe"),
        ("title", ""),
        ("kind", ""),
        ("url", "javascript:alert(1)"),
        ("quoted", "\0"),
    ],
)
def test_an_incomplete_citation_changes_nothing(desk: Desk, ada: User, field: str, value: str) -> None:
    verdict = newsroom.verdict(newsroom.claim(ada), by=ada, cited=False)
    answer = desk(ada).post(reverse("desk:verdict-citations", args=[verdict.pk]), CITATION | {field: value})
    assert answer.status_code == 422
    assert answer.context["citation_form"].errors[field]
    assert not Citation.objects.exists()
    assert not Source.objects.exists()


def test_an_incomplete_verdict_is_not_handed_in_and_the_page_says_what_is_missing(desk: Desk, ada: User) -> None:
    verdict = newsroom.verdict(newsroom.claim(ada), by=ada, cited=False)
    answer = desk(ada).post(reverse("desk:verdict-submission", args=[verdict.pk]))
    assert answer.status_code == 422
    assert "Cite at least one source" in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_verdict_changed_since_it_was_seen_is_not_handed_in(desk: Desk, ada: User) -> None:
    verdict = _verdict(ada)
    answer = desk(ada).post(reverse("desk:verdict-submission", args=[verdict.pk]), {"version": verdict.version - 1})
    assert answer.status_code == 409
    assert not Submission.objects.exists()


def test_handing_in_twice_is_told_and_makes_one_submission(desk: Desk, ada: User) -> None:
    path = reverse("desk:verdict-submission", args=[_verdict(ada).pk])
    assert desk(ada).post(path, {"key": str(uuid4())}).status_code == 303
    assert desk(ada).post(path, {"key": str(uuid4())}).status_code == 409
    assert Submission.objects.count() == 1


def test_a_second_verdict_on_the_claim_is_not_handed_in_beside_the_first(desk: Desk, ada: User, finn: User) -> None:
    first = _verdict(ada)
    newsroom.submission(first, by=ada)
    second = newsroom.verdict(first.claim, by=finn)
    answer = desk(finn).post(reverse("desk:verdict-submission", args=[second.pk]))
    assert answer.status_code == 409
    assert "Only one at a time" in answer.content.decode()


def test_a_reviewer_approves_and_the_verdict_says_so(desk: Desk, ada: User, bo: User) -> None:
    handed_in = newsroom.submission(_verdict(ada), by=ada)
    path = reverse("desk:submission-decision", args=[handed_in.pk])
    answer = desk(bo).post(path, {"outcome": "approve", "reasons": ""})
    assert answer.headers["Location"] == handed_in.get_absolute_url()
    assert Verdict.objects.get().stage == Stage.APPROVED


def test_sending_back_without_reasons_is_refused_and_keeps_the_choice(desk: Desk, ada: User, bo: User) -> None:
    handed_in = newsroom.submission(_verdict(ada), by=ada)
    path = reverse("desk:submission-decision", args=[handed_in.pk])
    answer = desk(bo).post(path, {"outcome": "send_back", "reasons": " "})
    assert answer.status_code == 422
    assert "Say what has to change" in answer.content.decode()
    assert not Decision.objects.exists()


def test_nobody_decides_on_their_own_work(desk: Desk, bo: User) -> None:
    handed_in = newsroom.submission(_verdict(bo), by=bo)
    answer = desk(bo).post(reverse("desk:submission-decision", args=[handed_in.pk]), {"outcome": "approve"})
    assert answer.status_code == 403
    assert not Decision.objects.exists()


def test_an_edit_leaves_the_submission_behind_and_no_decision_is_taken_on_it(desk: Desk, ada: User, bo: User) -> None:
    verdict = _verdict(ada)
    handed_in = newsroom.submission(verdict, by=ada)
    claim = verdict.claim
    edit = {"wording": "Another wording.", "claimant": "Maria Mayor", "version": claim.version}
    desk(ada).post(reverse("desk:claim-edit", args=[claim.pk]), edit)
    assert "has changed since" in desk(bo).get(handed_in.get_absolute_url()).content.decode()
    answer = desk(bo).post(reverse("desk:submission-decision", args=[handed_in.pk]), {"outcome": "approve"})
    assert answer.status_code == 409
    assert not Decision.objects.exists()


def test_a_publisher_publishes_what_was_approved_and_is_led_to_the_readers_page(
    desk: Desk, ada: User, cleo: User
) -> None:
    verdict = _verdict(ada)
    newsroom.approved(verdict, by=ada)
    path = reverse("desk:verdict-publication", args=[verdict.pk])
    assert verdict.claim.wording in desk(cleo).get(path).content.decode()
    answer = desk(cleo).post(path, {"kind": "first", "reason": ""})
    assert answer.headers["Location"] == Publication.objects.get().get_absolute_url()
    again = desk(cleo).post(path, {"kind": "update", "reason": "Once more."})
    assert again.status_code == 409
    assert Publication.objects.count() == 1


def test_an_approval_left_behind_by_an_edit_does_not_publish(desk: Desk, ada: User, cleo: User) -> None:
    verdict = _verdict(ada)
    newsroom.approved(verdict, by=ada)
    source = Source.objects.get()
    correction = {**CITATION, "title": "The register", "version": source.version}
    assert desk(ada).post(source.get_absolute_url(), correction).status_code == 303
    answer = desk(cleo).post(reverse("desk:verdict-publication", args=[verdict.pk]), {"kind": "first"})
    assert answer.status_code == 409
    assert "approval no longer applies" in desk(ada).get(verdict.get_absolute_url()).content.decode()
    assert not Publication.objects.exists()


def test_a_correction_needs_its_public_reason(desk: Desk, ada: User, cleo: User) -> None:
    claim = newsroom.claim(ada)
    newsroom.published(claim, by=ada)
    verdict = Verdict.objects.get()
    form = {"rating": _rating("False"), "summary": "No.", "rationale": "No [1].", "version": verdict.version}
    desk(ada).post(verdict.get_absolute_url(), form)
    newsroom.approved(Verdict.objects.get(), by=ada)
    path = reverse("desk:verdict-publication", args=[verdict.pk])
    assert desk(cleo).post(path, {"kind": "correction", "reason": ""}).status_code == 422
    assert desk(cleo).post(path, {"kind": "clarification", "reason": "So."}).status_code == 422
    assert desk(cleo).post(path, {"kind": "correction", "reason": "The register was misread."}).status_code == 303
    assert [each.kind for each in Publication.objects.order_by("version")] == [Kind.FIRST, Kind.CORRECTION]


def test_a_retraction_takes_effect_at_once_and_is_in_the_history(desk: Desk, ada: User, cleo: User) -> None:
    claim = newsroom.claim(ada)
    newsroom.published(claim, by=ada)
    path = reverse("desk:claim-retraction", args=[claim.pk])
    assert desk(cleo).post(path, {"reason": ""}).status_code == 422
    assert desk(cleo).post(path, {"reason": "It was about another harbour."}).status_code == 303
    assert Publication.objects.live().get().is_retracted
    assert Entry.objects.about(Verdict.objects.get())[0].act == "claim.retract"
    assert desk(cleo).get(path).status_code == 404
    assert desk(cleo).post(path, {"reason": "Again."}).status_code == 409


def test_my_work_shows_each_what_waits_for_them(desk: Desk, ada: User, bo: User, cleo: User, dee: User) -> None:
    waiting = newsroom.claim(ada, wording="This waits for Bo.")
    newsroom.submission(newsroom.verdict(waiting, by=ada), by=ada)
    approved = newsroom.claim(ada, wording="This waits for Cleo.")
    newsroom.approved(newsroom.verdict(approved, by=ada), by=ada)
    newsroom.claim(ada, wording="This waits for a verdict.")
    newsroom.verdict(newsroom.claim(ada, wording="This is a draft."), by=ada)
    own = newsroom.claim(bo, wording="Bo wrote this.")
    newsroom.submission(newsroom.verdict(own, by=bo), by=bo)
    pages = {person: desk(person).get("/desk/").content.decode() for person in (ada, bo, cleo, dee)}
    assert "This waits for Bo." in pages[bo]
    assert "Bo wrote this." not in pages[bo]
    assert "This waits for Cleo." in pages[cleo]
    assert "This waits for a verdict." in pages[ada]
    assert "This is a draft." in pages[ada]
    assert "Administration" in pages[dee]


def test_a_claim_stands_in_no_article_and_is_found_by_its_stage(desk: Desk, ada: User) -> None:
    answer = desk(ada).post("/desk/claims/", {"wording": "Said in a speech.", "claimant": "Maria Mayor"})
    claim = Claim.objects.get()
    assert answer.headers["Location"] == claim.get_absolute_url()
    client = desk(ada)
    assert claim.wording in client.get("/desk/claims/", {"stage": "none"}).content.decode()
    newsroom.published(claim, by=ada)
    assert claim.wording in client.get("/desk/claims/", {"stage": "published"}).content.decode()
    for stage in ("none", "draft", "retracted", "trash"):
        assert claim.wording not in client.get("/desk/claims/", {"stage": stage}).content.decode()


def test_a_claim_in_the_trash_takes_its_highlights_along_and_brings_them_back(desk: Desk, ada: User) -> None:
    article, claim = newsroom.article(ada), newsroom.claim(ada)
    newsroom.highlight(claim, article, "the harbour was dredged in 1921", by=ada)
    client = desk(ada)
    client.post(reverse("desk:claim-trash", args=[claim.pk]))
    assert "<mark" not in client.get(article.get_absolute_url()).content.decode()
    client.post(reverse("desk:claim-restoration", args=[claim.pk]))
    assert "<mark" in client.get(article.get_absolute_url()).content.decode()


def test_lists_and_pages_ask_no_query_for_each_row(desk: Desk, ada: User, bo: User, cleo: User) -> None:
    article = newsroom.article(ada)
    words = ["dredged in 1921", "40,000 cars", "oldest in the country", "closed in May", "A speaker of the port"]
    for number, exact in enumerate(words):
        claim = newsroom.claim(ada, wording=f"Claim {number}.", claimant=f"Claimant {number}")
        newsroom.highlight(claim, article, exact, by=ada)
        newsroom.published(claim, by=ada)
    claim = Claim.objects.earliest("pk")
    verdict, source = Verdict.objects.earliest("pk"), Source.objects.get()
    pages = ["/desk/", "/desk/articles/", "/desk/claims/", "/desk/sources/"]
    pages += [
        record.get_absolute_url() for record in (article, claim, verdict, source, Submission.objects.earliest("pk"))
    ]
    for person in (ada, bo, cleo):
        for path in pages:
            assert desk(person).get(path).status_code == 200, path


def test_a_correction_is_begun_once_on_the_claim_s_page(desk: Desk, ada: User) -> None:
    claim = newsroom.claim(ada)
    published = newsroom.published(claim, by=ada)
    assert "Correct this check" in desk(ada).get(claim.get_absolute_url()).content.decode()
    path, form = reverse("desk:claim-correction", args=[claim.pk]), {"key": str(uuid4())}
    first, again = desk(ada).post(path, form), desk(ada).post(path, form)
    begun = Verdict.objects.get(stage=Stage.DRAFT)
    assert first.headers["Location"] == again.headers["Location"] == begun.get_absolute_url()
    assert begun.summary == published.content["verdict"]["summary"]


def test_with_nothing_published_no_correction_is_begun(desk: Desk, ada: User) -> None:
    verdict = _verdict(ada)
    answer = desk(ada).post(reverse("desk:claim-correction", args=[verdict.claim_id]), {"key": str(uuid4())})
    assert answer.headers["Location"] == verdict.claim.get_absolute_url()
    assert Verdict.objects.count() == 1
