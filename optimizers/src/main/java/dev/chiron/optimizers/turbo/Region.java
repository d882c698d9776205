package dev.chiron.optimizers.turbo;

/**
 * How large the trust region is, and what came of it. Immutable.
 *
 * @param length of a side of the box, in the unit cube, before each parameter's own length scale
 * @param successes trials in a row that were clearly better than the best before
 * @param failures trials in a row that were not
 */
record Region(double length, int successes, int failures) {

    static final Region FIRST = new Region(0.8, 0, 0);

    private static final double LONGEST = 1.6;
    private static final double SHORTEST = 1.0 / 128;
    private static final int ENOUGH_SUCCESSES = 3;
    private static final int LEAST_FAILURES = 4;

    /** After one more trial: twice as long after three successes, half as long after as many failures as there are parameters. */
    Region after(boolean success, int dimension) {
        Region counted = success ? new Region(length, successes + 1, 0) : new Region(length, 0, failures + 1);
        if (counted.successes == ENOUGH_SUCCESSES) {
            return new Region(Math.min(LONGEST, 2 * length), 0, 0);
        }
        return counted.failures == Math.max(LEAST_FAILURES, dimension) ? new Region(length / 2, 0, 0) : counted;
    }

    /** Whether there is nothing left to look for in it. */
    boolean isSpent() {
        return length < SHORTEST;
    }
}
