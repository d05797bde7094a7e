# shellcheck shell=bash
# Read by the suites that run inside a booted container.
unit=drivermonitor.service

show() { systemctl show "$unit" -P "$1"; }
step() { # NAME COMMAND...: the command's success is the step's
  local name=$1 began=$SECONDS
  shift
  if "$@"; then echo "ok    $name ($((SECONDS - began)) s)"; else echo "FAIL  $name"; fi
}
within() { # SECONDS COMMAND...: asks until it is so
  local until=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$until" ] || return 1
    sleep 0.2
  done
}
