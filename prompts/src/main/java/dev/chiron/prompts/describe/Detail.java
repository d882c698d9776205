package dev.chiron.prompts.describe;

/**
 * How much of a study a prompt tells, so that wide spaces fit as well.
 *
 * @param complete whether the best trials are written with all their values
 * @param best how many of the best trials are listed
 * @param examples how many of the best trials a small model is shown
 * @param recent how many of the last trials are listed, with what sets them apart
 * @param moves how many values set a trial apart
 * @param axes how many parameters the optimizer's state is told for
 */
record Detail(boolean complete, int best, int examples, int recent, int moves, int axes) {

    /** A small model is shown fewer configs than a handful, if they are long. */
    private static final int SHORT = 10;

    /** Measured with a tokenizer of common models: below 2,500 tokens for 14 parameters, 6,000 for 100 with short names, facts not counted. */
    static Detail of(int parameters) {
        if (parameters <= 20) {
            return new Detail(true, 5, parameters <= SHORT ? 3 : 2, 20, 3, parameters);
        }
        return parameters <= 50 ? new Detail(false, 5, 1, 20, 3, 20) : new Detail(false, 3, 1, 10, 3, 12);
    }
}
