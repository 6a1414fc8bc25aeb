"""Every setting of the program, each from the environment; the README lists them.

Without DATABASE_URL this is a laptop: an embedded database in var/, a secret key made once and kept there, mail on the
console, and only the machine's own names answered. With DATABASE_URL it is a newsroom's server: nothing is guessed, and
what is missing stops the start.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from factcheck.embedded import Cluster
from factcheck.web.fetching import Outside

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))
EVIDENCE = Path(os.environ.get("EVIDENCE_DIR", VAR / "evidence"))
LAPTOP = not os.environ.get("DATABASE_URL")
DEBUG = False


def whole_number(name: str, otherwise: int) -> int:
    value = os.environ.get(name, "").strip()
    if value and not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value or otherwise)


def required(name: str, why: str) -> str:
    if value := os.environ.get(name, "").strip():
        return value
    raise ImproperlyConfigured(f"{name} is not set: {why}")


def kept_secret(path: Path) -> str:
    """The laptop's own secret key, made at the first start. Two first starts at once end with the same key."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        # A link is there whole or not at all, and the first one stays.
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text()


PORT = whole_number("PORT", 8000)
if LAPTOP:
    SECRET_KEY = os.environ.get("SECRET_KEY") or kept_secret(VAR / "secret_key")
    SITE_URL = os.environ.get("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
else:
    SECRET_KEY = required(
        "SECRET_KEY",
        "a long random text that signs sessions and links; keep it to yourself.",
    )
    SITE_URL = required("SITE_URL", "the address that readers use, such as https://check.example.org.").rstrip("/")
    ALLOWED_HOSTS = [
        urlsplit(SITE_URL).hostname or "",
        *filter(None, os.environ.get("ALLOWED_HOSTS", "").split(",")),
    ]

if urlsplit(SITE_URL).scheme not in {"http", "https"} or not urlsplit(SITE_URL).hostname:
    raise ImproperlyConfigured(f"SITE_URL must be an address with http or https, not {SITE_URL!r}.")
SECURE = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- The database: two roles. The application's owns nothing; the owner migrates. ---

EMBEDDED: Cluster | None = Cluster(VAR / "postgres") if LAPTOP else None
if EMBEDDED:
    DATABASE_URL = EMBEDDED.url(Cluster.APPLICATION)
    MIGRATION_DATABASE_URL: str | None = EMBEDDED.url(Cluster.OWNER)
else:
    DATABASE_URL = os.environ["DATABASE_URL"]
    MIGRATION_DATABASE_URL = os.environ.get("MIGRATION_DATABASE_URL")


def database(url: str, **options: Any) -> dict[str, Any]:
    """Django's description of the database at a libpq URL (PostgreSQL manual, 33.1.1 "Connection Strings")."""
    parts = conninfo_to_dict(url)
    names = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    known = {theirs: str(parts.pop(ours, "") or "") for ours, theirs in names.items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **known,
        "OPTIONS": {**parts, **options},
    }


POOL_SIZE = whole_number("DATABASE_POOL", 6)
DATABASES = {
    "default": database(
        DATABASE_URL,
        pool={"min_size": 1, "max_size": POOL_SIZE, "timeout": 10} if POOL_SIZE else False,
    ),
    # Only migrating and the owner's own commands use it; a web process has no MIGRATION_DATABASE_URL at all.
    "owner": database(MIGRATION_DATABASE_URL or DATABASE_URL),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Rate limits are counted here, so every worker must see the same cache.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Far above what is counted at once: beyond it, counts that still hold would be thrown away.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Parts of pages that are the same at each visit, drawn once by each worker. Never what holds a token of a request.
    "parts": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "parts",
    },
}

# --- The program ---

