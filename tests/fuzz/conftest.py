import time

import pytest
from django.contrib.sessions.backends.db import SessionStore

from tests.site import Site


@pytest.fixture(scope="module")
def lenient_site(world, site):
    """A server error is an answer here, and whoever is signed in has just done so."""
    site = Site(world, raise_request_exception=False)
    for key in site.sessions.values():
        session = SessionStore(key)
        session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
        session.save()
    return site
