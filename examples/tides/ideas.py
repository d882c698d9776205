"""No language model: a list of edits of train.py written by hand, good and bad, offered in random order.

Reads a prompt of `chiron run --method code` on standard input and answers as a model would: with an idea that the prompt does
not list as tried and whose lines stand in the script. So the whole of code editing can be tried without a key, and measured:

    chiron run --llm "command:python3 ideas.py 1"

The number is the seed of the order.
"""
import random
import sys

LEVELS = '        *[moment["level_%d" % k] for k in range(LAGS)],\n'
PRESSURE = '        moment["pressure"] / 1000.0,\n'
WIND = '        moment["wind"] / 10.0,\n'
RATE = "            rate = LEARNING_RATE\n"
START = "    weights = [random.gauss(0.0, INIT_SCALE) for _ in inputs[0]]\n"
ERROR = "                error = predict(weights, inputs[i]) - targets[i]\n"
RETURN = "    return weights\n"
SHUFFLE = "        random.shuffle(order)\n"

IDEAS = [
    ("Levels swing around three metres: take that off", LEVELS,
     '        *[moment["level_%d" % k] - 3.0 for k in range(LAGS)],\n'),
    ("Pressure varies little around 1013 hPa: centre it and scale it up", PRESSURE,
     '        (moment["pressure"] - 1013.0) / 20.0,\n'),
    ("The drag of wind grows with its square", WIND, '        moment["wind"] * abs(moment["wind"]) / 100.0,\n'),
    ("Add the square of the wind beside the wind", WIND,
     WIND + '        moment["wind"] * abs(moment["wind"]) / 100.0,\n'),
    ("Begin at the mean level", START, START + "    weights[0] = sum(targets) / len(targets)\n"),
    ("Begin at nothing instead of at random weights", START, "    weights = [0.0 for _ in inputs[0]]\n"),
    ("Let the learning rate fall to nothing along a line", RATE,
     "            rate = LEARNING_RATE * (1.0 - epoch / EPOCHS)\n"),
    ("Warm the learning rate up over the first three epochs", RATE,
     "            rate = LEARNING_RATE * min(1.0, (epoch + 1) / 3.0)\n"),
    ("Add how fast the water rises", LEVELS,
     LEVELS + '        3.0 * (moment["level_0"] - moment["level_1"]),\n'),
    ("Half a tide ago the water stood as it will: add that level", LEVELS,
     LEVELS + '        moment["level_6"] - 3.0,\n'),
    ("Add the mean of all levels", LEVELS,
     LEVELS + '        sum(moment["level_%d" % k] for k in range(16)) / 16.0 - 3.0,\n'),
    ("Add the product of pressure and wind", WIND,
     WIND + '        moment["pressure"] * moment["wind"] / 10000.0,\n'),
    ("Clip large errors, which storms bring", ERROR, ERROR + "                error = max(-1.0, min(1.0, error))\n"),
    ("Learn from the sign of the error alone, as for the absolute error", ERROR,
     ERROR + "                error = 1.0 if error > 0 else -1.0\n"),
    ("Weigh high water more, which matters most", ERROR, ERROR + "                error *= targets[i] / 3.0\n"),
    ("Raise all forecasts a little, to be safe", RETURN, "    weights[0] += 0.1\n" + RETURN),
    ("Round the weights, which makes them robust", RETURN, "    weights = [round(w, 1) for w in weights]\n" + RETURN),
    ("Leave out a tenth of the moments in each epoch, against overfitting", SHUFFLE,
     SHUFFLE + "        order = order[: max(1, len(order) * 9 // 10)]\n"),
    ("Add noise to the gradient to escape local optima", RATE,
     RATE + "            gradient = [g + random.gauss(0.0, 0.1) for g in gradient]\n"),
    ("Sort the moments instead of shuffling them, easy ones first", SHUFFLE,
     "        order.sort(key=lambda i: abs(targets[i] - 3.0))\n"),
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
