from django import template

from factcheck.newsroom.models import Settings

register = template.Library()


@register.simple_tag
def newsroom_name() -> str:
    """What the newsroom calls itself now."""
    return Settings.objects.current().name
