"""Fits a line by stochastic gradient descent: small enough that a trial takes no time."""

import random

LEARNING_RATE = 0.02
BATCH_SIZE = 8
MOMENTUM = 0.0
STEPS = 60
OPTIMIZER = "sgd"

draw = random.Random(1)
points = [(x, 2 * x - 1 + draw.gauss(0, 0.1)) for x in (draw.uniform(-1, 1) for _ in range(200))]
train, val = points[:160], points[160:]
slope = bias = slope_speed = bias_speed = 0.0
for step in range(STEPS):
    batch = draw.sample(train, BATCH_SIZE)
    errors = [(slope * x + bias - y, x) for x, y in batch]
    scale = 2 / BATCH_SIZE if OPTIMIZER == "sgd" else 1 / BATCH_SIZE
    slope_speed = MOMENTUM * slope_speed - LEARNING_RATE * scale * sum(e * x for e, x in errors)
    bias_speed = MOMENTUM * bias_speed - LEARNING_RATE * scale * sum(e for e, _ in errors)
    slope, bias = slope + slope_speed, bias + bias_speed
    if step % 20 == 19:
        print(f"step {step + 1} val_loss: {sum((slope * x + bias - y) ** 2 for x, y in val) / len(val):.6f}")
print(f"val_loss: {sum((slope * x + bias - y) ** 2 for x, y in val) / len(val):.6f}")
