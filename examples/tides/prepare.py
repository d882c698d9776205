"""The water levels of a made-up harbour, and how forecasts of them are scored. Not to be edited.

`python3 prepare.py --make` writes data/: 700 moments with the level six hours later to learn from, and 300 each to validate and to
hold out, whose later levels lie in files of their own. They are committed, so most people never need to.

`python3 prepare.py --score FOLDER --split val` prints the root mean squared error of FOLDER/val.csv, one forecast in metres a line,
in the order of data/val.csv.
"""
import argparse
import csv
import math
import pathlib
import random

DATA = pathlib.Path(__file__).resolve().parent / "data"
SIZES = {"train": 700, "val": 300, "holdout": 300}
PAST = 16  # hours of levels that a forecast may look back on
AHEAD = 6  # hours
CONSTITUENTS = ((1.20, 12.4206), (0.42, 12.0), (0.25, 25.8193), (0.18, 23.9345))  # metres, hours: M2, S2, O1, K1


def weather(hours, rng):
    """Air pressure (hPa) and wind from the sea (m/s) of each hour, both slow."""
    pressure, wind = [1013.0], [0.0]
    for _ in range(hours):
        pressure.append(1013.0 + 0.985 * (pressure[-1] - 1013.0) + rng.gauss(0.0, 1.8))
        wind.append(0.96 * wind[-1] + rng.gauss(0.0, 2.2))
    return pressure, wind


def levels(hours, rng):
    pressure, wind = weather(hours, rng)
    phases = [rng.uniform(0.0, 2.0 * math.pi) for _ in CONSTITUENTS]
    found = []
    for t in range(hours):
        tide = sum(a * math.cos(2.0 * math.pi * t / period + p) for (a, period), p in zip(CONSTITUENTS, phases))
        blown = wind[t] * abs(wind[t]) / 500.0  # the drag of wind grows with its square
        pressed = (1013.0 - pressure[t]) / 100.0  # a hPa is a centimetre
        found.append(3.0 + tide + blown + pressed + rng.gauss(0.0, 0.04))
    return found, pressure, wind


def make():
    rng = random.Random(7)
    DATA.mkdir(exist_ok=True)
    for split, size in SIZES.items():
        hours = size * (PAST + AHEAD + 5) + PAST
        level, pressure, wind = levels(hours + AHEAD, rng)
        moments = range(PAST, hours, PAST + AHEAD + 5)  # none sees the hour that another forecasts
        header = ["pressure", "wind"] + ["level_%d" % k for k in range(PAST)]
        targets = ["%.3f" % level[t + AHEAD] for t in moments]
        with open(DATA / (split + ".csv"), "w", newline="", encoding="ascii") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(header + (["later"] if split == "train" else []))
            for t, target in zip(moments, targets):
                row = ["%.1f" % pressure[t], "%.1f" % wind[t]] + ["%.2f" % level[t - k] for k in range(PAST)]
                rows.writerow(row + ([target] if split == "train" else []))
        if split != "train":
            (DATA / (split + "-later.txt")).write_text("\n".join(targets) + "\n", encoding="ascii")


def numbers(path):
    return [float(line) for line in path.read_text(encoding="ascii").split()]


def score(folder, split):
    truth = numbers(DATA / (split + "-later.txt"))
    forecast = numbers(pathlib.Path(folder) / (split + ".csv"))
    if len(forecast) != len(truth):
        raise SystemExit("%s.csv has %d forecasts for %d moments" % (split, len(forecast), len(truth)))
    print("rmse: %.6f" % math.sqrt(sum((f - t) ** 2 for f, t in zip(forecast, truth)) / len(truth)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--make", action="store_true")
    parser.add_argument("--score", metavar="FOLDER")
    parser.add_argument("--split", choices=("val", "holdout"), default="val")
    options = parser.parse_args()
    if options.make:
        make()
    if options.score:
        score(options.score, options.split)
