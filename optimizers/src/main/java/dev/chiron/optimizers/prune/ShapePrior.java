package dev.chiron.optimizers.prune;

import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * What finished curves say of one shape: where such curves end, how much they come down, how the two go together, and how far real curves stray from
 * the shape. A normal distribution of whole curves, from which that of a new run's end follows by what it has shown.
 *
 * <p>Deviations from the shape are no white noise: they last, in the logarithm of the step, as e^(-|ln x - ln x'| / {@value #LASTING}), with a small part that is
 * noise. Else twenty points of a curve would be taken for twenty witnesses, and the last values would count no more than the first.
 */
final class ShapePrior {

    private static final double LASTING = 2;
    private static final double NOISE = 0.05;
    private static final double LEAST = 1e-9; // of a variance, in the curves' own unit: matrices stay definite

    private final double[][] fits; // of each finished curve: its end, how much it comes down
    private final double[] strayed; // of each, summed squares
    private final int freedom;
    private final double[] seen;
    private final double[][] lasting;

    /** @param curves the finished curves' losses at all shares of the grid */
    ShapePrior(Shape shape, Grid grid, double[][] curves) {
        double[] rest = shape.at(grid.all(), grid.first());
        this.fits = new double[curves.length][];
        this.strayed = new double[curves.length];
        this.freedom = rest.length - 2;
        for (int i = 0; i < curves.length; i++) {
            fits[i] = line(rest, curves[i]);
            for (int j = 0; j < rest.length; j++) {
                double off = curves[i][j] - fits[i][0] - fits[i][1] * rest[j];
                strayed[i] += off * off;
            }
        }
        this.seen = shape.at(grid.seen(), grid.first());
        this.lasting = lasting(grid.seen());
    }

    /** Least squares: the end, and how much the curve comes down. */
    private static double[] line(double[] x, double[] y) {
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < x.length; i++) {
            meanX += x[i] / x.length;
            meanY += y[i] / x.length;
        }
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        return new double[] {meanY - xy / xx * meanX, xy / xx};
    }

    /** How deviations at the shares seen, and at the end, go together: the end is the last row. */
    private static double[][] lasting(double[] shares) {
        int size = shares.length + 1;
        double[][] kernel = new double[size][size];
        for (int i = 0; i < size; i++) {
            double one = i == shares.length ? 0 : Math.log(shares[i]);
            for (int j = 0; j < size; j++) {
                double other = j == shares.length ? 0 : Math.log(shares[j]);
                kernel[i][j] = (1 - NOISE) * Math.exp(-Math.abs(one - other) / LASTING) + (i == j ? NOISE : 0);
            }
        }
        return kernel;
    }

    /**
     * Where a run will end.
     *
     * @param mean of its last loss
     * @param variance of that
     * @param evidence the logarithm of the density of what it has shown
     */
    record Outlook(double mean, double variance, double evidence) {}

    /**
     * Where a run will end.
     *
     * @param losses at the shares seen
     * @param without the place of a finished curve of which nothing is to be known; -1 for none
     */
    Outlook outlook(double[] losses, int without) {
        double[] mean = mean(without);
        double[] spread = spread(mean, without);
        double off = strayed(without);
        int count = losses.length;
        double[][] covariance = new double[count][count];
        double[] toEnd = new double[count];
        double[] surprise = new double[count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                covariance[i][j] = spread[0]
                        + spread[1] * (seen[i] + seen[j])
                        + spread[2] * seen[i] * seen[j]
                        + off * lasting[i][j];
                covariance[j][i] = covariance[i][j];
            }
            toEnd[i] = spread[0] + spread[1] * seen[i] + off * lasting[i][count];
            surprise[i] = losses[i] - mean[0] - mean[1] * seen[i];
        }
        return conditioned(covariance, toEnd, surprise, mean[0], spread[0] + off);
    }

    private static Outlook conditioned(
            double[][] covariance, double[] toEnd, double[] surprise, double mean, double variance) {
        CholeskyDecomposition root = new CholeskyDecomposition(MatrixUtils.createRealMatrix(covariance), 0, 0);
        DecompositionSolver solver = root.getSolver();
        RealMatrix sides = MatrixUtils.createRealMatrix(surprise.length, 2);
        sides.setColumn(0, toEnd);
        sides.setColumn(1, surprise);
        RealMatrix solved = solver.solve(sides);
        double known = 0;
        double shift = 0;
        double distance = 0;
        double logarithm = 0;
        for (int i = 0; i < surprise.length; i++) {
            known += toEnd[i] * solved.getEntry(i, 0);
            shift += toEnd[i] * solved.getEntry(i, 1);
            distance += surprise[i] * solved.getEntry(i, 1);
            logarithm += Math.log(root.getL().getEntry(i, i));
        }
        return new Outlook(mean + shift, Math.max(LEAST, variance - known), -distance / 2 - logarithm);
    }

    private int count(int without) {
        return without < 0 ? fits.length : fits.length - 1;
    }

    private double[] mean(int without) {
        double[] mean = new double[2];
        for (int i = 0; i < fits.length; i++) {
            if (i != without) {
                mean[0] += fits[i][0] / count(without);
                mean[1] += fits[i][1] / count(without);
            }
        }
        return mean;
    }

    /**
     * Of ends and descents, for one curve more: variance of the end, covariance, variance of the descent. A few curves say little of how the two go
     * together, so two curves more are thought in where they do not.
     */
    private double[] spread(double[] mean, int without) {
        double[] spread = new double[3];
        int count = count(without);
        for (int i = 0; i < fits.length; i++) {
            if (i != without) {
                double end = fits[i][0] - mean[0];
                double down = fits[i][1] - mean[1];
                spread[0] += end * end / (count - 1);
                spread[1] += end * down / (count - 1);
                spread[2] += down * down / (count - 1);
            }
        }
        double once = 1 + 1.0 / count;
        return new double[] {
            once * spread[0] + LEAST, once * spread[1] * (count - 1) / (count + 1), once * spread[2] + LEAST
        };
    }

    private double strayed(int without) {
        double sum = 0;
        for (int i = 0; i < strayed.length; i++) {
            sum += i == without ? 0 : strayed[i];
        }
        return sum / (count(without) * (double) freedom) + LEAST;
    }
}
