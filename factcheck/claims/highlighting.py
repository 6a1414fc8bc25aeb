"""Claims and where they stand: words proved against the snapshot, then written down."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Lower, Now
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.anchoring.locating import Status
from factcheck.anchoring.quote import Mismatch, Quote, Reason, prove
from factcheck.articles.again import TextChanged
from factcheck.articles.models import Article, Snapshot
from factcheck.claims.models import (
    Claim,
    Claimant,
    ClaimantKind,
    Highlight,
    Placement,
    Topic,
    passage,
)
from factcheck.history import versioning
from factcheck.history.recording import act
from factcheck.history.versioning import Stale, as_seen


def word_claim(
    *,
    by: User,
    wording: str,
    claimant: Claimant | None = None,
    said_on: date | None = None,
    place: str = "",
    topics: Iterable[Topic] = (),
) -> Claim:
    """Write down a claim, in no article yet. Raises ValidationError, PermissionDenied."""
    require(by, "highlight")
    with act("claim.word", by=by) as wording_act:
        claim = Claim(wording=wording, claimant=claimant, said_on=said_on, place=place, made_by=by)
        # What it points to, and the rest, the database judges.
        claim.clean_fields(exclude=["claimant", "made_by", "assignee"])
        claim.save(force_insert=True)
        if topics := list(topics):
            claim.topics.set(_held(topics))
        wording_act.about(claim)
    return claim


def mark_claim(snapshot: Snapshot, *quotes: Quote, by: User, **particulars: Any) -> Placement:
    """Write down a claim and mark where it stands in an article; the placement knows both.

    quotes -- as for `highlight`. particulars -- as for `word_claim`. Raises ValidationError, TextChanged, PermissionDenied.
    """
    spans = locate_words(quotes, snapshot)
    with in_newest(), act("claim.mark", snapshot.article, by=by):
        _check_on_desk(snapshot.article)
        # Nobody else knows the claim yet: it needs no lock, and stands nowhere.
        mark = Highlight.objects.create(
            claim=word_claim(by=by, **particulars), article_id=snapshot.article_id, made_by=by
        )
        return place(mark, snapshot, spans, by=by)


def highlight(
    claim: Claim,
    snapshot: Snapshot,
    *quotes: Quote,
    by: User,
    claimant: Claimant | None = None,
    said_on: date | None = None,
) -> Highlight:
    """Mark where a claim stands in an article.

    quotes -- the words, with what is known of their surroundings: one, or several where the statement is interrupted. Each
    is proved against the snapshot and stored with the context that stands there. claimant, said_on -- who says it here and
    when; only what differs from the claim is kept.
    Raises ValidationError when the words do not stand there, or this claim is marked on exactly these words already;
    TextChanged when the snapshot is not the article's newest.
    """
    require(by, "highlight")
    spans = locate_words(quotes, snapshot)
    with in_newest(), act("claim.highlight", claim, snapshot.article, by=by):
        locked = only_once(claim, snapshot, spans)
        mark = Highlight.objects.create(
            claim=claim,
            article_id=snapshot.article_id,
            claimant=None if claimant and claimant.pk == locked.claimant_id else claimant,
            said_on=None if said_on == locked.said_on else said_on,
            made_by=by,
        )
        place(mark, snapshot, spans, by=by)
    return mark


def move(mark: Highlight, snapshot: Snapshot, *quotes: Quote, by: User, version: int) -> Highlight:
    """Let a highlight stand on other words of its article: a new placement, the old one stays in the record.

    quotes -- as for `highlight`. Raises Stale when somebody has moved it since `version`, TextChanged and ValidationError as
    `highlight` does.
    """
    require(by, "highlight")
    spans = locate_words(quotes, snapshot)
    with in_newest(), act("claim.move", mark.claim, mark.article, by=by):
        fresh = versioning.update(mark, version)
        if fresh.removed_at:
            raise ValidationError(_("This highlight is removed. Put it back first."), code="trashed")
        only_once(mark.claim, snapshot, spans, besides=mark)
        place(mark, snapshot, spans, by=by)
    return fresh


@contextmanager
def in_newest() -> Iterator[None]:
    """Place in the article's newest text alone, which the database keeps. Raises TextChanged when another was taken in."""
    try:
        yield
    except IntegrityError as error:
        told = getattr(error.__cause__, "diag", None)
        if told is None or told.constraint_name != "placement_in_newest":
            raise
        raise TextChanged from error


