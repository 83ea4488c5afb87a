"""Several things at the same moment, for tests on a database that lets all of them begin."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def at_once(*calls, refusals):
    """What each call answers, or which of the `refusals` it raises, when all start together."""
    start = Barrier(len(calls))

    def run(call):
        start.wait()
        try:
            return call()
        except refusals as refused:
            return type(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
