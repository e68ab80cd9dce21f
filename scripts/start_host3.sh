#!/usr/bin/env bash
exec "$(dirname "$(readlink -f "$0")")/start_zk_and_services.sh" --host 3 "$@"
