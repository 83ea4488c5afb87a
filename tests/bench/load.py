"""Many people at once: `make bench-load ARGS=--write`. Needs DATABASE_URL and REDIS_URL, which make starts."""

import argparse
import os
import sys

from tests.bench import places, report


def main():
    parser = argparse.ArgumentParser(prog="make bench-load ARGS=…", description="Many people at once.")
    parser.add_argument("--seconds", type=int, default=120, help="how long it is measured")
    parser.add_argument("--rate", type=float, default=52, help="how many requests a second the crowd makes")
    parser.add_argument("--workers", type=int, default=3, help="of gunicorn")
    parser.add_argument("--write", action="store_true", help="keep the tables in docs/benchmarks.md")
    options = parser.parse_args()

    figures = places.figures(
        "crowd",
        *[options.seconds, options.rate, options.workers],
        server=os.environ["DATABASE_URL"],
        name="trellis_bench_load",
        REDIS_URL=os.environ["REDIS_URL"],
        TRUSTED_PROXIES="1",  # the crowd comes from many addresses
    )
    text = report.crowd(figures)
    sys.stdout.write(text)
    if options.write:
        report.keep(text, under=report.CROWD)


main()
