"""Trains a letter model on a small text, with nothing but the standard library.

Each letter is predicted from the letters before it: for every context length from 0 to CONTEXT the context picks one row of
a table by hash, the rows are added up, and a softmax makes probabilities of the sum. Prints the validation loss in bits a
letter while it trains, and at the end.

Every run gets the same number of row look-ups (WORK), so longer contexts see fewer letters. The same constants give the same
loss.
"""
import math
import random
from pathlib import Path

# What may be tuned.
LEARNING_RATE = 0.1
BATCH_SIZE = 32
CONTEXT = 2  # longest context, in letters
ROWS = 2**10  # in the table of each context length
OPTIMIZER = "sgd"  # sgd, momentum or adagrad
MOMENTUM = 0.9  # only for momentum
LENGTH_GAIN = 1.0  # learning rate of each context length, as a multiple of the next shorter one's
INIT_SCALE = 0.3
WEIGHT_DECAY = 1e-3  # of the rows in use, times the learning rate
LABEL_SMOOTHING = 0.1
CLIP = 1.0  # largest length of a row's gradient
WARMUP_RATIO = 0.1  # share of the run in which the learning rate rises
WARMDOWN_RATIO = 0.0  # share of the run in which it falls to nothing

# What stays as it is.
SEED = 1  # of the rows and the order of the letters
WORK = 450_000  # row look-ups that a training run may use
VALIDATION = 4_000  # letters at the end of the text that are never learned from
ROOM = 300_000  # rows that fit in all tables together
LINES = 5  # of the curve
HOPELESS = 12.0  # bits that no run comes back from: guessing blindly has 4.4


class Model:
    """Tables of logits, one for each context length; a row is made when it is first needed."""

    def __init__(self, letters):
        if (CONTEXT + 1) * ROWS > ROOM:
            raise ValueError("%d tables of %d rows: more than %d rows" % (CONTEXT + 1, ROWS, ROOM))
        self.letters = letters
        self.values = {}
        self.memory = {}  # momentum, or Adagrad's sum of squares
        self.random = random.Random(SEED)

    def rows(self, text, at):
        """The rows that the letters before a place pick, shortest context first, as numbers."""
        found = []
        key = 0
        for length in range(CONTEXT + 1):
            found.append(length * ROWS + key % ROWS)
            key = (key * 31 + text[at - length - 1] + 1) * 2654435761 % 4294967291
        return found

    def row(self, number):
        values = self.values.get(number)
        if values is None:
            gauss = self.random.gauss
            values = self.values[number] = [gauss(0.0, INIT_SCALE) for _ in range(self.letters)]
        return values

    def probabilities(self, rows):
        logits = [sum(column) for column in zip(*[self.row(number) for number in rows])]
        top = max(logits)
        weights = [math.exp(logit - top) for logit in logits]
        total = sum(weights)
        return [weight / total for weight in weights]

    def update(self, number, gradient, rate):
        length = math.sqrt(sum(g * g for g in gradient))
        if length > CLIP:
            gradient = [g * CLIP / length for g in gradient]
        values = self.values[number]
        shrink = 1.0 - rate * WEIGHT_DECAY
        if OPTIMIZER == "sgd":
            step = gradient
        elif OPTIMIZER == "momentum":
            before = self.memory.get(number)
            step = [MOMENTUM * b + g for b, g in zip(before, gradient)] if before else gradient
            self.memory[number] = step
        elif OPTIMIZER == "adagrad":
            before = self.memory.get(number)
            squares = [b + g * g for b, g in zip(before, gradient)] if before else [g * g for g in gradient]
            self.memory[number] = squares
            step = [g / math.sqrt(s + 1e-12) for g, s in zip(gradient, squares)]
        else:
            raise ValueError("unknown OPTIMIZER " + OPTIMIZER)
        self.values[number] = [shrink * v - rate * s for v, s in zip(values, step)]


def train(model, text, order):
    """Goes through batches of letters; yields after each one."""
    steps = max(1, WORK // (BATCH_SIZE * (CONTEXT + 1)))
    low = LABEL_SMOOTHING / model.letters
    for step in range(steps):
        done = (step + 0.5) / steps
        rate = LEARNING_RATE * min(1.0, done / max(WARMUP_RATIO, 1e-9), (1.0 - done) / max(WARMDOWN_RATIO, 1e-9))
        gradients = {}
        for _ in range(BATCH_SIZE):
            at = order.randrange(16, len(text) - VALIDATION)
            rows = model.rows(text, at)
            error = [p - low for p in model.probabilities(rows)]
            error[text[at]] -= 1.0 - LABEL_SMOOTHING
            for number in rows:
                so_far = gradients.get(number)
                gradients[number] = [a + b for a, b in zip(so_far, error)] if so_far else error
        for number, gradient in gradients.items():
            model.update(number, gradient, rate * LENGTH_GAIN ** (number // ROWS))
        yield step + 1, steps


def loss(model, text, places):
    """Mean bits a letter."""
    total = 0.0
    for at in places:
        total -= math.log2(max(model.probabilities(model.rows(text, at))[text[at]], 1e-30))
    return total / len(places)


def main():
    story = (Path(__file__).resolve().parent / "data" / "tales.txt").read_text(encoding="ascii")
    alphabet = sorted(set(story))
    text = [alphabet.index(letter) for letter in story]
    model = Model(len(alphabet))
    held_out = range(len(text) - VALIDATION, len(text))
    for step, steps in train(model, text, random.Random(SEED)):
        if step * LINES // steps > (step - 1) * LINES // steps and step < steps:
            now = loss(model, text, held_out[::8])
            print("step: %d val_loss: %.6f" % (step, now), flush=True)
            if not now < HOPELESS:
                print("val_loss: nan")
                return
    print("val_loss: %.6f" % loss(model, text, held_out))


if __name__ == "__main__":
    main()
