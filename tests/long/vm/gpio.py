"""Scene 3: a GPIO chip of the kernel's (gpio-sim) whose lines are read and pulled from outside of the program."""
import os
import signal
import subprocess
import time

from chip import Line, Sampler, make_chip
from scene import finish, run, say, until, write

LINES = {"buzzer": 17, "lamp": 27, "camera": 22, "relay": 23, "button": 24}


def press(button, seconds):
    button.pull(False)
    time.sleep(seconds)
    button.pull(True)


def low(lines):
    return not any(lines[name].is_high for name in ("buzzer", "lamp", "camera", "relay"))


def gpio(**more):
    return {"Board": "Chip", "Chip": "sim-board", **{name: LINES[line] for name, line in (
        ("BuzzerLine", "buzzer"), ("LampLine", "lamp"), ("CameraLampLine", "camera"), ("RelayLine", "relay"), ("ButtonLine", "button"))}, **more}


def drive(lines, sampler):
    """The demo's driver sleeps at 35 s and at 42.5 s; two seconds of shut eyes play three beeps of 120 ms."""
    service = run(write("drive", Camera={"Kind": "Portrait", "Source": "/opt/program/models/portrait"}, Gpio=gpio()))
    began = time.monotonic()
    first = service.wait("The first picture is judged", 90)
    yield say(first is not None and bool(sampler.beeps(began - 1, first + 1)), "start: the buzzer chirps")
    played = service.wait("plays sleep-warning", 90)
    if not say(played is not None, "eyes shut: the buzzer plays sleep-warning"):
        yield False
        return
    time.sleep(1)
    beeps = sampler.beeps(played - 0.5, played + 0.8)
    yield say(len(beeps) == 3 and all(0.1 <= lasts <= 0.16 for _, lasts in beeps),
              f"on the line: three beeps of 120 ms ({', '.join(f'{lasts * 1000:.0f}' for _, lasts in beeps)})")
    alarm = service.wait("plays sleep-alarm", 30)
    yield say(alarm is not None and until(lambda: lines["relay"].is_high, 3) is not None, "alarm: the relay is on")
    press(lines["button"], 0.3)
    press_at = time.monotonic()
    time.sleep(1)
    press(lines["button"], 2.5)
    yield say(service.wait("The driver disputes an alert", 10, press_at) is not None, "button, long: the alert is disputed")
    service.end()
    yield say(low(lines), "after SIGTERM all lines are low")


def camera_lamp(lines):
    """Lit while the camera is open, dark after a stop. After kill -9 nobody of ours is left to darken it: the kernel lets the lines go."""
    config = write("lamp", Camera={"Kind": "UsbFfmpeg", "Source": "/dev/video0", "Width": 640, "Height": 360}, Gpio=gpio())
    service = run(config)
    yield say(until(lambda: lines["camera"].is_high, 60) is not None, "the camera's lamp is lit while it captures")
    service.wait("The first picture is judged", 60)
    yield say(service.end() == 0 and low(lines), "SIGTERM: exit code 0, all lines are low")

    service = run(config)
    until(lambda: lines["camera"].is_high, 60)
    service.end(signal.SIGKILL)
    yield say(until(lambda: low(lines), 5) is not None, "kill -9: all lines are low")


chip = make_chip()
lines = {name: Line(chip, number) for name, number in LINES.items()}
lines["button"].pull(True)
if not os.path.exists("/dev/video0"):
    subprocess.run(["modprobe", "vivid", "n_devs=1", "node_types=0x1"], check=True)
finish(*[*drive(lines, Sampler(lines["buzzer"])), *camera_lamp(lines)])
