#!/bin/bash
# Runs inside the booted container as root; a line a step, "end" at the end, then power off.
set -u

. /suite/steps.sh
update=/usr/lib/drivermonitor/drivermonitor-update

watches() { [ "$(show ActiveState)/$(show SubState)" = active/running ] && [ "$(show StatusText)" = "$words" ]; }
version() { dpkg-query -W -f='${Version}' drivermonitor; }
live() { # NAME: what the repository's address shows from now on
  rm -rf /suite/live && cp -a "/suite/$1" /suite/live
}
# CODE WORDS ARGUMENTS...
answers() {
  local code=$1 words=$2 answer
  shift 2
  "$update" "$@" >/suite/answer 2>&1
  answer=$?
  cat /suite/answer
  [ $answer -eq "$code" ] && grep -q "$words" /suite/answer
}
set_up() {
  install -d /etc/drivermonitor
  cat >/etc/drivermonitor/drivermonitor.json <<'JSON'
{ "DriverMonitor": { "Camera": { "Kind": "Portrait", "Source": "/usr/lib/drivermonitor/models/portrait" }, "Gpio": { "Board": "Virtual" } } }
JSON
  # The bad versions speak to systemd through a program of its own.
  install -d /etc/systemd/system/drivermonitor.service.d
  printf '[Service]\nNotifyAccess=all\n' >/etc/systemd/system/drivermonitor.service.d/test.conf
  dpkg --force-confold -i /suite/packages/drivermonitor_0.2.0_amd64.deb && within 60 eval '[ -n "$(show StatusText)" ] && [ "$(show ActiveState)" = active ]'
  sleep 3
  words=$(show StatusText)
  echo "status: $words"
  [[ $words == Watching* ]]
}
trust() {
  live good
  install -m644 /suite/live/drivermonitor-archive-keyring.gpg /usr/share/keyrings/
  install -m644 /suite/live/drivermonitor.sources /etc/apt/sources.list.d/
}
waits_while_driving() { live good; answers 2 "waits until the vehicle is switched off" && [ "$(version)" = 0.2.0 ]; }
waits_for_the_fleet() { # where updates are ordered nothing else is installed, whatever the file holds
  local order=/var/lib/drivermonitor/update.order
  live good
  : >$order && answers 0 "waits for the fleet's order" || return 1
  printf '$(reboot)\n0.2.1\n' >$order && answers 0 "waits for the fleet's order" || return 1
  printf '0.9.9\n' >$order && answers 69 "was ordered and is not in the repository" || return 1
  printf '0.2.1\n' >$order && answers 2 "version 0.2.1 waits until the vehicle is switched off" || return 1
  rm $order
  # The service writes it: neither a link nor a pipe of its may lead the program that runs as root anywhere, or hold it up.
  ln -s /etc/shadow $order && answers 0 "waits for the fleet's order" && rm $order || return 1
  ln -s /nowhere $order && answers 0 "waits for the fleet's order" && rm $order || return 1
  mkfifo $order && answers 0 "waits for the fleet's order" && rm $order || return 1
  head -c 100M /dev/zero >$order && answers 0 "waits for the fleet's order" && rm $order || return 1
  [ "$(version)" = 0.2.0 ]
}
# The scripted driver sleeps and looks away once a minute. What each is warned of, without what a busy machine may add.
alerts_since() { journalctl -q --no-pager -u "$unit" --since "@$1" | grep -oE 'Alert (Raised|Escalated): [^,]*, level (Warning|Alarm)' | sort -u; }
all_alerts_since() { [ -n "$alerts" ] && [ -z "$(comm -23 <(echo "$alerts") <(alerts_since "$1"))" ]; }
warned() { # a whole minute of the script
  local began
  began=$(date +%s)
  sleep 70
  alerts=$(alerts_since "$began")
  echo "$alerts"
  [ "$(echo "$alerts" | wc -l)" -ge 2 ]
}
warned_as_before() { # SINCE: the version that came back warns of everything that the one before the update did
  within 180 all_alerts_since "$1" || return 1
  echo "      the scripted driver: $(echo "$alerts" | wc -l) of $(echo "$alerts" | wc -l) alerts, after the return as before the update"
}
told_of_gap() { # SINCE: how long nobody watched
  local stopped ready
  stopped=$(journalctl -q --no-pager -u "$unit" --since "@$1" -o short-unix | awk '/Stopping|Stopped|Deactivated/ {print int($1); exit}')
  ready=$(date -d "$(show ActiveEnterTimestamp)" +%s)
  echo "      nobody watched for $((ready - stopped)) s"
}
refused() { # REPOSITORY WORDS
  live "$1"
  answers 69 "$2" --parked && [ "$(version)" = "$before" ] && watches
}
updates() { live mended; answers 0 "version 0.2.1 is installed and watches" --parked && [ "$(version)" = 0.2.1 ] && within 10 watches; }
newest() { answers 0 "version 0.2.1 is the newest" --parked; }
comes_back() { # REPOSITORY: on the old version again within a minute of the new one's start
  local began=$SECONDS since
  since=$(date +%s)
  live "$1"
  answers 1 "version 0.2.1 is back" --parked || return 1
  local took=$((SECONDS - began))
  echo "took $took s with fetching and a try of the new one's check"
  told_of_gap "$since"
  [ "$(version)" = 0.2.1 ] && within 20 watches && [ $took -le 60 ] && warned_as_before "$(date +%s)"
}
not_tried_twice() { answers 0 "did not watch here before" --parked && [ "$(version)" = 0.2.1 ]; }
is_not_led_back() { live good; "$update" --parked >/suite/answer 2>&1; cat /suite/answer; [ "$(version)" = 0.2.1 ] && watches; }
never_installed() { live broken; answers 1 "does not start on this machine" --parked && [ "$(version)" = 0.2.1 ] && watches; }
interrupted() { # the power goes while the bad version is tried
  live interrupted
  setsid "$update" --parked >/suite/answer 2>&1 &
  within 60 eval '[ "$(version)" = 0.3.3 ]' || return 1
  sleep 3 && kill -9 -- "-$!" || return 1
  systemctl start drivermonitor-update-recover.service
  [ "$(version)" = 0.2.1 ] && within 20 watches && [ ! -e /var/lib/drivermonitor-update/trial ]
}
two_at_once() {
  exec 8>/var/lib/drivermonitor-update/lock
  flock 8
  answers 2 "another update is at work" --parked
  local answer=$?
  exec 8>&-
  return $answer
}
units_are_sound() {
  local said
  said=$(systemd-analyze verify /usr/lib/systemd/system/drivermonitor-update{,-recover}.service /usr/lib/systemd/system/drivermonitor-update.{path,timer} 2>&1 | grep drivermonitor)
  echo "$said"
  [ -z "$said" ]
}