INSTALLED_APPS = [
    "factcheck.history",
    "factcheck.accounts",
    "factcheck.newsroom",
    "factcheck.drafting",
    "factcheck.notices",
    "factcheck.articles",
    "factcheck.intake",
    "factcheck.sources",
    "factcheck.claims",
    "factcheck.verdicts",
    "factcheck.review",
    "factcheck.publication",
    "factcheck.rendering",
    "factcheck.desk",
    "factcheck.public",
    "factcheck.demo",
    "factcheck.desk.admin.config.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "django_htmx",
]
MIDDLEWARE = [
    # Before all others: of the headers that pages carry, files need one (see WHITENOISE_ADD_HEADERS_FUNCTION).
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Pages carry a secret and words of the person: Django adds a random length to each, so that the size tells nothing
    # (BREACH; Palacios et al., "Heal the Breach", 2022), and masks the CSRF token anew in every page.
    "factcheck.rendering.compressing.CompressingMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "factcheck.desk.access.readable_requests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "factcheck.accounts.sessions.PersonMiddleware",
    "factcheck.desk.access.LoginMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "factcheck.rendering.forms.FieldRenderer"

# --- People ---

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["factcheck.desk.backends.DeskBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "factcheck.accounts.adapter.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# No mail goes to an address that is nobody's here: a stranger could have them sent to anybody.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "login": "factcheck.accounts.forms.LoginForm",
    "change_password": "factcheck.accounts.forms.PasswordForm",
    "reset_password": "factcheck.accounts.forms.ForgottenForm",
    "reset_password_from_key": "factcheck.accounts.forms.NewPasswordForm",
    "reauthenticate": "factcheck.accounts.forms.AgainForm",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
# How many proxies stand in front: without it, a client could choose the address that the rate limits count.
ALLAUTH_TRUSTED_PROXY_COUNT = whole_number("TRUSTED_PROXIES", 0)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:queue"
LOGOUT_REDIRECT_URL = "public:home"

# --- Safety ---

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SECURE and not os.environ.get("NO_SSL_REDIRECT")
SECURE_HSTS_SECONDS = whole_number("HSTS_SECONDS", 31_536_000) if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE and os.environ.get("HSTS_SUBDOMAINS", "1") == "1"
SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_ENGINE = "factcheck.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_FAILURE_VIEW = "factcheck.desk.views.errors.csrf_failure"
# 1 MB of Chinese is 3 MB when a browser encodes it; more than any form of ours needs is refused before it is parsed.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
# No form takes a file but those for evidence and articles, which bring their own handler: none is ever written to the disk unasked.
FILE_UPLOAD_HANDLERS: list[str] = []
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# How pages from outside are reached; only tests know another way, to servers of their own.
OUTSIDE = Outside()

# --- Mail: smtp://user:password@host:587?tls=1, console: or none ---


def mailer(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"BACKEND": "factcheck.accounts.console.ReadableMail"}
    if parts.scheme not in {"smtp", "smtps"}:
        raise ImproperlyConfigured("MAIL_URL must begin with smtp:, smtps: or console:.")
    query = dict(parse_qsl(parts.query))
    options = {
        "host": parts.hostname or "localhost",
        "port": parts.port or (465 if parts.scheme == "smtps" else 587),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": query.get("tls") == "1",
        "use_ssl": parts.scheme == "smtps",
        "timeout": 10,
    }
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": options,
    }


MAIL_URL = os.environ.get("MAIL_URL") or ("console:" if LAPTOP else "smtp://localhost:25")
MAILERS = {"default": mailer(MAIL_URL)}
# On the console nobody else reads it: no page may say that a mail was sent.
MAIL_GOES_OUT = not MAIL_URL.startswith("console:")
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM") or f"factcheck@{urlsplit(SITE_URL).hostname}"

# --- Language, time, files ---

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
FORMAT_MODULE_PATH = ["factcheck.rendering.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]
# Until there are settings of the newsroom, and for what is no page; everywhere else theirs holds.
TIME_ZONE = os.environ.get("TIME_ZONE", "UTC")
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Pictures and PDFs that people attach: no address leads there, a view of the desk hands them out.
    "evidence": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": EVIDENCE, "base_url": None, "file_permissions_mode": 0o640},
    },
    "staticfiles": {"BACKEND": "factcheck.rendering.static.HashedModules"},
}
WHITENOISE_MAX_AGE = 60


def _read_as_told(headers: Any, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


WHITENOISE_ADD_HEADERS_FUNCTION = _read_as_told
# Nobody else's page has business with them.
WHITENOISE_ALLOW_ALL_ORIGINS = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # A refusal is no fault of ours: without this, each would be logged with a traceback.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
