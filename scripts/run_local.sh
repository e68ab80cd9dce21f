#!/usr/bin/env bash
# Runs the three hosts of zk-conf/local on this machine, in the foreground: Ctrl-C stops them all.
# `make run` builds first and calls this.
#
#   run_local.sh [--data DIR]     default: data/local
set -euo pipefail
# shellcheck source=scripts/home.sh
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/home.sh"
explain_if_asked "$@"

conf=$home/zk-conf/local
data=$home/data/local
patience_seconds=60

case $# in
  0) ;;
  2) [[ $1 == --data ]] || die "unknown option $1; there is --data DIR" 2
     data=$2 ;;
  *) die "there is only --data DIR" 2 ;;
esac

sleeper=""
hosts=() # their numbers
servers="" # their addresses, joined by commas
while read -r number address; do
  hosts+=("$number")
  servers+=${servers:+,}$address
done < <(sed -n 's/^server\.\([0-9]*\)=\([^:]*\):.*/\1 \2/p' "$conf/zoo.cfg")

# Waits until a frontend accepts posts.
wait_until_serving() {
  "$home/scripts/parley" wait --server "$servers" --timeout "$patience_seconds"
}

stop_all() {
  trap '' INT TERM HUP
  trap - EXIT
  [[ -z $sleeper ]] || kill "$sleeper" 2>/dev/null || true
  local host
  { echo; echo "stopping"; } 2>/dev/null || true # the terminal may be gone
  for host in "${hosts[@]}"; do
    "$home/scripts/stop_zk_and_services.sh" --conf "$conf" --host "$host" --data "$data" \
      >/dev/null &
  done
  wait
}

trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

for host in "${hosts[@]}"; do
  "$home/scripts/start_zk_and_services.sh" --conf "$conf" --host "$host" --data "$data"
done
wait_until_serving
echo
"$home/scripts/parley" status --conf "$conf" || echo "(no primary serves yet)"
cat <<END

Parley runs. In another terminal:
  scripts/parley shell alice
  scripts/parley status --watch
Ctrl-C here stops all three hosts; their data stays in $data.
END
sleep infinity &
sleeper=$!
wait "$sleeper"
