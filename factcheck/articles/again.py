"""Taking an article in again: the text as it stands now follows the one that was taken in before."""

from hashlib import sha256

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.articles.importing import Body
from factcheck.articles.models import Article, Snapshot
from factcheck.history.recording import act


class TextChanged(Exception):
    """The article has a newer text than the one that was worked on."""


def follow(article: Article, read: Body, *, by: User, after: int | None = None) -> Snapshot:
    """The article's next snapshot, with nothing placed in it yet: see claims.carrying.take_in_again.

    after -- the number of the snapshot that the new text was compared with; None for whichever is the newest.
    Raises TextChanged when that is not the newest any more, ValidationError when the text is the same or the article in the
    trash.
    """
    require(by, "take_in")
    with act("article.take_in_again", article, by=by):
        # One at a time for an article, as the database keeps it too.
        held = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        if held.trashed_at:
            raise ValidationError(_("It is in the trash. Put it back on the desk first."), code="trashed")
        last = Snapshot.objects.latest_of(held)
        if last.text == read.text:
            raise ValidationError(
                {"body": _("Nothing changed: this is word for word the text of snapshot %(n)d.") % {"n": last.number}},
                code="unchanged",
            )
        if after is not None and after != last.number:
            raise TextChanged
        return Snapshot.objects.create(
            article=held,
            number=last.number + 1,
            text=read.text,
            blocks=[list(block) for block in read.blocks],
            sha256=sha256(read.text.encode()).hexdigest(),
            taken_by=by,
        )
