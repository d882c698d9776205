package dev.chiron.optimizers.cma;

import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * The sampling distribution N(m, sigma^2 C) over R^n and its evolution paths: the numeric core of CMA-ES. It knows no box,
 * no grid and no config. Equations are those of Hansen's tutorial, arXiv 1604.00772.
 *
 * <p>The steps y = (x - m) / sigma are derived from the points told, so any point can be told.
 */
final class Gaussian {

    /** The widest ratio of the eigenvalues of C; beyond it C is lifted to a tenth of it. */
    private static final double WORST_CONDITION = 1e14;

    private final CmaConstants k;
    private final double[] mean;
    private final double[] pathSigma;
    private final double[] pathC;
    private final Array2DRowRealMatrix covariance; // C = B D^2 B'
    private RealMatrix axes; // B
    private double[] lengths; // the diagonal of D
    private double sigma;
    private int generation;

    /** A distribution with empty paths. */
    Gaussian(CmaConstants constants, double[] mean, double sigma, double[][] covariance) {
        this(constants, mean, sigma, covariance, new double[mean.length], new double[mean.length], 0);
    }

    /** A distribution in the middle of its evolution; {@code generation} counts those it has learned from. */
    Gaussian(
            CmaConstants constants,
            double[] mean,
            double sigma,
            double[][] covariance,
            double[] pathSigma,
            double[] pathC,
            int generation) {
        int n = mean.length;
        this.k = constants;
        this.mean = mean.clone();
        this.sigma = sigma;
        this.covariance = n == 0 ? new Array2DRowRealMatrix() : new Array2DRowRealMatrix(covariance, true);
        this.pathSigma = pathSigma.clone();
        this.pathC = pathC.clone();
        this.generation = generation;
        this.axes = this.covariance;
        this.lengths = new double[n];
        decompose();
    }

    /** N(mean, sigma^2 I). */
    static Gaussian round(CmaConstants constants, double[] mean, double sigma) {
        double[][] identity = new double[mean.length][mean.length];
        for (int i = 0; i < mean.length; i++) {
            identity[i][i] = 1;
        }
        return new Gaussian(constants, mean, sigma, identity);
    }

    double[] mean() {
        return mean.clone();
    }

    double sigma() {
        return sigma;
    }

    /** A copy of C, row by row. */
    double[][] covariance() {
        return mean.length == 0 ? new double[0][] : covariance.getData();
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

    /** The standard deviation along one coordinate. */
    double deviation(int coordinate) {
        return sigma * Math.sqrt(covariance.getEntry(coordinate, coordinate));
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
        double[] scaled = z.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= lengths[i];
        }
        double[] point = mean.clone();
        if (point.length > 0) {
            Vectors.add(point, sigma, axes.operate(scaled));
        }
        return point;
    }

    /** The point itself, or the one in its direction whose Mahalanobis distance from the mean is {@code longest}. */
    double[] clip(double[] point, double longest) {
        if (point.length == 0) {
            return point;
        }
        double[] step = step(point);
        double length = Vectors.norm(normal(step));
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
            normals[i] = normal(steps[i]);
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
        update.apply(covariance, k.c1, pathC);
        // (eq. 44); the library, and arXiv 1110.4181 after points from outside, bound the growth by e
        boolean bounded = k.rule != UpdateRule.TUTORIAL || !told.isOwn();
        sigma = Math.min(1e32, sigma * StrictMath.exp(bounded ? Math.min(1, growth()) : growth()));
        decompose();
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
        boolean changed = false;
        for (int i = 0; i < mean.length; i++) {
            double factor = widest / deviation(i);
            if (factor < 1 - 1e-12) {
                changed = true;
                pathC[i] *= factor;
                for (int j = 0; j < mean.length; j++) {
                    covariance.multiplyEntry(i, j, factor);
                    covariance.multiplyEntry(j, i, factor);
                }
            }
        }
        if (changed) {
            decompose();
        }
    }

    /** Updates both paths; false where the path for C stands still because that for sigma is long (h_sigma = 0). */
    private boolean updatePaths(double[] step) {
        Vectors.scale(pathSigma, 1 - k.cSigma); // (eq. 43)
        Vectors.add(pathSigma, Math.sqrt(k.cSigma * (2 - k.cSigma) * k.muEff), axes.operate(normal(step)));
        // cmaes counts the generation under way twice here, the library once
        int age = k.rule == UpdateRule.TUTORIAL ? generation + 1 : generation;
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

    /** z = D^-1 B' y, as long as C^-1/2 y. */
    private double[] normal(double[] step) {
        double[] z = axes.preMultiply(step);
        for (int i = 0; i < z.length; i++) {
            z[i] /= lengths[i];
        }
        return z;
    }

    /** Sets B and D from C; lifts C first where it is about to lose a direction, so that B and D always follow from C. */
    private void decompose() {
        if (mean.length == 0) {
            return;
        }
        EigenDecomposition eigen = eigen();
        double largest = eigen.getRealEigenvalue(0);
        double smallest = eigen.getRealEigenvalue(mean.length - 1);
        if (!(smallest * WORST_CONDITION >= largest)) {
            for (int i = 0; i < mean.length; i++) {
                covariance.addToEntry(i, i, largest * 10 / WORST_CONDITION - smallest);
            }
            eigen = eigen();
        }
        axes = eigen.getV();
        for (int i = 0; i < mean.length; i++) {
            lengths[i] = Math.sqrt(Math.max(eigen.getRealEigenvalue(i), Double.MIN_NORMAL));
        }
    }

    /** Eigenvalues descending. A matrix that cannot be decomposed loses its correlations. */
    private EigenDecomposition eigen() {
        try {
            return new EigenDecomposition(covariance);
        } catch (MathIllegalStateException e) {
            for (int i = 0; i < mean.length; i++) {
                for (int j = 0; j < mean.length; j++) {
                    covariance.setEntry(i, j, i == j ? Math.max(covariance.getEntry(i, i), Double.MIN_NORMAL) : 0);
                }
            }
            return new EigenDecomposition(covariance);
        }
    }
}
