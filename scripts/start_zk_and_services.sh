#!/usr/bin/env bash
# Starts this host: coordinator (with its ZooKeeper peer), timeline-service and frontend, in the
# background. Returns when all three serve, or say what they wait for: a host that starts alone
# waits for the others. May be called at any time; it starts what is missing.
#
#   start_zk_and_services.sh [--conf DIR] [--host N] [--data DIR]
#
#   --conf DIR   folder with zoo.cfg and parley.conf; default: zk-conf
#   --host N     the N of this host's server.N line; default: by this machine's addresses
#   --data DIR   where hosts keep their data, each in DIR/hostN; default: data
set -euo pipefail
# shellcheck source=scripts/home.sh
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/home.sh"
explain_if_asked "$@"
find_java
exec "${small_jvm[@]}" parley.coordinator.app.HostCommand start "$home" "$@" </dev/null
