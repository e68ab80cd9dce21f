#!/usr/bin/env bash
# Ends what runs of this host and data folder, and nothing else: SIGTERM, after 10 s SIGKILL.
# Returns when it is gone.
#
#   stop_zk_and_services.sh [--conf DIR] [--host N] [--data DIR]
#
# The options are those that the host was started with.
set -euo pipefail
# shellcheck source=scripts/home.sh
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/home.sh"
explain_if_asked "$@"
find_java
run=$("${small_jvm[@]}" parley.coordinator.app.HostCommand folder "$home" "$@" </dev/null)
words=$("$home/scripts/process.sh" stop "$run" coordinator timeline-service frontend) || die "$words"
echo "$words"
