"""Every way through setup. A line a path; the screens are kept."""
import json
import os
import re
import subprocess
import sys

from terminal import Terminal

PROGRAM, WORK, SCREENS = sys.argv[1:4]
os.makedirs(SCREENS, exist_ok=True)
FILE = f"{WORK}/drivermonitor.json"
COMMAND = f"dotnet {PROGRAM} setup --config {FILE}; echo exit=$?"
failed = []

# (what is seen, what is answered): a number moves so many rows down in a list, a text is typed, None is an empty answer.
CAMERA, BOARD, BROKER, PAGE, SEAT = "Which camera", "Which board", "MQTT broker", "For phones", "Where does the driver sit"
SCAN, STRAP, SPEED, SOURCES, LAW = "Look for straps", "Its address", "Speed from where", "pulse and speed", "Who drives"
CHIP, LINE = "GPIO chip", "Line of the buzzer"
# In the list of boards: Pi 4, Pi 5, Jetson, another, none, a desk. This is for a machine that is none of them.
USUAL = [(CAMERA, 0), ("Try the camera", "n"), (BOARD, 1), ("Try the buzzer", "n"), (BROKER, None), (PAGE, None), (SEAT, 0),
         (SCAN, "n"), (STRAP, None), (SPEED, 0), (SOURCES, "n"), (LAW, 0)]


def instead(path, **changes):
    """The path with other answers; a list takes the place of a question."""
    given = {name: answer for name, answer in changes.items()}
    out = []
    for question, answer in path:
        name = next((key for key, value in globals().items() if value == question and key in given), None)
        out.extend(given[name] if isinstance(given.get(name), list) else [(question, given[name] if name else answer)])
    return out


def answer(terminal, path):
    seen = {}
    for question, said in path:
        seen[question] = seen.get(question, 0) + 1
        terminal.see(question, seen[question])
        if isinstance(said, int):
            terminal.see("> ")
            for _ in range(said):
                terminal.press("Down")
            terminal.press("Enter")
            # The list goes, and one line says what was chosen: one more of the question.
        elif said is None:
            terminal.press("Enter")
        elif said == "^C":
            terminal.press("C-c")
        else:
            terminal.type(said)


def settings():
    with open(FILE, encoding="utf-8") as file:
        return json.loads("\n".join(line for line in file.read().split("\n") if not line.startswith("//")))["DriverMonitor"]


def step(name, path, code=0, holds=None, says=(), never=(), before=None, columns=80, lines=24):
    if os.path.exists(FILE):
        os.remove(FILE)
    if before is not None:
        with open(FILE, "w", encoding="utf-8") as file:
            json.dump({"DriverMonitor": before}, file)
    terminal = Terminal(WORK, columns, lines)
    try:
        terminal.type(COMMAND)
        answer(terminal, path)
        terminal.see(r"exit=\d+")
        screen = terminal.screen()
        assert f"exit={code}" in screen, f"not {code}:\n{screen}"
        for words in says:
            assert re.search(words, screen), f"no {words!r}:\n{screen}"
        for words in never:
            assert not re.search(words, screen), f"{words!r} is shown:\n{screen}"
        # Whatever happened, the terminal shows what is typed, and its cursor.
        terminal.type("echo still $((6 * 7))")
        terminal.see("still 42")
        if holds is not None:
            assert holds(settings()), json.dumps(settings(), indent=1)
        elif code != 0:
            assert os.path.exists(FILE) == (before is not None), "a file was written"
            assert not before or settings() == before, "the file was changed"
        print(f"ok    {name}", flush=True)
    except AssertionError as wrong:
        failed.append(name)
        print(f"FAIL  {name}: {wrong}", flush=True)
    finally:
        with open(f"{SCREENS}/{re.sub('[^a-z0-9]+', '-', name.lower())}.txt", "w", encoding="utf-8") as file:
            file.write(terminal.screen())
        terminal.close()


def credentials(name):
    with open(f"{WORK}/credentials/{name}", encoding="utf-8") as file:
        return file.read().strip()


open(f"{WORK}/ca.pem", "w").close()
open(f"{WORK}/vehicle.pem", "w").close()
BROKER_ANSWERS = [
    (BROKER, "no port:at all"), ("Give host:port", "127.0.0.1:9"), ("Name of the fleet", "Acme & Sons"), ("Mqtt:Tenant", "acme"),
    ("Name of this vehicle", "truck 7"), ("Mqtt:Vehicle", "truck-7"), ("User name", "truck-7"), ("Password", "very s3cret"),
    ("Encrypted", "maybe"), (r"\(y\)", "y"), ("authority", "/no/such/ca.pem"), ("There is no file", f"{WORK}/ca.pem"),
    ("own certificate", f"{WORK}/vehicle.pem"), ("private key", f"{WORK}/vehicle.pem"), ("Try the broker", "n")]

step("keeps everything with empty answers", USUAL, holds=lambda s: s["Gpio"]["Board"] == "Pi5", says=("Written", "systemctl restart"))
step("a USB camera, after a wrong device; tried", instead(USUAL, CAMERA=[(CAMERA, 1), ("Device", "video0"), ("A device is called", "/dev/video99")])
     [:3] + [("Try the camera", "y")] + USUAL[2:],
     holds=lambda s: (s["Camera"]["Preset"], s["Camera"]["Source"]) == ("Usb", "/dev/video99"), says=("FAIL  camera",))
for row, name, preset in ((2, "an infrared camera", "IrUsb"), (3, "a Pi's camera", "PiCamera"), (4, "a Jetson's camera", "JetsonCsi")):
    asked = [(CAMERA, row), ("Device", None)] if preset == "IrUsb" else [(CAMERA, row)]
    step(name, instead(USUAL, CAMERA=asked), holds=lambda s, preset=preset: s["Camera"]["Preset"] == preset)
