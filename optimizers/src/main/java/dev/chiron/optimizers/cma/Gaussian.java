package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.OptimizerState;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * The sampling distribution N(m, sigma^2 C) over R^n and its evolution paths: the numeric core of CMA-ES. It knows no box,
 * no grid and no config. Equations are those of Hansen's tutorial, arXiv 1604.00772.
 *
 * <p>The steps y = (x - m) / sigma are derived from the points told, so any point can be told.
 */
final class Gaussian {

    private static final double LARGEST = 1e32;

    private final CmaConstants k;
    private final double[] mean;
    private final double[] pathSigma;
    private final double[] pathC;
    private final Optional<LearningRate.Pair> rates;
    private Covariance covariance;
    private double sigma;
    private int generation;

    /** A distribution with empty paths, its learning rates fixed. */
    Gaussian(CmaConstants constants, double[] mean, double sigma, Covariance covariance) {
        this(constants, mean, sigma, covariance, new double[mean.length], new double[mean.length], 0, Optional.empty());
    }

    /** A distribution in the middle of its evolution; {@code generation} counts those it has learned from. */
    Gaussian(
            CmaConstants constants,
            double[] mean,
            double sigma,
            Covariance covariance,
            double[] pathSigma,
            double[] pathC,
            int generation,
            Optional<LearningRate.Pair> rates) {
        this.rates = rates;
        this.k = constants;
        this.mean = mean.clone();
        this.sigma = sigma;
        this.covariance = covariance;
        this.pathSigma = pathSigma.clone();
        this.pathC = pathC.clone();
        this.generation = generation;
    }

    /** N(mean, sigma^2 I). */
    static Gaussian round(CmaConstants constants, double[] mean, double sigma) {
        double[] ones = new double[mean.length];
        Arrays.fill(ones, 1);
        return new Gaussian(constants, mean, sigma, Covariance.of(constants.rule, ones));
    }

    double mean(int coordinate) {
        return mean[coordinate];
    }

    double[] mean() {
        return mean.clone();
    }

    double sigma() {
        return sigma;
    }

    /** A copy of C, row by row; only its diagonal where it is separable. */
    double[][] covariance() {
        return covariance.rows();
    }

    double[] pathSigma() {
        return pathSigma.clone();
    }

    double[] pathC() {
        return pathC.clone();
    }

    int generation() {
        return generation;
    }

    /** The learning rates' state, where they are adapted. */
    Optional<OptimizerState.LearningRates> rates() {
        return rates.map(LearningRate.Pair::state);
    }

    /** The standard deviation along one coordinate. */
    double deviation(int coordinate) {
        return sigma * Math.sqrt(covariance.variance(coordinate));
    }

    void moveMean(int coordinate, double to) {
        mean[coordinate] = to;
    }

    /** m + sigma B D z with z ~ N(0, I) (eq. 38 to 40). */
    double[] sample(RandomGenerator random) {
        double[] z = new double[mean.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = random.nextGaussian();
        }
        return at(z);
    }

    /** The point of a standard normal vector. */
    double[] at(double[] z) {
        double[] point = mean.clone();
        if (point.length > 0) {
            Vectors.add(point, sigma, covariance.stretch(z));
        }
        return point;
    }

    /** The point itself, or the one in its direction whose Mahalanobis distance from the mean is {@code longest}. */
    double[] clip(double[] point, double longest) {
        if (point.length == 0) {
            return point;
        }
        double[] step = step(point);
        double length = Vectors.norm(covariance.standardise(step));
        if (length <= longest) {
            return point;
        }
        double[] clipped = mean.clone();
        Vectors.add(clipped, sigma * longest / length, step);
        return clipped;
    }

    /** Learns from a generation in which at least one point was measured. */
    void tell(Generation told) {
        if (mean.length == 0) {
            generation++;
            return;
        }
        double[][] steps = new double[told.size()][];
        double[][] normals = new double[told.size()][];
        double[] positive = told.share(k.positive);
        double[] step = new double[mean.length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = step(Vectors.array(told.ranked.get(i).point()));
            normals[i] = covariance.standardise(steps[i]);
            Vectors.add(step, positive[i], steps[i]); // (eq. 41)
        }
        Vectors.add(mean, sigma, step); // (eq. 42)
        generation++;
        boolean quiet = updatePaths(step);
        CovarianceUpdate update = k.rule == UpdateRule.COMMONS_MATH_ACTIVE
                ? ActiveUpdate.of(k, steps, normals, told)
                : CovarianceUpdate.tutorial(k, steps, normals, told);
        if (!quiet) {
            update.keepMore(k.c1 * k.cC * (2 - k.cC)); // (eq. 47)
        }
        // (eq. 44); the library, and arXiv 1110.4181 after points from outside, bound the growth by e
        boolean bounded = k.rule.isCommonsMath() || !told.isOwn();
        double grown = Math.min(LARGEST, sigma * StrictMath.exp(bounded ? Math.min(1, growth()) : growth()));
        double[][] rows = covariance.updated(update, k.c1, pathC);
        if (rates.isPresent()) {
            change(rates.get(), step, rows, grown / sigma);
        } else {
            covariance = covariance.with(rows);
            sigma = grown;
        }
    }

