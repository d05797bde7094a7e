# shellcheck shell=bash
# Read by the suites that boot a Debian 12 in a container; it is made once, outside of the tree.
base=${XDG_CACHE_HOME:-$HOME/.cache}/drivermonitor-tests/bookworm-service
if [ ! -d "$base" ]; then
  echo "Making a Debian 12 in $base"
  install -d "$(dirname "$base")"
  rm -rf "$base.new"
  debootstrap --variant=minbase \
    --include=systemd,systemd-sysv,dbus,adduser,libssl3,libstdc++6,zlib1g,mosquitto,mosquitto-clients \
    bookworm "$base.new" http://deb.debian.org/debian >"$base.log" 2>&1 || { tail -5 "$base.log" >&2; exit 1; }
  mv "$base.new" "$base"
fi
