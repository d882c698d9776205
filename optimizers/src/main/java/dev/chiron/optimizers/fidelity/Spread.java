package dev.chiron.optimizers.fidelity;

import java.util.ArrayList;
import java.util.List;

/**
 * How replicas are told apart by one number, and what their losses say of it (HDET: Cheng et al. 2026, arXiv 2604.24708, equations 1 and 4 to 7).
 *
 * @param replicas how many there are, 2 or more
 * @param ratio α: how far the outermost are from the base, as a share of it, above 0 and below 1
 * @param temperature σ: a loss that is better than the mean by this share of it weighs e times as much, above 0
 * @param momentum β: how much of the last move is kept, 0 to below 1
 * @param step λ: how far the base follows, above 0
 */
public record Spread(int replicas, double ratio, double temperature, double momentum, double step) {

    /** What the base is multiplied by for a replica, from 0: symmetric around 1 (equation 1). */
    public double factor(int replica) {
        double middle = (replicas - 1) / 2.0;
        return 1 + ratio * (replica - middle) / Math.max(middle, 0.5);
    }

    /**
     * What each of some replicas weighs by its loss, which makes 1 in all (equation 4). A difference counts by its share of the mean loss, so that the unit of a loss does not matter.
     *
     * @param losses finite, one at least
     */
    public List<Double> weights(List<Double> losses) {
        double mean = losses.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double unit = temperature * (mean == 0 ? 1 : Math.abs(mean));
        double best = losses.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        List<Double> weights = new ArrayList<>();
        for (double loss : losses) {
            weights.add(StrictMath.exp((best - loss) / unit)); // as by the mean, and never too large
        }
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        return weights.stream().map(weight -> weight / sum).toList();
    }

    /**
     * Where a base is, and how it moves.
     *
     * @param velocity 0 at the beginning
     */
    public record Centre(double value, double velocity) {}

    /**
     * The base after an interval (equations 5 to 7, without a decay).
     *
     * @param values of the replicas that gave a loss
     * @param weights of these
     */
    public Centre moved(Centre base, List<Double> values, List<Double> weights) {
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double weighted = 0;
        for (int i = 0; i < values.size(); i++) {
            weighted += weights.get(i) * values.get(i);
        }
        double velocity = momentum * base.velocity() + (1 - momentum) * (weighted - mean);
        return new Centre(mean + step * velocity, velocity);
    }
}
