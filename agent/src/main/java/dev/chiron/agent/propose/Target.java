package dev.chiron.agent.propose;

import dev.chiron.optimizers.study.Objective;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The score that LLAMBO's candidates are to reach (Liu et al., arXiv 2402.03921, equation 4): the best one moved by a share of the range
 * that the scores have. A target that no score can have is brought back step by step. Departures from the published code: the steps have an
 * end, which is the best score itself, and a bound holds only where every score so far keeps to it.
 */
final class Target {

    /** Moves to fall back on, each nearer to what was seen. */
    private static final List<Double> MOVES = List.of(0.1, 1e-2, 1e-3, -1e-3, -1e-2, -0.1);

    private static final double LEAST = 1e-5;
    private static final double MOST = 0.9999;
    private static final double NO_RANGE = 0.1;

    private Target() {}

    /**
     * The target.
     *
     * @param scores what was measured, one or more
     * @param alpha from -1 to 1; 0 is taken for a thousandth below the best
     */
    static double of(List<Double> scores, Objective objective, double alpha) {
        double least = values(scores).min().orElseThrow();
        double most = values(scores).max().orElseThrow();
        boolean minimize = objective.goal() == Objective.Goal.MINIMIZE;
        double best = minimize ? least : most;
        double range = range(least, most);
        double move = alpha == 0 ? -1e-3 : alpha;
        while (!isPossible(target(best, move, range, minimize), least, most, minimize)) {
            double now = move;
            double next =
                    MOVES.stream().filter(smaller -> smaller < now).findFirst().orElse(Double.NaN);
            if (Double.isNaN(next)) {
                return best;
            }
            move = next;
        }
        return target(best, move, range, minimize);
    }

    private static DoubleStream values(List<Double> scores) {
        return scores.stream().mapToDouble(score -> score);
    }

    private static double range(double least, double most) {
        double range = most - least;
        double assumed = NO_RANGE * Math.abs(most);
        return range > 0 ? range : assumed > 0 ? assumed : NO_RANGE;
    }

    private static double target(double best, double move, double range, boolean minimize) {
        return minimize ? best - move * range : best + move * range;
    }

    /** Scores that were never negative stay positive; such that were shares stay below one. */
    private static boolean isPossible(double target, double least, double most, boolean minimize) {
        return minimize ? least < 0 || target > LEAST : least < 0 || most > 1 || target < MOST;
    }
}
