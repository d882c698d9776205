"""Learns which of five made-up languages a word is of: hashed letter groups, logistic regression, plain Python.

The budget is a number of examples, so a run with the same settings gives the same loss to the last digit.
"""
import math
import os
import random
import zlib

from prepare import LANGUAGES, words

# What may be tuned. The values are what one writes down at first.
LEARNING_RATE = 0.01      # of AdaGrad or of plain steps
SHORTEST_GROUP = 1        # letters
LONGEST_GROUP = 2         # letters
BUCKETS = 2**8            # of the hash
WEIGHT_DECAY = 1e-3
DROPOUT = 0.3             # share of the letter groups that a training word loses
LABEL_SMOOTHING = 0.1
COOLDOWN_RATIO = 0.0      # last part of the training, in which the rate goes down to 0
ADAPTIVE = False          # AdaGrad
MARK_ENDS = False         # ^word$
AVERAGE = 0.0             # weight of the running average of the weights in the final model

# What is given.
EXAMPLES = 120_000
MAX_FEATURES = 90
SEED = int(os.environ.get("SEED", "1"))


def groups(word):
    """The buckets of a word's letter groups."""
    text = "^" + word + "$" if MARK_ENDS else word
    found = []
    for length in range(SHORTEST_GROUP, LONGEST_GROUP + 1):
        for start in range(len(text) - length + 1):
            found.append(zlib.crc32(text[start:start + length].encode()) % BUCKETS)
    if len(found) > MAX_FEATURES:
        raise MemoryError(f"{len(found)} features of a word, room for {MAX_FEATURES}")
    return found


def probabilities(weights, features):
    scores = [0.0] * LANGUAGES
    for feature in features:
        row = weights[feature]
        for k in range(LANGUAGES):
            scores[k] += row[k]
    top = max(scores)
    exps = [math.exp(score - top) for score in scores]
    total = sum(exps)
    return [e / total for e in exps]


def loss(weights, data):
    return -sum(math.log(max(1e-9, probabilities(weights, features)[label])) for features, label in data) / len(data)


def main():
    draw = random.Random(SEED)
    training = [(groups(word), label) for word, label in words(4_000, 1_000 + SEED)]
    validation = [(groups(word), label) for word, label in words(1_500, 7)]
    weights = [[0.0] * LANGUAGES for _ in range(BUCKETS)]
    squares = [[1e-8] * LANGUAGES for _ in range(BUCKETS)]
    average = [[0.0] * LANGUAGES for _ in range(BUCKETS)]
    for step in range(1, EXAMPLES + 1):
        features, label = training[draw.randrange(len(training))]
        if DROPOUT > 0:
            features = [feature for feature in features if draw.random() >= DROPOUT]
        rate = LEARNING_RATE * (min(1.0, (1 - step / EXAMPLES) / COOLDOWN_RATIO) if COOLDOWN_RATIO > 0 else 1.0)
        wanted = [LABEL_SMOOTHING / LANGUAGES] * LANGUAGES
        wanted[label] += 1 - LABEL_SMOOTHING
        errors = [p - w for p, w in zip(probabilities(weights, features), wanted)]
        for feature in features:
            row, square = weights[feature], squares[feature]
            for k in range(LANGUAGES):
                gradient = errors[k] + WEIGHT_DECAY * row[k]
                if ADAPTIVE:
                    square[k] += gradient * gradient
                    row[k] -= rate * gradient / math.sqrt(square[k])
                else:
                    row[k] -= rate * gradient
        if step % (EXAMPLES // 8) == 0:
            for mean, row in zip(average, weights):
                for k in range(LANGUAGES):
                    mean[k] += row[k] / 8
            if step < EXAMPLES:
                print(f"step: {step} val_loss: {loss(weights, validation):.6f}", flush=True)
    final = [[(1 - AVERAGE) * w + AVERAGE * m for w, m in zip(row, mean)] for row, mean in zip(weights, average)]
    right = sum(max(range(LANGUAGES), key=lambda k: probabilities(final, f)[k]) == y for f, y in validation)
    print(f"accuracy: {right / len(validation):.4f}")
    print(f"val_loss: {loss(final, validation):.6f}")


if __name__ == "__main__":
    main()
