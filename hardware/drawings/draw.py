#!/usr/bin/env python3
"""Draws the wiring of each board and the place of the camera: hardware/drawings/draw.py writes the .svg files beside it."""
from math import cos, radians, sin, tan
from pathlib import Path

INK, PALE = "#1d2733", "#5f6c7b"
COLOURS = {"power": "#c0392b", "ground": "#2c3e50", "buzzer": "#d35400", "lamp": "#8a6d00", "camera": "#1e8449",
           "button": "#2471a3", "relay": "#7d3c98", "infrared": "#943126", "bus": "#117864", "supply": "#2471a3"}

# What each used pin of the 40-pin header is for. Power and ground lie at the same pins on all three boards.
PINS = {2: ("5 V, buzzer", "power"), 4: ("5 V, relay", "power"), 9: ("ground, buzzer", "ground"), 11: ("buzzer", "buzzer"),
        13: ("lamp", "lamp"), 14: ("ground, lamp", "ground"), 15: ("camera lamp", "camera"), 16: ("button", "button"),
        18: ("relay", "relay"), 20: ("ground, camera lamp, button", "ground"), 25: ("ground, relay", "ground")}
# What a Jetson needs beside: its pins are too weak for a lamp, and its chip has no pull-up for the button.
MORE_PINS = {"pi": {}, "jetson": {1: ("3.3 V, lamps", "power"), 17: ("3.3 V, button's pull-up", "power")}}
LINES = {"pi": {11: 17, 13: 27, 15: 22, 16: 23, 18: 24}, "jetson": {11: 112, 13: 122, 15: 85, 16: 126, 18: 125}}
TITLES = {"pi": "Raspberry Pi 4 and 5", "jetson": "Jetson Orin Nano developer kit"}


class Drawing:
    def __init__(self, width, height, title):
        self.parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
                      f'font-family="DejaVu Sans, Arial, sans-serif" font-size="13" fill="{INK}">',
                      f"<title>{title}</title>", f'<rect width="{width}" height="{height}" fill="#ffffff"/>']

    def line(self, *points, colour=INK, width=2, dash=None):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>')

    def text(self, x, y, words, anchor="start", size=13, colour=INK, bold=False):
        weight = ' font-weight="bold"' if bold else ""
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}"{weight}>{words}</text>')

    def box(self, x, y, w, h, fill="#ffffff", colour=INK, radius=3):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{w}" height="{h}" rx="{radius}" fill="{fill}" stroke="{colour}" stroke-width="1.5"/>')

    def circle(self, x, y, r, fill="#ffffff", colour=INK, width=1.5):
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}" fill="{fill}" stroke="{colour}" stroke-width="{width}"/>')

    def shape(self, points, fill, opacity=1.0):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(f'<polygon points="{path}" fill="{fill}" fill-opacity="{opacity}"/>')

    def flag(self, x, y, label, colour):
        """Names what a wire goes to; its right edge is at x."""
        width = 9 * len(label) + 12
        self.box(x - width, y - 11, width, 22, "#f4f6f8", colour)
        self.text(x - width / 2, y + 4.5, label, "middle", 12)

    def pin(self, x, y, number):
        """A flag that names a header pin; its right edge is at x."""
        self.flag(x, y, f"pin {number}", COLOURS[PINS[number][1]] if number in PINS else COLOURS["power"])

    def resistor(self, x, y, value):
        self.box(x, y - 9, 50, 18)
        self.text(x + 25, y + 4, value, "middle", 11)

    def joint(self, x, y):
        self.circle(x, y, 3, INK)

    def diode(self, x, y):
        """Conducts from x to x + 18."""
        self.shape([(x, y - 10), (x, y + 10), (x + 18, y)], INK)
        self.line((x + 18, y - 10), (x + 18, y + 10), width=3)

    def save(self, name):
        Path(__file__).with_name(name).write_text("\n".join([*self.parts, "</svg>"]) + "\n")


def header(d, x, y, board):
    """The header as one looks down on it, pin 1 at the top left."""
    d.box(x - 24, y - 24, 108, 20 * 27 + 20, "#eef1f4")
    for number in range(1, 41):
        right = number % 2 == 0
        px, py = x + (60 if right else 0), y + (number - 1) // 2 * 27
        words, kind = (PINS | MORE_PINS[board]).get(number, ("", None))
        d.circle(px, py, 10, COLOURS[kind] if kind else "#ffffff", INK if kind else PALE)
        d.text(px, py + 4, number, "middle", 10, "#ffffff" if kind else PALE)
        if words:
            line = LINES[board].get(number)
            told = f"{words} (line {line})" if line else words
            d.text(px + (32 if right else -32), py + 4.5, told, "start" if right else "end", 12, COLOURS[kind])


