package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.optimizers.study.Trial;
import java.util.List;

/**
 * A run that is not over, beside those that are.
 *
 * @param number of its trial
 * @param curve what it has reported so far, by its steps; one value at least
 * @param whole how far the longest run came, in steps
 * @param others in the order in which they ended
 */
public record Unfinished(int number, Config config, List<CurvePoint> curve, double whole, List<Other> others) {

    /** Copies the lists. */
    public Unfinished {
        curve = List.copyOf(curve);
        others = List.copyOf(others);
    }

    /** A run that is over, and what is kept of its curve, by its steps. */
    public record Other(Trial trial, List<CurvePoint> curve) {
        /** Copies the curve. */
        public Other {
            curve = List.copyOf(curve);
        }
    }

    /** The last step that it has reported. */
    double step() {
        return curve.get(curve.size() - 1).step();
    }
}
