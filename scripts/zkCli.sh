#!/usr/bin/env bash
# ZooKeeper's own shell on Parley's ensemble: scripts/zkCli.sh [--conf DIR] [COMMAND ARGUMENT...]
#
#   scripts/zkCli.sh --conf zk-conf/local get /parley/epoch
#   scripts/zkCli.sh --conf zk-conf/local ls -R /parley
#
# Without a command it is interactive: try help, quit.
set -euo pipefail

# shellcheck source=scripts/home.sh
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/home.sh"

conf=$home/zk-conf
case "${1:-}" in
  -h | --help) explain_if_asked --help ;;
  --conf)
    (($# >= 2)) || die "--conf needs a folder with a zoo.cfg in it" 2
    conf=$2
    shift 2
    ;;
esac

find_java
exec "${small_jvm[@]}" -Dlogback.configurationFile=zkCli-logback.xml -Dzookeeper.sasl.client=false \
  parley.coordinator.app.ZooKeeperShellMain --conf "$conf" "$@"
