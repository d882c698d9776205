"""Writes data/tales.txt: a hundred thousand letters of a made-up language, the same on every machine.

The words are drawn from a small vocabulary of made-up roots, with endings that agree with the word before, so that longer
contexts really help. Nothing is downloaded. Run it once; the text is committed, so most people never need to.
"""
import pathlib
import random

WORDS = 900
SENTENCES = 2600
ROOT_SYLLABLES = (1, 1, 2, 2, 2, 3)
ONSETS = "b c d f g h k l m n p r s t v br dr fl gr kl pl st tr sh th".split()
VOWELS = "a e i o u a e i ai ou ee".split()
CODAS = ["", "", "", "n", "r", "s", "l", "t", "nd", "rk"]
ENDINGS = {"noun": ["", "en", "ir"], "verb": ["a", "eth", "un"], "name": ["", "is", "or"]}


def syllable(rng):
    return rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS)


def vocabulary(rng):
    roots = {"noun": [], "verb": [], "name": []}
    for number in range(WORDS):
        kind = ("noun", "noun", "verb", "name")[number % 4]
        roots[kind].append("".join(syllable(rng) for _ in range(rng.choice(ROOT_SYLLABLES))))
    return roots


def pick(words, rng):
    """Common words are far more common than rare ones, as in real text."""
    return words[int(len(words) ** rng.random()) - 1]


def sentence(roots, rng):
    number = rng.randrange(3)
    words = []
    for kind in ("noun", "verb", "name") + ("noun",) * rng.randrange(3):
        words.append(pick(roots[kind], rng) + ENDINGS[kind][number])
        if rng.random() < 0.3:
            words.append(("o", "na", "sul")[number])
    return " ".join(words)


if __name__ == "__main__":
    rng = random.Random(20)
    roots = vocabulary(rng)
    text = "\n".join(sentence(roots, rng) for _ in range(SENTENCES)) + "\n"
    target = pathlib.Path(__file__).with_name("data") / "tales.txt"
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, encoding="ascii")
    print("letters: %d" % len(text))
