"""Scene 6: the package as dpkg lays it down, its unit as systemd starts it, and nothing said but setup's answers. The board's GPIO chip
(gpio-sim) and the USB camera (vivid, whose output is wired to its input) are the kernel's; the driver falls asleep every 12 to 20 s."""
import json
import os
import re
import subprocess
import tempfile
import time

from chip import Line, Sampler, make_chip
from scene import LOGS, finish, say, settings, until

UNIT = "drivermonitor.service"
FILE = "/etc/drivermonitor/drivermonitor.json"
ANSWERS = "/root/answers.json"
INPUT, OUTPUT = "/dev/video0", "/dev/video1"
BUZZER = 17
PIXELS = {"YU12": "yuv420p", "YUYV": "yuyv422", "NV12": "nv12"}


def run(*words, within=300):
    """Gives exit code and what was said. Into a file: who is started beside it may hold a pipe open."""
    with tempfile.TemporaryFile("w+") as said, open(f"{LOGS}/installed", "a") as log:
        log.write(f"{time.monotonic():9.3f} $ {' '.join(words)}\n")
        log.flush()
        done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, timeout=within)
        said.seek(0)
        text = said.read()
        log.write(f"{text}({done.returncode})\n")
    return done.returncode, text


def show(what):
    return run("systemctl", "show", UNIT, "-P", what)[1].strip()


def answer(**answers):
    with open(ANSWERS, "w") as file:
        json.dump(answers, file)
    os.chmod(ANSWERS, 0o600)
    return run("drivermonitor", "setup", "--answers", ANSWERS)


def make_camera():
    subprocess.run(["modprobe", "-r", "vivid"], check=False)
    subprocess.run(["modprobe", "vivid", "n_devs=1", "node_types=0x101", "num_inputs=1", "input_types=3", "num_outputs=1",
                    "output_types=1", "vid_cap_nr=0", "vid_out_nr=1"], check=True)
    until(lambda: os.path.exists(INPUT) and os.path.exists(OUTPUT), 10)
    for device in (INPUT, OUTPUT):
        run("v4l2-ctl", "-d", device, "--set-dv-bt-timings", "index=0")
    run("v4l2-ctl", "-d", INPUT, "-c", "loop_video=1")


def show_driver():
    """What the program asked of the camera is what goes into it: nobody converts on a wire."""
    pixels = re.search(r"Pixel Format *: '(.{4})'", run("v4l2-ctl", "-d", INPUT, "--get-fmt-video")[1])[1]
    return subprocess.Popen(
        ["ffmpeg", "-v", "warning", "-nostdin", "-re", "-stream_loop", "-1", "-i", "/mnt/driver.mp4", "-pix_fmt", PIXELS[pixels], "-f", "v4l2", OUTPUT],
        stdout=open(f"{LOGS}/driver", "w"), stderr=subprocess.STDOUT)


def warned(sampler, since, within=90):
    """The first three beeps of 120 ms from a moment on, as setup promised them; gives the moment of the first."""
    def pattern():
        beeps = sampler.beeps(since, time.monotonic())
        for at, _ in beeps:
            lasts = [lasting for start, lasting in beeps if at <= start < at + 1]
            if len(lasts) == 3 and all(0.1 <= lasting <= 0.16 for lasting in lasts):
                return at
        return None
    until(lambda: pattern() is not None, within)
    return pattern()


def install():
    code, _ = run("dpkg", "-i", "/mnt/package.deb")
    yield say(code == 0 and run("systemctl", "is-enabled", UNIT)[0] == 0, "dpkg installs the package, the unit is enabled")
    yield say(until(lambda: show("ActiveState") == "active", 120) is not None, "systemd starts it")
    yield say(until(lambda: "no buzzer" in show("StatusText").lower(), 60) is not None, f"not set up, it says so: {show('StatusText')}")


def set_up():
    with open(FILE) as file:
        before = file.read()
    for what, answers in (("a board that nobody makes", {"board": "Pi9"}), ("no buzzer by accident", {"board": "None"}),
                          ("a question that nobody asked", {"board": "Pi5", "bord": "Pi4"}), ("a device that is none", {"camera": "usb", "device": "video0"})):
        code, said = answer(**answers)
        yield say(code == 78 and open(FILE).read() == before and len(said.strip().splitlines()[-1]) > 20,
                  f"{what}: exit code {code}, nothing is written: {said.strip().splitlines()[-1][:110]}")
    code, said = answer(camera="usb", device=INPUT, board="Pi5", broker="none", seat="anywhere", law="private")
    held = settings(FILE)
    yield say(code == 0 and held["Gpio"]["Board"] == "Pi5" and held["Camera"]["Source"] == INPUT, f"the right answers are written: {said.strip().splitlines()[-3]}")


def watch(line, sampler):
    began = time.monotonic()
    yield say(run("systemctl", "restart", UNIT)[0] == 0, "the unit is restarted")
    yield say(until(lambda: bool(sampler.beeps(began, time.monotonic())), 30) is not None, "the line of pin 11 chirps")
    driver = show_driver()
    yield say(until(lambda: show("StatusText").startswith("Watching the driver"), 60) is not None, f"a driver is seen: {show('StatusText')}")
    at = warned(sampler, time.monotonic())
    yield say(at is not None, "the driver sleeps: three beeps on the line")

    pid = show("MainPID")
    killed = time.monotonic()
    run("kill", "-KILL", pid)
    yield say(until(lambda: not line.is_high, 5) is not None, "kill -9: the line is low")
    yield say(until(lambda: show("MainPID") not in (pid, "0"), 60) is not None, "systemd starts it again")
    at = warned(sampler, killed + 3)
    yield say(at is not None, "the driver sleeps: three beeps again" + (f", {at - killed:.0f} s after the kill" if at else ""))
    yield say(run("systemctl", "stop", UNIT)[0] == 0 and not line.is_high, "stopped: the line is low")
    driver.kill()


os.chdir("/")
chip = make_chip("pinctrl-rp1")
make_camera()
line = Line(chip, BUZZER)
outcomes = [*install(), *set_up(), *watch(line, Sampler(line))]
run("journalctl", "-u", UNIT, "--no-pager")
finish(*outcomes)
