"""Judging a claim: drafting, revising, citing."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from factcheck.accounts.models import User
from factcheck.claims.models import Claim
from factcheck.history.models import Entry
from factcheck.history.versioning import Stale
from factcheck.sources.models import Source
from factcheck.verdicts import judging, scaling
from factcheck.verdicts.models import Citation, Rating, ScaleVersion, Verdict
from factcheck.verdicts.stages import Stage
from tests import newsroom
from tests.racing import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(ada: User) -> Claim:
    return newsroom.claim(ada)


@pytest.fixture
def verdict(claim: Claim, ada: User) -> Verdict:
    return judging.draft(claim, by=ada)


@pytest.fixture
def source(ada: User) -> Source:
    return newsroom.keeping.find_or_add(by=ada, url="https://port.example/register", title="Register", kind="primary")


def authors(verdict: Verdict) -> list[str]:
    return [author.person.username for author in verdict.authors.select_related("person")]


def rating(name: str = "True") -> Rating:
    return Rating.objects.get(version=ScaleVersion.objects.in_use("default"), name=name)


def test_a_draft_begins_on_the_newest_version_of_the_scale_in_use(verdict: Verdict, dee: User, ada: User) -> None:
    ratings = [
        Rating(position=position, name=name, definition="So.", hue="grey", sign="full")
        for position, name in ((1, "Wrong"), (2, "Right"))
    ]
    newer = scaling.make_version("default", by=dee, version=1, name="Two steps", ratings=ratings)
    later = judging.draft(verdict.claim, by=ada)
    assert (verdict.scale.number, later.scale) == (1, newer)


def test_a_draft_may_be_empty(verdict: Verdict) -> None:
    assert (verdict.stage, verdict.rating, verdict.summary, verdict.rationale_html) == (Stage.DRAFT, None, "", "")


def test_a_claim_may_have_several_drafts(claim: Claim, ada: User, finn: User) -> None:
    judging.draft(claim, by=ada)
    judging.draft(claim, by=finn)
    assert claim.verdicts.count() == 2


def test_the_rationale_is_kept_as_written_and_as_safe_html(claim: Claim, ada: User) -> None:
    verdict = judging.draft(claim, by=ada, rationale="It is *so* <script>alert(1)</script>")
    assert (verdict.rationale, verdict.rationale_html) == (
        "It is *so* <script>alert(1)</script>",
        "<p>It is <em>so</em> &lt;script&gt;alert(1)&lt;/script&gt;</p>\n",
    )


def test_a_revised_rationale_is_rendered_anew(verdict: Verdict, ada: User) -> None:
    assert judging.revise(verdict, by=ada, version=1, rationale="**So.**").rationale_html == (
        "<p><strong>So.</strong></p>\n"
    )


def test_who_drafts_is_the_first_author(verdict: Verdict) -> None:
    assert authors(verdict) == ["ada"]


def test_whoever_revises_becomes_an_author_once(verdict: Verdict, finn: User) -> None:
    for version in (1, 2):
        judging.revise(verdict, by=finn, version=version, summary=f"Version {version}.")
    assert authors(verdict) == ["ada", "finn"]


@pytest.mark.parametrize("verb", ["cite", "revise_citation", "uncite"])
def test_whoever_touches_a_citation_becomes_an_author(
    verb: str, verdict: Verdict, source: Source, ada: User, finn: User
) -> None:
    if verb == "cite":
        judging.cite(verdict, source, by=finn, stance="supports")
    else:
        citation = judging.cite(verdict, source, by=ada, stance="supports")
        if verb == "revise_citation":
            judging.revise_citation(citation, by=finn, version=1, note="A copy.")
        else:
            judging.uncite(citation, by=finn)
    assert authors(verdict) == ["ada", "finn"]


def test_whose_change_came_too_late_is_no_author(verdict: Verdict, ada: User, finn: User) -> None:
    judging.revise(verdict, by=ada, version=1, summary="Ada’s.")
    with pytest.raises(Stale):
        judging.revise(verdict, by=finn, version=1, summary="Finn’s.")
    assert (authors(verdict), Verdict.objects.get().summary) == (["ada"], "Ada’s.")


def test_a_rating_of_another_scale_is_refused(verdict: Verdict, dee: User, ada: User) -> None:
    ratings = [
        Rating(position=position, name=name, definition="So.", hue="grey", sign="full")
        for position, name in ((1, "Wrong"), (2, "Right"))
    ]
    other = scaling.make_version("other", by=dee, version=0, name="Another", ratings=ratings)
    with pytest.raises(ValidationError) as refused:
        judging.revise(verdict, by=ada, version=1, rating=other.ratings.first())
    assert ("rating" in refused.value.message_dict, Verdict.objects.get().rating) == (True, None)


def test_a_draft_with_a_rating_of_another_scale_is_refused(claim: Claim, dee: User, ada: User) -> None:
    ratings = [
        Rating(position=position, name=name, definition="So.", hue="grey", sign="full")
        for position, name in ((1, "Wrong"), (2, "Right"))
    ]
    other = scaling.make_version("other", by=dee, version=0, name="Another", ratings=ratings)
    with pytest.raises(ValidationError):
        judging.draft(claim, by=ada, rating=other.ratings.first())
    assert not Verdict.objects.exists()


def test_a_rating_can_be_taken_back(claim: Claim, ada: User) -> None:
    verdict = judging.draft(claim, by=ada, rating=rating())
    assert judging.revise(verdict, by=ada, version=1, rating=None).rating is None


def test_citations_are_numbered_from_one(verdict: Verdict, source: Source, ada: User) -> None:
    assert [judging.cite(verdict, source, by=ada, stance="supports").number for _turn in range(3)] == [1, 2, 3]


@pytest.mark.parametrize("taken_out", [1, 2])
def test_a_number_is_never_given_again(taken_out: int, verdict: Verdict, source: Source, ada: User) -> None:
    for _turn in range(2):
        judging.cite(verdict, source, by=ada, stance="supports")
    judging.uncite(Citation.objects.get(number=taken_out), by=ada)
    assert judging.cite(verdict, source, by=ada, stance="supports").number == 3


def test_each_verdict_numbers_its_own(verdict: Verdict, source: Source, claim: Claim, ada: User) -> None:
    judging.cite(verdict, source, by=ada, stance="supports")
    assert judging.cite(judging.draft(claim, by=ada), source, by=ada, stance="refutes").number == 1


@pytest.mark.parametrize("stance", ["doubts", ""])
def test_a_wrong_citation_takes_no_number(stance: str, verdict: Verdict, source: Source, ada: User) -> None:
    with pytest.raises(ValidationError):
        judging.cite(verdict, source, by=ada, stance=stance)
    assert judging.cite(verdict, source, by=ada, stance="supports").number == 1


def test_of_two_who_change_a_citation_the_second_is_told(
    verdict: Verdict, source: Source, ada: User, finn: User
) -> None:
    citation = judging.cite(verdict, source, by=ada, stance="supports")
    judging.revise_citation(citation, by=ada, version=1, note="Ada’s.")
    with pytest.raises(Stale):
        judging.revise_citation(citation, by=finn, version=1, note="Finn’s.")
    assert Citation.objects.get().note == "Ada’s."


def test_a_citation_taken_out_is_kept_in_the_history(verdict: Verdict, source: Source, ada: User) -> None:
    citation = judging.cite(verdict, source, by=ada, stance="supports", quoted="Dredged, 1921")
    judging.uncite(citation, by=ada)
    change = Entry.objects.latest("id").changes.get(table_name="verdicts_citation")
    assert (change.operation, change.before["quoted"]) == ("delete", "Dredged, 1921")


@pytest.mark.parametrize("who", ["cleo", "dee", "guest"])
def test_only_checkers_judge(who: str, verdict: Verdict, source: Source, request: pytest.FixtureRequest) -> None:
    by = request.getfixturevalue(who)
    for act in (
        partial(judging.draft, verdict.claim),
        partial(judging.revise, verdict, version=1),
        partial(judging.cite, verdict, source, stance="supports"),
    ):
        with pytest.raises(PermissionDenied):
            act(by=by)


@pytest.mark.django_db(transaction=True)
def test_many_who_cite_at_once_get_numbers_of_their_own(verdict: Verdict, source: Source, ada: User) -> None:
    given = at_once(*[partial(judging.cite, verdict, source, by=ada, stance="supports")] * 4)
    assert sorted(citation.number for citation in given) == [1, 2, 3, 4]
