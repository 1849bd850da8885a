# Sets up a PostgreSQL server in a folder of its own, says "ready", and takes it away again when
# standard input ends. Lines "stop" and "start" on it are done and answered with "done".
# Arguments: folder with the programs, port.
set -eu
# The one who started us decides when to stop; an interrupt at the terminal reaches it, too.
trap '' INT TERM HUP
programs=$1
port=$2
folder=$(mktemp -d "${TMPDIR:-/tmp}/werkbrug-postgres.XXXXXX")
as() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root.
    chown postgres "$folder"
    as() { setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }
fi
start() {
    as "$programs/pg_ctl" start --wait --silent --pgdata="$folder/data" --log="$folder/data/log" \
        --options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=200 -c shared_buffers=64MB -c jit=off" \
        >>"$folder/setup.log" 2>&1
}
cd "$folder"
if as "$programs/initdb" --pgdata="$folder/data" --username=werkbrug --auth=trust \
    --encoding=UTF8 --locale=C --no-sync >"$folder/setup.log" 2>&1 </dev/null &&
    start </dev/null
then
    echo ready
    # Until standard input ends; a test may take the server away for a while.
    while read -r order; do
        case $order in
        stop) as "$programs/pg_ctl" stop --mode=immediate --silent --pgdata="$folder/data" >/dev/null 2>&1 </dev/null ;;
        start) start </dev/null ;;
        esac
        echo done
    done
    as "$programs/pg_ctl" stop --mode=immediate --silent --pgdata="$folder/data" >/dev/null 2>&1 </dev/null || true
    status=0
else
    cat "$folder/setup.log" "$folder/data/log" >&2 2>/dev/null || true
    status=1
fi
cd /
rm -rf "$folder"
exit $status
