"""Joining, signing in and the account: every page that allauth's parts lead to.

The names are allauth's where it looks pages up by them. Nothing of its own list of
pages is included: what is not here is not reachable.
"""

from django.conf import settings
from django.urls import path
from django.views.generic.base import RedirectView

from ownjournal.readers.accounts import account, orcid, passkeys, signing_in, two_steps
from ownjournal.readers.accounts.proof import prove, proved
from ownjournal.readers.visits import sign_out

urlpatterns = [
    path("sign-in", signing_in.show, name="account_login"),
    path("sign-up", signing_in.join, name="account_signup"),
    path("trial", RedirectView.as_view(pattern_name="account_signup")),
    path("sign-in/code", signing_in.type_code, name="account_confirm_login_code"),
    path("sign-in/mail/<slug:token>", signing_in.mailed, name="sign-in-mailed"),
    path("sign-in/password", signing_in.by_password, name="sign-in-password"),
    path("sign-in/passkey", passkeys.sign_in, name="sign-in-passkey"),
    path("sign-in/second-step", two_steps.second_step, name="mfa_authenticate"),
    path("sign-out", sign_out, name="account_logout"),
    path("account", account.show, name="mfa_index"),
    path("account/prove", prove, name="account_reauthenticate"),
    path("account/address", proved(account.address), name="account_email"),
    path("account/password", proved(account.password), name="account_set_password"),
    path("account/browsers/end", account.end_others, name="account-end-others"),
    path("account/passkeys/add", proved(passkeys.add), name="mfa_add_webauthn"),
    path(
        "account/passkeys/<int:key_id>/remove",
        proved(passkeys.remove),
        name="mfa_remove_webauthn",
    ),
    path("account/second-step", proved(two_steps.set_up), name="mfa_activate_totp"),
    path(
        "account/second-step/off",
        proved(two_steps.switch_off),
        name="mfa_deactivate_totp",
    ),
    path(
        "account/recovery-codes",
        proved(two_steps.recovery),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/recovery-codes/again",
        proved(two_steps.recovery_again),
        name="mfa_generate_recovery_codes",
    ),
]

if settings.ORCID_CLIENT_ID:
    urlpatterns += [
        path("sign-in/orcid", orcid.sign_in, name="orcid-sign-in"),
        path("sign-in/orcid/back", orcid.back, name="orcid-back"),
        path("account/orcid/connect", proved(orcid.connect), name="orcid-connect"),
        path("account/orcid/remove", proved(orcid.disconnect), name="orcid-remove"),
    ]
