package dev.chiron.prompts.reply;

import dev.chiron.optimizers.study.History;
import java.util.DoubleSummaryStatistics;
import java.util.OptionalDouble;

/** Whether a number that a model foretells can be reckoned with: not one that lies off all that was measured by ten times its range, and ten times its size. */
public final class Reckoning {

    /** How many times the range or the size of what was measured it may lie beyond it. */
    private static final double RANGES = 10;

    /** With less than two values measured there is no range, and only what would spoil every sum is out. */
    private static final double LARGEST = 1e100;

    private Reckoning() {}

    /** The number if it can be; empty otherwise. */
    public static OptionalDouble of(OptionalDouble foretold, History history) {
        return foretold.isPresent() && holds(foretold.getAsDouble(), history) ? foretold : OptionalDouble.empty();
    }

    /** Whether it can be. */
    public static boolean holds(double foretold, History history) {
        DoubleSummaryStatistics measured = history.trials().stream()
                .flatMapToDouble(trial -> history.value(trial).stream())
                .summaryStatistics();
        double low = measured.getMin();
        double high = measured.getMax();
        if (measured.getCount() < 2 || low == high) {
            return Math.abs(foretold) <= LARGEST;
        }
        double beyond = RANGES * Math.max(high - low, Math.max(Math.abs(low), Math.abs(high)));
        return foretold >= low - beyond && foretold <= high + beyond;
    }
}
