"""What a database holds, in numbers that are equal only if it holds the same."""

from network.backup.faults import BackupFailed


def summary(columns, rows, total):
    """One table. `total` adds up a hash of every row, so that their order does not matter."""
    return {"columns": columns, "rows": rows, "checksum": f"{total % 2**64:016x}"}


def compare(expected, found):
    """Every table of the one is in the other, row for row."""
    if different := expected.keys() ^ found.keys():
        raise BackupFailed(f"It does not restore to the same tables: {', '.join(sorted(different))}.")
    for table, was in expected.items():
        now = found[table]
        if was["rows"] != now["rows"]:
            raise BackupFailed(f"{table} had {was['rows']:,} rows and restores to {now['rows']:,}.")
        if was != now:
            raise BackupFailed(f"{table} does not restore to the same rows.")