def transistor(d, x, y, down=36):
    """An N-channel MOSFET: gate left, drain up, source down."""
    d.line((x - 8, y - 16), (x - 8, y + 16), width=3)
    d.line((x - 2, y - 16), (x - 2, y - 8), width=3)
    d.line((x - 2, y - 4), (x - 2, y + 4), width=3)
    d.line((x - 2, y + 8), (x - 2, y + 16), width=3)
    d.line((x - 2, y - 12), (x + 14, y - 12), (x + 14, y - 30))
    d.line((x - 2, y + 12), (x + 14, y + 12), (x + 14, y + down))
    d.line((x - 2, y), (x + 14, y), (x + 14, y + 12))


def panel(d, x, y, w, h, title, colour):
    d.box(x, y, w, h, "#ffffff", colour, 8)
    d.text(x + 14, y + 22, title, bold=True, colour=colour)


def buzzer(d, x, y):
    panel(d, x, y, 440, 206, "Buzzer", COLOURS["buzzer"])
    d.pin(x + 90, y + 120, 11)
    d.line((x + 90, y + 120), (x + 120, y + 120))
    d.resistor(x + 120, y + 120, "100 Ω")
    d.line((x + 170, y + 120), (x + 252, y + 120))
    d.joint(x + 200, y + 120)
    transistor(d, x + 260, y + 120)
    d.line((x + 200, y + 120), (x + 200, y + 128))
    d.box(x + 192, y + 128, 16, 34)
    d.text(x + 184, y + 150, "100 kΩ", "end", 12)
    d.line((x + 200, y + 162), (x + 200, y + 172), (x + 274, y + 172), (x + 274, y + 156))
    d.joint(x + 274, y + 172)
    d.pin(x + 400, y + 172, 9)
    d.line((x + 274, y + 172), (x + 342, y + 172))
    d.circle(x + 274, y + 64, 20)
    d.text(x + 274, y + 68, "BZ", "middle", 12)
    d.line((x + 274, y + 84), (x + 274, y + 90))
    d.line((x + 274, y + 44), (x + 274, y + 36), (x + 342, y + 36))
    d.pin(x + 400, y + 36, 2)
    d.text(x + 248, y + 48, "+", "middle", 14)
    d.text(x + 306, y + 68, "magnetic: 1N4148", size=11, colour=PALE)
    d.text(x + 306, y + 82, "across it, band to +", size=11, colour=PALE)
    d.text(x + 296, y + 124, "2N7002 or", size=11, colour=PALE)
    d.text(x + 296, y + 138, "IRLML6344", size=11, colour=PALE)


def lamp(d, x, y, title, kind, pin, ground):
    panel(d, x, y, 440, 78, title, COLOURS[kind])
    d.pin(x + 90, y + 50, pin)
    d.line((x + 90, y + 50), (x + 130, y + 50))
    d.resistor(x + 130, y + 50, "470 Ω")
    d.line((x + 180, y + 50), (x + 226, y + 50))
    d.diode(x + 226, y + 50)
    d.line((x + 244, y + 50), (x + 340, y + 50))
    d.pin(x + 400, y + 50, ground)


def switched_lamp(d, x, y, title, kind, pin, ground):
    """A lamp that its pin could not light itself."""
    panel(d, x, y, 440, 136, title, COLOURS[kind])
    d.pin(x + 90, y + 46, 1)
    d.line((x + 90, y + 46), (x + 120, y + 46))
    d.resistor(x + 120, y + 46, "470 Ω")
    d.line((x + 170, y + 46), (x + 206, y + 46))
    d.diode(x + 206, y + 46)
    d.line((x + 224, y + 46), (x + 274, y + 46), (x + 274, y + 52))
    d.pin(x + 90, y + 82, pin)
    d.line((x + 90, y + 82), (x + 120, y + 82))
    d.resistor(x + 120, y + 82, "100 Ω")
    d.line((x + 170, y + 82), (x + 252, y + 82))
    transistor(d, x + 260, y + 82, down=22)
    # Dark while the board boots: nothing drives the gate then.
    d.joint(x + 200, y + 82)
    d.line((x + 200, y + 82), (x + 200, y + 90))
    d.box(x + 192, y + 90, 16, 26)
    d.text(x + 184, y + 108, "100 kΩ", "end", 12)
    d.line((x + 200, y + 116), (x + 200, y + 124), (x + 274, y + 124), (x + 274, y + 104))
    d.joint(x + 274, y + 104)
    d.line((x + 274, y + 104), (x + 310, y + 104), (x + 310, y + 82), (x + 340, y + 82))
    d.pin(x + 400, y + 82, ground)
    d.text(x + 296, y + 62, "2N7002", size=11, colour=PALE)


