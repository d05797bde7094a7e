"""A GPIO chip of the kernel's (gpio-sim), and its lines as seen from outside of the program."""
import os
import subprocess
import threading
import time

SIM = "/sys/kernel/config/gpio-sim"


def make_chip(label="sim-board"):
    """Gives where the chip's lines are seen."""
    subprocess.run(["modprobe", "gpio-simulated"], check=True)
    if not os.path.isdir(SIM):
        subprocess.run(["mount", "-t", "configfs", "configfs", "/sys/kernel/config"], check=True)
    board = f"{SIM}/{label}"
    os.makedirs(f"{board}/bank0")
    for name, value in (("bank0/num_lines", "32"), ("bank0/label", label), ("live", "1")):
        with open(f"{board}/{name}", "w") as file:
            file.write(value)
    device = open(f"{board}/dev_name").read().strip()
    chip = open(f"{board}/bank0/chip_name").read().strip()
    return f"/sys/devices/platform/{device}/{chip}"


class Line:
    def __init__(self, chip, number):
        self._folder = f"{chip}/sim_gpio{number}"

    @property
    def is_high(self):
        with open(f"{self._folder}/value") as file:
            return file.read().strip() == "1"

    def pull(self, up):
        with open(f"{self._folder}/pull", "w") as file:
            file.write("pull-up" if up else "pull-down")


class Sampler:
    """Every change of a line, seen every 5 ms."""

    def __init__(self, line):
        self.edges, self._line = [(time.monotonic(), line.is_high)], line
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self):
        while True:
            now = self._line.is_high
            if now != self.edges[-1][1]:
                self.edges.append((time.monotonic(), now))
            time.sleep(0.005)

    def beeps(self, since, until_):
        """(starts, lasts) of each sound within a span, in seconds."""
        edges = [(at, high) for at, high in self.edges if since <= at <= until_]
        return [(at, edges[i + 1][0] - at) for i, (at, high) in enumerate(edges[:-1]) if high]