    /** Goes only as far from what was, in the mean and in sigma^2 C, as the learning rates say (arXiv 2304.03473). */
    private void change(LearningRate.Pair adapted, double[] step, double[][] rows, double growth) {
        double before = adapted.mean().rate();
        adapted.mean().adapt(covariance.turn(covariance.standardise(step)));
        Vectors.add(mean, (adapted.mean().rate() - 1) * sigma, step);
        for (double[] row : rows) {
            Vectors.scale(row, growth * growth);
        }
        adapted.covariance().adapt(covariance.relative(rows));
        double[][] mixed = covariance.rows();
        for (int i = 0; i < rows.length; i++) {
            Vectors.scale(mixed[i], 1 - adapted.covariance().rate());
            Vectors.add(mixed[i], adapted.covariance().rate(), rows[i]);
        }
        Covariance changed = covariance.with(mixed);
        double width = StrictMath.exp(changed.logDeterminant() / (2 * mean.length));
        for (double[] row : mixed) {
            Vectors.scale(row, 1 / (width * width));
        }
        covariance = changed.with(mixed);
        sigma = Math.min(LARGEST, sigma * width)
                * before
                / adapted.mean().rate(); // the best sigma falls as the rate rises
    }

    /**
     * Nothing of a generation could be measured: no direction, so the paths fade and sigma shrinks as it does after steps
     * that cancel out; the mean goes to {@code refuge}.
     */
    void retreat(double[] refuge) {
        System.arraycopy(refuge, 0, mean, 0, mean.length);
        generation++;
        Vectors.scale(pathSigma, 1 - k.cSigma);
        Vectors.scale(pathC, 1 - k.cC);
        sigma *= StrictMath.exp(growth());
    }

    /** Scales coordinates whose deviation is above {@code widest} down to it; C stays positive definite. */
    void narrow(double widest) {
        double[] factors = new double[mean.length];
        boolean narrower = false;
        for (int i = 0; i < factors.length; i++) {
            double factor = widest / deviation(i);
            factors[i] = factor < 1 - 1e-12 ? factor : 1;
            pathC[i] *= factors[i];
            narrower |= factors[i] < 1;
        }
        if (narrower) {
            covariance = covariance.with(covariance.scaled(factors));
        }
    }

    /** Updates both paths; false where the path for C stands still because that for sigma is long (h_sigma = 0). */
    private boolean updatePaths(double[] step) {
        Vectors.scale(pathSigma, 1 - k.cSigma); // (eq. 43)
        Vectors.add(
                pathSigma,
                Math.sqrt(k.cSigma * (2 - k.cSigma) * k.muEff),
                covariance.turn(covariance.standardise(step)));
        // cmaes counts the generation under way twice here, the library once
        int age = k.rule.isCommonsMath() ? generation : generation + 1;
        double settled = Vectors.norm(pathSigma) / Math.sqrt(1 - StrictMath.pow(1 - k.cSigma, 2.0 * age));
        boolean quiet = settled < (1.4 + 2 / (k.dimension + 1.0)) * k.chi;
        Vectors.scale(pathC, 1 - k.cC); // (eq. 45)
        if (quiet) {
            Vectors.add(pathC, Math.sqrt(k.cC * (2 - k.cC) * k.muEff), step);
        }
        return quiet;
    }

    private double growth() {
        return k.cSigma / k.dSigma * (Vectors.norm(pathSigma) / k.chi - 1);
    }

    /** y = (x - m) / sigma. */
    private double[] step(double[] point) {
        double[] step = new double[point.length];
        for (int i = 0; i < step.length; i++) {
            step[i] = (point[i] - mean[i]) / sigma;
        }
        return step;
    }
}