def button(d, x, y, board):
    panel(d, x, y, 440, 104 if board == "jetson" else 78, "Button", COLOURS["button"])
    d.pin(x + 90, y + 50, 16)
    d.line((x + 90, y + 50), (x + 200, y + 50))
    d.line((x + 200, y + 50), (x + 236, y + 36))
    d.joint(x + 240, y + 50)
    d.joint(x + 200, y + 50)
    d.line((x + 243, y + 50), (x + 340, y + 50))
    d.pin(x + 400, y + 50, 20)
    if board == "jetson":
        d.joint(x + 140, y + 50)
        d.line((x + 140, y + 50), (x + 140, y + 82), (x + 195, y + 82))
        d.resistor(x + 195, y + 82, "10 kΩ")
        d.line((x + 245, y + 82), (x + 340, y + 82))
        d.pin(x + 400, y + 82, 17)


def relay(d, x, y, board):
    panel(d, x, y, 440, 118, "Relay module, with its own transistor and diode", COLOURS["relay"])
    for row, (pin, name) in enumerate(((18, "IN"), (4, "+"), (25, "-"))):
        d.pin(x + 90, y + 46 + 25 * row, pin)
        d.line((x + 90, y + 46 + 25 * row), (x + 220, y + 46 + 25 * row))
        d.text(x + 232, y + 50 + 25 * row, name, size=12)
    d.box(x + 220, y + 32, 60, 78 - 6, "none")
    words = ("seat shaker, horn,", "lamp outside") if board == "pi" else ("IN must ask for less", "than 0.02 mA: one", "with a MOSFET")
    for row, told in enumerate(words):
        d.text(x + 296, y + 60 + 14 * row, told, size=11, colour=PALE)


def wiring(board):
    d = Drawing(1010, 672 if board == "pi" else 778, f"Wiring, {TITLES[board]}")
    d.text(30, 34, f"Wiring: {TITLES[board]}", size=20, bold=True)
    d.text(30, 56, "The header from above, pin 1 at its board's corner.", colour=PALE)
    d.text(30, 74, "Everything but the buzzer is optional.", colour=PALE)
    header(d, 240, 118, board)
    x = 545
    buzzer(d, x, 12)
    draw, tall = (lamp, 78) if board == "pi" else (switched_lamp, 136)
    draw(d, x, 230, "Lamp: lit or blinking while an alert stands", "lamp", 13, 14)
    draw(d, x, 242 + tall, "Camera lamp: lit while the camera is open", "camera", 15, 20)
    button(d, x, 254 + 2 * tall, board)
    relay(d, x, 254 + 2 * tall + (90 if board == "pi" else 116), board)
    d.save(f"wiring-{board}.svg")


def rows(d, x, y, wired, at):
    """Header pins on the left, what they go to on the right."""
    for row, (pin, name) in enumerate(wired):
        d.flag(x + 90, y + 50 + 27 * row, pin, COLOURS["ground"] if "ground" in name else COLOURS["bus"])
        d.line((x + 90, y + 50 + 27 * row), (x + at, y + 50 + 27 * row))
        d.text(x + at + 12, y + 54 + 27 * row, name, size=12)
    d.box(x + at, y + 34, 150, 27 * len(wired) + 6, "none")


