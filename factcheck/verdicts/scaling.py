"""Making verdict scales: a change is the next version, and what was judged on an older one stays as it was."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.history.recording import act
from factcheck.history.versioning import Stale
from factcheck.verdicts.models import Rating, RatingScale, ScaleVersion, Verdict
from factcheck.verdicts.translating import Translations, check

COMPARED = ("position", "name", "definition", "hue", "sign", "translations")


def make_version(
    slug: str,
    *,
    by: User,
    version: int,
    name: str,
    description: str = "",
    translations: Translations | None = None,
    ratings: Sequence[Rating],
) -> ScaleVersion:
    """Make the next version of a scale, or a new scale with its first.

    version -- the number that it was made from, 0 for a new scale; raises Stale when a later one has come since.
    translations -- of name and description, see translating; ratings -- not yet saved; positions run from 1, the worst, without a gap, and those off the scale have none.
    Raises ValidationError. New verdicts use the new version if the scale is in use.
    """
    require(by, "administer")
    translations = translations or {}
    check(translations, "description")
    _check(ratings)
    with act("scale.make_version", by=by) as making:
        newest = ScaleVersion.objects.filter(scale__slug=slug).order_by("-number").first()
        if newest is None:
            if version:
                raise ValidationError({"slug": _("There is no scale of this short name.")}, code="unknown")
            scale = RatingScale(slug=slug)
            scale.full_clean()
            scale.save(force_insert=True)
        elif version == 0:
            raise ValidationError({"slug": _("There is a scale of this short name already.")}, code="taken")
        elif newest.number != version:
            raise Stale(newest)
        elif _same(newest, name, description, translations, ratings):
            raise ValidationError(
                _("Nothing differs from version %(number)d.") % {"number": newest.number}, code="same"
            )
        else:
            scale = newest.scale
        made = ScaleVersion(
            scale=scale, number=version + 1, name=name, description=description, translations=translations
        )
        made.full_clean(validate_constraints=False)
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError as error:
            raise Stale(ScaleVersion.objects.in_use(slug)) from error
        for rating in ratings:
            rating.version = made
            rating.full_clean(validate_constraints=False)
            rating.save(force_insert=True)
        making.about(made, scale)
    return made


def move_work(
    verdicts: Mapping[int, int], *, by: User, old: ScaleVersion, new: ScaleVersion, ratings: Mapping[int, Rating | None]
) -> int:
    """Let verdicts in hand go on from one version of a scale to another; gives how many.

    verdicts -- their versions by their numbers; ratings -- for each rating of the old version, by its number, the one of the
    new that stands for it, or None where a checker has to judge anew. Who moves them judges nothing and becomes no author.
    Raises Stale when one was edited meanwhile, ValidationError when one is handed in by now or a rating is not answered for;
    then none is moved.
    """
    require(by, "administer")
    if not verdicts:
        raise ValidationError(_("Choose the verdicts that move."), code="none")
    if any(rating and rating.version_id != new.pk for rating in ratings.values()):
        raise ValidationError(_("Choose ratings of the new version."), code="foreign")
    with act("scale.move_work", new.scale, new, by=by) as moving:
        standing = Verdict.objects.in_hand_on(old).select_for_update(of=("self",))
        locked = list(standing.filter(pk__in=verdicts).order_by("pk"))
        if len(locked) < len(verdicts):
            raise ValidationError(_("One of them is no longer in hand. Look at the list again."), code="gone")
        for verdict in locked:
            if verdict.version != verdicts[verdict.pk]:
                raise Stale(verdict)
            if verdict.rating_id is not None and verdict.rating_id not in ratings:
                raise ValidationError(_("Say what becomes of each rating."), code="unanswered")
            rating = ratings[verdict.rating_id] if verdict.rating_id is not None else None
            Verdict.objects.filter(pk=verdict.pk).update(scale=new, rating=rating, version=F("version") + 1)
        moving.about(*locked)
    return len(locked)


def _check(ratings: Sequence[Rating]) -> None:
    positions = sorted(rating.position for rating in ratings if rating.position is not None)
    if len(positions) < 2:
        raise ValidationError(_("A scale has at least two ratings with a position."), code="too_few")
    if positions != list(range(1, len(positions) + 1)):
        raise ValidationError(
            _("Number the positions 1, 2, 3 and so on from the worst to the best, each once."), code="positions"
        )
    for rating in ratings:
        check(rating.translations, "definition")
    for language in {"", *(language for rating in ratings for language in rating.translations)}:
        if len({rating.in_language(language).name.casefold() for rating in ratings}) < len(ratings):
            raise ValidationError(_("Give each rating a name of its own, in each language."), code="names")


def _same(
    newest: ScaleVersion, name: str, description: str, translations: Translations, ratings: Sequence[Rating]
) -> bool:
    def told(some: Sequence[Rating]) -> list[tuple[object, ...]]:
        return sorted((tuple(getattr(rating, column) for column in COMPARED) for rating in some), key=repr)

    said = (newest.name, newest.description, newest.translations)
    return said == (name, description, translations) and told(list(newest.ratings.all())) == told(ratings)
