"""A terminal of its own, typed into and read as a person would."""
import os
import re
import subprocess
import time

PATIENCE = 90


class Terminal:
    def __init__(self, folder, columns=80, lines=24):
        self._socket = f"setup-{os.getpid()}"
        self._run("kill-server", check=False)
        self._run("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(lines), "-c", folder,
                  "env", "-i", f"HOME={folder}", f"PATH={os.environ['PATH']}", "TERM=screen-256color", "PS1=READY> ", "LANG=C.UTF-8",
                  "DOTNET_NOLOGO=1", "bash", "--norc", "--noprofile")
        self.see("READY>")

    def screen(self):
        """What is on it and what has scrolled away, without lines that are empty."""
        text = self._run("capture-pane", "-p", "-J", "-S", "-2000").stdout
        return "\n".join(line.rstrip() for line in text.split("\n") if line.strip())

    def rows(self):
        """What is on it, row by row, as it is wrapped."""
        return self._run("capture-pane", "-p").stdout.rstrip().split("\n")

    def type(self, text):
        self._run("send-keys", "-l", text)
        self.press("Enter")

    def press(self, *keys):
        self._run("send-keys", *keys)

    def see(self, words, count=1):
        """Waits until a pattern is there so often."""
        until = time.monotonic() + PATIENCE
        while len(re.findall(words, self.screen())) < count:
            if time.monotonic() > until:
                raise AssertionError(f"never saw {words!r} {count} times:\n{self.screen()}")
            time.sleep(0.05)

    def clear(self):
        self.press("C-l")
        self._run("clear-history")

    def close(self):
        self._run("kill-server", check=False)

    def _run(self, *words, check=True):
        return subprocess.run(["tmux", "-L", self._socket, *words], check=check, text=True, capture_output=True)
