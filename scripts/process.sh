#!/usr/bin/env bash
# Starts and ends the processes of one host. Nothing else does, and this only while it holds the
# host's start lock, with everything read again after taking it: so two who want the same process
# back never start two copies.
#
#   process.sh start LOCK OUT HUNG HEALER JAVA ARGUMENT...
#       starts the process that lives while it holds LOCK, its output in OUT, unless it runs.
#       HUNG: the pid of a copy to be killed first, or -. HEALER: the lock of the process that
#       asks; if that one has ended, nothing is started. Or -, for a person.
#       Says one of: started PID, running PID, withdrawn.
#   process.sh stop RUN_FOLDER NAME...
#       ends the named processes: SIGTERM, after 10 s SIGKILL; returns when they are gone.
#
# A process is known by its session and by one argument of its command line, which names its lock;
# never by a number in a file. Time is the machine's uptime: the wall clock may jump, and counting turns
# would wait longer the busier the machine is.
set -euo pipefail

turn=0.02
# Makes a process that starts give way to those that serve (see StartPriority), and becomes it. Not every
# kernel can; and some refuse, if not to root, what comes within 0.1 s of another change.
# shellcheck disable=SC2016 # expands where it runs
give_way='{ echo 10 >/proc/self/autogroup; } 2>/dev/null || true; exec "$@"'

die() {
  echo "$1"
  exit 1
}

# Sets now, in hundredths of a second.
look_at_clock() {
  read -r now _ </proc/uptime
  now=$((10#${now/./}))
}

take_start_lock() {
  exec 9>>"$1/start.lock"
  flock --timeout 60 9 || die "another start or stop of this host does not end ($1/start.lock)"
}

# A process that a JVM is about to start shares its command line for a moment, but not its session.
pid_of() {
  local file pid stat fields
  for file in $(printf -- '-Dparley.lock=%s\n' "$1" \
      | LC_ALL=C grep -lszxF -f - /proc/[0-9]*/cmdline || true); do
    pid=${file#/proc/}
    pid=${pid%/cmdline}
    { read -r stat <"/proc/$pid/stat"; } 2>/dev/null || continue
    # shellcheck disable=SC2206 # words wanted: state, parent, group, session, ...
    fields=(${stat##*) })
    if [[ ${fields[3]} == "$pid" ]]; then
      echo "$pid"
    fi
  done
}

# The kernel gives a lock back after it has cleared the command line, with the last thread's end.
is_free() {
  [[ ! -e $1 ]] || flock --nonblock "$1" true
}

start() {
  local lock=$1 out=$2 hung=$3 healer=$4 java=$5 pid child now until
  shift 5
  take_start_lock "${lock%/*}"
  if [[ $healer != - && -z $(pid_of "$healer") ]]; then
    echo withdrawn
    return
  fi
  look_at_clock
  until=$((now + 2000))
  while :; do
    pid=$(pid_of "$lock")
    if [[ -n $pid && $pid != "$hung" ]]; then
      echo "running $pid"
      return
    elif [[ -n $pid ]]; then
      kill -KILL "$pid" 2>/dev/null || true
    elif is_free "$lock"; then
      break
    fi
    look_at_clock
    ((now < until)) || die "$lock is still held by a process that should have ended"
    sleep "$turn"
  done

  # Appended to, so that its owner can empty it when it has grown. The disk may be full.
  { : >"$out"; } 2>/dev/null || out=/dev/null
  cd /
  # Fewer malloc arenas: a third less resident memory in a JVM with many threads.
  MALLOC_ARENA_MAX=2 setsid bash -c "$give_way" bash flock --nonblock --no-fork "$lock" \
    "$java" "-Dparley.lock=$lock" "$@" </dev/null >>"$out" 2>&1 9>&- &
  child=$!
  look_at_clock
  until=$((now + 1000))
  while ((now < until)); do
    if [[ /proc/$child/exe -ef $java ]]; then # so it holds its lock
      echo "started $child"
      return
    fi
    kill -0 "$child" 2>/dev/null || break
    sleep "$turn"
    look_at_clock
  done
  die "ended at once: $(tail -n 1 "$out")"
}

any_left() {
  local run=$1 name
  shift
  for name in "$@"; do
    [[ -z $(pid_of "$run/$name.lock") ]] && is_free "$run/$name.lock" || return 0
  done
  return 1
}

stop() {
  local run=$1 name pid signal now until ended=()
  shift
  if [[ ! -d $run ]]; then
    echo "nothing ran"
    return
  fi
  take_start_lock "$run"
  for signal in TERM KILL; do
    for name in "$@"; do
      for pid in $(pid_of "$run/$name.lock"); do
        if kill -"$signal" "$pid" 2>/dev/null && [[ $signal == TERM ]]; then
          ended+=("$name (pid $pid)")
          kill -CONT "$pid" 2>/dev/null || true # what is stopped hears nothing
        fi
      done
    done
    look_at_clock
    until=$((now + 1000))
    while ((now < until)); do
      any_left "$run" "$@" || break 2
      sleep "$turn"
      look_at_clock
    done
  done
  if any_left "$run" "$@"; then
    die "still running after SIGKILL; see ps for $run"
  elif ((${#ended[@]} == 0)); then
    echo "nothing ran"
  else
    printf 'ended %s\n' "${ended[@]}"
  fi
}

case ${1:-} in
  start | stop) "$@" ;;
  *) die "process.sh is called by the other scripts and by the services" ;;
esac
