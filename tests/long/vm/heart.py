"""Scene 1: two straps, the real bluetoothd and two radios that only exist in the kernel. Out of range for a minute, bluetoothd
restarted, another strap put on, a stranger's near: each time the pulse must be back 10 s after the strap is."""
import re
import subprocess
import sys
import time

from scene import LOGS, Running, ask, finish, run, say, settings, until, write

PULSE = "gives its pulse"
OWN = "hci0"


def bluetoothd():
    return subprocess.Popen(["/usr/libexec/bluetooth/bluetoothd", "-n"], stdout=open(f"{LOGS}/bluetoothd", "a"), stderr=subprocess.STDOUT)


def back_in_time(what, since, service, within=10):
    at = service.wait(PULSE, within + 20, since)
    return say(at is not None and at - since <= within, f"{what}: " + (f"pulse {at - since:.1f} s after it was there" if at else "no pulse within 30 s"))


def scan_and_pair(config, one, two):
    code, said = ask("heart", "scan", "--seconds", "6", "--config", config)
    yield say(code == 0 and one in said and two in said, f"scan: both straps are found ({one}, {two})")
    code, said = ask("heart", "pair", one, "--config", config, within=90)
    told = code == 0 and "battery 80 %" in said and "worn at: chest" in said
    yield say(told and settings(config)["HeartRate"]["Bluetooth"]["Addresses"] == [one], "pair: pulse, battery and place are told, the address is written")


def away_and_back(config, strap):
    """A minute away; the intervals before and after differ so much that one difference across the gap would show."""
    began = time.monotonic()
    service = run(config)
    yield back_in_time("start", began, service)
    strap.tell("away")
    lost = service.wait("strap is lost", 20)
    yield say(lost is not None, "out of range: the log says that the strap is lost")
    time.sleep(60)
    yield say(service.is_running, "out of range for 60 s: the service goes on")
    yield back_in_time("back after 60 s", strap.tell("back"), service)

    global daemon
    daemon.kill()
    daemon.wait()
    yield say(service.wait("bluetoothd", 10) is not None, "bluetoothd killed: the log says so")
    since = time.monotonic()
    daemon = bluetoothd()
    there = strap.wait("advertising", 20, since)
    yield say(there is not None, "bluetoothd restarted: the strap is on the air again") and back_in_time("bluetoothd restarted", there, service)
    yield say(service.end() == 0, "stop: exit code 0")


def gap(config, strap):
    """What comes after the gap must be marked as such, so that it is not compared with what came before."""
    strap.tell("beat 800")
    watch = Running("watch", "drivermonitor", "heart", "watch", "--plain", "--config", config)
    until(lambda: len([line for _, line in watch.lines if "bpm=75 " in line]) >= 4, 30)
    strap.tell("away")
    strap.tell("beat 600")
    time.sleep(8)
    back = strap.tell("back")
    watch.wait("bpm=100 ", 30, back)
    until(lambda: len([line for _, line in watch.lines if "bpm=100 " in line]) >= 3, 10)
    watch.end()
    after = [line for _, line in watch.lines if "bpm=100 " in line]
    mixed = [line for line in after if re.search(r"rr=.*(79\d|80\d)\.", line)]
    yield say(len(after) >= 3 and "AfterBreak" in after[0] and "AfterBreak" not in after[-1] and not mixed,
              f"gap: the first packet after it is marked ({after[0] if after else 'none came'})")


def swap(config, straps, first, second):
    """One strap is worn, the other is being washed; then the other way round."""
    code, _ = ask("heart", "pair", second, "--config", config, within=90)
    bound = settings(config)["HeartRate"]["Bluetooth"]["Addresses"]
    yield say(code == 0 and bound == [second, first], "pair a second strap: both are bound, the newest first")
    began = time.monotonic()
    service = run(config)
    yield back_in_time("start with both on the air", began, service)
    worn, washed = straps if service.heard("Strap One") else reversed(straps)
    washed.tell("away")
    for _ in range(2):
        worn.tell("away")
        yield say(service.wait("strap is lost", 20, time.monotonic() - 1) is not None, "swap: the log says that the strap is lost")
        time.sleep(10)
        yield back_in_time("swap: the other one is put on", washed.tell("back"), service)
        worn, washed = washed, worn
    yield say(service.end() == 0, "stop: exit code 0")
    washed.tell("back")


def stranger(config, own, other, address):
    code, _ = ask("heart", "pair", address, "--only", "--config", config, within=90)
    yield say(code == 0 and settings(config)["HeartRate"]["Bluetooth"]["Addresses"] == [address], "pair --only: right after the service, and the other is forgotten")
    own.tell("away")
    began = time.monotonic()
    service = run(config)
    time.sleep(15)
    yield say(service.heard(PULSE) is None and other.heard("subscribed", began) is None, "a stranger's strap nearby is left alone")
    yield back_in_time("the own one comes", own.tell("back"), service)
    own.tell("battery 9")
    yield say(service.wait("is low: 9 %", 15) is not None, "a battery that empties is told")
    service.end()


def check(config):
    code, said = ask("check", "--config", config, within=90)
    yield say(re.search(r"^ok +(heart|strap).*", said, re.M) is not None, "check: the strap is ok")


subprocess.run(["modprobe", "hci_vhci"], check=True)
radio = subprocess.Popen(["btvirt", "-L", "-l3"], stdout=open(f"{LOGS}/btvirt", "w"), stderr=subprocess.STDOUT)
daemon = bluetoothd()
straps = [Running("strap-1", sys.executable, "/mnt/strap.py", "hci1", "Strap One"),
          Running("strap-2", sys.executable, "/mnt/strap.py", "hci2", "Strap Two")]
if None in [strap.wait("advertising", 30) for strap in straps]:
    say(False, f"the straps do not come up: {[strap.lines[-3:] for strap in straps]}")
    finish(False)
one, two = (next(line.split()[1] for _, line in strap.lines if line.startswith("advertising")) for strap in straps)
# A camera that gives nothing and costs nothing: the heart must do without.
config = write("heart", Camera={"Kind": "Command", "Command": "sleep", "Arguments": ["3600"]}, Privacy={"OnPaper": "Heart, Stress"},
               HeartRate={"Bluetooth": {"Adapter": OWN}})
outcomes = [*scan_and_pair(config, one, two), *away_and_back(config, straps[0]), *gap(config, straps[0]),
            *swap(config, straps, one, two), *stranger(config, *straps, one), *check(config)]
for process in (radio, daemon):
    process.terminate()
finish(*outcomes)
