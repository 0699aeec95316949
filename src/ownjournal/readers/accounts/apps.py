"""The Django app `accounts`: who comes in, and by what."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.module_loading import import_string

from ownjournal.readers.post import letters


class AccountsConfig(AppConfig):
    name = "ownjournal.readers.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        describe = import_string(f"{self.name}.sessions.describe")  # needs the models
        user_logged_in.connect(describe, dispatch_uid="describe session")
        letters.register("code", f"{self.name}.mails.code_mail", urgent=True)
        letters.register("account-notice", f"{self.name}.mails.notice_mail")
