# Sourced by the scripts that start and stop hosts.
# shellcheck shell=bash

die() {
  echo "parley: $1" >&2
  exit "${2:-1}"
}

# The folder above this one: a checkout, or an unpacked distribution.
home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd -P)

# Prints the comment at the head of the calling script, and ends, if one of the arguments asks.
explain_if_asked() {
  local argument
  for argument in "$@"; do
    if [[ $argument == --help || $argument == -h ]]; then
      sed -n '2,${/^#/!q;s/^# \{0,1\}//;p}' "$0"
      exit
    fi
  done
}

# Sets small_jvm, the command for a short-lived JVM; or says in one line what is missing.
find_java() {
  local tool java version lib
  for tool in flock setsid; do
    command -v "$tool" >/dev/null || die "there is no $tool; install the package util-linux"
  done

  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  command -v "$java" >/dev/null \
    || die "there is no $java; install a Java runtime, 17 or newer, or set JAVA_HOME"
  version=$("$java" -Xshare:auto -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
  ((${version:-0} >= 17)) \
    || die "$java is of version ${version:-unknown}; Parley needs 17 or newer, see JAVA_HOME"

  lib=$home/lib
  [[ -d $lib ]] || lib=$home/target/parley/lib
  compgen -G "$lib/parley-frontend-*.jar" >/dev/null \
    || die "there are no jars in $lib; run make first"

  # shellcheck disable=SC2034 # used by the calling script
  small_jvm=("$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx64m \
    --enable-native-access=ALL-UNNAMED -cp "$lib/*")
}