def infrared(d, x, y):
    panel(d, x, y, 470, 236, "Infrared lamps beside the lens", COLOURS["infrared"])
    d.flag(x + 90, y + 140, "pin 12", COLOURS["infrared"])
    d.line((x + 90, y + 140), (x + 120, y + 140))
    d.resistor(x + 120, y + 140, "100 Ω")
    d.line((x + 170, y + 140), (x + 252, y + 140))
    d.joint(x + 200, y + 140)
    transistor(d, x + 260, y + 140)
    d.line((x + 200, y + 140), (x + 200, y + 148))
    d.box(x + 192, y + 148, 16, 34)
    d.text(x + 184, y + 170, "100 kΩ", "end", 12)
    d.line((x + 200, y + 182), (x + 200, y + 192), (x + 274, y + 192), (x + 274, y + 176))
    d.joint(x + 274, y + 192)
    d.line((x + 274, y + 192), (x + 342, y + 192))
    d.flag(x + 452, y + 192, "ground of both", COLOURS["ground"])
    d.line((x + 274, y + 110), (x + 274, y + 96))
    d.diode(x + 292, y + 78)
    d.line((x + 310, y + 78), (x + 330, y + 78))
    d.line((x + 274, y + 96), (x + 330, y + 96), (x + 330, y + 78))
    d.line((x + 272, y + 78), (x + 292, y + 78))
    d.resistor(x + 222, y + 78, "R")
    d.line((x + 222, y + 78), (x + 176, y + 78))
    d.flag(x + 176, y + 78, "5 or 12 V", COLOURS["power"])
    d.text(x + 344, y + 74, "lamps in series,", size=11, colour=PALE)
    d.text(x + 344, y + 88, "R by their data sheet", size=11, colour=PALE)
    d.text(x + 300, y + 146, "IRLML6344, fed by the", size=11, colour=PALE)
    d.text(x + 300, y + 160, "converter, not the header", size=11, colour=PALE)
    d.text(x + 14, y + 222, "Dark while nothing drives the gate. At most 50 W/m² at an eye: kept in code.", size=11, colour=COLOURS["infrared"])


def vehicle():
    d = Drawing(1010, 690, "Wiring of the vehicle's own signals")
    d.text(30, 34, "Wiring: the vehicle's own signals", size=20, bold=True)
    d.text(30, 56, "All of it is optional. Pins of the 40-pin header, the same on Raspberry Pi and Jetson.", colour=PALE)
    left, right = 20, 520
    panel(d, left, 80, 470, 206, "I2C: clock, light, air, motion, display", COLOURS["bus"])
    rows(d, left, 80, (("pin 1", "3.3 V"), ("pin 3", "SDA"), ("pin 5", "SCL"), ("pin 6", "GND (ground)")), 220)
    d.text(left + 14, 256, "All parts side by side on the four wires, 30 cm in all. A board that pulls", size=11, colour=PALE)
    d.text(left + 14, 272, "SDA and SCL up to 5 V destroys the header: feed it with 3.3 V.", size=11, colour=COLOURS["power"])
    infrared(d, right, 80)
    panel(d, left, 302, 470, 172, "CAN: listening only", COLOURS["relay"])
    d.flag(left + 90, 378, "USB", COLOURS["relay"])
    d.line((left + 90, 378), (left + 130, 378))
    d.box(left + 130, 338, 110, 80)
    d.text(left + 185, 374, "isolated", "middle", 12)
    d.text(left + 185, 390, "adapter", "middle", 12)
    for row, (wire, plug) in enumerate((("CAN_H", "6"), ("CAN_L", "14"), ("GND", "5"))):
        d.line((left + 240, 352 + 26 * row), (left + 340, 352 + 26 * row))
        d.text(left + 248, 347 + 26 * row, wire, size=11)
        d.flag(left + 400, 352 + 26 * row, f"plug {plug}", COLOURS["relay"])
    d.text(left + 14, 438, "The bus carries 1.5 to 3.5 V, in a fault the battery's 12 or 24: to a transceiver,", size=11, colour=COLOURS["power"])
    d.text(left + 14, 454, "never to a pin. No resistor of 120 Ω: the bus has its two.", size=11, colour=COLOURS["power"])
    panel(d, right, 332, 470, 142, "Supply that says \"power lost\"", COLOURS["supply"])
    d.flag(right + 130, 382, "UPS output", COLOURS["supply"])
    d.line((right + 130, 382), (right + 180, 382))
    d.resistor(right + 180, 382, "10 kΩ")
    d.line((right + 230, 382), (right + 340, 382))
    d.flag(right + 400, 382, "pin 22", COLOURS["supply"])
    d.joint(right + 280, 382)
    d.line((right + 280, 382), (right + 280, 392))
    d.box(right + 272, 392, 16, 30)
    d.text(right + 264, 412, "20 kΩ", "end", 12)
    d.line((right + 280, 422), (right + 280, 432), (right + 340, 432))
    d.flag(right + 400, 432, "pin 20", COLOURS["ground"])
    d.text(right + 14, 462, "The two resistors bring 5 V down to 3.3 V; an output of 3.3 V needs none.", size=11, colour=PALE)
    panel(d, left, 490, 470, 180, "SPI: light ring (or ADXL345)", COLOURS["lamp"])
    d.flag(left + 90, 540, "pin 19", COLOURS["lamp"])
    d.line((left + 90, 540), (left + 140, 540))
    d.box(left + 140, 520, 100, 40)
    d.text(left + 190, 544, "74AHCT125", "middle", 12)
    d.line((left + 240, 540), (left + 300, 540))
    d.circle(left + 340, 540, 38)
    d.circle(left + 340, 540, 24)
    d.text(left + 340, 544, "DIN", "middle", 11)
    d.line((left + 340, 578), (left + 340, 606), (left + 240, 606))
    d.flag(left + 240, 606, "5 V of the converter", COLOURS["power"])
    d.text(left + 14, 638, "The header says 3.3 V, a ring at 5 V wants 3.5 V and more: hence the shifter,", size=11, colour=PALE)
    d.text(left + 14, 654, "fed with 5 V. Twelve lights take 0.7 A: not from the header.", size=11, colour=COLOURS["power"])
    panel(d, right, 490, 470, 180, "Relay board for 5 V: not like this", COLOURS["power"])
    d.flag(right + 90, 540, "pin 18", COLOURS["relay"])
    d.line((right + 90, 540), (right + 240, 540), dash="6 5")
    d.line((right + 150, 528), (right + 174, 552), colour=COLOURS["power"], width=4)
    d.line((right + 150, 552), (right + 174, 528), colour=COLOURS["power"], width=4)
    d.box(right + 240, 524, 130, 60)
    d.text(right + 252, 546, "IN", size=12)
    d.text(right + 300, 546, "5 V board", size=12)
    d.text(right + 252, 570, "pulled up to 5 V", size=11, colour=COLOURS["power"])
    d.text(right + 14, 612, "Its input stands at 5 V, and a pin takes 3.3 V. Take a board for 3.3 V inputs,", size=11, colour=COLOURS["power"])
    d.text(right + 14, 628, "or a MOSFET between: gate by 100 Ω at the pin, 100 kΩ to ground, drain to IN.", size=11, colour=PALE)
    d.text(right + 14, 644, "Most switch on with a low line; with the MOSFET between it is a high one.", size=11, colour=PALE)
    d.save("wiring-vehicle.svg")


