"""Scene 4: a CAN bus of the kernel's (vcan), frames of can-utils: speed to the judgement, a flood, off and on again."""
import os
import subprocess
import time

from scene import ask, finish, run, say, set_up, write

BUS = "vcan0"


def ip(*words):
    subprocess.run(["ip", "link", *words], check=True)


class Sender:
    """A steady stream of frames: cangen with a gap in milliseconds. It ends when the bus goes down."""

    def __init__(self, gap, *more):
        self._process = subprocess.Popen(["cangen", BUS, "-g", str(gap), *more], stderr=subprocess.DEVNULL)

    def stop(self):
        self._process.kill()
        self._process.wait()


def write_for(name, bus):
    return write(
        name,
        Camera={"Kind": "Command", "Command": "sleep", "Arguments": ["3600"]},
        Vehicle={"Can": {"Interface": bus, "Signals": {"Speed": "0x100 0|16@1+ (0.01,0) [0|400]"}}},
        Web={"Enabled": False})


def processor_time(name):
    """Seconds that the threads of the program took that read the bus."""
    pid = subprocess.run(["pgrep", "-x", "drivermonitor"], stdout=subprocess.PIPE, text=True).stdout.split()[0]
    ticks = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/stat") as file:
            said = file.read()
        if name in said[: said.rfind(")")]:
            fields = said[said.rfind(")") + 2 :].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


subprocess.run(["modprobe", "-a", "can", "can_raw", "vcan"], check=True)
ip("add", BUS, "type", "vcan")
ip("set", BUS, "up")

settings = write_for("can", BUS)

sending = Sender(100, "-I", "100", "-D", "8813", "-L", "2")
code, words = ask("check", "--config", settings)
found = say("frames" in words and "with a signal" in words, "check counts the frames of the bus")
code, words = ask("can", "watch", "--interface", BUS, "--seconds", "3", "--plain", "--config", settings)
watched = say(code == 0 and "50 km/h" in words, "can watch shows the identifier and reads the speed")

words, written = set_up("can-setup", obd=True)
proposed = say(
    BUS in words and written.get("Vehicle", {}).get("Can") == {"Interface": BUS, "ObdRequests": True},
    "setup finds the bus, and asks the engine where that is answered")

service = run(settings)
heard = say(service.wait("Device can: frames come from vcan0", 60) is not None, "the service hears the bus")

ip("set", BUS, "down")
lost = say(service.wait("Device can is lost", 30) is not None, "a bus that goes down is told")
sending.stop()
ip("set", BUS, "up")
began = time.monotonic()
sending = Sender(100, "-I", "100", "-D", "8813", "-L", "2")
back = say(service.wait("Device can: frames come", 30, began) is not None, "and that it is back")

sending.stop()
silent = say(service.wait("is silent", 30, began) is not None, "a bus that falls silent is told")

# Nothing of this is a speed: remote, FD and too short frames, other identifiers, the same one in the other format.
hostile = ["100#R", "100#R8", "100##1DEADBEEFDEADBEEFDEADBEEF", "100#", "100#11", "101#0000", "00000100#0000", "7FF#0000"]
ip("set", BUS, "down")
ip("set", BUS, "mtu", "72")
ip("set", BUS, "up")
began = time.monotonic()
sending = Sender(100, "-I", "100", "-D", "8813", "-L", "2")
service.wait("Device can: frames come", 30, began)
for frame in hostile * 20:
    subprocess.run(["cansend", BUS, frame], check=True)
code, words = ask("can", "watch", "--interface", BUS, "--seconds", "3", "--plain", "--config", settings)
withstood = say(
    code == 0 and "50 km/h" in words and service.is_running and service.heard("is lost", began + 1) is None,
    "remote, FD, empty and foreign frames are passed over, and the speed among them is read")
sending.stop()
service.wait("is silent", 30, began)

others = Sender(10, "-I", "101")
second = run(write_for("useless", BUS))
useless = say(
    second.wait("none with a signal of Vehicle:Can", 60) is not None, "a bus that carries none of the named signals is told")
others.stop()
second.end()

late = run(write_for("late", "vcan9"))
missed = late.wait("there is no interface vcan9", 60)
ip("add", "vcan9", "type", "vcan")
ip("set", "vcan9", "up")
began = time.monotonic()
speaking = subprocess.Popen(["cangen", "vcan9", "-g", "100", "-I", "100", "-D", "8813", "-L", "2"], stderr=subprocess.DEVNULL)
came = late.wait("frames come from vcan9", 30, began)
speaking.kill()
ip("set", "vcan9", "down")
ip("set", "vcan9", "name", "vcan8")
gone = late.wait("Device can is lost", 30, began)
ip("delete", "vcan8")
appeared = say(
    None not in (missed, came, gone) and late.is_running, "an interface that comes after the start is found, one that is renamed is told")
late.end()

steady = Sender(1)
time.sleep(5)
before, at = processor_time("can-bus"), time.monotonic()
time.sleep(20)
share = (processor_time("can-bus") - before) / (time.monotonic() - at)
cheap = say(share < 0.01, f"1,000 frames a second cost the reader {share:.2%} of a core")
steady.stop()

flood = Sender(0)
time.sleep(5)
before, at = processor_time("can-bus"), time.monotonic()
time.sleep(10)
share = (processor_time("can-bus") - before) / (time.monotonic() - at)
flooded = say(service.is_running and share < 0.5, f"a flood costs the reader {share:.1%} of a core, and the service goes on")
flood.stop()

code = service.end()
ended = say(code == 0, f"the service stops while its reader waits for a frame ({code})")
finish(
    found, watched, proposed, heard, lost, back, silent, withstood, useless, appeared, cheap, flooded, ended)
