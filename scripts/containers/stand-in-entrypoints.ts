/** As in the official image: `node` when the first argument is an option or no program. */
export const nodeEntrypoint = `#!/bin/sh
set -e
if [ "\${1#-}" != "$1" ] || [ -z "$(command -v "$1")" ] || { [ -f "$1" ] && ! [ -x "$1" ]; }; then
  set -- node "$@"
fi
exec "$@"
`;

/**
 * The part of the official image's contract that compose files rely on: POSTGRES_PASSWORD (needed), POSTGRES_USER,
 * POSTGRES_DB, PGDATA, a first start that makes the data folder, scram for whoever is not on the local socket.
 */
export const postgresEntrypoint = `#!/bin/sh
set -eu
if [ "\${1#-}" != "$1" ]; then set -- postgres "$@"; fi
if [ "$1" != postgres ]; then exec "$@"; fi
if [ "$(id -u)" = 0 ]; then
  install -d -o postgres -g postgres -m 1777 /var/run/postgresql
  mkdir -p "$PGDATA"
  chown -R postgres:postgres "$PGDATA"
  chmod 700 "$PGDATA"
  exec setpriv --reuid=postgres --regid=postgres --clear-groups -- "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  : "\${POSTGRES_PASSWORD:?Set POSTGRES_PASSWORD to a password for the superuser}"
  user=\${POSTGRES_USER:-postgres}
  database=\${POSTGRES_DB:-$user}
  secret=$(mktemp)
  printf '%s' "$POSTGRES_PASSWORD" > "$secret"
  initdb --username="$user" --pwfile="$secret" --auth-local=trust --auth-host=scram-sha-256 \\
    --encoding=UTF8 --locale=C.UTF-8 "$PGDATA" > /dev/null
  rm -f "$secret"
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
  echo "listen_addresses = '*'" >> "$PGDATA/postgresql.conf"
  if [ "$database" != postgres ]; then
    # Nobody but this script can reach it before it is complete.
    pg_ctl -D "$PGDATA" -w -o "-c listen_addresses=''" start > /dev/null
    createdb --username="$user" "$database"
    pg_ctl -D "$PGDATA" -w -m fast stop > /dev/null
  fi
fi
exec "$@"
`;
