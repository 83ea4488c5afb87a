"""What a linter cannot know about this house: names, sizes, and what must never be written."""

import ast
import inspect
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.urls import URLPattern, get_resolver
from importlinter.cli import lint_imports

ROOT = settings.BASE_DIR
APPS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]

MODULES = {"actions", "admin", "apps", "beat", "forms", "letters", "models", "receivers", "rules", "signals", "tasks"}
MODULES |= {"urls", "views", "management", "migrations", "templatetags"}
NOUNS = {  # modules named for what they are, where an app has an algorithm of its own
    "accounts": {"adapter", "context", "middleware", "record"},
    "affinity": {
        "__main__",
        "assignment",
        "certificate",
        "fairness",
        "finding",
        "matching",
        "model",
        "pairs",
        "relaxation",
        "requests",
        "scoring",
        "settling",
        "sharing",
        "shortlists",
        "vectors",
        "words",
    },
    "checkins": {"board", "calendar", "nearby", "planning", "suggestions"},
    "library": {"uploads"},
    "network": {
        "asgi",
        "backup",
        "celery",
        "clock",
        "checks",
        "databases",
        "demo",
        "settings",
        "settings_test",
        "wsgi",
    },
    "outbox": {"boxes", "files"},
    "partners": {
        "brief",
        "bulk",
        "changes",
        "duplicates",
        "exporting",
        "finding",
        "held",
        "importing",
        "journal",
        "keys",
        "ledger",
        "listing",
        "middleware",
        "places",
        "said",
        "scrubbing",
        "snapshots",
        "takeaway",
        "timeline",
        "told",
        "topics",
        "trash",
    },
}
LONGEST = {"network/settings.py": 170, "network/settings_test.py": 15}


def tracked():
    """Every file of the repository, as a path inside it."""
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in names.splitlines() if Path(ROOT, name).exists()]


def written(*endings):
    """The texts people wrote, by name: what is compiled or generated is left out."""
    return {
        name: Path(ROOT, name).read_text(errors="replace")
        for name in tracked()
        if name.endswith(endings) and "/migrations/" not in name and name != "tests/test_conventions.py"
    }


def limit(name):
    if name.startswith("tests/"):
        return 400
    return LONGEST.get(name, 120 if name.startswith("templates/") else 300)


def our_views():
    """Every view function of ours that a URL leads to, as it is written."""

    def walk(patterns):
        for pattern in patterns:
            yield from [pattern.callback] if isinstance(pattern, URLPattern) else walk(pattern.url_patterns)

    callbacks = walk(get_resolver().url_patterns)
    ours = {inspect.unwrap(view) for view in callbacks if re.match(rf"({'|'.join(APPS)})\.views\b", view.__module__)}
    ours = filter(inspect.isfunction, ours)  # an admin class brings views of its own, as methods
    return {f"{view.__module__}.{view.__name__}": ast.parse(inspect.getsource(view)).body[0] for view in ours}


def models():
    return [model for model in apps.get_models() if model.__module__.partition(".")[0] in APPS]


@pytest.mark.parametrize("app", APPS)
def test_an_app_has_only_modules_with_a_known_name(app):
    found = {path.stem for path in (ROOT / app).iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}

    assert found - {"__init__"} - MODULES == NOUNS.get(app, set())


def test_no_file_is_longer_than_one_can_read():
    lengths = {name: text.count("\n") for name, text in written(".py", ".html", ".txt").items()}

    too_long = {name: lines for name, lines in lengths.items() if lines > limit(name) and "requirements" not in name}

    assert too_long == {}


def test_the_imports_point_downwards(capsys):
    assert lint_imports(no_cache=True) == 0, capsys.readouterr().out


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True)


def test_no_model_saves_in_its_own_way():
    assert [model for model in models() if {"save", "delete"} & vars(model).keys()] == []


def test_nothing_happens_behind_a_save():
    """But the line of history, whose own method has the name of the signal."""
    signal = re.compile(r"(?<!def )(?<!super\(\)\.)\bpost_(save|delete)\b")

    assert [name for name, text in written(".py").items() if signal.search(text)] == []


def test_a_view_names_its_methods_and_is_short():
    wrong = {
        name
        for name, view in our_views().items()
        if not any("require_" in ast.unparse(decorator) for decorator in view.decorator_list)
        or view.end_lineno - view.lineno > 20
    }

    assert wrong == set()


def test_every_template_is_used():
    texts = "".join(written(".py", ".html").values())
    answers = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}  # found by their name
    theirs = [
        Path(app.path) for app in apps.get_app_configs() if ROOT not in Path(app.path).parents or ".venv" in app.path
    ]

    unused = {
        name
        for name in (name.removeprefix("templates/") for name in tracked() if name.startswith("templates/"))
        if name not in texts
        and name.replace("/letters/", "/").removesuffix(".txt") not in texts
        and name not in answers
        and not any((path / "templates" / name).exists() for path in theirs)
    }

    assert unused == set()


@pytest.mark.parametrize(
    "inline",
    [
        r"<script(?![^>]*(\ssrc=|\stype=\"application/json\"))",
        r"<style",
        r"\sstyle=",
        r"\son[a-z]+=",
        r"\shx-on",
        r"javascript:",
    ],
)
def test_no_template_has_what_the_content_policy_forbids(inline):
    assert [name for name, text in written(".html").items() if re.search(inline, text)] == []


def test_every_dependency_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text()
    project = text[: text.index("[tool.")]

    unexplained = [line for line in project.splitlines() if re.match(r'\s+"[^"]+",(?!\s+# \S)', line)]

    assert unexplained == []


def test_what_is_left_to_do_has_an_issue():
    unfinished = re.compile(r"\b(TODO|FIXME|XXX)\b(?!\(#\d+\))")

    assert [
        name for name, text in written(".py", ".html", ".css", ".js", ".md").items() if unfinished.search(text)
    ] == []


def test_the_repository_names_no_machine():
    somewhere = re.compile(r"(?<![\w.])/(work|root|tmp|Users)/|pythonhosted|pypi\.org|npmjs|extra-index-url")

    assert [name for name, text in written("").items() if somewhere.search(text)] == []
