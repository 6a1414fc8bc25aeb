from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from factcheck.accounts import roles


class AccountsConfig(AppConfig):
    name = "factcheck.accounts"
    label = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        # Django makes its permissions after migrating; only then can the roles be written into groups.
        post_migrate.connect(roles.write, sender=self, dispatch_uid="write roles")