def only_once(
    claim: Claim, snapshot: Snapshot, spans: list[tuple[int, int]], *, besides: Highlight | None = None
) -> Claim:
    """The claim, held until the transaction ends. Raises ValidationError when it is marked on exactly these words already."""
    # One at a time for a claim, so that a second tab does not mark the same words twice.
    locked = Claim.objects.select_for_update().get(pk=claim.pk)
    _check_on_desk(locked, snapshot.article)
    standing = Placement.objects.current_in(snapshot).filter(highlight__claim=claim)
    if any(
        placement.spans() == spans for placement in standing if besides is None or placement.highlight_id != besides.pk
    ):
        raise ValidationError(_("This claim is marked on exactly these words already."), code="repeated")
    return locked


def _check_on_desk(*records: Claim | Article) -> None:
    if any(record.trashed_at for record in records):
        raise ValidationError(_("It is in the trash. Put it back on the desk first."), code="trashed")


def place(mark: Highlight, snapshot: Snapshot, spans: Iterable[tuple[int, int]], *, by: User) -> Placement:
    return Placement.objects.create(
        highlight=mark,
        snapshot=snapshot,
        passages=[passage(Quote.at(snapshot.text, start, end)) for start, end in spans],
        status=Status.EXACT,
        accepted_by=by,
    )


def locate_words(quotes: Iterable[Quote], snapshot: Snapshot) -> list[tuple[int, int]]:
    """(start, end) of each passage in the snapshot, in code points and reading order; those that touch become one.

    Raises ValidationError with a message for the editor.
    """
    try:
        found = sorted(prove(quote, snapshot.text) for quote in quotes)
    except Mismatch as mismatch:
        raise ValidationError(_MISMATCH[mismatch.reason](), code=mismatch.reason.value) from mismatch
    if not found:
        raise ValidationError(_MISMATCH[Reason.EMPTY](), code=Reason.EMPTY.value)
    spans = found[:1]
    for start, end in found[1:]:
        if start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def take_away(mark: Highlight, *, by: User) -> None:
    """Remove a highlight from its article; the claim stays."""
    require(by, "highlight")
    with act("claim.unhighlight", mark.claim, mark.article, by=by):
        Highlight.objects.filter(pk=mark.pk, removed_at=None).update(removed_at=Now())


def put_back(mark: Highlight, *, by: User) -> None:
    """Undo taking a highlight away. Raises ValidationError when the claim has been marked there again meanwhile."""
    require(by, "highlight")
    with act("claim.highlight_again", mark.claim, mark.article, by=by):
        placement = mark.placements.select_related("snapshot__article").latest("pk")
        only_once(mark.claim, placement.snapshot, placement.spans(), besides=mark)
        Highlight.objects.filter(pk=mark.pk).exclude(removed_at=None).update(removed_at=None)


def revise(
    claim: Claim,
    *,
    by: User,
    version: int,
    topics: Iterable[Topic] | None = None,
    **changes: Any,
) -> Claim:
    """Change a claim's wording or particulars. An approval of its verdict no longer applies then. Raises Stale."""
    require(by, "highlight")
    with act("claim.revise", claim, by=by):
        fresh = versioning.update(claim, version, **changes)
        if topics is not None:
            fresh.topics.set(_held(list(topics)))
    return fresh


