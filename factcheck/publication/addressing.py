"""Where readers find a check or an article: a slug chosen once; whoever comes by an earlier one is led on."""

import re
from itertools import chain, count

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.text import slugify
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.history.recording import act
from factcheck.publication.models import Address

LONGEST = 90  # characters
MADE_OF_WORDS = 70  # of a slug that nobody chose
_SHAPE = re.compile(r"[-\w]+")


def offered_slug(record: Claim | Article) -> str:
    """The address it has; else a readable slug of its words, with its number where there is nothing readable or another has it.

    Nobody else takes it before the transaction ends.
    """
    _one_at_a_time(record)
    if newest := Address.objects.newest_of(record):
        return newest.slug
    slug = slugify(record.wording if isinstance(record, Claim) else record.title, allow_unicode=True)
    if len(slug) > MADE_OF_WORDS:
        slug = slug[:MADE_OF_WORDS].rpartition("-")[0] or slug[:MADE_OF_WORDS]
    numbered = f"{slug}-{record.pk}".strip("-")
    tries = chain(filter(None, [slug, numbered]), (f"{numbered}-{again}" for again in count(2)))
    return next(each for each in tries if not Address.objects.taken(each, type(record)).exists())


def first_slug(record: Claim | Article, chosen: str = "", *, by: User | None = None) -> str:
    """The slug to publish it under first: as chosen, or as offered.

    What had an address before readers saw anything keeps the slug it had first, and is found under the chosen one, if `by`
    says who chose it. Raises ValidationError for a slug that cannot be had.
    """
    chosen = chosen_slug(record, chosen) if chosen.strip() else offered_slug(record)
    known = Address.objects.filter(**{_named(record): record}).order_by("id").first()
    if known is None:
        return chosen
    if chosen != offered_slug(record):
        if by is None:
            says = _("It has an address already. It is changed on a page of its own, and the earlier one leads on.")
            raise ValidationError({"slug": says}, code="known")
        Address.objects.create(slug=chosen, chosen_by=by, **{_named(record): record})
    return known.slug


def chosen_slug(record: Claim | Article, slug: str) -> str:
    """The slug as it was chosen, free for this record until the transaction ends. Raises ValidationError on "slug"."""
    slug = slug.strip()
    if not _SHAPE.fullmatch(slug) or slugify(slug, allow_unicode=True) != slug:
        asked = slugify(slug, allow_unicode=True)[:LONGEST]
        says = _("An address has small letters, digits and hyphens, and nothing else.")
        raise ValidationError({"slug": f"{says} {_('Such as: %s') % asked}" if asked else says}, code="shape")
    if len(slug) > LONGEST:
        raise ValidationError({"slug": _("An address has at most %d characters.") % LONGEST}, code="length")
    _one_at_a_time(record)
    of = f"{_named(record)}_id"
    if any(getattr(taken, of) != record.pk for taken in Address.objects.taken(slug, type(record))):
        says = _("Something else is, or was, found at this address: it stays with that for good. Choose another.")
        raise ValidationError({"slug": says}, code="taken")
    return slug


def readdress(claim: Claim, *, by: User, slug: str, reason: str) -> Address:
    """Give a published check another address; whoever comes by an earlier one is led to it.

    reason -- for the history. Raises PermissionDenied, and ValidationError for a slug that cannot be had or is its own now.
    """
    require(by, "publish")
    with act("claim.readdress", claim, by=by, reason=reason):
        return _readdress(claim, by, slug, reason)


def readdress_article(article: Article, *, by: User, slug: str, reason: str) -> Address:
    """The same for an article's page."""
    require(by, "publish")
    with act("article.readdress", article, by=by, reason=reason):
        return _readdress(article, by, slug, reason)


def _readdress(record: Claim | Article, by: User, slug: str, reason: str) -> Address:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it changes: links to it stand elsewhere.")}, code="required")
    slug = chosen_slug(record, slug)
    newest = Address.objects.newest_of(record)
    if newest is None:
        raise ValidationError(_("Nothing is published yet that readers could look for."), code="nothing")
    if newest.slug == slug:
        raise ValidationError({"slug": _("Readers find it there already.")}, code="same")
    return Address.objects.create(slug=slug, chosen_by=by, **{_named(record): record})


def _one_at_a_time(record: Claim | Article) -> None:
    """The same words at the same moment: the second sees what the first one took."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{_named(record)}.slug"])


def _named(record: Claim | Article) -> str:
    return str(record._meta.model_name)