def arc(x, y, radius, begin, end, steps=24):
    for i in range(steps + 1):
        angle = radians(begin + (end - begin) * i / steps)
        yield x + radius * cos(angle), y - radius * sin(angle)


def placement():
    d = Drawing(1010, 880, "Where the camera goes")
    d.text(30, 34, "Where the camera goes", size=20, bold=True)
    d.text(30, 56, "Best behind the wheel or on the dashboard, a little below the eyes, straight in front of the driver.", colour=PALE)

    # From the side: camera at the left, driver at the right.
    d.text(30, 96, "From the side", bold=True)
    cx, cy, ex, ey = 90, 330, 430, 220
    d.shape([(cx, cy), (ex + 60, cy - (ex + 60 - cx) * tan(radians(25))), (ex + 60, cy - (ex + 60 - cx) * tan(radians(8)))], COLOURS["camera"], 0.12)
    d.line((cx, cy), (ex, ey), colour=COLOURS["camera"])
    d.line((cx, cy), (430, cy), colour=PALE, dash="6 5")
    d.line(*arc(cx, cy, 120, 0, 18), colour=COLOURS["camera"])
    d.text(cx + 128, cy - 14, "10° to 25°", size=12, colour=COLOURS["camera"])
    d.text(cx + 120, cy - 96, "50 to 90 cm", "middle", 12)
    d.box(cx - 26, cy - 13, 30, 26, "#dfe5ea")
    d.text(cx - 11, cy + 32, "camera", "middle", 12)
    d.circle(ex + 14, ey, 36, "#f6e8dc")
    d.circle(ex - 10, ey - 4, 4, INK)
    d.line((ex + 8, ey + 36), (ex + 24, ey + 150), width=3)
    d.line((ex - 60, 390), (ex + 70, 390), (ex + 110, 250), width=4, colour=PALE)
    d.line((150, 430), (188, 330), width=7, colour=PALE)
    d.text(150, 450, "wheel: must not", "middle", 12, PALE)
    d.text(150, 466, "cross the line of sight", "middle", 12, PALE)

    # From above: straight ahead and at most 20 degrees to the side.
    d.text(540, 96, "From above", bold=True)
    hx, hy = 780, 400
    d.circle(hx, hy, 40, "#f6e8dc")
    d.shape([(hx - 9, hy - 38), (hx + 9, hy - 38), (hx, hy - 52)], INK)
    d.shape([(hx, hy), *arc(hx, hy, 250, 70, 110)], COLOURS["camera"], 0.14)
    d.shape([(hx, hy), *arc(hx, hy, 250, 55, 70)], COLOURS["lamp"], 0.14)
    d.shape([(hx, hy), *arc(hx, hy, 250, 110, 125)], COLOURS["lamp"], 0.14)
    d.line((hx, hy - 52), (hx, hy - 262), colour=PALE, dash="6 5")
    d.text(hx, hy - 272, "ahead", "middle", 12, PALE)
    for side in (-1, 1):
        x = hx + side * 250 * sin(radians(20))
        d.text(x + side * 4, hy - 250 * cos(radians(20)) - 8, "20°", "middle", 12, COLOURS["camera"])
        x = hx + side * 250 * sin(radians(35))
        d.text(x + side * 16, hy - 250 * cos(radians(35)) - 4, "35°", "middle", 12, COLOURS["lamp"])
    d.box(hx - 13, hy - 226, 26, 22, "#dfe5ea")
    d.text(565, 480, "green: blinks and glances are measured", size=12, colour=COLOURS["camera"])
    d.text(565, 500, "yellow: closed eyes yes, glances to the far side poorly", size=12, colour=COLOURS["lamp"])
    d.text(565, 520, "beyond, as on the A-pillar or at the mirror: not recommended", size=12)
    front(d, 30, 575)
    d.save("placement.svg")


