"""What a page costs, and a plan: `make bench ARGS=--write`, or only the small one: `ARGS="--scale 1"`.

Each size of the demo network gets a database and a folder of its own, and a process of its own to measure it. With
`ARGS="--database sqlite postgres"` it is done on both; make starts a PostgreSQL for it.
"""

import argparse
import os
import sys

from tests.bench import matching, places, report


def main():
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description="What a page costs.")
    parser.add_argument("--scale", type=int, nargs="+", default=[1, 100], help="1 is 280 partners, 100 takes minutes")
    parser.add_argument("--database", nargs="+", choices=["sqlite", "postgres"], default=["sqlite"], help="on what")
    parser.add_argument("--requests", type=int, default=200, help="how often each page is asked for")
    parser.add_argument("--people", type=int, nargs="+", default=matching.SIZES, help="how many to match")
    parser.add_argument("--write", action="store_true", help="keep the tables in docs/benchmarks.md")
    options = parser.parse_args()

    servers = [os.environ["DATABASE_URL"] if database == "postgres" else "" for database in options.database]
    runs = [
        [
            places.figures("measure", scale, options.requests, server=server, name=f"trellis_bench_{scale}")
            for scale in options.scale
        ]
        for server in servers
    ]

    plans = [
        places.figures("planning", *hub, server=server, name=f"trellis_bench_plan_{hub[0]}")
        for server in servers
        for hub in report.HUBS
    ]

    text = f"{report.text(runs, plans, options.requests)}\n{matching.section(options.people)}"
    sys.stdout.write(text)
    if options.write:
        report.keep(text, under=report.PAGES)


main()
