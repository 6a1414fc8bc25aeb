"""The newsroom's lists of claimants and topics, kept right."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.claims.models import Claim, Claimant, Highlight, Topic
from factcheck.history import versioning
from factcheck.history.recording import act
from factcheck.history.versioning import Stale


def add_claimant(*, by: User, name: str, kind: str, description: str = "", same_as: str = "") -> Claimant:
    """Enter a claimant. Raises ValidationError when there is one of this name and description."""
    require(by, "keep_registers")
    claimant = Claimant(name=name, kind=kind, description=description, same_as=same_as)
    with act("claimant.add", by=by) as adding:
        claimant.full_clean()
        claimant.save(force_insert=True)
        adding.about(claimant)
    return claimant


def revise_claimant(claimant: Claimant, *, by: User, version: int, **changes: Any) -> Claimant:
    """Correct a claimant's particulars. Verdicts on their claims give another document from now on. Raises Stale."""
    require(by, "keep_registers")
    with act("claimant.revise", claimant, by=by):
        corrected = copy(claimant)
        for name, value in changes.items():
            setattr(corrected, name, value)
        corrected.full_clean()
        return versioning.update(claimant, version, **changes)


def merge_claimants(into: Claimant, others: Mapping[int, int], *, by: User, version: int) -> int:
    """Let claimants be one: the claims and highlights of the others become those of `into`; gives how many claims moved.

    others, version -- the version of each (others by their number) that the decision was made from. Nothing published
    changes; a verdict in work gives another document, so that it is approved anew. Those merged into one of the others
    before become `into`, too. Raises Stale, and ValidationError when one of them was merged meanwhile or there is none.
    """
    require(by, "keep_registers")
    numbers = sorted(number for number in others if number != into.pk)
    if not numbers:
        raise ValidationError(_("Choose at least two claimants."), code="too_few")
    with act("claimant.merge", into, by=by) as merging:
        # Claims before claimants, as everybody locks them.
        list(Claim.objects.select_for_update().filter(claimant__in=numbers).order_by("pk").values_list("pk"))
        wanted = Claimant.objects.select_for_update().filter(pk__in=[into.pk, *numbers]).order_by("pk")
        locked = {claimant.pk: claimant for claimant in wanted}
        if len(locked) <= len(numbers) or any(claimant.merged_into_id for claimant in locked.values()):
            raise ValidationError(_("One of them was merged a moment ago. Look at the list again."), code="merged")
        for number, known in {**others, into.pk: version}.items():
            if locked[number].version != known:
                raise Stale(locked[number])
        moved = Claim.objects.filter(claimant__in=numbers).update(claimant=into.pk, version=F("version") + 1)
        Highlight.objects.filter(claimant__in=numbers).update(claimant=into.pk, version=F("version") + 1)
        # A highlight says only what differs from its claim.
        Highlight.objects.filter(claimant=into.pk, claim__claimant=into.pk).update(claimant=None)
        Claimant.objects.filter(merged_into__in=numbers).update(merged_into=into.pk)
        Claimant.objects.filter(pk__in=numbers).update(merged_into=into.pk, version=F("version") + 1)
        merging.about(*(locked[number] for number in numbers))
    return moved


def add_topic(*, by: User, name: str, parent: Topic | None = None) -> Topic:
    """Enter a topic, under another if one is given. Raises ValidationError when there is one of this name."""
    require(by, "keep_registers")
    topic = Topic(name=name, parent=parent)
    with act("topic.add", by=by) as adding:
        topic.full_clean()
        topic.save(force_insert=True)
        adding.about(topic)
    return topic


def rename_topic(topic: Topic, *, by: User, was: str, name: str) -> Topic:
    """Give a topic another name. A topic is nothing but its name, so `was` tells what the change was made from: raises
    Stale when it is called otherwise by now, ValidationError when another one has the name.
    """
    require(by, "keep_registers")
    with act("topic.rename", topic, by=by):
        fresh = Topic.objects.select_for_update().get(pk=topic.pk)
        if fresh.name != was:
            raise Stale(fresh)
        fresh.name = name
        fresh.full_clean()
        fresh.save(update_fields=["name"])
    return fresh


