#!/usr/bin/env bash
# The program on a computer of its own: Debian's kernel with radios, a camera and a GPIO chip that only exist in it, the real
# bluetoothd, and straps that come and go. Fast with KVM, slow without. The machine is made once, outside of the tree.
#   tests/long/vm.sh [SCENE...]   heart, camera, gpio, can, i2c, installed; all without one
#   PROGRAM=FOLDER                takes a published program instead of building it
#   PACKAGE=FILE.deb CLIP=FILE    take the package of the scene "installed", and its driver, instead of making them
set -euo pipefail
cd "$(dirname "$0")/../.."

[ "$(id -u)" -eq 0 ] || exec sudo --preserve-env=PROGRAM,PACKAGE,CLIP,XDG_CACHE_HOME "$0" "$@"
. tests/install.sh
install_missing qemu-system-x86 debootstrap e2fsprogs

recipe=tests/long/vm/make-debian.sh
cache=${XDG_CACHE_HOME:-$HOME/.cache}/drivermonitor-vm
machine=$cache/$(cat $recipe tests/long/vm/i2c-sim.c | sha256sum | cut -c1-12)
if [ ! -d "$machine" ]; then
  echo "Making the virtual machine in $machine"
  rm -rf "$cache"
  install -d "$cache"
  "$recipe" "$machine.new" >"$cache/log" 2>&1 || { tail -5 "$cache/log" >&2; exit 1; }
  mv "$machine.new" "$machine"
fi

errand=$(mktemp -d)
trap 'kill "${vm:-}" 2>/dev/null || true; rm -rf "$errand"' EXIT
if [ -n "${PROGRAM:-}" ]; then
  cp -r "$PROGRAM" "$errand/program"
else
  dotnet publish src/DriverMonitor -c Release -r linux-x64 --self-contained -o "$errand/program" -v quiet -nologo
fi
cp tests/long/vm/*.py tests/long/vm/init.sh "$errand"
echo "${@:-heart camera gpio can i2c installed}" >"$errand/scenes"

if grep -q installed "$errand/scenes"; then
  if [ -n "${PACKAGE:-}" ]; then
    cp "$PACKAGE" "$errand/package.deb"
  else
    deploy/build-deb.sh amd64 "$errand/built"
    mv "$errand"/built/*.deb "$errand/package.deb"
    rm -rf "$errand/built"
  fi
  if [ -n "${CLIP:-}" ]; then
    cp "$CLIP" "$errand/driver.mp4"
  else
    dotnet build tests/DriverMonitor.Tests -c Release -v quiet -nologo
    ROBUSTNESS_CLIP=$errand/driver.mp4 dotnet test tests/DriverMonitor.Tests --no-build -c Release -v quiet \
      --filter FullyQualifiedName~RobustnessClip >/dev/null
  fi
fi

# Nothing is written to the disk; what the machine has to say comes back through the errand's folder.
boot() {
  timeout 3600 qemu-system-x86_64 "$@" -m 2048 -nographic -no-reboot -net none \
    -kernel "$machine/vmlinuz" -initrd "$machine/initrd" \
    -append "root=/dev/vda rw console=ttyS0 quiet panic=-1 init=/sbin/errand" \
    -drive "file=$machine/disk.img,format=raw,if=virtio,snapshot=on" \
    -virtfs "local,path=$errand,mount_tag=errand,security_model=none" >"$errand/console" 2>&1 </dev/null &
  vm=$!
}

# There are hosts whose KVM says yes and then starts no kernel but its own: give it a moment, then go without.
vm=
if [ -w /dev/kvm ]; then
  echo "Booting"
  boot -accel kvm -cpu host -smp 2
  for _ in $(seq 20); do [ -e "$errand/booted" ] || ! kill -0 "$vm" || sleep 1; done 2>/dev/null
  [ -e "$errand/booted" ] || { kill "$vm" || true; wait "$vm" || true; vm=; } 2>/dev/null
fi
if [ -z "$vm" ]; then
  # A nanosecond an instruction: the machine has a steady pace of its own, however busy the host is.
  echo "Booting without KVM"
  boot -accel tcg -icount shift=0 -cpu max -smp 1
fi
wait "$vm" || true
cat "$errand/report" 2>/dev/null || { tail -40 "$errand/console" >&2; exit 1; }
if ! grep -q '^end$' "$errand/report" || grep -q '^FAIL' "$errand/report"; then
  kept=$(mktemp -d)
  cp -r "$errand"/log "$errand/console" "$kept" 2>/dev/null || true
  echo "The logs are in $kept" >&2
  exit 1
fi
