"""Words of five made-up languages: each language is a table of which letter follows which two. Not to be changed."""
import random

LANGUAGES = 5
LETTERS = "abcdefghijklmnopqrst"


def language(number):
    """What follows each pair of letters: a few favourites, the same in every run."""
    table = {}
    for a in "^" + LETTERS:
        for b in "^" + LETTERS:
            draw = random.Random(f"{number}-{a}{b}")
            shared = random.Random(f"all-{a}{b}")
            favourites = shared.sample(LETTERS, 6) + draw.sample(LETTERS, 3)
            table[a + b] = favourites + ["$"]
    return table


def words(count, seed):
    """Pairs of a word and the number of its language."""
    tables = [language(number) for number in range(LANGUAGES)]
    draw = random.Random(seed)
    found = []
    for i in range(count):
        number = i % LANGUAGES
        word = "^^"
        while len(word) < 12:
            letter = draw.choice(tables[number][word[-2:]])
            if letter == "$" and len(word) > 5:
                break
            if letter != "$":
                word += letter
        found.append((word[2:], number))
    draw.shuffle(found)
    return found
