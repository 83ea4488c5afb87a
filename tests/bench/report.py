"""The figures as the page docs/benchmarks.md."""

import os
import platform
from datetime import UTC, datetime
from statistics import median

import django
import gunicorn

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def text(runs, requests):
    """`runs` has a list for each database: the figures of each size of network."""
    return "\n\n".join([head(requests), *map(section, runs)]) + "\n"


def head(requests):
    software = f"Python {platform.python_version()}, Django {django.__version__}, gunicorn {gunicorn.__version__}"
    return f"""# Benchmarks

`make bench ARGS=--write` wrote this page on {datetime.now(UTC):%Y-%m-%d}.
Targets on two cores: at 280 organizations a p95 of 150 ms, 25 queries and 80 kB; at 28,000 a p95 of 300 ms with as many
queries; 10,000 rows imported in 60 s.

- Machine: {machine()}
- Software: {software} with 2 workers
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
