"""The newsroom's lists of claimants and topics, kept right."""

from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.claims.models import Claimant, Topic
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


def add_topic(*, by: User, name: str) -> Topic:
    """Enter a topic. Raises ValidationError when there is one of this name."""
    require(by, "keep_registers")
    topic = Topic(name=name)
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


def remove_topic(topic: Topic, *, by: User) -> None:
    """Take a topic that no claim has off the list; the history keeps it. Raises ValidationError when a claim has it."""
    require(by, "keep_registers")
    with act("topic.remove", topic, by=by):
        # The lock keeps a claim from taking it up in this very moment.
        standing = Topic.objects.select_for_update().filter(pk=topic.pk).first()
        if standing is None:
            return
        if standing.claims.exists():
            raise ValidationError(_("Claims have this topic: take it off them first."), code="in_use")
        standing.delete()
