package dev.chiron.prompts.reply;

import java.util.List;

/**
 * The training log that a model expects of a run.
 *
 * @param last the metric at the end
 * @param low the lower end of where it expects that, in nine cases of ten; not above {@code last}
 * @param high the upper end; not below {@code last}
 * @param points the metric on the way, by ascending progress, the end not among them; may be empty
 */
public record PredictedLog(double last, double low, double high, List<Point> points) {

    /** Copies the list. */
    public PredictedLog {
        points = List.copyOf(points);
    }

    /** A value at a share of the run: progress in (0, 1). */
    public record Point(double progress, double value) {}

    /** Whether a value lies in the interval. */
    public boolean holds(double value) {
        return low <= value && value <= high;
    }
}
