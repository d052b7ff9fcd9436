"""Django settings; everything that differs between installations comes from `environment`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.utils.translation import gettext_lazy as _

from leitplanke.project import environment as env

MODE = env.mode()
DEMO = MODE == "demo"
PRODUCTION = MODE == "production"
PATHS = env.paths()

DEBUG = False
SECRET_KEY = env.secret_key(MODE, PATHS)
ALLOWED_HOSTS = [host for host in env.text("LEITPLANKE_HOSTS", "127.0.0.1,localhost,testserver").split(",") if host]
ROOT_URLCONF = "leitplanke.project.urls"
ASGI_APPLICATION = "leitplanke.project.asgi.application"

INSTALLED_APPS = [
    "leitplanke.base.ui",
    "leitplanke.base.accounts",
    "leitplanke.base.evidence",
    "leitplanke.base.documents",
    "leitplanke.base.notify",
    "leitplanke.base.interview",
    "leitplanke.base.llm",
    "leitplanke.apps.wissen",
    "leitplanke.apps.regelwerk",
    "leitplanke.apps.simulation",
    "leitplanke.apps.antrag",
    "leitplanke.apps.register",
    "leitplanke.apps.gateway",
    "leitplanke.apps.leitlinie",
    "leitplanke.project.apps.ProjectConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "leitplanke.base.ui.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "leitplanke.base.accounts.middleware.MandantMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "leitplanke.base.accounts.middleware.AccessMiddleware",
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "leitplanke.base.ui.context.page",
            ],
            "builtins": ["leitplanke.base.ui.templatetags.ui"],
        },
    }
]

# IMMEDIATE transactions and WAL: with four writers no "database is locked" (measured, see ARCHITECTURE.md).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 60,  # 50 people who apply at once on a busy machine wait for each other longer than 20
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    " PRAGMA secure_delete=ON; PRAGMA mmap_size=134217728;",
}


def _database() -> dict[str, Any]:
    url = env.text("LEITPLANKE_DATABASE_URL")
    if url:
        return dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(PATHS.database), "OPTIONS": SQLITE_OPTIONS}


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

ACCOUNT_ADAPTER = "leitplanke.base.accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "leitplanke.base.accounts.adapter.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# Mandatory: otherwise somebody could sign up with an address that is not theirs, and later be given a role by it.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# How long a proof of identity counts for acts with effect in law (base/accounts/freshness.py).
FRESH_MINUTES = env.between("LEITPLANKE_FRESH_MINUTES", 10, 1, 60)
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key"}
# Number and access code of an application; those that open it are not counted.
ACCOUNT_RATE_LIMITS["zugangscode"] = "10/m/ip,5/5m/key"
# Reports on AI systems from one address (an office may share one), and codes of reports that open nothing.
ACCOUNT_RATE_LIMITS |= {"meldung": "10/10m/ip", "meldungscode": "10/m/ip"}
# All other sessions end anyway, since their hash of the password no longer fits.
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "leitplanke.base.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Browsers count loopback as a secure origin; outside the demo the door is HTTPS anyway.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_LOGOUT_REDIRECT_URL = "start"


# Attempts to sign in are counted in the database: shared by all processes, and kept over a restart. The table must
# hold more rows than an attacker can fill with made-up addresses within the longest period.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "zwischenspeicher",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}


def _oidc_apps() -> list[dict[str, Any]]:
    issuer = env.text("LEITPLANKE_OIDC_ISSUER")
    if not issuer:
        return []
    return [
        {
            "provider_id": "oidc",
            "name": env.text("LEITPLANKE_OIDC_NAME", "Anmeldedienst"),
            "client_id": env.text("LEITPLANKE_OIDC_CLIENT_ID"),
            "secret": env.text("LEITPLANKE_OIDC_CLIENT_SECRET"),
            "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
        }
    ]


# The town's own sign-in service is trusted with addresses: it opens the account the Administration made for them.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"APPS": _oidc_apps(), "OAUTH_PKCE_ENABLED": True}}

# Browsers apply the form-action of the Content-Security-Policy to redirects too, so the sign-in service is named there.
_issuer = urlsplit(env.text("LEITPLANKE_OIDC_ISSUER"))
CSP_FORM_ACTION = [f"{_issuer.scheme}://{_issuer.netloc}"] if _issuer.netloc else []

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("Deutsch")), ("en", _("Englisch"))]
_PACKAGE = Path(__file__).resolve().parent.parent
# The second folder corrects allauth's German: it mixes Du and Sie.
LOCALE_PATHS = [_PACKAGE / "locale", _PACKAGE / "base/accounts/anrede/locale"]
FORMAT_MODULE_PATH = ["leitplanke.locale"]  # English the British way
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True

# Search by meaning besides words; a slow machine does without.
NAMES_BY_HANTA = env.flag("LEITPLANKE_NAMEN_HANTA", default=False)
SEARCH_BY_MEANING = env.flag("LEITPLANKE_BEDEUTUNGSSUCHE", default=True)

# Then nothing connects to anything outside; what else would is named instead of being left out quietly.
OFFLINE = env.flag("LEITPLANKE_OFFLINE", default=False)
# Seconds between two questions whether models are there; 0 for never.
MODEL_CHECK_SECONDS = env.between("LEITPLANKE_MODELLE_PRUEFEN", 60, 0, 3600)
# A file with a model that runs on this machine; "" for none.
LOCAL_MODEL = env.text("LEITPLANKE_LOKALES_MODELL").strip()
env.contradict("LEITPLANKE_OFFLINE", OFFLINE, "LEITPLANKE_OIDC_ISSUER", "LEITPLANKE_SMTP_HOST")

# Rule sets as shipped; a folder of the house's own goes over them by name.
_OWN_REGELWERKE = env.text("LEITPLANKE_REGELWERKE")
REGELWERK_FOLDERS = [_PACKAGE / "content/fachverfahren", *([Path(_OWN_REGELWERKE)] if _OWN_REGELWERKE else [])]

STATIC_URL = "/static/"
STATIC_ROOT = PATHS.static
MEDIA_ROOT = PATHS.media
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if MODE == "test"
        else "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "mail", "index", "evidence"],
    }
}

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env.text("LEITPLANKE_SMTP_HOST")
    else "leitplanke.base.notify.outbox.OutboxBackend"
)
EMAIL_HOST = env.text("LEITPLANKE_SMTP_HOST")
EMAIL_PORT = env.number("LEITPLANKE_SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("LEITPLANKE_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("LEITPLANKE_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("LEITPLANKE_SMTP_TLS", default=True)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.text("LEITPLANKE_MAIL_FROM", "leitplanke@musterstadt.example")

HTTPS = env.flag("LEITPLANKE_HTTPS", default=PRODUCTION)
SESSION_COOKIE_NAME = "__Host-sitzung" if HTTPS else "sitzung"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"zeile": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"konsole": {"class": "logging.StreamHandler", "formatter": "zeile"}},
    "root": {"handlers": ["konsole"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.db.backends": {"level": "WARNING"},
        # Scanners try host names all day; a traceback for each would bury what matters.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django_tasks": {"level": "WARNING"},
        "fido2": {"level": "WARNING"},  # it would log which key belongs to whom
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
