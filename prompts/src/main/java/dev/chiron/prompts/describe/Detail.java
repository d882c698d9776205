package dev.chiron.prompts.describe;

/**
 * How much of a study a prompt tells, so that wide spaces fit as well.
 *
 * @param best the best trials, listed with all their values
 * @param recent the last trials, listed with what sets them apart
 * @param moves how many values set a trial apart
 * @param axes how many parameters the optimizer's state is told for
 */
record Detail(int best, int recent, int moves, int axes) {

    /** Measured with the tokenizers of common models: 2,500 tokens for 14 parameters, 6,000 for 100. */
    static Detail of(int parameters) {
        if (parameters <= 20) {
            return new Detail(5, 20, 3, parameters);
        }
        return parameters <= 50 ? new Detail(3, 15, 3, 30) : new Detail(1, 10, 3, 20);
    }
}
