package dev.chiron.agent;

/** What trials of one kind were worth, 0 to 1 each. Old evidence fades. */
final class Evidence {

    /** How much is left after a step: half of it after 34. */
    private static final double FADING = 0.98;

    /** What is believed before anything is seen weighs like so many trials. */
    private static final double PRIOR = 3;

    /** The variance of a number spread evenly over 0 to 1 is 0.083. */
    private static final double SPREAD = 0.1;

    private double count;
    private double sum;
    private double squares;

    void fade() {
        count *= FADING;
        sum *= FADING;
        squares *= FADING;
    }

    void add(double worth) {
        count++;
        sum += worth;
        squares += worth * worth;
    }

    double count() {
        return count;
    }

    double sum() {
        return sum;
    }

    /** @param believed what trials are worth as far as nothing is known of these */
    double mean(double believed) {
        return (sum + PRIOR * believed) / (count + PRIOR);
    }

    /** Of the mean. */
    double variance(double believed) {
        double mean = mean(believed);
        double within = Math.max(0, squares - 2 * mean * sum + count * mean * mean);
        return (within + PRIOR * SPREAD) / ((count + PRIOR) * (count + PRIOR));
    }
}
