"""Who is logged in here, for a page that has been open for long."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
@never_cache
def show(request: HttpRequest) -> JsonResponse:
    """The person's number, null when nobody is logged in, and the token that forms need from now on."""
    return JsonResponse({"person": request.user.pk, "token": get_token(request)})
