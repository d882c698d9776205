package dev.chiron.optimizers.gp;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * What a Gaussian process believes of the loss, standardised, given observations: for methods of other packages that search by it in
 * their own way. As {@link GaussianProcess} has it: failures and running trials are believed to be no better than the incumbent.
 */
public final class Posterior {

    /** The hyperparameters are fitted again when the data have grown by this share. */
    private static final double GROWTH = 0.05;

    private final Data data;
    private final Fit fit;
    private final Regression regression;

    private Posterior(Data data, Fit fit, Regression regression) {
        this.data = data;
        this.fit = fit;
        this.regression = regression;
    }

    /**
     * Hyperparameters and what they were fitted to.
     *
     * @param logs logarithms of each parameter's inverse squared length scale, the variance of the process, that of the noise; none before
     *     the first fit
     * @param data how many distinct measured configs the fit saw
     */
    public record Fit(List<Double> logs, int data) {

        /** Before the first. */
        public static final Fit NONE = new Fit(List.of(), 0);

        /** Makes the list unchangeable. */
        public Fit {
            logs = List.copyOf(logs);
        }
    }

    /**
     * The belief given observations; empty if there are none with a value, or all losses are alike.
     *
     * @param unordered which coordinates are unordered choices
     * @param believed configs that failed or are running
     * @param last the last fit, which is taken over until the data have grown by a twentieth
     */
    public static Optional<Posterior> of(
            List<Observation> observations,
            SearchSpace space,
            boolean[] unordered,
            Collection<Config> believed,
            Fit last) {
        return Model.data(observations, space, unordered).map(data -> {
            boolean isOutdated = last.logs().isEmpty() || data.size() > last.data() * (1 + GROWTH);
            Fit fit = isOutdated ? new Fit(Hyperparameters.list(Model.fit(data, last.logs())), data.size()) : last;
            double[][] points = believed.stream().map(space::encode).toArray(double[][]::new);
            Hyperparameters h = Hyperparameters.ofLogs(Hyperparameters.array(fit.logs()));
            return new Posterior(data, fit, Model.regression(data, points, h));
        });
    }

    /** The hyperparameters, for the next time. */
    public Fit fit() {
        return fit;
    }

    /** Each parameter's length scale in the unit cube; fresh array. */
    public double[] lengthscales() {
        double[] weights = Hyperparameters.ofLogs(Hyperparameters.array(fit.logs())).weights;
        return Arrays.stream(weights).map(weight -> 1 / Math.sqrt(weight)).toArray();
    }

    /** The measured point of the least mean: the incumbent, whatever its noise. */
    public double[] incumbent() {
        double[] means = regression.at(data.points)[0];
        int least = 0;
        for (int k = 1; k < means.length; k++) {
            least = means[k] < means[least] ? k : least;
        }
        return data.points[least].clone();
    }

    /** Means and standard deviations at points: row 0 and row 1. */
    public double[][] at(double[][] points) {
        return regression.at(points);
    }

    /** Means at points. */
    public double[] means(double[][] points) {
        return regression.at(points)[0];
    }

    /** One function drawn from the belief, at these points: what is near to each other has values near to each other. */
    public double[] draw(double[][] points, RandomGenerator random) {
        return regression.draw(points, random);
    }
}
