from importlib import import_module

from django.contrib.admin.apps import AdminConfig

PAGES = ("people", "settings", "scales", "articles", "claims", "claimants", "topics", "sources", "records")


class DeskAdminConfig(AdminConfig):
    default_site = "factcheck.desk.admin.site.DeskAdminSite"

    def ready(self) -> None:
        super().ready()
        for page in PAGES:
            import_module(f"factcheck.desk.admin.{page}")
