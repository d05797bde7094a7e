"""Scene 2: the kernel's test camera (vivid) as /dev/video0. Read in both ways and in several formats, with what the kernel says that
it was asked for; covered, blinded and frozen; pulled out and put back."""
import os
import re
import subprocess
import time

from scene import ask, finish, run, say, until, write

DEVICE = "/dev/video0"
DRIVER = "/sys/bus/platform/drivers/vivid"
BARS, BLACK, WHITE = 0, 5, 6
PIXELS = {"Any": "", "Yuyv": "YUYV", "Grey": "GREY", "Grey16": "Y16 "}


def plug(into):
    with open(f"{DRIVER}/{'bind' if into else 'unbind'}", "w") as file:
        file.write("vivid.0")


def v4l2(*words):
    return subprocess.run(["v4l2-ctl", "-d", DEVICE, *words], stdout=subprocess.PIPE, text=True, check=True).stdout


def camera(kind, **more):
    return {"Kind": kind, "Source": DEVICE, "Width": 640, "Height": 360, "FramesPerSecond": 15, **more}


def asked_for():
    """What the last program asked of the camera, by the kernel's account: pixels, size, pictures a second."""
    told = v4l2("--get-fmt-video", "--get-parm")
    return (re.search(r"Pixel Format *: '(.{4})'", told)[1], re.search(r"Width/Height *: (\d+)/(\d+)", told).groups(),
            float(re.search(r"Frames per second: ([\d.]+)", told)[1]))


def formats():
    rows = (("UsbFfmpeg", "ffmpeg", "Any", 640, 360, 30), ("UsbFfmpeg", "ffmpeg", "Yuyv", 320, 180, 15), ("UsbFfmpeg", "ffmpeg", "Grey", 640, 360, 15),
            ("UsbFfmpeg", "ffmpeg", "Grey16", 640, 360, 15), ("Usb", "OpenCV", "Any", 640, 360, 15), ("Usb", "OpenCV", "Yuyv", 320, 180, 15))
    for kind, way, form, width, height, rate in rows:
        config = write(f"camera-{kind}-{form}", Camera=camera(kind, UsbFormat=form, Width=width, Height=height, FramesPerSecond=rate))
        _, said = ask("check", "--config", config, within=200)
        line = next((line for line in said.splitlines() if re.match(r"\w+ +camera", line)), "no line")
        pixels, size, got = asked_for()
        as_asked = size == (str(width), str(height)) and abs(got - rate) < 0.1 and pixels.startswith(PIXELS[form])
        yield say(line.startswith("ok") and f"{width} x {height}" in line and f"by {way}" in line and as_asked,
                  f"{kind} {form}: {line[6:].split(' ', 1)[1].strip()}; the kernel was asked for {pixels} at {got:g} a second")


def looks():
    """A picture with nothing in it, one that is washed out, one that stands still: each is told within 10 s, and taken back."""
    v4l2(f"--set-ctrl=test_pattern={BARS},osd_text_mode=0")
    service = run(write("looks", Camera=camera("UsbFfmpeg")))
    yield say(service.wait("The first picture is judged", 60) is not None, "a camera that moves: the first picture is judged")
    for pattern, kind, taken_back, what in (
            # Without the time written into it a picture has nothing that moves.
            (f"{BLACK},osd_text_mode=2", "CameraCovered", "camera_covered", "black"), (f"{WHITE},osd_text_mode=0", "Glare", "glare", "white"),
            (f"{BARS},osd_text_mode=2", "FrozenPicture", "frozen_picture", "still")):
        began = time.monotonic()
        v4l2(f"--set-ctrl=test_pattern={pattern}")
        told = service.wait(f"Status: {kind}", 20, began)
        yield say(told is not None and told - began <= 10, f"{what}: {kind} " + (f"after {told - began:.1f} s" if told else "is not told"))
        began = time.monotonic()
        v4l2(f"--set-ctrl=test_pattern={BARS},osd_text_mode=0")
        yield say(service.wait(f"Recovered {taken_back}", 20, began) is not None, f"{what}, and then not: taken back")
    yield say(service.end() == 0, "stop, exit code 0")


def unplug(kind):
    """The test picture has no driver in it; what counts is that pictures come, stop and come again."""
    service = run(write(f"unplug-{kind}", Camera=camera(kind)))
    yield say(service.wait("The first picture is judged", 60) is not None, f"{kind}: the first picture is judged")
    gone = time.monotonic()
    plug(False)
    lost = service.wait("CameraLost", 20, gone)
    yield say(lost is not None and lost - gone <= 3, f"{kind}, pulled out: " + (f"told after {lost - gone:.1f} s" if lost else "not told"))
    time.sleep(4)
    plug(True)
    until(lambda: os.path.exists(DEVICE), 10)
    there = time.monotonic()
    back = service.wait("The camera is back", 20, there)
    yield say(back is not None and back - there <= 5, f"{kind}, put back: " + (f"pictures after {back - there:.1f} s" if back else "no pictures"))
    yield say(service.wait("Recovered camera_lost", 10, there) is not None, f"{kind}: the monitor says that it watches again")
    yield say(service.end() == 0, f"{kind}: stop, exit code 0")


subprocess.run(["modprobe", "vivid", "n_devs=1", "node_types=0x1", "num_inputs=1", "input_types=0"], check=True)
until(lambda: os.path.exists(DEVICE), 10)
finish(*[*formats(), *looks(), *unplug("UsbFfmpeg"), *unplug("Usb")])
