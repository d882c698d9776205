"""The fields of a made-up country, and how predictions of their harvests are scored. Not to be edited.

`python3 prepare.py --make` writes data/: 1,200 fields with their harvests to learn from, and 400 fields each to validate and
to hold out, whose harvests lie in files of their own. They are committed, so most people never need to.

`python3 prepare.py --score FOLDER --split val` prints the root mean squared error of FOLDER/val.csv, one predicted harvest a
line, in the order of data/val.csv.
"""
import argparse
import csv
import math
import pathlib
import random

DATA = pathlib.Path(__file__).resolve().parent / "data"
COLUMNS = ("rain", "sun", "acidity", "slope", "nitrogen", "height")
SIZES = {"train": 1200, "val": 400, "holdout": 400}


def field(rng):
    rain = rng.gammavariate(9.0, 65.0)  # mm a year
    sun = rng.gauss(1700.0, 220.0) - 0.2 * (rain - 585.0)  # hours a year
    acidity = rng.gauss(6.3, 0.8)  # pH
    slope = rng.expovariate(1 / 6.0)  # degrees
    nitrogen = rng.lognormvariate(3.6, 0.6)  # kg a hectare
    height = rng.uniform(0.0, 1200.0)  # metres
    return rain, sun, acidity, slope, nitrogen, height


def harvest(values, rng):
    """Tonnes a hectare: too little and too much water, an acidity that suits, diminishing returns of nitrogen."""
    rain, sun, acidity, slope, nitrogen, height = values
    water = math.tanh((rain - 450.0) / 160.0) - 0.9 * max(0.0, (rain - 800.0) / 200.0)
    soil = -0.9 * (acidity - 6.6) ** 2
    food = 1.4 * math.log1p(nitrogen / 15.0) * (0.6 + 0.4 * math.tanh((rain - 400.0) / 200.0))
    warmth = 0.9 * (sun - 1700.0) / 220.0 - 0.8 * height / 1000.0
    return 4.0 + 1.3 * water + soil + food + warmth - 0.03 * slope + rng.gauss(0.0, 0.35)


def make():
    rng = random.Random(11)
    DATA.mkdir(exist_ok=True)
    for split, size in SIZES.items():
        fields = [field(rng) for _ in range(size)]
        harvests = ["%.3f" % harvest(values, rng) for values in fields]
        with open(DATA / (split + ".csv"), "w", newline="", encoding="ascii") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(COLUMNS + (("harvest",) if split == "train" else ()))
            for values, target in zip(fields, harvests):
                rows.writerow(["%.2f" % value for value in values] + ([target] if split == "train" else []))
        if split != "train":
            (DATA / (split + "-harvests.txt")).write_text("\n".join(harvests) + "\n", encoding="ascii")


def numbers(path):
    return [float(line) for line in path.read_text(encoding="ascii").split()]


def score(folder, split):
    truth = numbers(DATA / (split + "-harvests.txt"))
    predicted = numbers(pathlib.Path(folder) / (split + ".csv"))
    if len(predicted) != len(truth):
        raise SystemExit("%s.csv has %d predictions for %d fields" % (split, len(predicted), len(truth)))
    print("rmse: %.6f" % math.sqrt(sum((p - t) ** 2 for p, t in zip(predicted, truth)) / len(truth)))


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
