"""What is done to several records is asked for first; each is an act of its own, on what was shown."""

import pytest
from django.test import Client
from django.urls import reverse

from factcheck.accounts.models import User
from factcheck.claims import highlighting
from factcheck.claims.models import Claim
from factcheck.desk.admin import asking
from factcheck.history.models import Entry
from tests import newsroom
from tests.admin.conftest import confirmed

CLAIMS = "/admin/claims/claim/"


@pytest.fixture
def claims(ada: User) -> list[Claim]:
    return [newsroom.claim(ada, wording=f"It is {n} fathoms deep.") for n in range(4)]


def sent(claims: list[Claim], **more: object) -> dict[str, object]:
    return {"action": "trash", "_selected_action": [claim.pk for claim in claims], **more}


def test_it_is_asked_for_with_what_is_left_out_and_why(both: Client, ada: User, claims: list[Claim]) -> None:
    highlighting.trash(claims[0], by=ada)
    page = both.post(CLAIMS, sent(claims))
    words = page.content.decode()
    assert "Put 3 claims in the trash?" in words
    assert "1 is left out" in words
    assert "It is 0 fathoms deep.: it is in the trash already." in words
    assert Claim.objects.in_trash().count() == 1


def test_each_is_one_act_and_what_was_changed_since_stays(both: Client, eve: User, claims: list[Claim]) -> None:
    asked = both.post(CLAIMS, sent(claims))
    shown = dict(asked.context["sent"])
    highlighting.revise(claims[1], by=eve, version=1, wording="It is shallow.")
    seen = {name: value for name, value in shown.items() if name.startswith("seen-")}
    answer = both.post(CLAIMS, sent(claims, confirmed="yes", **seen), follow=True)
    words = answer.content.decode()
    assert "3 claims are in the trash." in words
    assert "It is shallow.: somebody changed it since you were asked." in words
    assert list(Claim.objects.on_desk()) == [claims[1]]
    assert Entry.objects.filter(act="claim.trash", via="admin", person_id=eve.pk).count() == 3


def test_unasked_it_does_nothing(both: Client, claims: list[Claim]) -> None:
    both.post(CLAIMS, sent(claims, confirmed="yes"))
    assert not Claim.objects.in_trash().exists()


def test_a_list_takes_no_more_than_can_be_looked_at(
    both: Client, claims: list[Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "AT_ONCE", 3)
    answer = both.post(CLAIMS, sent(claims, select_across="1"), follow=True)
    assert "Choose at most 3 at once." in answer.content.decode()


@pytest.mark.parametrize("number", ["x", "1" * 30, "-1", "²"])
def test_odd_numbers_are_refused(number: str, both: Client) -> None:
    assert both.post(CLAIMS, {"action": "trash", "_selected_action": [number]}).status_code == 400


def test_an_action_that_is_not_ones_own_or_none_at_all_is_refused(office: Client, claims: list[Claim]) -> None:
    for action in ("trash", "delete_selected", "", "x" * 500):
        assert office.post(CLAIMS, sent(claims) | {"action": action}).status_code == 403
        path = f"{CLAIMS}{claims[0].pk}/change/"
        assert office.post(path, {"CHANGE_FORM-action": action, "_selected_action": claims[0].pk}).status_code == 403
    assert not Claim.objects.in_trash().exists()


def test_a_filtered_list_is_come_back_to(both: Client, claims: list[Claim]) -> None:
    path = f"{CLAIMS}?in=desk&q=fathoms"
    assert confirmed(both, path, **sent(claims))["Location"] == path


def test_counts_lead_to_lists_of_as_many(both: Client, ada: User) -> None:
    article, claim = newsroom.article(ada), newsroom.claim(ada)
    newsroom.highlight(claim, article, "the harbour was dredged in 1921", by=ada)
    newsroom.verdict(claim, by=ada)
    Claim.objects.filter(pk=claim.pk).update(assignee=ada)
    newsroom.claim(ada, wording="Another.")
    for model in ("articles_article", "claims_claim", "sources_source", "accounts_user"):
        page = both.get(reverse(f"admin:{model}_changelist")).content.decode()
        paths = {
            f"{reverse('admin:claims_claim_changelist')}?{query}"
            for query in (f"article={article.pk}", "source=", f"person={ada.pk}")
        } | {f"{reverse('admin:articles_article_changelist')}?claim={claim.pk}"}
        found = [path for path in paths if f'href="{path}' in page]
        assert found, model
        for path in found:
            whole = path if path[-1] != "=" else f"{path}{claim.verdicts.get().citations.get().source_id}"
            assert both.get(whole).context["cl"].result_count == 1, whole
