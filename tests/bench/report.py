"""The figures as the page docs/benchmarks.md."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import django
import gunicorn

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
PAGES, CROWD = "# Benchmarks", "## A crowd"  # the two parts of the page, each written by a command of its own
HUBS = [(280, 11), (5_000, 60)]
"""Partners and callers that a year is planned for."""
KINDS = ["read", "autosave", "search", "other"]


def keep(text, *, under):
    """Put one part of the page in its place, and leave the other as it is."""
    pages, _, crowd = PAGE.read_text().partition(f"\n{CROWD}\n")
    if under == CROWD:
        PAGE.write_text(f"{pages}\n{text}")
    else:
        PAGE.write_text(f"{text}\n{CROWD}\n{crowd}" if crowd else text)


def text(runs, plans, requests):
    """`runs` has a list for each database: the figures of each size of network; `plans` those of each hub."""
    return "\n\n".join([head(requests), *map(section, runs), planning(plans)]) + "\n"


def software():
    return f"Python {platform.python_version()}, Django {django.__version__}, gunicorn {gunicorn.__version__}"


def head(requests):
    return f"""{PAGES}

`make bench ARGS=--write` wrote this page on {datetime.now(UTC):%Y-%m-%d}.
Targets on two cores: at 280 organizations a p95 of 150 ms, 25 queries and 80 kB; at 28,000 a p95 of 300 ms with as many
queries; 10,000 rows imported in 60 s.

- Machine: {machine()}
- Software: {software()} with 2 workers
- Load: {requests} requests a page, 2 at a time, signed in, over loopback; the client ran on the same cores
- Time: from connecting to the last byte
- Transfer: a first visit, gzip: the page and every file it names"""


def machine():
    with open("/proc/cpuinfo") as cpus:
        models = [line.partition(":")[2].strip() for line in cpus if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{len(os.sched_getaffinity(0))} cores of {models[0] if models else platform.machine()}, {memory:.0f} GB"


def p95(times):
    return sorted(times)[int(len(times) * 0.95)]


def pair(times):
    return f"{median(times):.0f} / {p95(times):.0f}"


def section(sizes):
    counts = [f"{size['organizations']:,}" for size in sizes]
    rows = [["Page", *(f"queries at {count}" for count in counts)]]
    rows[0] += [*(f"p50 / p95 ms at {count}" for count in counts), "transfer, kB"]
    rows.append(["---", *["---:"] * (len(rows[0]) - 1)])
    for name in sizes[0]["pages"]:
        page = [size["pages"][name] for size in sizes]
        asked = [str(figures["queries"]) for figures in page]
        heaviest = max(figures["bytes"] for figures in page)
        rows.append([name, *asked, *(pair(figures["ms"]) for figures in page), f"{heaviest / 1000:.0f}"])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"## {NAMES[sizes[0]['vendor']]}\n\n{table}\n\n" + "\n".join(map(rest, sizes))


def rest(size):
    return (
        f"- {size['organizations']:,} organizations: autosave p50 / p95 {pair(size['autosave_ms'])} ms; "
        f"import {size['import_rows_a_second']:,.0f} rows/s; demo network made in {size['seed_seconds']:.0f} s"
    )


def planning(plans):
    """How long it takes to suggest a year's plan, to apply it and to undo it."""
    rows = [
        [
            "Database",
            "partners × callers",
            "changes",
            "gap",
            "suggested, s",
            "of processor, s",
            "applied, s",
            "undone, s",
        ],
        ["---", "---", *["---:"] * 6],
    ]
    for plan in plans:
        times = [f"{plan[what]:.2f}" for what in ("suggested", "worked", "applied", "undone")]
        size = f"{plan['partners']:,} × {plan['callers']}"
        rows.append([NAMES[plan["vendor"]], size, f"{plan['changes']:,}", str(plan["gap"]), *times])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"""## Planning the year

Targets: a plan for 280 partners and 11 callers suggested in 2 s, for 5,000 and 60 in 20 s. The gap is how much better
another plan could be at most, by the bound its prices prove; 0 is the optimum. Load just before: {loads(plans)}.

{table}"""


def loads(plans):
    return ", ".join(f"{plan['load']:.1f}" for plan in plans)


def crowd(figures):
    """The second part: many people at once."""
    answers = figures["answers"]
    kinds = {kind: [answer for answer in answers if answer[1].split(",")[0] == kind] for kind in KINDS}
    pages = {
        name: [answer for answer in answers if answer[1] == name] for name in sorted({name for _, name, *_ in answers})
    }
    problems = sorted({problem for *_, problem in answers if problem})
    rows = [
        "| Requests | share | a second | p50 ms | p95 ms | p99 ms | errors |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(crowd_row(name, some, figures) for name, some in {"**all**": answers, **kinds, **pages}.items()),
        *(f"\n- {problem}" for problem in problems[:10]),
    ]
    return (
        f"""{CROWD}

`make bench-load ARGS=--write` wrote this part on {datetime.now(UTC):%Y-%m-%d}: 50 staff and 200 partners in a network
of 280, each with a time to think of half to one and a half periods, for {figures["seconds"]} s after 20 s to warm up.
Target on two cores: 50 requests a second at a p95 of 250 ms, without an error.

- Machine: {machine()}; {figures["idle"]:.0%} of it idle just before, load {figures["load"]:.1f}
- Software: {software()} with {figures["workers"]} workers; PostgreSQL, Redis and the crowd on the same cores
- Processor time of a request: {", ".join(f"{ms:.1f} ms in {name}" for name, ms in figures["cpu_ms"].items())}
- Sessions were made in the database: hashing 250 passwords would be all that is measured. Asking for a code is real

"""
        + "\n".join(rows)
        + "\n"
    )


def crowd_row(name, answers, figures):
    times = sorted(milliseconds for _, _, milliseconds, _ in answers) or [0]
    at = [f"{times[int((len(times) - 1) * part)]:.0f}" for part in (0.5, 0.95, 0.99)]
    share = len(answers) / len(figures["answers"])
    errors = sum(bool(problem) for *_, problem in answers)
    return f"| {name} | {share:.0%} | {len(answers) / figures['seconds']:.1f} | {' | '.join(at)} | {errors} |"
