package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.OptimizerState;
import java.util.List;

/**
 * A factor for the changes of the mean or of the covariance, adapted to their ratio of signal to noise (LRA-CMA-ES:
 * Nomura, Akimoto, Ono 2023, arXiv 2304.03473). Changes that agree from one generation to the next keep it at 1; where
 * noise or many minima turn them this way and that it falls, as if the population were larger.
 */
final class LearningRate {

    private static final double RATIO = 1.4; // alpha: the ratio wanted, at rate 1
    private static final double PACE = 0.1; // gamma
    private static final double MEAN_MEMORY = 0.1; // beta_m
    private static final double COVARIANCE_MEMORY = 0.03; // beta_Sigma

    private final double beta;
    private final double[] average; // E
    private double square; // V
    private double rate; // eta

    private LearningRate(double beta, double[] average, double square, double rate) {
        this.beta = beta;
        this.average = average;
        this.square = square;
        this.rate = rate;
    }

    /** Both at 1, before a distribution with a covariance of this form has learned. */
    static Pair fresh(Covariance covariance) {
        return new Pair(
                new LearningRate(MEAN_MEMORY, new double[covariance.dimension()], 0, 1),
                new LearningRate(COVARIANCE_MEMORY, new double[covariance.elements()], 0, 1));
    }

    /** Those of a state; fresh ones where it has none, or those of a covariance of another form. */
    static Pair resume(List<OptimizerState.LearningRates> states, Covariance covariance) {
        return states.stream()
                .filter(state -> state.covariance().average().size() == covariance.elements())
                .map(state ->
                        new Pair(resume(MEAN_MEMORY, state.mean()), resume(COVARIANCE_MEMORY, state.covariance())))
                .findFirst()
                .orElseGet(() -> fresh(covariance));
    }

    private static LearningRate resume(double beta, OptimizerState.LearningRate state) {
        return new LearningRate(beta, Vectors.array(state.average()), state.square(), state.rate());
    }

    /** Those of mean and covariance. */
    record Pair(LearningRate mean, LearningRate covariance) {
        OptimizerState.LearningRates state() {
            return new OptimizerState.LearningRates(mean.state(), covariance.state());
        }
    }

    private OptimizerState.LearningRate state() {
        return new OptimizerState.LearningRate(rate, Vectors.list(average), square);
    }

    double rate() {
        return rate;
    }

    /** Sees a change as it would be at rate 1, in coordinates in which the distribution was N(0, I). */
    void adapt(double[] change) {
        Vectors.scale(average, 1 - beta);
        Vectors.add(average, beta, change);
        double length = Vectors.norm(change);
        square = (1 - beta) * square + beta * length * length;
        double agreed = Vectors.norm(average) * Vectors.norm(average);
        double noise = square - agreed;
        if (!(noise > 0)) {
            return; // nothing has moved yet
        }
        double ratio = (agreed - beta / (2 - beta) * square) / noise;
        double direction = Math.min(1, Math.max(-1, ratio / (RATIO * rate) - 1));
        rate = Math.min(1, rate * StrictMath.exp(Math.min(PACE * rate, beta) * direction));
    }
}
