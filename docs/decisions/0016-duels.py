"""How much is gained by giving a duel up early: studies of edits, simulated. Needs python3-scipy.

    python3 docs/decisions/0016-duels.py

A study has 80 runs, its noise has the standard deviation 1, and each duel follows study.Duel (strict, five repeats, 5 %). HOPE is by how many
standard errors a challenger's lead may still grow before it is given up; none for never.
"""
import functools

import numpy
from scipy.stats import t

BUDGET, REPEATS, LEVEL, STUDIES = 80, 5, 0.05, 400


@functools.lru_cache(None)
def quantile(degrees):
    return t.ppf(1 - LEVEL / (2 * REPEATS), degrees)


def kept(random, gain, hope):
    """The true gain that a study keeps, how many edits it tries, how many of those that are no better it tries and keeps."""
    squares, again, used, total, tried, idle, idle_kept = 0.0, 0, 1, 0.0, 0, 0, 0
    incumbent = [random.normal()]
    while used < BUDGET:
        truth = gain(random)
        challenger = [random.normal() - truth]
        used, tried, idle = used + 1, tried + 1, idle + (truth <= 0)
        wins = None if challenger[0] < numpy.mean(incumbent) else False
        while wins is None:
            runs, shift = (challenger, truth) if len(challenger) <= len(incumbent) else (incumbent, 0.0)
            before = numpy.mean(runs)
            runs.append(random.normal() - shift)
            squares += (runs[-1] - before) * (runs[-1] - numpy.mean(runs))
            again, used = again + 1, used + 1
            wins = verdict(incumbent, challenger, squares, again, hope)
            if used >= BUDGET:
                wins = bool(wins)
        if wins:
            total += truth
            idle_kept += truth <= 0
            incumbent = [value + truth for value in challenger]
    return total, tried, idle, idle_kept


def verdict(incumbent, challenger, squares, again, hope):
    lead = numpy.mean(incumbent) - numpy.mean(challenger)
    if again >= 2:
        sd = (squares / again) ** 0.5
        error = sd * (1 / len(incumbent) + 1 / len(challenger)) ** 0.5
        if abs(lead) > quantile(again) * error and min(len(incumbent), len(challenger)) > 1:
            return lead > 0
        left = max(0, REPEATS + 1 - len(incumbent)) + max(0, REPEATS + 1 - len(challenger))
        reach = quantile(again + left) * sd * (2 / (REPEATS + 1)) ** 0.5
        if hope is not None and len(challenger) > 1 and lead + hope * error < reach:
            return False
    if len(challenger) > 1 and lead <= 0 or min(len(incumbent), len(challenger)) > REPEATS:
        return False
    return None


def edits(worse, same, size):
    def gain(random):
        which = random.random()
        return -random.exponential(size) if which < worse else 0.0 if which < worse + same else random.exponential(size)

    return gain


for name, gain in (("large gains", edits(0.4, 0.3, 3.0)), ("small gains", edits(0.5, 0.2, 1.0)), ("no gains", edits(0, 1, 1))):
    for hope in (None, 1.5, 1.0, 0.5, 0.0):
        sums = numpy.array([kept(numpy.random.default_rng(seed), gain, hope) for seed in range(STUDIES)]).mean(axis=0)
        print("%-12s HOPE %-5s gain %5.2f  edits %4.1f  idle ones kept %.2f %%" % (name, hope, sums[0], sums[1], 100 * sums[3] / sums[2]))
