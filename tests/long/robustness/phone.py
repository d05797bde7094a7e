"""Draws a phone, with a hand or without, before the chest of a clip and prints what the real program finds of it.

usage: phone.py PROGRAM CLIP WORK

CLIP is data_video1: a driver of 540x960 who bows the head and turns it, and holds nothing. Exits with 1 where a fatigue alert rises.
"""
import csv
import json
import subprocess
import sys

# Width and height in pixels, the upper left corner, whether a hand holds it, in a picture in which the face is 250 wide.
PHONES = {
    "held by a hand": (110, 220, 215, 690, True),
    "without a hand": (110, 220, 215, 690, False),
    "larger, to the right": (150, 280, 300, 650, True),
    "at the left edge": (120, 240, 60, 650, True),
    "small, low": (80, 160, 230, 770, True),
}
FIRST, LAST = 40, 300
TILES = ("0xC8503C", "0x5AC85A", "0xE6E6E6")
FATIGUE = ("eyes_closed", "fatigue")


def box(left, top, width, height, colour):
    return f"drawbox={int(left)}:{int(top)}:{int(width)}:{int(height)}:{colour}:fill:enable='between(n,{FIRST},{LAST})'"


def drawn(width, height, left, top, hand):
    """A dark slab, a lit screen, coloured tiles; a palm behind it and fingers around it."""
    edge, tile = max(2, width // 12), width // 6
    palm = [box(left - width * 0.3, top + height * 0.35, width * 1.6, height * 0.8, "0xCD9678")] if hand else []
    slab = [box(left, top, width, height, "0x0F0F12"), box(left + edge, top + 2 * edge, width - 2 * edge, height - 4 * edge, "0x285AA0")]
    tiles = [
        box(left + 2 * edge + column * tile * 8 // 5, top + 4 * edge + row * 2 * tile, tile, tile, TILES[(row + column) % 3])
        for row in range(5) for column in range(3) if 4 * edge + row * 2 * tile + tile < height - 2 * edge
    ]
    fingers = [box(left + width * 0.85, top + height * (0.4 + 0.14 * finger), width * 0.35, height * 0.1, "0xC08868") for finger in range(4)]
    thumb = box(left - width * 0.2, top + height * 0.32, width * 0.4, height * 0.1, "0xC08868")
    return ",".join(palm + slab + tiles + (fingers + [thumb] if hand else []))


def judge(program, clip, chain, made):
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", "-threads", "1", "-i", clip, "-vf", chain, "-an", "-c:v", "libx264",
                    "-crf", "16", "-preset", "ultrafast", made], check=True)
    subprocess.run(["dotnet", program, "replay", made, "--events", made + ".jsonl", "--trace", made + ".csv"], check=True,
                   stdout=subprocess.DEVNULL)
    with open(made + ".csv", encoding="utf-8") as rows:
        looks = [float(row["phone"]) for row in csv.DictReader(rows) if row["phone"] and float(row["at"]) > FIRST / 19.83]
    with open(made + ".jsonl", encoding="utf-8") as lines:
        events = [json.loads(line) for line in lines]
    return looks, [e for e in events if e["kind"] == "alert" and e["phase"] == "raised"]


def main():
    program, clip, work = sys.argv[1:]
    tired = 0
    for number, (name, phone) in enumerate({**PHONES, "no phone": None}.items()):
        looks, alerts = judge(program, clip, drawn(*phone) if phone else "null", f"{work}/phone{number}.mkv")
        told = ", ".join(f"{e['rule']} at {e['at']:.1f} s" for e in alerts) or "none"
        print(f"{name}: {sum(p >= 0.35 for p in looks)} of {len(looks)} looks from 0.35, {max(looks):.2f} at most; alerts: {told}")
        tired += sum(e["rule"] in FATIGUE for e in alerts)
    return 1 if tired else 0


if __name__ == "__main__":
    sys.exit(main())
