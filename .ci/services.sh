# Sourced by .ci/run: a PostgreSQL and a Redis of this run's own, on loopback and free ports, gone when it ends.

as_postgres() {  # PostgreSQL refuses to run as root
    (cd / && if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi)
}

# Exports DATABASE_URL and REDIS_URL. `durable` is a server as in production; the other forgets what a crash takes.
services_start() {
    local postgres_port redis_port
    SERVICES=$(mktemp -d)
    chmod 711 "$SERVICES"
    PGBIN=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
    read -r postgres_port redis_port < <(python3 -c '
import socket
doors = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
print(*[door.getsockname()[1] for door in doors])')

    mkdir -m 700 "$SERVICES/postgres"
    [ "$(id -u)" != 0 ] || chown postgres: "$SERVICES/postgres"
    as_postgres "$PGBIN/initdb" -D "$SERVICES/postgres" -A trust -U postgres -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    printf '%s\n' "port = $postgres_port" "listen_addresses = '127.0.0.1'" "unix_socket_directories = ''" \
        >>"$SERVICES/postgres/postgresql.conf"
    [ "${1:-}" = durable ] || printf '%s\n' "fsync = off" "full_page_writes = off" "synchronous_commit = off" \
        >>"$SERVICES/postgres/postgresql.conf"
    as_postgres "$PGBIN/pg_ctl" -D "$SERVICES/postgres" -w -s -l "$SERVICES/postgres/log" start

    redis-server --daemonize yes --bind 127.0.0.1 --port "$redis_port" --save "" --appendonly no \
        --dir "$SERVICES" --logfile "$SERVICES/redis.log" --pidfile "$SERVICES/redis.pid" >/dev/null
    for _ in $(seq 100); do redis-cli -p "$redis_port" ping >/dev/null 2>&1 && break; sleep 0.1; done

    export DATABASE_URL="postgres://postgres@127.0.0.1:$postgres_port/postgres"
    export REDIS_URL="redis://127.0.0.1:$redis_port/0"
}

services_stop() {
    [ -n "${SERVICES:-}" ] || return 0
    [ ! -f "$SERVICES/redis.pid" ] || kill "$(cat "$SERVICES/redis.pid")" 2>/dev/null || true
    as_postgres "$PGBIN/pg_ctl" -D "$SERVICES/postgres" -s -m immediate stop 2>/dev/null || true
    rm -rf "$SERVICES"
    SERVICES=
}
