"""One act, one entry, and the rows that changed in it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DataError, connection, transaction
from django.utils import timezone

from factcheck.accounts import employing, inviting
from factcheck.accounts.models import Invitation, User
from factcheck.accounts.roles import CHECKER
from factcheck.articles import assigning as articles
from factcheck.articles import importing
from factcheck.articles.models import Article
from factcheck.claims import assigning as claims
from factcheck.claims import carrying, highlighting, registering
from factcheck.claims.models import Claim, Claimant, Highlight, Topic
from factcheck.history import versioning
from factcheck.history.models import Entry, RowChange, Via
from factcheck.history.recording import act, coming_from
from factcheck.history.versioning import Stale
from factcheck.newsroom.settling import settle
from factcheck.publication import addressing, correcting, noticing, publishing
from factcheck.publication.models import Kind, Publication
from factcheck.review import deciding, discussing, freezing, handing
from factcheck.review.models import Remark, Submission
from factcheck.sources import attaching, keeping
from factcheck.sources.models import Source
from factcheck.verdicts import judging, scaling
from factcheck.verdicts.models import Citation, Rating, ScaleVersion, Verdict
from tests import newsroom

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(ada: User) -> Article:
    return newsroom.article(ada)


def last() -> Entry:
    return Entry.objects.latest("id")


def operations(entry: Entry) -> set[tuple[str, str]]:
    return set(entry.changes.values_list("operation", "table_name"))


def retitle(article: Article, title: str = "Other") -> None:
    Article.objects.filter(pk=article.pk).update(title=title)


def test_an_entry_tells_who_what_why_and_when(article: Article, ada: User) -> None:
    with act("article.try", article, by=ada, reason="To see."):
        retitle(article)
    entry = last()
    with connection.cursor() as cursor:
        cursor.execute("SELECT at <= statement_timestamp() FROM history_entry WHERE id = %s", [entry.pk])
        assert cursor.fetchone() == (True,)
    assert (entry.act, entry.person_id, entry.person_name, entry.reason, entry.subjects) == (
        "article.try",
        ada.pk,
        "Ada",
        "To see.",
        [f"article:{article.pk}"],
    )


def test_a_change_keeps_the_columns_that_differ_before_and_after(article: Article, ada: User) -> None:
    with act("article.try", article, by=ada):
        retitle(article)
    change = last().changes.get()
    assert (change.operation, change.row_id, change.before, change.after) == (
        "update",
        str(article.pk),
        {"title": article.title},
        {"title": "Other"},
    )


def test_an_act_of_the_program_itself_has_nobody_s_name(article: Article) -> None:
    with act("article.try", article, by=None):
        retitle(article)
    assert (last().person_id, last().person_name) == (None, "")


def test_the_name_stays_when_the_person_gets_another(article: Article, ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(byline="Ada L.")
    assert Entry.objects.about(article).get().person_name == "Ada"


def test_acts_inside_an_act_are_one_entry_about_all_of_it(article: Article, ada: User) -> None:
    before = Entry.objects.count()
    with act("desk.try", by=ada):
        claim = newsroom.claim(ada)
        newsroom.highlight(claim, article, "dredged in 1921", by=ada)
    entry = last()
    assert (Entry.objects.count() - before, entry.act) == (1, "desk.try")
    assert {f"claim:{claim.pk}", f"article:{article.pk}", f"claimant:{claim.claimant_id}"} <= set(entry.subjects)
    assert {("insert", "claims_claim"), ("insert", "claims_highlight"), ("insert", "claims_claimant")} <= operations(
        entry
    )


def test_acts_one_after_the_other_keep_their_rows_apart(article: Article, ada: User) -> None:
    for title in ("First", "Second"):
        with act(f"article.{title}", article, by=ada):
            retitle(article, title)
    told = [(change.entry.act, change.after) for change in RowChange.objects.order_by("-id")[:2]]
    assert told == [("article.Second", {"title": "Second"}), ("article.First", {"title": "First"})]


def test_what_changes_after_an_act_belongs_to_none(article: Article) -> None:
    retitle(article)
    assert RowChange.objects.latest("id").entry_id is None


def test_a_failing_act_leaves_no_entry_and_no_change(article: Article, ada: User) -> None:
    def fail() -> None:
        with act("article.try", article, by=ada):
            retitle(article)
            retitle(article, "too long" * 100)

    before = (Entry.objects.count(), RowChange.objects.count())
    with pytest.raises(DataError):
        fail()
    assert (Entry.objects.count(), RowChange.objects.count()) == before


def test_after_a_failing_act_the_next_is_entered_under_its_own_name(article: Article, ada: User) -> None:
    with pytest.raises(RuntimeError), act("article.fail", article, by=ada):
        raise RuntimeError
    with act("article.try", article, by=ada):
        retitle(article)
    assert last().changes.get().entry.act == "article.try"


def test_what_changes_after_a_failing_act_belongs_to_none(article: Article, ada: User) -> None:
    with transaction.atomic():
        with pytest.raises(RuntimeError), act("article.fail", article, by=ada):
            raise RuntimeError
        retitle(article)
    assert RowChange.objects.latest("id").entry_id is None


@pytest.mark.parametrize("via", Via)
def test_an_entry_tells_from_where_it_came(via: Via, article: Article, ada: User) -> None:
    with coming_from(via), act("article.try", article, by=ada):
        retitle(article)
    assert last().via == via


def test_an_act_comes_from_a_command_unless_it_is_said_otherwise(article: Article) -> None:
    assert Entry.objects.about(article).get().via == Via.COMMAND


def test_what_touched_a_record_is_told_newest_first(article: Article, ada: User) -> None:
    importing.revise(article, by=ada, version=1, title="Other")
    assert [entry.act for entry in Entry.objects.about(article)] == ["article.revise", "article.take_in"]


def test_a_record_of_the_same_number_but_another_kind_is_not_meant(article: Article) -> None:
    assert not Entry.objects.about(Claim(pk=article.pk)).exists()


def test_a_version_is_compared_and_raised_in_one_statement(article: Article) -> None:
    assert versioning.update(article, 1, title="Other").version == 2


def test_a_version_that_is_not_the_current_one_changes_nothing(article: Article) -> None:
    with pytest.raises(Stale) as late:
        versioning.update(article, 2, title="Other")
    assert late.value.current.title == article.title


# --- Each verb leaves one entry, named so, with these rows ---

Verb = Callable[[dict[str, User]], object]


def _handed_in(who: dict[str, User]) -> Submission:
    return newsroom.submission(newsroom.verdict(newsroom.claim(who["ada"]), by=who["ada"]), by=who["ada"])


def _approved(who: dict[str, User]) -> Verdict:
    return Verdict.objects.get(pk=newsroom.approved(_draft(who), by=who["ada"], reviewer=who["bo"]).verdict_id)


def _retracted(who: dict[str, User]) -> Publication:
    return publishing.retract(_published(who), by=who["cleo"], reason="Wrong.")


def _set_for_later(who: dict[str, User]) -> Publication:
    return publishing.publish(_approved(who), by=who["cleo"], at=timezone.now() + timedelta(days=1))


def _draft(who: dict[str, User]) -> Verdict:
    return newsroom.verdict(newsroom.claim(who["ada"]), by=who["ada"])


def _citation(who: dict[str, User]) -> Citation:
    return Citation.objects.get(verdict=_draft(who))


def _mark(who: dict[str, User]) -> Highlight:
    article, claim = newsroom.article(who["ada"]), newsroom.claim(who["ada"])
    return newsroom.highlight(claim, article, "dredged in 1921", by=who["ada"])


def _taken_away(who: dict[str, User]) -> Highlight:
    mark = _mark(who)
    highlighting.take_away(mark, by=who["ada"])
    return mark


def _trashed_article(who: dict[str, User]) -> Article:
    article = newsroom.article(who["ada"])
    importing.trash(article, by=who["ada"])
    return article


def _trashed_claim(who: dict[str, User]) -> Claim:
    claim = newsroom.claim(who["ada"])
    highlighting.trash(claim, by=who["ada"])
    return claim


def _published(who: dict[str, User]) -> Claim:
    return newsroom.published(newsroom.claim(who["ada"]), by=who["ada"]).claim


def _marked_since(who: dict[str, User]) -> Article:
    article, claim = newsroom.article(who["ada"]), _published(who)
    newsroom.highlight(claim, article, "dredged in 1921", by=who["ada"])
    return article


def _shown(who: dict[str, User]) -> Article:
    article = _marked_since(who)
    publishing.publish_article(article, by=who["cleo"])
    return article


def _changed_since(who: dict[str, User]) -> Article:
    article, claim = newsroom.article(who["ada"]), newsroom.claim(who["ada"])
    newsroom.highlight(claim, article, "dredged in 1921", by=who["ada"])
    newsroom.published(claim, by=who["ada"])
    carrying.take_in_again(article, "Another text.", by=who["ada"])
    return article


def _corrected(who: dict[str, User]) -> Verdict:
    verdict = _approved(who)
    publishing.publish(verdict, by=who["cleo"])
    judging.revise(verdict, by=who["ada"], version=verdict.version, summary="Otherwise.")
    newsroom.approved(verdict, by=who["ada"], reviewer=who["bo"])
    return verdict


def _thread(who: dict[str, User]) -> Remark:
    return discussing.begin(_draft(who), by=who["bo"], text="Why?")


def _resolved(who: dict[str, User]) -> Remark:
    thread = _thread(who)
    discussing.resolve(thread, by=who["bo"])
    return thread


def _claimant(who: dict[str, User]) -> Claimant:
    return registering.add_claimant(by=who["ada"], name="Petra Port", kind="person")


def _topic(who: dict[str, User]) -> Topic:
    return registering.add_topic(by=who["ada"], name="Port")


def _topics(who: dict[str, User]) -> tuple[Topic, Topic]:
    return _topic(who), registering.add_topic(by=who["ada"], name="Sea")


def _source(who: dict[str, User]) -> Source:
    return keeping.find_or_add(by=who["ada"], title="A talk", kind="interview")


def _disabled(who: dict[str, User]) -> User:
    employing.disable(who["ada"], by=who["dee"])
    return who["ada"]


def _invited(by: User) -> tuple[Invitation, str]:
    return inviting.invite(by=by, email="gil@newsroom.example", roles=[CHECKER])


def _on_an_old_scale(who: dict[str, User]) -> tuple[dict[int, int], ScaleVersion, ScaleVersion]:
    draft = judging.draft(newsroom.claim(who["ada"]), by=who["ada"])
    new = scaling.make_version("default", by=who["dee"], version=1, name="Short", ratings=_ratings())
    return {draft.pk: draft.version}, draft.scale, new


def _ratings() -> list[Rating]:
    return [Rating(position=at, name=f"Step {at}", definition="So.", hue="grey", sign="full") for at in (1, 2)]


ADA, BO, CLEO, DEE = "ada", "bo", "cleo", "dee"
TOMORROW = date.today() + timedelta(days=1)
VERBS = {
    "article.take_in": (ADA, lambda w: None, lambda _none, by: newsroom.article(by)),
    "article.revise": (ADA, lambda w: newsroom.article(w[ADA]), lambda a, by: importing.revise(a, by=by, version=1, title="T")),
    "article.trash": (ADA, lambda w: newsroom.article(w[ADA]), lambda a, by: importing.trash(a, by=by)),
    "article.restore": (ADA, _trashed_article, lambda a, by: importing.restore(a, by=by)),
    "article.assign": (ADA, lambda w: newsroom.article(w[ADA]), lambda a, by: articles.assign(a, by=by, version=1, assignee=by, due_on=TOMORROW)),
    "claim.assign": (ADA, lambda w: newsroom.claim(w[ADA]), lambda c, by: claims.assign(c, by=by, version=1, assignee=by, due_on=TOMORROW)),
    "claim.word": (ADA, lambda w: None, lambda _none, by: highlighting.word_claim(by=by, wording="So.")),
    "claim.revise": (ADA, lambda w: newsroom.claim(w[ADA]), lambda c, by: highlighting.revise(c, by=by, version=1, place="P")),
    "claim.trash": (ADA, lambda w: newsroom.claim(w[ADA]), lambda c, by: highlighting.trash(c, by=by)),
    "claim.restore": (ADA, _trashed_claim, lambda c, by: highlighting.restore(c, by=by)),
    "claim.highlight": (
        ADA, lambda w: newsroom.article(w[ADA]),
        lambda a, by: highlighting.highlight(Claim.objects.create(wording="So.", made_by=by), newsroom.snapshot(a), newsroom.Quote("dredged in 1921"), by=by),
    ),
    "claim.move": (
        ADA, _mark,
        lambda m, by: highlighting.move(m, newsroom.snapshot(m.article), newsroom.Quote("40,000 cars a day"), by=by, version=1),
    ),
    "article.take_in_again": (ADA, lambda w: newsroom.article(w[ADA]), lambda a, by: carrying.take_in_again(a, "Another text.", by=by)),
    "claim.accept_place": (ADA, lambda w: newsroom.waiting(w[ADA]), lambda p, by: carrying.accept(p, by=by)),
    "claim.choose_place": (
        ADA, lambda w: newsroom.waiting(w[ADA], "Once more dredged in 1921 here.\n\nAnd again dredged in 1921 there."),
        lambda p, by: carrying.choose(p, tuple(p.found[0]["candidates"][0]), by=by),
    ),
    "claim.attach": (ADA, lambda w: newsroom.waiting(w[ADA]), lambda p, by: carrying.attach(p, newsroom.Quote("The mayor"), by=by)),
    "claim.let_go": (ADA, lambda w: newsroom.waiting(w[ADA]), lambda p, by: carrying.let_go(p, by=by)),
    "claim.look_again": (ADA, lambda w: carrying.let_go(newsroom.waiting(w[ADA]), by=w[ADA]), lambda p, by: carrying.look_again(p, by=by)),
    "claim.unhighlight": (ADA, _mark, lambda m, by: highlighting.take_away(m, by=by)),
    "claim.highlight_again": (ADA, _taken_away, lambda m, by: highlighting.put_back(m, by=by)),
    "claimant.add": (ADA, lambda w: None, lambda _none, by: highlighting.find_or_add_claimant("Petra Port", by=by)),
    "claimant.revise": (ADA, _claimant, lambda c, by: registering.revise_claimant(c, by=by, version=1, description="D")),
    "claimant.merge": (
        ADA, lambda w: (_claimant(w), newsroom.claim(w[ADA]).claimant),
        lambda both, by: registering.merge_claimants(both[0], {both[1].pk: 1}, by=by, version=1),
    ),
    "topic.put_under": (ADA, _topics, lambda two, by: registering.put_topic_under(two[0], by=by, was=None, parent=two[1])),
    "topic.merge": (ADA, _topics, lambda two, by: registering.merge_topics(two[0], {two[1].pk: "Sea"}, by=by, name="Port")),
    "topic.add": (ADA, lambda w: None, lambda _none, by: highlighting.find_or_add_topics(["Port"], by=by)),
    "topic.rename": (ADA, _topic, lambda t, by: registering.rename_topic(t, by=by, was="Port", name="Ports")),
    "topic.remove": (ADA, _topic, lambda t, by: registering.remove_topic(t, by=by)),
    "source.add": (ADA, lambda w: None, lambda _none, by: keeping.find_or_add(by=by, title="A talk", kind="interview")),
    "source.attach": (ADA, _source, lambda s, by: attaching.attach(s, by=by, name="talk.pdf", data=b"%PDF-1.7")),
    "source.revise": (ADA, _source, lambda s, by: keeping.revise(s, by=by, version=1, title="Another talk")),
    "verdict.draft": (ADA, lambda w: newsroom.claim(w[ADA]), lambda c, by: judging.draft(c, by=by)),
    "verdict.correct": (ADA, _published, lambda c, by: correcting.correct(c, by=by)),
    "verdict.revise": (ADA, _draft, lambda v, by: judging.revise(v, by=by, version=v.version, summary="Otherwise.")),
    "verdict.cite": (ADA, lambda w: (_draft(w), _source(w)), lambda both, by: judging.cite(*both, by=by, stance="context")),
    "verdict.revise_citation": (ADA, _citation, lambda c, by: judging.revise_citation(c, by=by, version=1, note="N")),
    "verdict.uncite": (ADA, _citation, lambda c, by: judging.uncite(c, by=by)),
    "verdict.submit": (ADA, _draft, lambda v, by: freezing.submit(v, by=by)),
    "verdict.approve": (BO, _handed_in, lambda s, by: deciding.approve(s, by=by)),
    "verdict.send_back": (BO, _handed_in, lambda s, by: deciding.send_back(s, by=by, reasons="Why?")),
    "verdict.withdraw": (ADA, _handed_in, lambda s, by: handing.withdraw(s, by=by)),
    "verdict.hand_over": (ADA, _handed_in, lambda s, by: handing.hand_over(s, by=by, reviewer=None)),
    "verdict.remark": (BO, _draft, lambda v, by: discussing.begin(v, by=by, text="Why?")),
    "verdict.reply": (ADA, _thread, lambda r, by: discussing.reply(r, by=by, text="So.")),
    "verdict.resolve": (ADA, _thread, lambda r, by: discussing.resolve(r, by=by)),
    "verdict.reopen": (ADA, _resolved, lambda r, by: discussing.reopen(r, by=by)),
    "claim.publish": (CLEO, _approved, lambda v, by: publishing.publish(v, by=by)),
    "claim.publish_unreviewed": (CLEO, _handed_in, lambda s, by: publishing.publish_unreviewed(s.verdict, by=by, urgency="War.")),
    "claim.countersign": (BO, _retracted, lambda p, by: publishing.countersign(p, by=by)),
    "claim.schedule": (CLEO, _approved, lambda v, by: publishing.publish(v, by=by, at=timezone.now() + timedelta(days=1))),
    "claim.call_off": (CLEO, _set_for_later, lambda p, by: publishing.call_off(p, by=by)),
    "claim.retract": (CLEO, _published, lambda c, by: publishing.retract(c, by=by, reason="Wrong.")),
    "claim.readdress": (CLEO, _published, lambda c, by: addressing.readdress(c, by=by, slug="the-harbour", reason="Shorter.")),
    "article.readdress": (CLEO, _shown, lambda a, by: addressing.readdress_article(a, by=by, slug="the-harbour", reason="Shorter.")),
    "article.tell_of_change": (CLEO, _changed_since, lambda a, by: noticing.tell_readers(a, by=by)),
    "article.publish": (CLEO, _marked_since, lambda a, by: publishing.publish_article(a, by=by)),
    "person.employ": (DEE, lambda w: None, lambda _none, by: employing.employ(by=by, username="fay", email="fay@newsroom.example", byline="Fay", roles=[CHECKER])),
    "person.revise": (DEE, lambda w: w[ADA], lambda p, by: employing.revise(p, by=by, version=1, byline="Ada L.")),
    "person.disable": (DEE, lambda w: w[ADA], lambda p, by: employing.disable(p, by=by)),
    "person.enable": (DEE, _disabled, lambda p, by: employing.enable(p, by=by)),
    "invitation.make": (DEE, lambda w: None, lambda _none, by: _invited(by)),
    "invitation.renew": (DEE, lambda w: _invited(w[DEE])[0], lambda i, by: inviting.renew(i, by=by)),
    "invitation.revoke": (DEE, lambda w: _invited(w[DEE])[0], lambda i, by: inviting.revoke(i, by=by)),
    "scale.make_version": (DEE, lambda w: None, lambda _none, by: scaling.make_version("short", by=by, version=0, name="Short", description="", ratings=_ratings())),
    "scale.move_work": (DEE, _on_an_old_scale, lambda given, by: scaling.move_work(given[0], by=by, old=given[1], new=given[2], ratings={})),
    "settings.change": (DEE, lambda w: None, lambda _none, by: settle(by=by, version=1, name="The Checkers")),
}  # fmt: skip


@pytest.mark.parametrize("name", VERBS)
def test_each_verb_leaves_one_entry_in_its_name_with_the_rows_it_changed(
    name: str, ada: User, bo: User, cleo: User, dee: User
) -> None:
    who = {person.username: person for person in (ada, bo, cleo, dee)}
    actor, prepare, verb = VERBS[name]
    given = prepare(who)
    before = set(Entry.objects.values_list("pk", flat=True))
    verb(given, who[actor])
    (entry,) = Entry.objects.exclude(pk__in=before)
    assert (entry.act, entry.person_name, bool(entry.subjects), entry.changes.exists()) == (
        name,
        actor.title(),
        True,
        True,
    )


def test_a_correction_s_public_reason_is_in_the_history(ada: User, bo: User, cleo: User) -> None:
    verdict = _corrected({"ada": ada, "bo": bo, "cleo": cleo})
    publishing.publish(verdict, by=cleo, kind=Kind.UPDATE, reason="A new register.")
    assert last().reason == "A new register."
