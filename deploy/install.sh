#!/bin/sh
# Installs the unpacked tarball on a system without dpkg, or brings it up to date. Settings that are there stay.
#   sudo ./install.sh            install or update
#   sudo ./install.sh --remove   remove the program; settings and state stay
#   sudo ./install.sh --purge    remove everything: settings, profiles, queued events, passwords
set -eu
cd "$(dirname "$0")"

[ "$(id -u)" -eq 0 ] || { echo "install.sh: run it as root." >&2; exit 64; }

booted() { [ -d /run/systemd/system ]; }

remove() {
  if booted; then systemctl disable --now drivermonitor.service 2>/dev/null || true; fi
  rm -rf /usr/lib/drivermonitor /usr/share/doc/drivermonitor
  rm -f /usr/bin/drivermonitor /usr/lib/systemd/system/drivermonitor.service /usr/lib/systemd/system/drivermonitor-update* \
    /usr/lib/systemd/system/multi-user.target.wants/drivermonitor-update-recover.service /usr/lib/udev/rules.d/60-drivermonitor.rules \
    /usr/share/man/man1/drivermonitor.1.gz /usr/share/lintian/overrides/drivermonitor \
    /usr/share/bash-completion/completions/drivermonitor /usr/share/zsh/vendor-completions/_drivermonitor \
    /usr/share/fish/vendor_completions.d/drivermonitor.fish
  if booted; then systemctl daemon-reload; fi
}

case "${1:-}" in
  --remove) remove; exit 0 ;;
  --purge)
    remove
    rm -rf /etc/drivermonitor /var/lib/drivermonitor /var/lib/drivermonitor-update
    rm -f /etc/systemd/system/drivermonitor.service.d/jetson.conf /etc/systemd/system/drivermonitor.service.d/sealed.conf \
      /etc/systemd/system/timers.target.wants/drivermonitor-update.timer \
      /etc/systemd/system/multi-user.target.wants/drivermonitor-update.path
    rmdir /etc/systemd/system/drivermonitor.service.d 2>/dev/null || true
    if getent passwd drivermonitor >/dev/null; then userdel drivermonitor; fi
    echo "Driver Monitor's settings, profiles, queued events and passwords are deleted."
    exit 0 ;;
  "") ;;
  *) echo "install.sh: '$1' is not understood. Try --remove, --purge, or nothing." >&2; exit 64 ;;
esac

[ -x root/usr/lib/drivermonitor/drivermonitor ] || { echo "install.sh: root/ is missing; unpack the tarball again." >&2; exit 66; }
# A library of an older version must not stay beside the new ones.
rm -rf /usr/lib/drivermonitor
cp -R --no-dereference root/usr/. /usr/
install -d /etc/drivermonitor
install -dm700 /etc/drivermonitor/credentials
[ -e /etc/drivermonitor/drivermonitor.json ] || install -m644 root/etc/drivermonitor/drivermonitor.json /etc/drivermonitor/

getent group drivermonitor >/dev/null || groupadd --system drivermonitor
getent passwd drivermonitor >/dev/null ||
  useradd --system --gid drivermonitor --home-dir /var/lib/drivermonitor --no-create-home --shell /usr/sbin/nologin drivermonitor
getent group gpio >/dev/null || groupadd --system gpio
for group in video render gpio bluetooth; do
  if getent group "$group" >/dev/null; then usermod -aG "$group" drivermonitor; fi
done
if booted; then
  udevadm control --reload 2>/dev/null || true
  systemctl daemon-reload
  systemctl enable drivermonitor.service
  systemctl restart drivermonitor.service || true
fi
echo "Driver Monitor is installed. Next: drivermonitor setup"
