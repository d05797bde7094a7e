"""Scene 5: parts on an I2C bus: a clock, a light sensor, a display; pulled out, back, and a bus that is held."""
import glob
import os
import subprocess
import time

from scene import ask, finish, run, say, set_up, until, write

CLOCK, LIGHT, DISPLAY = 0x68, 0x4A, 0x3C
PARAMETERS = "/sys/module/i2c_sim/parameters"


def set_parameter(name, value):
    with open(f"{PARAMETERS}/{name}", "w") as file:
        file.write(f"{value}\n")


def plug(*addresses):
    set_parameter("chips", ",".join(str(address) for address in addresses))


def poke(address, register, *values):
    for offset, value in enumerate(values):
        subprocess.run(["i2cset", "-y", str(bus), str(address), str(register + offset), str(value)], check=True)


subprocess.run(["modprobe", "-a", "i2c-dev"], check=True)
subprocess.run(["modprobe", "i2c-sim", f"chips={CLOCK},{LIGHT},{DISPLAY}"], check=True)
until(lambda: glob.glob("/dev/i2c-*"), 10)
bus = next(
    int(os.path.basename(os.path.dirname(name)).split("-")[1])
    for name in glob.glob("/sys/bus/i2c/devices/i2c-*/name") if open(name).read().strip() == "registers")

# A DS3231 that runs: 2026-11-30 21:15:42, Monday, in binary-coded decimals; a MAX44009 in a dim cab.
poke(CLOCK, 0, 0x42, 0x15, 0x21, 0x01, 0x30, 0x91, 0x26)
poke(CLOCK, 0x0F, 0)
poke(LIGHT, 3, 0x48, 0x01)

parts = [f"ds3231@{bus}:0x68", f"max44009@{bus}:0x4a", f"ssd1306@{bus}:0x3c"]
settings = write(
    "i2c",
    Camera={"Kind": "Command", "Command": "sleep", "Arguments": ["3600"]},
    Devices={"Parts": parts},
    Web={"Enabled": False})

code, words = ask("check", "--config", settings)
checked = say(all(f"{part} answers" in words for part in parts), "check asks each part once")

# What shares an address with another kind is chosen; who answers nothing keeps what was there.
words, written = set_up("i2c-setup", **{f"i2c-{bus}-68": parts[0], f"i2c-{bus}-4a": parts[1]})
proposed = say(sorted(written.get("Devices", {}).get("Parts", [])) == sorted(parts[:2]), "setup finds what is on the bus, and takes what is answered")

service = run(settings)
heard = say(all(service.wait(f"{part} answers", 60) for part in parts), "the service hears clock, light and display")

plug(CLOCK, DISPLAY)
lost = say(service.wait("Device light is lost", 40) is not None, "a sensor that is pulled out is told")
time.sleep(15)
once = say(
    sum("Device " in line and "is lost" in line for _, line in service.lines) == 1, "once, and of the others nothing")
began = time.monotonic()
plug(CLOCK, LIGHT, DISPLAY)
back = say(service.wait(f"{parts[1]} answers", 40, began) is not None, "and that it is back")

set_parameter("held", 1)
hung = say(service.wait("it hangs", 60, began) is not None, "a bus that is held is told")
alive = say(service.is_running, "the service goes on meanwhile")
began = time.monotonic()
set_parameter("held", 0)
freed = say(service.wait("answers", 60, began) is not None, "and it comes back when the bus is free")

set_parameter("held", 1)
time.sleep(3)
code = service.end()
set_parameter("held", 0)
ended = say(code == 0, f"the service stops while its bus is held ({code})")
finish(checked, proposed, heard, lost, once, back, hung, alive, freed, ended)
