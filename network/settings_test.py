import os
import tempfile

os.environ.setdefault("SECRET_KEY", "tests-only")
scratch = tempfile.TemporaryDirectory(prefix="trellis-test-")  # gone with the process that made it
os.environ.setdefault("VAR", scratch.name)
from network.settings import *  # noqa: E402, F403

STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
WHITENOISE_AUTOREFRESH = True  # nothing is collected in tests
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # one for each test process
if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405 -- a file, so that the live server has connections of its own
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND, MFA_REQUIRED_FOR_HUB = "django.core.mail.backends.locmem.EmailBackend", False
