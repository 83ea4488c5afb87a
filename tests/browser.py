"""Real Chromium for the browser tests, and real servers for the service tests: skipped where there is none."""

import os
import shutil

import pytest
from django.conf import settings

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs beside the ORM

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-gpu", "--disable-sync"]


def missing(item):
    """What this machine lacks for a test, as a sentence, or nothing."""
    if item.get_closest_marker("e2e") and not CHROMIUM:
        return "No Chromium here: `apt install chromium` lets the browser tests run."
    if item.get_closest_marker("services") and not settings.REDIS_URL:
        return "No PostgreSQL and Redis here: `.ci/run` starts its own and runs these tests too."
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if reason := missing(item):
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's Chromium, which also starts as root and in a small /dev/shm, without calling home."""
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": [*QUIET, "--disable-dev-shm-usage", "--no-sandbox"],
    }


@pytest.fixture
def visit(new_context, live_server, sign_in):
    """`visit(user, path)` opens a browser of their own, signed in, and answers its page.

    Whatever else is named goes to the browser context (`viewport=`, `color_scheme=`). A script that fails, or that the
    content policy stops, fails the test.
    """
    problems = []

    def listen(page):
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda line: "Content Security" in line.text and problems.append(line.text))

    def opened(user=None, path="/", **context_options):
        context = new_context(base_url=live_server.url, **context_options)
        context.on("page", listen)
        if user:
            cookie = sign_in(user).cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        page.goto(path)
        return page

    yield opened

    assert problems == []