def trash(claim: Claim, *, by: User, version: int | None = None) -> None:
    """Take a claim off the desk, with its highlights; it can come back. What is published stays published.

    version -- the claim as the person saw it, None for as it is. Raises Stale when it is another by now, or there already.
    """
    require(by, "highlight")
    with act("claim.trash", claim, by=by):
        standing = Claim.objects.on_desk().filter(as_seen(version), pk=claim.pk)
        if not standing.update(trashed_at=Now()) and version is not None:
            raise Stale(Claim.objects.get(pk=claim.pk))


def restore(claim: Claim, *, by: User, version: int | None = None) -> None:
    """Put a claim from the trash back on the desk. version -- as for `trash`."""
    require(by, "highlight")
    with act("claim.restore", claim, by=by):
        trashed = Claim.objects.in_trash().filter(as_seen(version), pk=claim.pk)
        if not trashed.update(trashed_at=None) and version is not None:
            raise Stale(Claim.objects.get(pk=claim.pk))


def find_or_add_claimant(
    name: str, *, by: User, kind: str = ClaimantKind.PERSON, chosen: int | None = None
) -> Claimant | None:
    """The claimant of this name as the newsroom knows them, or a new one; None for no name.

    chosen -- the number of one of several with the same name; without it, the one known longest. A merged one leads to
    who they became.
    """
    require(by, "highlight")
    if not (name := " ".join(name.split())):
        return None
    called = Claimant.objects.filter(_called(name))
    by_age = called.order_by(F("merged_into").asc(nulls_first=True), "id")
    if known := (chosen and called.filter(pk=chosen).first()) or by_age.first():
        return known.merged_into or known
    claimant = Claimant(name=name, kind=kind)
    claimant.full_clean(validate_constraints=False)
    try:
        # The inner transaction for an act inside another: what has been done there before stays.
        with act("claimant.add", by=by) as adding, transaction.atomic():
            claimant.save(force_insert=True)
            adding.about(claimant)
    except IntegrityError:
        # Somebody added the same name a moment ago.
        return Claimant.objects.standing().get(_called(name), description="")
    return claimant


def find_or_add_topics(names: Iterable[str], *, by: User) -> list[Topic]:
    """The topics of these names, new ones where there are none."""
    require(by, "highlight")
    wanted = {name.lower(): name for name in (" ".join(name.split()) for name in names) if name}
    if not wanted:
        return []
    known = Topic.objects.alias(lower=Lower("name")).filter(lower__in=wanted)
    if new := wanted.keys() - {topic.name.lower() for topic in known}:
        topics = [Topic(name=wanted[lower]) for lower in sorted(new)]
        for topic in topics:
            topic.full_clean(validate_constraints=False)
        with act("topic.add", by=by) as adding:
            # Somebody else may add the same one at this moment.
            Topic.objects.bulk_create(topics, ignore_conflicts=True)
            known = known.all()
            adding.about(*(topic for topic in known if topic.name.lower() in new))
    return list(known)


def _held(topics: list[Topic]) -> list[Topic]:
    """The topics, held until the transaction ends so that nobody removes one meanwhile."""
    held = Topic.objects.select_for_update(no_key=True).filter(pk__in=[topic.pk for topic in topics]).order_by("pk")
    if len(held) < len({topic.pk for topic in topics}):
        raise ValidationError(
            {"topics": _("Somebody has just removed one of these topics. Save once more.")}, code="gone"
        )
    return list(held)


def _called(name: str) -> Exact:
    """Names are compared as the constraints compare them, which also find it in their index."""
    return Exact(Lower("name"), Lower(Value(name)))


_MISMATCH = {
    Reason.EMPTY: lambda: _("Select or type the words of the statement."),
    Reason.OUTSIDE: lambda: _("The place lies outside the article’s text. Select the words again."),
    Reason.WORDS_DIFFER: lambda: _("These words do not stand at that place in the article. Select them again."),
    Reason.CONTEXT_DIFFERS: lambda: _("The words around them are not those of the article. Select the words again."),
    Reason.AMBIGUOUS: lambda: _(
        "These words stand in the article several times. Add a few words before or after them."
    ),
    Reason.ABSENT: lambda: _("These words do not stand in the article. Copy them from it exactly."),
}
