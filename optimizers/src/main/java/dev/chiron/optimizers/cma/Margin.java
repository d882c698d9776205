package dev.chiron.optimizers.cma;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The margin correction CMAwM (Hamano et al. 2022, arXiv 2205.13482) for coordinates that stand on a grid: each keeps at
 * least a small probability of leaving its grid value, however small sigma is. Where the deviation no longer reaches
 * that far, the coordinate is stretched (A, {@link #stretch}).
 */
final class Margin {

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private final List<double[]> grids;
    private final double[] stretch;
    private final double margin;

    /**
     * @param grids the ascending values of each coordinate; none where it is continuous
     * @param stretch the factors A so far; kept
     */
    Margin(List<double[]> grids, double[] stretch, int population) {
        this.grids = grids;
        this.stretch = stretch.clone();
        this.margin = 1.0 / (Math.max(1, stretch.length) * population);
    }

    double[] stretch() {
        return stretch.clone();
    }

    /** What a raw draw stands for: stretched about the mean and brought onto the grid, a tie to the lower value. */
    double[] encode(double[] raw, double[] mean) {
        double[] point = raw.clone();
        for (int i = 0; i < point.length; i++) {
            double[] grid = grids.get(i);
            if (grid.length > 0) {
                point[i] = grid[place(mean[i] + (raw[i] - mean[i]) * stretch[i], grid)];
            }
        }
        return point;
    }

    /** The raw coordinate of a point that was not drawn. */
    double raw(int coordinate, double encoded, Gaussian gaussian) {
        double mean = gaussian.mean(coordinate);
        return mean + (encoded - mean) / stretch[coordinate];
    }

    /** Moves mean and stretch of each grid coordinate as far as its margin needs. */
    void correct(Gaussian gaussian) {
        for (int i = 0; i < stretch.length; i++) {
            double[] grid = grids.get(i);
            if (grid.length < 2) {
                continue;
            }
            int place = place(gaussian.mean(i), grid);
            if (place == 0) {
                stayNear(limit(0, grid), i, gaussian);
            } else if (place == grid.length - 1) {
                stayNear(limit(place - 1, grid), i, gaussian);
            } else {
                widen(limit(place - 1, grid), limit(place, grid), i, gaussian);
            }
        }
    }

    /** The index of the nearest grid value, that of the lower one in a tie. */
    private static int place(double x, double[] grid) {
        int found = Arrays.binarySearch(grid, x);
        int next = found >= 0 ? found : -found - 1; // the first value not below x
        if (next == grid.length || (next > 0 && x <= limit(next - 1, grid))) {
            return next - 1;
        }
        return next;
    }

    /** The border between a grid value and the next. */
    private static double limit(int place, double[] grid) {
        return (grid[place] + grid[place + 1]) / 2;
    }

    /** The mean lies on an outermost value: keep the only limit within reach. */
    private void stayNear(double limit, int i, Gaussian gaussian) {
        double mean = gaussian.mean(i);
        double deviation = gaussian.deviation(i) * stretch[i];
        double beyond = NORMAL.cumulativeProbability(-Math.abs(mean - limit) / deviation);
        if (beyond < margin) {
            gaussian.moveMean(i, limit + Math.signum(mean - limit) * deviation * quantile(margin));
        }
    }

    /** The mean lies on an inner value: both limits get at least half the margin. */
    private void widen(double low, double high, int i, Gaussian gaussian) {
        double mean = gaussian.mean(i);
        double deviation = gaussian.deviation(i) * stretch[i];
        double below = NORMAL.cumulativeProbability((low - mean) / deviation);
        double above = NORMAL.cumulativeProbability((mean - high) / deviation);
        double between = 1 - below - above;
        double raisedBelow = Math.max(below, margin / 2);
        double raisedAbove = Math.max(above, margin / 2);
        double excess = 1 - raisedBelow - raisedAbove - between;
        double free = raisedBelow + between + raisedAbove - 1.5 * margin;
        double lowQuantile = quantile(raisedBelow + excess * (raisedBelow - margin / 2) / free);
        double highQuantile = quantile(raisedAbove + excess * (raisedAbove - margin / 2) / free);
        stretch[i] = (high - low) / ((lowQuantile + highQuantile) * gaussian.deviation(i));
        gaussian.moveMean(i, (low * highQuantile + high * lowQuantile) / (lowQuantile + highQuantile));
    }

    /** The distance, in standard deviations, that is exceeded with this probability: sqrt(chi2ppf(1 - 2p)). */
    private static double quantile(double probability) {
        return -NORMAL.inverseCumulativeProbability(Math.min(0.5 - 1e-10, Math.max(1e-10, probability)));
    }
}
