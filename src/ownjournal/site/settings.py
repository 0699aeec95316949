"""Django's settings, made from the table in `options`.

Reading them writes nothing: the data folder and the secret in it are made when
they are first needed. What a setting means to an operator: docs/configuration.md.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.functional import SimpleLazyObject

from ownjournal.site.database_url import databases
from ownjournal.site.files_url import files_storage
from ownjournal.site.logs import logging_settings
from ownjournal.site.mail_url import mail_settings
from ownjournal.site.options import data_folder, read_values
from ownjournal.site.secret_key import kept_secret
from ownjournal.site.short_addresses import short_addresses

HERE = Path(__file__).parent
VALUES = read_values(os.environ)

# What an operator sets, under the names of the table.
DATA_DIR = data_folder(os.environ)
DATABASE_URL = VALUES.text("DATABASE_URL")
DATABASE_READ_URL = VALUES.text("DATABASE_READ_URL")
SEARCH_URL = VALUES.cluster("SEARCH_URL")
FILES_URL = VALUES.text("FILES_URL")
SITE_URL = VALUES.site_url()
SITE_NAME = VALUES.text("SITE_NAME") or "Ownjournal"
CONTACT_EMAIL = VALUES.text("CONTACT_EMAIL")
BIND_HOST = VALUES.text("BIND_HOST") or "127.0.0.1"
BIND_PORT = VALUES.number("BIND_PORT")
SYNC_FILES = VALUES.number("SYNC_FILES")
SYNC_DAILY_AT = VALUES.time_of_day("SYNC_DAILY_AT")
NLM_URL = VALUES.address("NLM_URL")
FETCH_UNKNOWN = VALUES.flag_with("FETCH_UNKNOWN", "CONTACT_EMAIL")
EUTILS_URL = VALUES.server("EUTILS_URL")
EUTILS_KEY = VALUES.text("EUTILS_KEY")
UNPAYWALL = VALUES.flag_with("UNPAYWALL", "CONTACT_EMAIL")
UNPAYWALL_URL = VALUES.server("UNPAYWALL_URL")
SEMANTIC = VALUES.flag("SEMANTIC")
SCOPE_JOURNALS = VALUES.items("SCOPE_JOURNALS")
SCOPE_MESH = VALUES.items("SCOPE_MESH")
SCOPE_LANGUAGES = VALUES.items("SCOPE_LANGUAGES")
SCOPE_YEARS = VALUES.years("SCOPE_YEARS")
SCOPE_HUMANS_ONLY = VALUES.flag("SCOPE_HUMANS_ONLY")
SIGN_UP = VALUES.one_of("SIGN_UP", "open", "invitation", "closed")
TRUSTED_PROXIES = VALUES.number("TRUSTED_PROXIES")
ORCID_CLIENT_ID = VALUES.text_with("ORCID_CLIENT_ID", "ORCID_SECRET")
ORCID_SECRET = VALUES.text("ORCID_SECRET")
ORCID_URL = VALUES.server("ORCID_URL")
MAIL_FROM = VALUES.text("MAIL_FROM") or "Ownjournal <ownjournal@localhost>"
MAIL = mail_settings(VALUES.text("MAIL_URL") or "outbox:")
MAIL_BOUNCES = VALUES.mailbox("MAIL_BOUNCES")
MAIL_WEBHOOK_SECRET = VALUES.text("MAIL_WEBHOOK_SECRET")
OUTBOX_DIR = VALUES.folder("OUTBOX_DIR", DATA_DIR / "outbox")
MEMBERSHIP = VALUES.one_of("MEMBERSHIP", "open", "trial")
TRIAL_DAYS = VALUES.days("TRIAL_DAYS")
NOTE_REMOTE_PICTURES = VALUES.flag("NOTE_REMOTE_PICTURES")
POLICY_NOTE = VALUES.text("POLICY_NOTE")
SHORT_ADDRESSES = short_addresses(VALUES.items("SHORT_ADDRESSES"))
LOG_FORMAT = VALUES.one_of("LOG_FORMAT", "text", "json")
METRICS_TOKEN = VALUES.text("METRICS_TOKEN")
DEBUG = VALUES.flag("DEBUG")
SECRET_KEY = SimpleLazyObject(
    lambda: VALUES.text("SECRET_KEY") or kept_secret(DATA_DIR / "secret_key")
)

# Everything below follows from the above.
SECURE = SITE_URL.startswith("https:")
ALLOWED_HOSTS = [
    urlsplit(SITE_URL).hostname or "",
    "localhost",
    "127.0.0.1",
    "[::1]",
    *VALUES.items("ALLOWED_HOSTS"),
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "ownjournal.catalogue",
    "ownjournal.readers",
    "ownjournal.readers.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "ownjournal.readers.post",
    "ownjournal.readers.responses",
    "ownjournal.readers.log",
    "ownjournal.readers.leaving",
    "ownjournal.readers.membership",
    "ownjournal.notes",
    "ownjournal.notes.ratings",
    "ownjournal.notes.moderation",
    "ownjournal.notes.pictures",
    "ownjournal.notes.files",
    "ownjournal.issues",
    "ownjournal.collections",
    "ownjournal.collections.groups",
    "ownjournal.collections.posts",
    "ownjournal.site.moving",
]
MIDDLEWARE = [
    "ownjournal.site.logs_requests.requests_logged",  # first: it times all the others
    "ownjournal.site.headers.security_headers",  # on every answer
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ownjournal.site.moving.pausing.Pausing",
    "ownjournal.readers.searches.history.middleware",
    "ownjournal.readers.log.opening.middleware",
    "ownjournal.site.errors.FilesAwayPage",
    "ownjournal.site.errors.not_allowed",
]
ROOT_URLCONF = "ownjournal.site.urls"
WSGI_APPLICATION = "ownjournal.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ownjournal.site.context.site",
                "ownjournal.readers.accounts.panel.context",
            ],
        },
    }
]

DATABASES = databases(DATABASE_URL, DATABASE_READ_URL, DATA_DIR / "ownjournal.sqlite3")
DATABASE_ROUTERS = (
    ["ownjournal.catalogue.replica.Router"] if "replica" in DATABASES else []
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "readers.Reader"
LOGIN_URL = "readers:sign-in"
LOGIN_REDIRECT_URL = "readers:welcome"
LOGOUT_REDIRECT_URL = "home"

# Readers come in by readers/accounts; of allauth this is used and nothing else.
AUTHENTICATION_BACKENDS = ["ownjournal.readers.accounts.passwords.ReaderBackend"]
ACCOUNT_ADAPTER = "ownjournal.readers.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code at the door is the verification
ACCOUNT_RATE_LIMITS = False  # rates.py counts, in the database
MFA_ADAPTER = "ownjournal.readers.accounts.adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# a key that was found must not do, wherever one is asked for
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # there is none
MFA_TOTP_TOLERANCE = 1  # periods of 30 seconds that a clock may be wrong
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name}
    for name in (
        "django.contrib.auth.password_validation.MinimumLengthValidator",
        "django.contrib.auth.password_validation.CommonPasswordValidator",
        "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "ownjournal.readers.accounts.passwords.SiteNames",
    )
]

SESSION_ENGINE = "ownjournal.readers.accounts.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600  # seconds
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# The prefix makes browsers refuse a cookie that another host or http has set.
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
MESSAGES_COOKIE_NAME = "__Host-messages" if SECURE else "messages"
MESSAGE_STORAGE = "ownjournal.site.said.Said"
CSRF_FAILURE_VIEW = "ownjournal.site.errors.csrf_failure"

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {
    "default": files_storage(FILES_URL),
    "staticfiles": {"BACKEND": "ownjournal.site.static_files.VersionedStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 365 * 24 * 3600  # seconds
WHITENOISE_ALLOW_ALL_ORIGINS = False

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False  # the pages are in English; the articles carry their language
LANGUAGE_CODE = "en"

# What a query may ask of the reader: catalogue/reader_lists.py.
SEARCH_LISTS = {
    "sent:me": "ownjournal.issues.sent.sent_to",
    "in:saved": "ownjournal.readers.responses.saying.saved_by",
    "has:note": "ownjournal.notes.noted.with_notes",
}

# What interests learn from: readers/responses/shown.py.
SHOWN_ARTICLES = "ownjournal.issues.sent.shown_to"
OPENED_ARTICLES: str | None = "ownjournal.readers.log.keeping.opened_by"

# With whom a note may be shared, and what may have notes beside articles:
# notes/seeing.py and notes/subjects.py.
NOTE_GROUPS: str | None = "ownjournal.collections.groups.membership.groups_of"
NOTE_SUBJECTS: str | None = "ownjournal.collections.views.subject"

# The note that leads an article: catalogue/lead_notes.py.
LEAD_NOTES: str | None = "ownjournal.notes.leading.lead_notes"

# Of the API's limit: no header counts that a client could invent.
NINJA_NUM_PROXIES = TRUSTED_PROXIES

# A selection may name 10,000 articles, each in a field of its own.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_100
LARGEST_UPLOAD = 64 * 1024 * 1024  # bytes of one form with its files
FILE_UPLOAD_HANDLERS = [
    "ownjournal.site.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM
EMAIL_BACKEND = MAIL.backend
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starttls, MAIL.tls
EMAIL_TIMEOUT = 60  # seconds for each answer of the server
ANYMAIL = {**MAIL.provider, "WEBHOOK_SECRET": MAIL_WEBHOOK_SECRET or ()}

LOGGING = logging_settings(LOG_FORMAT)