def put_topic_under(topic: Topic, *, by: User, was: int | None, parent: Topic | None) -> Topic:
    """Let a topic stand under another, or under none.

    was -- the number of the one it stood under when this was decided; raises Stale when it is another by now, and
    ValidationError when it would stand under itself.
    """
    require(by, "keep_registers")
    with act("topic.put_under", topic, by=by):
        _tree_by_one_at_a_time()
        fresh = Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
        if fresh.parent_id != was:
            raise Stale(fresh)
        fresh.parent = parent
        try:
            with transaction.atomic():
                fresh.save(update_fields=["parent"])
        except IntegrityError as error:
            raise ValidationError(
                {"parent": _("It would stand under itself: choose another topic.")}, code="circle"
            ) from error
    return fresh


def merge_topics(into: Topic, others: Mapping[int, str], *, by: User, name: str) -> int:
    """Let topics be one: the claims of the others get `into`, what stands under them stands under it, and they go.

    others, name -- what each was called when it was decided (others by their number). Nothing published changes. Gives how
    many claims the others had. Raises Stale, and ValidationError when one of them is gone or there is none.
    """
    require(by, "keep_registers")
    numbers = sorted(number for number in others if number != into.pk)
    if not numbers:
        raise ValidationError(_("Choose at least two topics."), code="too_few")
    given = Claim.topics.through.objects
    with act("topic.merge", into, by=by) as merging:
        having = Claim.objects.filter(pk__in=given.filter(topic__in=numbers).values("claim"))
        list(having.select_for_update().order_by("pk").values_list("pk"))
        _tree_by_one_at_a_time()
        wanted = Topic.objects.select_for_update().filter(pk__in=[into.pk, *numbers]).order_by("pk")
        locked = {topic.pk: topic for topic in wanted}
        if len(locked) <= len(numbers):
            raise ValidationError(_("One of them was removed a moment ago. Look at the list again."), code="gone")
        for number, known in {**others, into.pk: name}.items():
            if locked[number].name != known:
                raise Stale(locked[number])
        claims = list(given.filter(topic__in=numbers).values_list("claim", flat=True).distinct())
        given.bulk_create([given.model(claim_id=pk, topic_id=into.pk) for pk in claims], ignore_conflicts=True)
        given.filter(topic__in=numbers).delete()
        Claim.objects.filter(pk__in=claims).update(version=F("version") + 1)
        Topic.objects.filter(pk=into.pk).update(parent=_above(locked[into.pk], {n: locked[n] for n in numbers}))
        Topic.objects.filter(parent__in=numbers).exclude(pk__in=locked).update(parent=into.pk)
        Topic.objects.filter(pk__in=numbers).update(parent=None)
        merging.about(*(locked[number] for number in numbers))
        Topic.objects.filter(pk__in=numbers).delete()
    return len(claims)


def _tree_by_one_at_a_time() -> None:
    """Two who put two topics under each other at once: the second waits, before it holds anything, and sees the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('topics'))")


def _above(topic: Topic, going: Mapping[int, Topic]) -> int | None:
    """Where a topic stands when those that go are gone: in the place of the highest of them above it."""
    place = above = topic.parent_id
    while above is not None:
        higher = Topic.objects.values_list("parent", flat=True).get(pk=above)
        if above in going:
            place = higher
        above = higher
    return place


def remove_topic(topic: Topic, *, by: User, was: str | None = None) -> None:
    """Take a topic that no claim has off the list; the history keeps it. Raises ValidationError when a claim has it.

    was -- what it was called when that was decided, None for whatever it is called; raises Stale when it is called otherwise.
    """
    require(by, "keep_registers")
    with act("topic.remove", topic, by=by):
        # The lock keeps a claim from taking it up in this very moment.
        standing = Topic.objects.select_for_update().filter(pk=topic.pk).first()
        if standing is None:
            return
        if was not in {None, standing.name}:
            raise Stale(standing)
        if standing.claims.exists():
            raise ValidationError(_("Claims have this topic: take it off them first."), code="in_use")
        if standing.below.exists():
            raise ValidationError(_("Other topics stand under it: put them elsewhere first."), code="in_use")
        standing.delete()
