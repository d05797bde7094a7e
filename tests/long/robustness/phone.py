"""Puts photographed phones, in drawn hands, before the chest of a clip and prints what the real program finds of them.

usage: phone.py PROGRAM CLIP PHOTOS WORK

CLIP is data_video1: a driver of 540x960 who bows the head and turns it, and holds nothing. PHOTOS is a folder of phones on white.
Exits with 1 where fewer than 30 % of the looks see the phone, where anything is seen of an empty hand, and where a fatigue alert rises.
"""
import csv
import glob
import json
import os
import random
import subprocess
import sys

import cv2
import numpy

LIKELY, BAR = 0.35, 0.30
FACE = 300  # length of the clip's face in pixels
FROM, UNTIL = 2.0, 16.0
PHONES, GREY, EMPTY = 10, 4, 4
SKIN = numpy.array([105.0, 140.0, 190.0])


def cut_out(path):
    """The phone at the left of a photograph, and where it is not background; None where that is no bar phone."""
    photo = cv2.imread(path)
    white = (numpy.abs(photo.astype(int) - 255).max(2) < 12).astype(numpy.uint8)
    _, parts = cv2.connectedComponents(white, connectivity=4)
    border = {*parts[0], *parts[-1], *parts[:, 0], *parts[:, -1]} - {0}
    solid = ~numpy.isin(parts, list(border))
    tall = solid.sum(0) > photo.shape[0] * 0.3
    if not tall.any():
        return None
    left = int(tall.argmax())
    right = left + int((~tall[left:]).argmax() or tall.size - left)
    rows = numpy.flatnonzero(solid[:, left:right].sum(1) > 0.2 * (right - left))
    phone = photo[rows[0]:rows[-1] + 1, left:right]
    return (phone, solid[rows[0]:rows[-1] + 1, left:right].astype(numpy.float32)) if 0.4 < (right - left) / rows.size < 0.62 else None


def phones(folder):
    seen = {}
    for path in sorted(glob.glob(os.path.join(folder, "*.jpg"))):
        seen.setdefault(os.path.getsize(path), path)  # some are there under several names
    paths = list(seen.values())
    random.Random(5).shuffle(paths)
    return (found for found in map(cut_out, paths) if found)


class Hand:
    """A phone held at an angle, leaning away, in a hand: everything in half widths and half heights of the phone."""

    def __init__(self, phone, rng):
        self.phone, self.noise = phone, numpy.random.RandomState(rng.randrange(9999))
        self.height = FACE * rng.uniform(0.5, 0.9)
        self.middle = numpy.array([rng.uniform(160, 380), rng.uniform(700, 860)])
        self.tilt, self.lean = numpy.deg2rad(rng.uniform(-25, 25)), rng.uniform(0.75, 1)
        self.screen, self.skin, self.side = rng.uniform(0.5, 0.95), rng.uniform(0.55, 1), rng.choice([-1, 1])
        self.layers = None

    def at(self, x, y):
        cos, sin = numpy.cos(self.tilt), numpy.sin(self.tilt)
        half = self.height / 2
        u, v = x * half * 0.5, y * half * self.lean
        return self.middle + [u * cos - v * sin, u * sin + v * cos]

    def fingers(self, shape, strokes):
        mask = numpy.zeros(shape, numpy.float32)
        for (start, end, radius) in strokes:
            a, b = ([int(v) for v in self.at(*point)] for point in (start, end))
            cv2.line(mask, a, b, 1.0, int(radius * self.height / 2))
            cv2.circle(mask, b, int(radius * self.height / 4), 1.0, -1)
        depth = cv2.distanceTransform((mask > 0.5).astype(numpy.uint8), cv2.DIST_L2, 5)
        light = 0.55 + 0.45 * numpy.sqrt(numpy.clip(depth / max(1, depth.max() / 2), 0, 1))
        grain = cv2.GaussianBlur(self.noise.randn(*shape), (0, 0), 2) * 3
        return numpy.clip(SKIN * self.skin * light[..., None] + grain[..., None], 0, 255), mask

    def draw(self, shape):
        side = self.side
        if not self.phone:
            return [self.fingers(shape, [((side * 1.2, 3.6), (side * 0.4, 1.2), 0.4), ((side * 0.2, 1.2), (0, 0.5), 0.9)] + [
                ((x, 0.3), (1.3 * x, -0.7), 0.26) for x in (-0.6, -0.2, 0.2, 0.6)] + [((side * 0.8, 0.8), (side * 1.4, 0), 0.26)])]
        palm = self.fingers(shape, [((side * 1.2, 3.6), (side * 0.9, 1.9), 0.34), ((side * 0.9, 1.9), (side * 0.5, 0.6), 0.43)])
        tips = self.fingers(shape, [((side * 1.25, 0.7), (side * 0.75, -0.05), 0.24)] + [
            ((-side * 1.15, 0.15 + 0.27 * finger), (-side * 0.78, 0.05 + 0.27 * finger), 0.16) for finger in range(4)])
        return [palm, self.held(shape), tips]

    def held(self, shape):
        photo, solid = self.phone
        height, width = solid.shape
        corners = numpy.array([self.at(-0.94, -1), self.at(0.94, -1), self.at(1, 1), self.at(-1, 1)], numpy.float32)
        turn = cv2.getPerspectiveTransform(numpy.array([[0, 0], [width, 0], [width, height], [0, height]], numpy.float32), corners)
        soft = cv2.GaussianBlur(photo, (0, 0), max(0.5, 0.4 * height / self.height)).astype(numpy.float32)
        size = shape[::-1]
        return cv2.warpPerspective(soft, turn, size) * self.screen, cv2.warpPerspective(solid, turn, size)

    def over(self, picture, seconds):
        """It sways a little, as hands in vehicles do."""
        self.layers = self.layers or [(layer, cv2.GaussianBlur(mask, (0, 0), 0.8)) for layer, mask in self.draw(picture.shape[:2])]
        move = numpy.float32([[1, 0, 9 * numpy.sin(2.1 * seconds)], [0, 1, 6 * numpy.sin(3.4 * seconds)]])
        made = picture.astype(numpy.float32)
        for layer, mask in self.layers:
            size = picture.shape[1::-1]
            share = cv2.warpAffine(mask, move, size)[..., None]
            made = made * (1 - share) + cv2.warpAffine(layer, move, size) * share
        return numpy.clip(made, 0, 255).astype(numpy.uint8)