purged() { # with updates switched on, ordered and done: a device that is sold or handed on
  systemctl enable --now drivermonitor-update.timer && systemctl is-active -q drivermonitor-update.path || return 1
  rm -rf /etc/systemd/system/drivermonitor.service.d/test.conf
  # Where updates come from is the machine's business, and stays with its owner.
  rm -f /etc/apt/sources.list.d/drivermonitor.sources /usr/share/keyrings/drivermonitor-archive-keyring.gpg
  dpkg -P drivermonitor || return 1
  local left
  left=$(find / -xdev \( -path /proc -o -path /sys -o -path /suite -o -path /var/log -o -path /var/cache/apt -o -path /var/lib/apt \) \
    -prune -o -iname '*drivermonitor*' -print)
  [ -z "$left" ] || { echo "left: $left"; return 1; }
}
starts_at_the_order() { # as soon as it is written, without waiting for the timer
  live mended
  systemctl start drivermonitor-update.path || return 1
  install -o drivermonitor -g drivermonitor -m600 /dev/null /var/lib/drivermonitor/update.order
  within 60 eval 'journalctl -q --no-pager -u drivermonitor-update.service | grep -q "is the newest\|waits for the fleet"' || return 1
  systemctl stop drivermonitor-update.path && rm /var/lib/drivermonitor/update.order
}

{
  words=
  step "installs and watches" set_up
  alerts=
  step "warns the scripted driver" warned
  before=0.2.0
  step "without a repository nothing is changed" answers 69 "no repository is set up" --parked
  trust
  step "waits while the vehicle is not switched off" waits_while_driving
  step "waits for the fleet's order where updates are ordered" waits_for_the_fleet
  step "refuses an unsigned repository" refused unsigned "cannot be used"
  step "refuses a stranger's signature" refused theirs "cannot be used"
  step "refuses a package that is not the signed list's" refused tampered "cannot be fetched"
  step "updates to a good version" updates
  before=0.2.1
  step "has nothing more to do" newest
  live older
  step "refuses an older version" answers 0 "is the newest" --parked
  step "is not led back by an old list" is_not_led_back
  step "never installs what does not start here" never_installed
  step "comes back from a version that ends at once" comes_back exits
  step "does not try it twice" not_tried_twice
  step "comes back from a version that never gets ready" comes_back hangs
  step "comes back from a version that does not watch" comes_back blind
  step "ends an interrupted update" interrupted
  step "runs once at a time" two_at_once
  step "starts at the fleet's order" starts_at_the_order
  step "has sound units" units_are_sound
  step "is purged, nothing stays" purged
  echo end
} >/suite/report 2>&1
journalctl -q --no-pager >/suite/journal 2>&1
systemctl poweroff
