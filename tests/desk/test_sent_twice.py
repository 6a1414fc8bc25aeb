"""Every form of the desk sent twice with the same key, by htmx and without: the second gets an answer too."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from factcheck.accounts.models import User
from factcheck.claims.models import Claim
from factcheck.publication.publishing import approved_submission
from factcheck.verdicts.models import Citation, Verdict
from tests import newsroom
from tests.desk.conftest import Desk

pytestmark = pytest.mark.django_db

WORDS = "dredged in 1921"
PARTICULARS = {"title": "A title", "publisher": "Herald", "language": "en", "rights": "excerpts"}
USE = {"stance": "supports", "quoted": "Dredged"}
SOURCE = {"title": "A register", "kind": "primary", "url": "https://port.example/another"}
type Sent = tuple[str, dict[str, Any]]


def _cited(ada: User) -> Citation:
    return Citation.objects.get(verdict=newsroom.verdict(newsroom.claim(ada), by=ada))


def _marking(ada: User) -> Sent:
    return f"{newsroom.article(ada).get_absolute_url()}claims/", {"exact": WORDS, "wording": "It was dredged."}


def _same(ada: User) -> Sent:
    path = f"{newsroom.claim(ada).get_absolute_url()}highlights/"
    return path, {"exact": WORDS, "article": newsroom.article(ada).pk, "claimant": "Somebody else"}


def _words(ada: User) -> Sent:
    mark = newsroom.highlight(newsroom.claim(ada), newsroom.article(ada), WORDS, by=ada)
    return f"/desk/highlights/{mark.pk}/edit/", {"exact": "the bridge carries", "version": 1}


def _claim(ada: User) -> Sent:
    return f"{newsroom.claim(ada).get_absolute_url()}edit/", {"wording": "Edited.", "topics": "b, a", "version": 1}


def _verdict(ada: User) -> Sent:
    verdict = newsroom.verdict(newsroom.claim(ada), by=ada)
    return verdict.get_absolute_url(), {"rating": "False", "summary": "No.", "version": verdict.version}


def _citation(ada: User) -> Sent:
    return f"{newsroom.verdict(newsroom.claim(ada), by=ada).get_absolute_url()}citations/", USE | SOURCE


def _citation_edit(ada: User) -> Sent:
    cited = _cited(ada)
    return cited.get_absolute_url(), USE | {"note": "Another", "version": cited.version}


def _source(ada: User) -> Sent:
    source = _cited(ada).source
    return source.get_absolute_url(), SOURCE | {"version": source.version}


def _submission(ada: User) -> Sent:
    verdict = newsroom.verdict(newsroom.claim(ada), by=ada)
    return f"{verdict.get_absolute_url()}submission/", {"version": verdict.version}


def _decision(ada: User) -> Sent:
    waiting = newsroom.submission(newsroom.verdict(newsroom.claim(ada), by=ada), by=ada)
    return f"{waiting.get_absolute_url()}decision/", {"outcome": "approve"}


def _publication(ada: User) -> Sent:
    verdict = newsroom.verdict(newsroom.claim(ada), by=ada)
    newsroom.approved(verdict, by=ada)
    verdict = Verdict.objects.get(pk=verdict.pk)
    approved = approved_submission(verdict)
    assert approved
    return f"{verdict.get_absolute_url()}publication/", {"kind": "first", "submission": approved.pk}


def _retraction(ada: User) -> Sent:
    published: Claim = newsroom.published(newsroom.claim(ada), by=ada).claim
    return f"{published.get_absolute_url()}retraction/", {"reason": "It was wrong."}


FORMS: dict[str, tuple[str, Callable[[User], Sent]]] = {
    "article": ("ada", lambda ada: ("/desk/articles/", PARTICULARS | {"body": "A text."})),
    "article edit": (
        "ada",
        lambda ada: (f"{newsroom.article(ada).get_absolute_url()}edit/", PARTICULARS | {"version": 1}),
    ),
    "article assignment": (
        "ada",
        lambda ada: (newsroom.article(ada).get_assignment_url(), {"assignee": ada.pk, "version": 1}),
    ),
    "claim": ("ada", lambda ada: ("/desk/claims/", {"wording": "Said in a speech."})),
    "claim edit": ("ada", _claim),
    "claim assignment": (
        "ada",
        lambda ada: (newsroom.claim(ada).get_assignment_url(), {"assignee": ada.pk, "version": 1}),
    ),
    "marking": ("ada", _marking),
    "same claim": ("ada", _same),
    "words": ("ada", _words),
    "new verdict": ("ada", lambda ada: (f"{newsroom.claim(ada).get_absolute_url()}verdicts/", {"summary": "No."})),
    "verdict": ("ada", _verdict),
    "citation": ("ada", _citation),
    "citation edit": ("ada", _citation_edit),
    "source": ("ada", _source),
    "submission": ("ada", _submission),
    "decision": ("bo", _decision),
    "publication": ("cleo", _publication),
    "retraction": ("cleo", _retraction),
}


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
@pytest.mark.parametrize("name", FORMS)
def test_the_second_gets_what_the_first_got_and_a_correction_is_refused_or_saved(
    name: str, headers: dict[str, str], desk: Desk, ada: User, bo: User, cleo: User
) -> None:
    person, prepare = FORMS[name]
    path, sent = prepare(ada)
    client, sent = desk({"ada": ada, "bo": bo, "cleo": cleo}[person]), sent | {"key": str(uuid4())}
    first, second = (client.post(path, sent, headers=headers) for _again in range(2))
    assert first.status_code in {200, 303}
    assert (second.status_code, second.headers.get("Location")) == (first.status_code, first.headers.get("Location"))
    # All that is corrected at once is wrong in some way, or not.
    for correction in (
        {"summary": "Corrected", "wording": "Corrected", "note": "Corrected"},
        {"version": ""},
        {"key": sent["key"].upper()},
    ):
        assert client.post(path, sent | correction, headers=headers).status_code in {200, 303, 409, 422}
