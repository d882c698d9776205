"""Fits a line in eight dimensions by stochastic gradient descent, one noisy example at a time. What rate is best changes on the way."""

import json
import os
import random

RATE = 0.002  # of the steps
MOMENTUM = 0.0
STEPS = 400  # in all, whatever of them an earlier run has done

DIMENSIONS = 8
task = random.Random(20261122)
TRUE = [task.uniform(-1, 1) for _ in range(DIMENSIONS)]


def example(source):
    x = [source.gauss(0, 1) * (1 + 2 * (i == 0)) for i in range(DIMENSIONS)]
    return x, sum(w * v for w, v in zip(TRUE, x)) + source.gauss(0, 0.5)


def main():
    step, weights, speed = 0, [0.0] * DIMENSIONS, [0.0] * DIMENSIONS
    if "CHIRON_LOAD" in os.environ:
        with open(os.path.join(os.environ["CHIRON_LOAD"], "state.json")) as file:
            step, weights, speed = json.load(file)
    while step < STEPS:
        x, y = example(random.Random(step))
        error = sum(w * v for w, v in zip(weights, x)) - y
        speed = [MOMENTUM * s - RATE * error * v for s, v in zip(speed, x)]
        weights = [w + s for w, s in zip(weights, speed)]
        step += 1
    if "CHIRON_SAVE" in os.environ:
        with open(os.path.join(os.environ["CHIRON_SAVE"], "state.json"), "w") as file:
            json.dump([step, weights, speed], file)
    print("excess_loss:", sum((w - t) ** 2 * (9 if i == 0 else 1) for i, (w, t) in enumerate(zip(weights, TRUE))))


main()
