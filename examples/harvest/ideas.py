"""No language model: a list of edits of train.py written by hand, good and bad, offered in random order.

Reads a prompt of `chiron run --method code` on standard input and answers as a model would: with an idea that the prompt does
not list as tried and whose lines stand in the script. So the whole of code editing can be tried without a key, and measured:

    chiron run --llm "command:python3 ideas.py 1"

The number is the seed of the order.
"""
import random
import sys

HEIGHT = '        field["height"] / 1000.0,\n'
RATE = "            rate = LEARNING_RATE\n"
START = "    weights = [random.gauss(0.0, INIT_SCALE) for _ in inputs[0]]\n"
ERROR = "                error = predict(weights, inputs[i]) - targets[i]\n"
RETURN = "    return weights\n"
FIT = '    weights = train([features(field) for field in fields], [field["harvest"] for field in fields])\n'
SHUFFLE = "        random.shuffle(order)\n"

IDEAS = [
    ("The harvest peaks at some acidity: add its square, around the middle", HEIGHT,
     HEIGHT + '        (field["acidity"] - 6.5) ** 2,\n'),
    ("Nitrogen has diminishing returns: add its square root", HEIGHT,
     HEIGHT + '        (field["nitrogen"] / 100.0) ** 0.5,\n'),
    ("Too much rain harms: add what falls beyond 800 mm", HEIGHT,
     HEIGHT + '        max(0.0, field["rain"] - 800.0) / 200.0,\n'),
    ("Water saturates: add the rain up to 700 mm", HEIGHT,
     HEIGHT + '        min(field["rain"], 700.0) / 200.0 - 2.5,\n'),
    ("Nitrogen needs water: add their product", HEIGHT,
     HEIGHT + '        field["rain"] * field["nitrogen"] / 20000.0,\n'),
    ("Sun varies little around 1700 hours: centre it and scale it up", '        field["sun"] / 1000.0,\n',
     '        (field["sun"] - 1700.0) / 200.0,\n'),
    ("Rain varies around 600 mm: centre it and scale it up", '        field["rain"] / 1000.0,\n',
     '        (field["rain"] - 600.0) / 200.0,\n'),
    ("Let the learning rate fall to nothing along a line", RATE,
     "            rate = LEARNING_RATE * (1.0 - epoch / EPOCHS)\n"),
    ("Begin at nothing instead of at random weights", START, "    weights = [0.0 for _ in inputs[0]]\n"),
    ("Begin at the mean harvest", START,
     START + "    weights[0] = sum(targets) / len(targets)\n"),
    ("Clip large errors, which outliers bring", ERROR, ERROR + "                error = max(-3.0, min(3.0, error))\n"),
    ("Learn from the sign of the error alone, as for the absolute error", ERROR,
     ERROR + "                error = 1.0 if error > 0 else -1.0\n"),
    ("Leave out a random half of the fields in each epoch, against overfitting", SHUFFLE,
     SHUFFLE + "        order = order[: max(1, len(order) * 9 // 10)]\n"),
    ("Raise all predictions a little", RETURN, "    weights[0] += 0.3\n" + RETURN),
    ("Round the weights, which makes them robust", RETURN, "    weights = [round(w, 1) for w in weights]\n" + RETURN),
    ("Warm the learning rate up over the first four epochs", RATE,
     "            rate = LEARNING_RATE * min(1.0, (epoch + 1) / 4.0)\n"),
    ("Weigh fields with a large harvest more", ERROR, ERROR + "                error *= targets[i] / 4.0\n"),
    ("Add noise to the gradient to escape local optima", RATE,
     RATE + "            gradient = [g + random.gauss(0.0, 0.3) for g in gradient]\n"),
    ("Add the product of sun and slope", HEIGHT, HEIGHT + '        field["sun"] * field["slope"] / 10000.0,\n'),
    ("Steep fields lose water: add slope squared", HEIGHT, HEIGHT + '        (field["slope"] / 10.0) ** 2,\n'),
]


def reply(prompt, seed):
    order = list(IDEAS)
    random.Random(seed).shuffle(order)
    script = prompt.split("\n## The script\n")[-1]
    for idea, search, replace in order:
        if idea not in prompt and search in script:
            return "IDEA: %s\n<<<<<<< SEARCH\n%s=======\n%s>>>>>>> REPLACE" % (idea, search, replace)
    return "IDEA: none"


if __name__ == "__main__":
    print(reply(sys.stdin.read(), sys.argv[1] if len(sys.argv) > 1 else "0"))
