"""What all scenes do: run the program, read its log with the time of each line, say ok or FAIL."""
import json
import os
import signal
import subprocess
import sys
import threading
import time

PROGRAM = "/usr/local/bin/drivermonitor"
LOGS = os.environ.get("LOGS", "/tmp/log")


def say(well, what):
    print(f"{'ok   ' if well else 'FAIL '} {what}", flush=True)
    return well


def write(name, **sections):
    """A settings file; gives its path."""
    path = f"/tmp/{name}.json"
    with open(path, "w") as file:
        json.dump({"DriverMonitor": {"Gpio": {"Board": "Virtual"}, **sections}}, file)
    return path


def settings(path):
    with open(path) as file:
        # What setup writes begins with comments, which the program reads over.
        return json.loads("".join(line for line in file if not line.lstrip().startswith("//")))["DriverMonitor"]


def ask(*words, within=60):
    """Runs a verb to its end; gives exit code and all that it said."""
    done = subprocess.run([PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=within, text=True)
    with open(f"{LOGS}/verbs", "a") as log:
        log.write(f"$ drivermonitor {' '.join(words)}\n{done.stdout}({done.returncode})\n")
    return done.returncode, done.stdout


def set_up(name, **answers):
    """Answers setup's questions from a file; gives all that it said, and the settings it wrote."""
    with open(f"/tmp/{name}-answers.json", "w") as file:
        json.dump({"board": "Virtual", "no_buzzer": True, **answers}, file)
    code, words = ask("setup", "--config", f"/tmp/{name}.json", "--answers", f"/tmp/{name}-answers.json", within=120)
    return words, settings(f"/tmp/{name}.json") if code == 0 else {}


def until(condition, within):
    """Waits for something to become true; gives how long that took, or None."""
    began = time.monotonic()
    while time.monotonic() - began < within:
        if condition():
            return time.monotonic() - began
        time.sleep(0.02)
    return None


class Running:
    """A process whose lines are kept with the time at which they came."""

    def __init__(self, log, *command):
        self.lines = []
        self._log = open(f"{LOGS}/{log}", "w")
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self._process.stdout:
            self._log.write(f"{time.monotonic():9.3f} {line}")
            self._log.flush()
            self.lines.append((time.monotonic(), line.rstrip()))

    def heard(self, words, since=0.0):
        """When a line with these words came first, at or after a time; None if it did not."""
        return next((at for at, line in list(self.lines) if at >= since and words in line), None)

    def wait(self, words, within, since=0.0):
        """The same, waiting for it."""
        until(lambda: self.heard(words, since) is not None, within)
        return self.heard(words, since)

    def tell(self, words):
        """Sends a line and waits for the answer of the same words; gives when it was sent."""
        began = time.monotonic()
        self._process.stdin.write(words + "\n")
        if self.wait(f"done {words}", 15, began) is None:
            raise RuntimeError(f"no answer to '{words}': {self.lines[-3:]}")
        return began

    def end(self, how=signal.SIGTERM, within=15):
        """Gives the exit code."""
        self._process.send_signal(how)
        return self._process.wait(within)

    @property
    def is_running(self):
        return self._process.poll() is None


def run(config):
    """The service."""
    return Running(os.path.basename(config) + ".log", PROGRAM, "run", "--config", config)


def finish(*outcomes):
    sys.exit(0 if all(outcomes) else 1)
