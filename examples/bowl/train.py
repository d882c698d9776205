"""Gradient descent with noisy gradients, in a bowl that is steep in some directions and flat in others.

A large learning rate gets far and then is thrown about by the noise; a small one gets nowhere. So it should begin large and fall."""

import random

LEARNING_RATE = "0.05"  # or a schedule, such as "steps(0:1,0.5:0.1)"
STEPS = 200
CURVATURES = [10 ** (-2 * i / 19) for i in range(20)]  # from 1 to 0.01
NOISE = 0.5


def scheduled(text, progress):
    """The value at a progress in [0, 1] of "0.1", "steps(0:0.1,0.5:0.01)" or "linear(0:0.1,1:0.01)"."""
    if "(" not in text:
        return float(text)
    shape, points = text.rstrip(")").split("(")
    points = [tuple(map(float, point.split(":"))) for point in points.split(",")]
    for (begin, value), (end, following) in zip(points, points[1:]):
        if progress < end:
            share = (progress - begin) / (end - begin) if shape == "linear" else 0
            return value + share * (following - value)
    return points[-1][1]


def train(seed):
    rng = random.Random(seed)
    place = [1.0] * len(CURVATURES)
    for step in range(STEPS):
        rate = scheduled(LEARNING_RATE, step / STEPS)
        place = [x - rate * (c * x + NOISE * c**0.5 * rng.gauss(0, 1)) for x, c in zip(place, CURVATURES)]
    return min(1e6, sum(c * x * x for x, c in zip(place, CURVATURES)) / 2)


def mean(seeds):
    return sum(map(train, seeds)) / len(seeds)


print("fresh:", mean(range(1000, 1020)))  # not what is tuned: how it does with other noise
print("loss:", mean(range(5)))