def front(d, x, y):
    """The picture as the camera takes it, and the lens with its lamps as the driver sees them."""
    d.text(x, y, "The picture", bold=True)
    left, top, w, h = x, y + 16, 340, 255
    d.box(left, top, w, h, "#f4f6f8")
    fx, fy = left + w / 2, top + 118
    d.parts.append(f'<ellipse cx="{fx}" cy="{fy}" rx="48" ry="66" fill="#f6e8dc" stroke="{INK}" stroke-width="1.5"/>')
    d.line((fx - 60, fy + 137), (fx - 44, fy + 92), (fx + 44, fy + 92), (fx + 60, fy + 137), colour=PALE)
    for side in (-1, 1):
        d.box(fx + side * 20 - 13, fy - 22, 26, 16, "none", COLOURS["camera"])
        d.circle(fx + side * 20, fy - 14, 4, INK)
    d.line((fx - 14, fy + 34), (fx + 14, fy + 34), width=3)
    d.line((left + 20, fy - 66), (left + 20, fy + 66), colour=COLOURS["camera"])
    d.text(left + 28, fy - 2, "a quarter of", size=12, colour=COLOURS["camera"])
    d.text(left + 28, fy + 14, "the height", size=12, colour=COLOURS["camera"])
    d.text(left + 28, fy + 30, "or more", size=12, colour=COLOURS["camera"])
    d.line((left + 6, top + h - 8), (left + w - 6, top + h - 8), width=5, colour=PALE)
    d.text(fx + 62, fy - 12, "both eyes,", size=12)
    d.text(fx + 62, fy + 4, "also when the", size=12)
    d.text(fx + 62, fy + 20, "head turns", size=12)
    d.text(left + w - 8, top + h - 18, "wheel: lower", "end", 12, PALE)
    lx, ly = 700, top + 90
    d.text(540, y, "From the front: lens and infrared lamps", bold=True)
    d.box(lx - 30, ly - 24, 60, 48, "#dfe5ea")
    d.circle(lx, ly, 14, "#ffffff")
    for side in (-1, 1):
        d.circle(lx + side * 100, ly, 12, "#ffffff", COLOURS["buzzer"])
        d.line((lx + side * 14, ly + 46), (lx + side * 100, ly + 46), colour=COLOURS["buzzer"])
    d.circle(lx + 22, ly - 16, 3, COLOURS["camera"], COLOURS["camera"])
    d.text(lx + 30, ly - 32, "camera lamp", size=12, colour=COLOURS["camera"])
    d.text(lx, ly + 66, "5 cm or more to each side: no light back from glasses and pupils", "middle", 12, COLOURS["buzzer"])
    d.text(lx, ly + 96, "20 cm or more from the eyes, exempt group of IEC 62471", "middle", 12, COLOURS["buzzer"])
    d.text(lx, ly + 126, "not in the airbag's way, not in the view of the road", "middle", 12)


wiring("pi")
wiring("jetson")
vehicle()
placement()
