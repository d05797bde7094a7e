#!/usr/bin/env bash
# Makes the Debian 12 of the virtual machine: its kernel, a Bluetooth daemon, a camera's tools, ffmpeg, a broker.
#   make-debian.sh FOLDER      leaves FOLDER/disk.img, FOLDER/vmlinuz and FOLDER/initrd
set -euo pipefail
folder=$1
root=$folder/root
mirror=http://deb.debian.org/debian

install -d "$folder"
debootstrap --variant=minbase bookworm "$root" "$mirror"
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp /etc/apt/apt.conf.d/*proxy* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"

# The first line is the machine, the second what the program needs beside itself, the third what watches it.
# initramfs-tools finds no root device in here; the disk's driver is named to it instead.
printf 'virtio_pci\nvirtio_blk\next4\n' >"$folder/modules"
chroot "$root" env DEBIAN_FRONTEND=noninteractive sh -c '
  set -e
  apt-get install -y -qq --no-install-recommends initramfs-tools kmod
  cat >>/etc/initramfs-tools/modules
  sed -i "s/^COMPRESS=.*/COMPRESS=gzip/" /etc/initramfs-tools/initramfs.conf
  apt-get install -y -qq --no-install-recommends \
    linux-image-amd64 iproute2 procps systemd \
    bluez dbus libsystemd0 libssl3 libstdc++6 zlib1g ffmpeg libgtk-3-0 libatomic1 libgpiod2 \
    bluez-test-tools python3-dbus python3-gi v4l-utils mosquitto mosquitto-clients can-utils i2c-tools
  apt-get clean' <"$folder/modules"

# Debian builds its kernel without the simulated GPIO chip; its source holds one, and the simulated interrupts it wants. What is
# not for modules, to look up the descriptor of an interrupt, is said in another way. The I2C bus is ours.
install -D -m644 "$(dirname "$0")/i2c-sim.c" -t "$root/usr/src/sim"
chroot "$root" env DEBIAN_FRONTEND=noninteractive sh -c '
  set -e
  apt-get install -y -qq --no-install-recommends gcc make xz-utils linux-headers-amd64 linux-source-6.1
  tar -xf /usr/src/linux-source-6.1.tar.xz --strip-components=3 -C /usr/src/sim \
    linux-source-6.1/drivers/gpio/gpio-sim.c linux-source-6.1/drivers/gpio/gpiolib.h linux-source-6.1/kernel/irq/irq_sim.c
  sed -i "s/handle_simple_irq(irq_to_desc(irqnum))/generic_handle_irq(irqnum)/" /usr/src/sim/irq_sim.c
  printf "obj-m := gpio-simulated.o i2c-sim.o\ngpio-simulated-y := gpio-sim.o irq_sim.o\n" >/usr/src/sim/Kbuild
  make -C /lib/modules/*/build M=/usr/src/sim modules
  install -D -m644 /usr/src/sim/gpio-simulated.ko /usr/src/sim/i2c-sim.ko -t "/lib/modules/$(ls /lib/modules)/extra"
  depmod "$(ls /lib/modules)"
  apt-get purge -y -qq --autoremove gcc make xz-utils linux-headers-amd64 linux-source-6.1
  rm -rf /usr/src/sim
  apt-get clean'

# The first process: it takes what is to be done from the host.
cat >"$root/sbin/errand" <<'END'
#!/bin/sh
modprobe -a 9pnet_virtio 9p
mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000 errand /mnt
exec /mnt/init.sh
END
chmod 755 "$root/sbin/errand"

cp "$root"/boot/vmlinuz-* "$folder/vmlinuz"
cp "$root"/boot/initrd.img-* "$folder/initrd"
rm -rf "$root"/boot/* "$root"/var/lib/apt/lists/* "$root"/usr/share/doc "$root"/usr/share/locale
truncate -s 3G "$folder/disk.img"
mkfs.ext4 -q -F -O ^has_journal -d "$root" "$folder/disk.img"
rm -rf "$root" "$folder/modules"