def film(clip, hand, grey, made):
    source = cv2.VideoCapture(clip)
    rate = source.get(cv2.CAP_PROP_FPS)
    size = f"{int(source.get(cv2.CAP_PROP_FRAME_WIDTH))}x{int(source.get(cv2.CAP_PROP_FRAME_HEIGHT))}"
    encoder = subprocess.Popen(
        ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgr24", "-s", size, "-r", str(rate), "-i", "-",
         "-threads", "1", "-c:v", "libx264", "-crf", "16", "-preset", "ultrafast", "-pix_fmt", "yuv420p", made], stdin=subprocess.PIPE)
    number = 0
    while True:
        is_read, picture = source.read()
        if not is_read:
            break
        if hand and number / rate >= FROM:
            picture = hand.over(picture, number / rate)
        if grey:
            noisy = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) + numpy.random.RandomState(number).randn(*picture.shape[:2]) * 6
            picture = cv2.cvtColor(numpy.clip(noisy, 0, 255).astype(numpy.uint8), cv2.COLOR_GRAY2BGR)
        encoder.stdin.write(picture.tobytes())
        number += 1
    encoder.stdin.close()
    if encoder.wait() != 0:
        raise RuntimeError(f"{made} was not encoded")


def judge(program, clip, hand, grey, made):
    film(clip, hand, grey, made)
    subprocess.run(["dotnet", program, "replay", made, "--events", made + ".jsonl", "--trace", made + ".csv"], check=True,
                   stdout=subprocess.DEVNULL)
    with open(made + ".csv", encoding="utf-8") as rows:
        looks = [float(row["phone"]) for row in csv.DictReader(rows) if row["phone"] and FROM <= float(row["at"]) <= UNTIL]
    with open(made + ".jsonl", encoding="utf-8") as lines:
        alerts = [e for e in map(json.loads, lines) if e["kind"] == "alert" and e["phase"] == "raised"]
    os.remove(made)
    return looks, alerts


def main():
    program, clip, photos, work = sys.argv[1:]
    rng, bad = random.Random(3), False
    found = phones(photos)
    for name, count, grey, holds in (("phones", PHONES, False, True), ("phones, grey", GREY, True, True), ("empty hands", EMPTY, False, False)):
        seen, warned, others, looked = 0, 0, [], 0
        for number in range(count):
            hand = Hand(next(found) if holds else None, rng)
            looks, alerts = judge(program, clip, hand, grey, f"{work}/{name.replace(' ', '-')}{number}.mkv")
            seen, looked = seen + sum(p >= LIKELY for p in looks), looked + len(looks)
            warned += any(alert["rule"] == "phone" for alert in alerts)
            others += [alert["rule"] for alert in alerts if alert["rule"] in ("eyes_closed", "fatigue")]
            print(f"  {name} {number + 1}: {sum(p >= LIKELY for p in looks)} of {len(looks)} looks, alerts: "
                  + (", ".join(f"{alert['rule']} {alert['at']:.1f} s" for alert in alerts) or "none"), flush=True)
        print(f"{name}: {seen} of {looked} looks from {LIKELY}; {warned} of {count} drives warned of a phone; "
              f"{len(others)} fatigue alerts", flush=True)
        bad |= bool(others) or (seen < BAR * looked if holds else seen > 0 or warned > 0)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
