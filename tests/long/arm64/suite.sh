#!/bin/bash
# Runs inside the emulated root as root; a line a step, what went wrong below it, "end" at the end.
set -u
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

settings=/etc/drivermonitor/drivermonitor.json
state=/var/lib/drivermonitor
said=/suite/said

step() { # NAME COMMAND...: the command's success is the step's
  local name=$1 began=$SECONDS
  shift
  if "$@" >"$said" 2>&1 </dev/null; then
    echo "ok    $name ($((SECONDS - began)) s)"
  else
    echo "FAIL  $name"
    tail -40 "$said" | sed 's/^/      /'
    return 1
  fi
}
within() { # SECONDS COMMAND...: asks until it is so
  local until=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$until" ] || return 1
    sleep 0.5
  done
}
version() { dpkg-query -W -f='${db:Status-Abbrev}${Version}' drivermonitor; }
files() { # everything that was there or is left, but for logs, and for the books and backups of dpkg and its kin
  find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /suite -o -path /var/log \) -prune -o -print |
    grep -vE '^/var/lib/(dpkg|apt)/|^/var/cache/(apt|debconf|ldconfig)/|^/etc/(passwd|group|shadow|gshadow|subuid|subgid)-$|\.lock$' | sort
}
people() { getent passwd; getent group | grep -v '^gpio:' | cut -d: -f1,4; } # a board's other programs may use gpio's group

is_arm64() { [ "$(uname -m)" = aarch64 ] && [ "$(dpkg --print-architecture)" = arm64 ]; }
installed() {
  apt-get install -y --no-install-recommends /suite/drivermonitor.deb && [ "$(version)" = "ii $(dpkg-deb -f /suite/drivermonitor.deb Version)" ]
}
in_place() { # files as packed, a user with its groups, a unit that starts at boot
  dpkg --verify drivermonitor && id drivermonitor && id -nG drivermonitor | grep -qw video && id -nG drivermonitor | grep -qw gpio &&
    [ "$(stat -c '%U %a' /etc/drivermonitor/credentials)" = "root 700" ] &&
    [ "$(readlink -f /etc/systemd/system/multi-user.target.wants/drivermonitor.service)" = /usr/lib/systemd/system/drivermonitor.service ]
}
no_camera() { # as installed: the models answer, the camera is not there
  timeout 600 drivermonitor check
  [ $? -eq 1 ] && grep '^ok    models .* finds the known face to 0\.' "$said" >/suite/models && grep -q '^FAIL  camera' "$said"
}
portrait() { # the scripted driver, and a broker that is away, so that events stay here
  cat >"$settings" <<JSON
{ "DriverMonitor": {
    "Camera": { "Kind": "Portrait", "Source": "/usr/lib/drivermonitor/models/portrait" },
    "Mqtt": { "Brokers": [$1], "Tenant": "acme", "Vehicle": "veh-0001", "FirstConnectSpread": "00:00:00" } } }
JSON
}
content() {
  portrait ''
  timeout 600 drivermonitor check
}
judged_or_gone() { grep -q "The first picture is judged" "$said" || ! kill -0 "$1" 2>/dev/null; }
serves() { # as the unit would: its user, its folder, stopped by SIGTERM
  portrait '"127.0.0.1:1"'
  install -d -o drivermonitor -g drivermonitor -m700 "$state"
  STATE_DIRECTORY=$state setpriv --reuid=drivermonitor --regid=drivermonitor --init-groups --no-new-privs /usr/bin/drivermonitor run &
  local pid=$! code=0
  within 300 judged_or_gone "$pid"
  sleep 10
  kill -TERM "$pid"
  wait "$pid" || code=$?
  ls -lR "$state"
  [ "$code" -eq 0 ] && grep -q "The first picture is judged" "$said" && [ -n "$(find "$state" -type f -size +0)" ]
}
again() { dpkg -i /suite/drivermonitor.deb && in_place_but_settings; }
upgraded() { dpkg -i /suite/next.deb && version | grep -q '+next$' && in_place_but_settings; }
in_place_but_settings() { ! dpkg --verify drivermonitor | grep -v ' c /etc/drivermonitor/drivermonitor.json$' && grep -q veh-0001 "$settings" && [ -n "$(ls "$state")" ]; }
still_answers() { timeout 600 drivermonitor --help; }
removed() { apt-get remove -y drivermonitor && [ ! -e /usr/lib/drivermonitor ] && [ ! -e /usr/bin/drivermonitor ] && grep -q veh-0001 "$settings" && [ -n "$(ls "$state")" ]; }
purged() {
  apt-get purge -y drivermonitor && ! dpkg-query -W drivermonitor && ! getent passwd drivermonitor && ! getent group drivermonitor || return 1
  files >/suite/files.after
  people >/suite/people.after
  diff /suite/files.before /suite/files.after && diff /suite/people.before /suite/people.after
}

files >/suite/files.before
people >/suite/people.before
step "is arm64, emulated or not" is_arm64
step "apt installs the package" installed || exit 1
step "files, user, groups and unit are in place" in_place
step "check: the models find the known face, the camera is missing" no_camera
sed 's/^ok  /    /' /suite/models
step "check is content with a camera" content
step "the service's program watches, keeps events and stops cleanly" serves
step "installs over itself, settings and state stay" again
step "is upgraded, settings and state stay" upgraded
step "answers after that" still_answers
step "is removed, settings and state stay" removed
step "is purged, nothing stays" purged
echo end
