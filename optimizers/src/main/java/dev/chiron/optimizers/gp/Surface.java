package dev.chiron.optimizers.gp;

import java.util.Arrays;

/**
 * A Gaussian process of any numbers over the unit cube, with {@link GaussianProcess}'s kernel and priors: for what a method of another package has to
 * foretell beside the loss. Unlike losses, the numbers are taken as they are, but for their mean and deviation.
 */
public final class Surface {

    /** The hyperparameters are fitted again when the data have grown by this share. */
    private static final double GROWTH = 0.05;

    private final Posterior.Fit fit;
    private final Regression regression;
    private final double mean;
    private final double deviation;

    private Surface(Posterior.Fit fit, Regression regression, double mean, double deviation) {
        this.fit = fit;
        this.regression = regression;
        this.mean = mean;
        this.deviation = deviation;
    }

    /**
     * The surface through points.
     *
     * @param points one or more of the unit cube; a point may come more than once
     * @param values finite, one a point
     * @param unordered which coordinates are unordered choices
     * @param last the last fit, which is taken over until the data have grown by a twentieth
     */
    public static Surface of(double[][] points, double[] values, boolean[] unordered, Posterior.Fit last) {
        double mean = Arrays.stream(values).average().orElse(0);
        double variance = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0);
        double deviation = variance > 0 ? Math.sqrt(variance) : 1;
        double[] standardised =
                Arrays.stream(values).map(value -> (value - mean) / deviation).toArray();
        double[] repeats = new double[values.length];
        Arrays.fill(repeats, 1);
        Data data = new Data(points, standardised, repeats, unordered);
        boolean isOutdated = last.logs().isEmpty() || data.size() > last.data() * (1 + GROWTH);
        Posterior.Fit fit =
                isOutdated ? new Posterior.Fit(Hyperparameters.list(Model.fit(data, last.logs())), data.size()) : last;
        Hyperparameters h = Hyperparameters.ofLogs(Hyperparameters.array(fit.logs()));
        return new Surface(fit, Model.regression(data, new double[0][], h), mean, deviation);
    }

    /** The hyperparameters, for the next time. */
    public Posterior.Fit fit() {
        return fit;
    }

    /** Means and standard deviations at points, in the numbers' unit: row 0 and row 1. */
    public double[][] at(double[][] points) {
        double[][] at = regression.at(points);
        for (int p = 0; p < points.length; p++) {
            at[0][p] = mean + deviation * at[0][p];
            at[1][p] *= deviation;
        }
        return at;
    }
}
