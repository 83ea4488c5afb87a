"""How each kind of database is used best."""

OPTIONS = {
    "sqlite3": {
        "transaction_mode": "IMMEDIATE",  # who will write waits its turn, and never fails half-way
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-20000",
    },
    # Our widest queries join ten tables by primary keys. Weighing every order of ten took PostgreSQL 38 ms, running the
    # best one 4 ms; weighing four at a time takes 6 ms and comes to the same. Nor is any of them worth compiling.
    "postgresql": {"options": "-c join_collapse_limit=4 -c jit=off"},
}
