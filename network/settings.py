"""One settings file. Everything that differs between machines comes from the environment or `.env`."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF

from network import clock, databases

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env(DEBUG=(bool, False))
environ.Env.read_env(BASE_DIR / ".env")

VAR = Path(env("VAR", default=BASE_DIR / "var")).resolve()  # database, uploads and letters of a one-machine hub
environ.Env.read_env(VAR / "env")  # where `make` keeps the secret key it made for this machine
DEBUG = env("DEBUG")
SECRET_KEY = env("SECRET_KEY")  # no default: forgetting it stops the start
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ADDR = env("ADDR", default="127.0.0.1:8000")  # where `serve` listens
BASE_URL = env("BASE_URL", default=f"http://{ADDR}").rstrip("/")  # what people type, and what letters link to
SECURE = BASE_URL.startswith("https")
HUB_NAME = MFA_TOTP_ISSUER = env("HUB_NAME", default="Network Hub")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[urlsplit(BASE_URL).hostname, "localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [BASE_URL]
ROOT_URLCONF = "network.urls"

INSTALLED_APPS = [  # ours first: they override some templates of the packages
    *["accounts", "outbox", "partners", "introductions", "library", "checkins", "summits", "network"],
    *["allauth", "allauth.account", "allauth.mfa", "simple_history", "csp", "whitenoise.runserver_nostatic"],
    *["crispy_forms", "crispy_bootstrap5", "django_htmx", "template_partials", "js_lib_bootstrap5", "lucide"],
    *["django.contrib.staticfiles", "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes"],
    *["django.contrib.sessions", "django.contrib.messages", "django.contrib.humanize"],
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.SignInMiddleware",
    "accounts.middleware.PrivatePagesMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.middleware.LocalTimeMiddleware",
    "accounts.middleware.CleanInputMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    *["simple_history.middleware.HistoryRequestMiddleware", "partners.middleware.MergedMiddleware"],
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.look",
            ],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'db.sqlite3'}")}
_db = DATABASES["default"]
_db["OPTIONS"] = databases.OPTIONS.get(_db["ENGINE"].rpartition(".")[2], {}) | _db.get("OPTIONS", {})
_db.update(CONN_MAX_AGE=env.int("CONN_MAX_AGE", default=60), CONN_HEALTH_CHECKS=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="")
# The cache has a database number of its own: clearing it must not empty the broker.
CACHES = {"default": env.cache_url_config(REDIS_URL.rsplit("/", 1)[0] + "/1" if REDIS_URL else "locmemcache://")}
CELERY_BROKER_URL = REDIS_URL or "memory://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600} if REDIS_URL else {"polling_interval": 0.2}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = clock.SCHEDULE

SIMPLE_HISTORY_REVERT_DISABLED = True  # the way back is an action as well
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "/"
HOMES = {"overseer": "checkins:home", "staff": "checkins:home", "partner": "partners:home", "admin": "admin:index"}
ACCOUNT_ADAPTER = "accounts.adapter.InviteOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up, but the password field is shown by this
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_CHANGE_EMAIL = ACCOUNT_EMAIL_NOTIFICATIONS = ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = MFA_PASSKEY_LOGIN_ENABLED = True
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,5/10m/key"}
ACCOUNT_FORMS = {"confirm_login_code": "accounts.forms.CodeForm"}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8}  # 26 bits, three tries each
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=int(SECURE))
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {"add_webauthn": "accounts.forms.PasskeyForm"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_REQUIRED_FOR_HUB = env.bool("MFA_REQUIRED_FOR_HUB", default=SECURE)

vars().update(env.email_url("EMAIL_URL", default=f"filemail:///{VAR / 'letters'}"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="hub@example.org")

TIME_ZONE = env("TIME_ZONE", default="America/New_York")
LANGUAGE_CODE = "en"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "woff2"]  # with the line above: 5 s to collect, not 20
MEDIA_ROOT = VAR / "files"  # never served by the web server: a view hands files out as attachments
# Backups are made by themselves where there is a place for them; on one machine that is beside the rest.
BACKUP_DIR = env("BACKUP_DIR", default="" if REDIS_URL else str(VAR / "backups"))
BACKUPS_KEPT = env.int("BACKUPS_KEPT", default=14)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 2**20  # a very long note still arrives, and is answered with a sentence
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE else "csrftoken"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {name: [SELF] for name in ("default-src", "script-src", "style-src", "form-action")}
    | {name: [NONE] for name in ("object-src", "base-uri", "frame-ancestors")}
    | {"img-src": [SELF, "data:"]}
}
LOGGING = {  # Django alone would mail errors to nobody
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": []}},
}
