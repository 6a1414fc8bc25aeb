"""What a submission holds: the document that readers would see."""

import json
from hashlib import sha256

import pytest

from factcheck.accounts.models import User
from factcheck.claims import highlighting
from factcheck.claims.models import Claim, Claimant
from factcheck.review import documents, freezing
from factcheck.sources.models import Source
from factcheck.verdicts.models import Citation, Verdict
from tests import newsroom
from tests.review import edits

pytestmark = pytest.mark.django_db


@pytest.fixture
def verdict(ada: User) -> Verdict:
    claim = newsroom.claim(ada)
    topics = highlighting.find_or_add_topics(["Port"], by=ada)
    highlighting.revise(claim, by=ada, version=claim.version, topics=topics)
    return newsroom.verdict(claim, by=ada)


def test_the_same_content_gives_the_same_bytes(verdict: Verdict) -> None:
    assert freezing.document_of(verdict) == freezing.document_of(Verdict.objects.get(pk=verdict.pk))


def test_the_document_is_json_with_sorted_keys_and_no_spare_space(verdict: Verdict) -> None:
    document = freezing.document_of(verdict)
    assert document == json.dumps(json.loads(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_the_hash_is_that_of_the_document_s_utf_8(verdict: Verdict) -> None:
    assert documents.hash_of("{“é😀”}") == sha256("{“é😀”}".encode()).hexdigest()


@pytest.mark.parametrize("name", edits.ALL)
def test_each_edit_that_readers_would_see_gives_another_hash(name: str, verdict: Verdict, ada: User) -> None:
    before = documents.hash_of(freezing.document_of(verdict))
    edits.ALL[name](verdict, ada)
    assert documents.hash_of(freezing.document_of(verdict)) != before


def test_no_field_that_can_be_edited_is_forgotten_above() -> None:
    # Which claim, verdict or source it hangs on is no field of its own; a citation's number is never edited.
    fixed = {"verdict.claim", "verdict.scale", "citation.verdict", "citation.source", "citation.number"}
    editable = {
        f"{model._meta.model_name}.{field.name}"
        for model in (Claim, Claimant, Verdict, Citation, Source)
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.editable and not field.primary_key
    }
    assert editable - fixed <= set(edits.ALL)


def test_an_edit_taken_back_gives_the_old_hash_again(verdict: Verdict, ada: User) -> None:
    before = freezing.document_of(verdict)
    claim = verdict.claim
    changed = highlighting.revise(claim, by=ada, version=Claim.objects.get(pk=claim.pk).version, place="Port")
    highlighting.revise(claim, by=ada, version=changed.version, place="")
    assert freezing.document_of(verdict) == before


def test_a_highlight_in_another_article_is_no_part_of_the_document(verdict: Verdict, ada: User) -> None:
    before = freezing.document_of(verdict)
    newsroom.highlight(verdict.claim, newsroom.article(ada), "dredged in 1921", by=ada)
    assert freezing.document_of(verdict) == before


def test_another_verdict_on_the_claim_is_no_part_of_the_document(verdict: Verdict, ada: User) -> None:
    before = freezing.document_of(verdict)
    newsroom.verdict(verdict.claim, by=ada, rating="False")
    assert freezing.document_of(verdict) == before


def test_the_document_names_no_person_s_login(verdict: Verdict, ada: User) -> None:
    assert (json.loads(freezing.document_of(verdict))["authors"], "ada@" in freezing.document_of(verdict)) == (
        ["Ada"],
        False,
    )


def test_a_claim_of_nobody_in_particular_freezes_without_a_claimant(ada: User) -> None:
    verdict = newsroom.verdict(newsroom.claim(ada, claimant=""), by=ada)
    assert json.loads(freezing.document_of(verdict))["claim"]["claimant"] is None
