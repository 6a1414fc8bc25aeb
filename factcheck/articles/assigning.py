"""Giving articles to somebody, with the day they are due."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from factcheck.accounts import assigning
from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.articles.models import Article
from factcheck.history.recording import act
from factcheck.notices.models import Kind
from factcheck.notices.telling import tell


def assign(article: Article, *, by: User, version: int, assignee: User | None, due_on: date | None) -> Article:
    """Give the article to somebody, or to nobody. No part of what readers see: approvals hold. Raises Stale, ValidationError."""
    require(by, "assign")
    if assigning.is_given(article, assignee, due_on):
        return article
    if article.trashed_at:
        raise ValidationError(_("It is in the trash. Put it back on the desk first."), code="trashed")
    with act("article.assign", article, by=by):
        given = assigning.give(article, version, assignee=assignee, due_on=due_on)
        if assignee and assignee.pk != article.assignee_id:
            tell([assignee], Kind.ASSIGNED, by=by, words=article.title, path=article.get_absolute_url())
        return given
