"""Learns to forecast the water level of a harbour six hours ahead, with nothing but the standard library.

A linear model of the last hours' levels and the weather, trained by stochastic gradient descent. Writes its forecasts for the
moments of data/val.csv and data/holdout.csv, whose later levels it never sees, into the folder that CHIRON_ARTIFACTS names. Each run
draws other random numbers, as trainings do.
"""
import csv
import os
import pathlib
import random

# What may be tuned.
LEARNING_RATE = 0.003
BATCH_SIZE = 16
LAGS = 6  # hours of levels that the model looks back on, 16 at most
MOMENTUM = 0.0
WEIGHT_DECAY = 0.003
INIT_SCALE = 0.1

# chiron: protected
EPOCHS = 12  # the time that a training may take
DATA = pathlib.Path(__file__).resolve().parent / "data"
# chiron: end


def rows(split):
    with open(DATA / (split + ".csv"), encoding="ascii") as file:
        return [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]


def features(moment):
    """What the model sees of a moment, each of about the size of one."""
    return [
        1.0,
        moment["pressure"] / 1000.0,
        moment["wind"] / 10.0,
        *[moment["level_%d" % k] for k in range(LAGS)],
    ]


def predict(weights, inputs):
    return sum(w * x for w, x in zip(weights, inputs))


def train(inputs, targets):
    weights = [random.gauss(0.0, INIT_SCALE) for _ in inputs[0]]
    speed = [0.0] * len(weights)
    order = list(range(len(inputs)))
    for epoch in range(EPOCHS):
        random.shuffle(order)
        for start in range(0, len(order), BATCH_SIZE):
            batch = order[start : start + BATCH_SIZE]
            gradient = [0.0] * len(weights)
            for i in batch:
                error = predict(weights, inputs[i]) - targets[i]
                for k, x in enumerate(inputs[i]):
                    gradient[k] += error * x / len(batch)
            rate = LEARNING_RATE
            for k in range(len(weights)):
                speed[k] = MOMENTUM * speed[k] - rate * (gradient[k] + WEIGHT_DECAY * weights[k])
                weights[k] += speed[k]
        loss = sum((predict(weights, x) - t) ** 2 for x, t in zip(inputs, targets)) / len(inputs)
        print("epoch: %d train_rmse: %.4f" % (epoch + 1, loss**0.5), flush=True)
    return weights


def main():
    moments = rows("train")
    weights = train([features(moment) for moment in moments], [moment["later"] for moment in moments])
    out = pathlib.Path(os.environ["CHIRON_ARTIFACTS"])
    for split in ("val", "holdout"):
        forecasts = [predict(weights, features(moment)) for moment in rows(split)]
        (out / (split + ".csv")).write_text("".join("%.5f\n" % f for f in forecasts), encoding="ascii")


if __name__ == "__main__":
    main()
