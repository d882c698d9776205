package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Where a run begins, and how wide. */
final class Start {

    private static final double BEST = 0.1; // gamma: the share of earlier trials that is looked at
    private static final double BLUR = 0.1; // alpha: the least width, as a share of each axis

    final double[] mean;
    final double sigma;
    final Covariance covariance;
    final List<double[]> probabilities; // of each unordered choice's options

    private Start(double[] mean, double sigma, Covariance covariance, List<double[]> probabilities) {
        this.mean = mean;
        this.sigma = sigma;
        this.covariance = covariance;
        this.probabilities = probabilities;
    }

    /** Round about a config. */
    static Start around(Config config, double sigma, Axes axes, UpdateRule rule) {
        double[] ones = new double[axes.dimension()];
        Arrays.fill(ones, 1);
        return around(config, sigma, ones, axes, rule);
    }

    /** About a prior's centre: along an axis with a prior as much wider than sigma as it is wider than {@link Prior#AROUND}. */
    static Start around(Prior prior, double sigma, Axes axes, UpdateRule rule) {
        double[] variances = axes.widths(prior).stream()
                .mapToDouble(width -> width.map(w -> w / Prior.AROUND).orElse(1.0))
                .map(ratio -> ratio * ratio)
                .toArray();
        return around(prior.centre(), sigma, variances, axes, rule);
    }

    private static Start around(Config config, double sigma, double[] variances, Axes axes, UpdateRule rule) {
        List<double[]> probabilities = Categories.around(axes.options(config), axes.choices());
        return new Start(axes.encode(config), sigma, Covariance.of(rule, variances), probabilities);
    }

    /**
     * Where the best tenth of earlier trials lies, at least one: the Gaussian nearest to the mixture of theirs, each of
     * width {@link #BLUR} (WS-CMA-ES: Nomura et al. 2021, arXiv 2012.06932).
     *
     * @throws IllegalArgumentException if no trial was measured, or a config is none of the space
     */
    static Start from(List<Observation> earlier, Axes axes, UpdateRule rule) {
        List<Observation> measured = earlier.stream()
                .filter(trial -> trial.kind() == Observation.Kind.MEASURED)
                .sorted(Comparator.comparingDouble(Observation::loss))
                .toList();
        if (measured.isEmpty()) {
            throw new IllegalArgumentException("a warm start needs an earlier trial that was measured");
        }
        List<double[]> points = new ArrayList<>();
        List<List<Integer>> options = new ArrayList<>();
        for (Observation trial : measured.subList(0, Math.max(1, (int) (BEST * measured.size())))) {
            points.add(axes.encode(trial.config()));
            options.add(axes.options(trial.config()));
        }
        double[] mean = mean(points);
        List<List<Double>> rows = Vectors.rows(covariance(points, mean));
        Covariance blurred = Covariance.of(rule, new OptimizerState.Covariance(rows), mean.length);
        double width = mean.length == 0 ? BLUR : StrictMath.exp(blurred.logDeterminant() / (2 * mean.length));
        double[] factors = new double[mean.length];
        Arrays.fill(factors, 1 / width);
        Covariance covariance = blurred.with(blurred.scaled(factors));
        return new Start(mean, width, covariance, Categories.from(options, axes.choices()));
    }

    private static double[] mean(List<double[]> points) {
        double[] mean = new double[points.get(0).length];
        for (double[] point : points) {
            Vectors.add(mean, 1.0 / points.size(), point);
        }
        return mean;
    }

    /** alpha^2 I + (1 / n) sum of (x - m)(x - m)'. */
    private static double[][] covariance(List<double[]> points, double[] mean) {
        double[][] rows = new double[mean.length][mean.length];
        for (int i = 0; i < mean.length; i++) {
            for (int j = 0; j <= i; j++) {
                for (double[] x : points) {
                    rows[i][j] += (x[i] - mean[i]) * (x[j] - mean[j]) / points.size();
                }
                rows[j][i] = rows[i][j];
            }
            rows[i][i] += BLUR * BLUR;
        }
        return rows;
    }
}
