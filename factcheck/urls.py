"""Which face answers at which address."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("desk/", include("factcheck.desk.urls")),
    path("admin/", admin.site.urls),
    path("accounts/", include("factcheck.accounts.urls")),
    path("", include("factcheck.public.urls")),
]