step("a camera in the network, after a wrong address", instead(USUAL, CAMERA=[(CAMERA, 5), ("Address", "somewhere"), ("must be an address", "rtsp://10.0.0.9/1")]),
     holds=lambda s: s["Camera"]["Source"] == "rtsp://10.0.0.9/1")
for row, board in enumerate(("Pi4", "Pi5", "JetsonOrinNano")):
    step(f"the board {board}; its buzzer tried", instead([(q, "y" if q == "Try the buzzer" else a) for q, a in USUAL], BOARD=row),
         holds=lambda s, board=board: s["Gpio"]["Board"] == board, says=("FAIL  ",))
step("another board, after a wrong line", instead(USUAL, BOARD=[(BOARD, 3), (CHIP, "sim"), (LINE, "many"), ("from 0 to 1023", "5000"), ("BuzzerLine", "4")]),
     holds=lambda s: (s["Gpio"]["Board"], s["Gpio"]["Chip"], s["Gpio"]["BuzzerLine"]) == ("Chip", "sim", 4))
for row, board in ((4, "None"), (5, "Virtual")):
    step(f"no buzzer by mistake, {board}", instead(USUAL, BOARD=[(BOARD, row), ("Go on without a buzzer", "n"), (BOARD, 0)]),
         holds=lambda s: s["Gpio"]["Board"] == "Pi4", says=("NO BUZZER",))
    step(f"no buzzer on purpose, {board}", instead(USUAL, BOARD=[(BOARD, row), ("Go on without a buzzer", "y")]),
         holds=lambda s, board=board: s["Gpio"]["Board"] == board, says=("NO BUZZER",))
step("a broker with everything, wrong answers first", instead(USUAL, BROKER=BROKER_ANSWERS), never=("very s3cret",),
     holds=lambda s: s["Mqtt"]["Tls"]["CaFile"] == f"{WORK}/ca.pem" and s["Mqtt"]["Vehicle"] == "truck-7" and credentials("password") == "very s3cret")
step("a broker that is tried and not there", instead(USUAL, BROKER=[(q, "y" if q == "Try the broker" else a) for q, a in BROKER_ANSWERS
     if "file" not in q and q not in ("own certificate", "private key", "authority")][:-1] + [
         ("authority", "none"), ("own certificate", "none"), ("Try the broker", "y")]), says=("FAIL  broker",), never=("very s3cret",))
step("a page for phones, after a short password", instead(USUAL, PAGE=[(PAGE, "y"), ("Its password", "short"), ("Too short", "four words will do")]),
     never=("four words will do",), holds=lambda s: s["Web"]["Address"] == "0.0.0.0" and credentials("page.password"))
for row, name, left, right in ((1, "left", None, 0.6), (2, "right", 0.4, None), (3, "anywhere", None, None)):
    step(f"the driver sits {name}", instead(USUAL, SEAT=row),
         holds=lambda s, left=left, right=right: (s.get("Vision", {}).get("Seat", {}).get("Left"), s.get("Vision", {}).get("Seat", {}).get("Right")) == (left, right))
step("straps are looked for, and a wrong address", instead(USUAL, SCAN="y", STRAP=[(STRAP, "Polar"), ("Give an address", "a0:9e:1a:00:11:22")]),
     holds=lambda s: s["HeartRate"]["Bluetooth"]["Addresses"] == ["A0:9E:1A:00:11:22"])
for row, name, holds in ((1, "satellites", lambda s: s["Vehicle"]["Gpsd"]["Host"] == "localhost"), (2, "a gateway", lambda s: s["Vehicle"]["Mqtt"]["Enabled"]),
                         (3, "none", lambda s: not s.get("Vehicle", {}).get("Gpsd"))):
    step(f"speed from {name}", instead(USUAL, SPEED=row), holds=holds)
step("pulse and speed are tried", instead(USUAL, SPEED=1, SOURCES="y"), says=("speed",))
for row, basis, profile in ((1, "Safety", "Standard"), (2, "Consent", "Standard"), (3, "Safety", "EuWork")):
    step(f"the law: {basis}, {profile}", instead(USUAL, LAW=row),
         holds=lambda s, basis=basis, profile=profile: (s["Privacy"]["Basis"], s["Judgement"]["Profile"]) == (basis, profile))
for asked in range(len(USUAL)):
    step(f"Ctrl-C at: {USUAL[asked][0]}", USUAL[:asked] + [(USUAL[asked][0], "^C")], code=130, says=("Nothing was written",), before={})
step("Ctrl-C at a password", instead(USUAL, PAGE=[(PAGE, "y"), ("Its password", "^C")])[:7], code=130, says=("Nothing was written",), before={})
step("40 columns", USUAL, columns=40, lines=24, holds=lambda s: s["Gpio"]["Board"] == "Pi5")
step("a broker in 40 columns", instead(USUAL, BROKER=[(q, a) for q, a in BROKER_ANSWERS]), columns=40, lines=30, holds=lambda s: s["Mqtt"]["Tenant"] == "acme")

os.path.exists(FILE) and os.remove(FILE)
for name, given, code in (("nobody answers", "", 78), ("a pipe answers", "\n5\n", 0)):
    done = subprocess.run(["dotnet", PROGRAM, "setup", "--config", FILE], input=given, text=True, capture_output=True, timeout=120)
    if done.returncode == code and "\x1b" not in done.stdout + done.stderr:
        print(f"ok    without a terminal: {name}", flush=True)
    else:
        failed.append(name)
        print(f"FAIL  without a terminal: {name}: {done}", flush=True)
print("end" if not failed else f"{len(failed)} failed")
sys.exit(1 if failed else 0)
