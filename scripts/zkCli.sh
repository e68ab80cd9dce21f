#!/usr/bin/env bash
# ZooKeeper's own shell on Parley's ensemble: scripts/zkCli.sh [--conf DIR] [COMMAND ARGUMENT...]
#
#   scripts/zkCli.sh --conf zk-conf/local get /parley/epoch
#   scripts/zkCli.sh --conf zk-conf/local ls -R /parley
#
# Without a command it is interactive: try help, quit.
set -euo pipefail

home="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"

if compgen -G "$home/lib/parley-coordinator-*.jar" >/dev/null; then
  lib="$home/lib"
elif compgen -G "$home/target/parley/lib/parley-coordinator-*.jar" >/dev/null; then
  lib="$home/target/parley/lib"
else
  echo "zkCli.sh: not built: neither $home/lib nor $home/target/parley/lib has its jars; run make first" >&2
  exit 1
fi

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
if ! command -v "$java" >/dev/null; then
  echo "zkCli.sh: there is no $java; install a Java runtime, 17 or newer, or set JAVA_HOME" >&2
  exit 1
fi

conf="$home/zk-conf"
if [[ "${1:-}" == --conf ]]; then
  if [[ $# -lt 2 ]]; then
    echo "zkCli.sh: --conf needs a folder with a zoo.cfg in it" >&2
    exit 2
  fi
  conf=$2
  shift 2
fi

exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx96m \
  -Dlogback.configurationFile=zkCli-logback.xml -Dzookeeper.sasl.client=false \
  -cp "$lib/*" parley.coordinator.app.ZooKeeperShellMain --conf "$conf" "$@"
