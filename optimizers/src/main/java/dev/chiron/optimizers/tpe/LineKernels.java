package dev.chiron.optimizers.tpe;

import java.util.Arrays;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Gaussian kernels along a {@link Scale}, cut off at its ends: one on each observation, as wide as the larger gap to its
 * neighbours, and the prior's (Bergstra et al. 2011; Optuna's {@code _ParzenEstimator} with magic clip).
 */
final class LineKernels implements Kernels {

    private static final double NARROWEST = 100; // of these make the range

    private final Scale scale;
    private final double[] centres;
    private final double[] widths;
    private final double[] logMasses; // inside the range
    private final int[] groups; // of equal kernels, where there are cells
    private final int[] firsts; // of each group
    private final Masses known;
    private final double narrowest;

    /**
     * @param places of the observations, in the order of the mixture
     * @param order the observations' indices, ascending by place
     * @param numbers what the observations are called in {@code known}
     * @param known the masses of earlier mixtures' kernels
     * @param prior centred inside and no wider than the range
     */
    LineKernels(Scale scale, double[] places, int[] order, int[] numbers, Masses known, Bell prior) {
        int n = places.length;
        this.scale = scale;
        this.centres = new double[n + 1];
        this.widths = new double[n + 1];
        this.logMasses = new double[n + 1];
        System.arraycopy(places, 0, centres, 0, n);
        double range = scale.high() - scale.low();
        this.narrowest = range / Math.min(NARROWEST, n + 2.0);
        this.known = known;
        for (int i = 0; i < n; i++) {
            double left = i == 0 ? scale.low() : places[order[i - 1]];
            double right = i == n - 1 ? scale.high() : places[order[i + 1]];
            double place = places[order[i]];
            double gap = Math.max(place - left, right - place);
            if (n > 1 && i == 0) {
                gap = right - place;
            } else if (n > 1 && i == n - 1) {
                gap = place - left;
            }
            widths[order[i]] = Math.min(range, Math.max(narrowest, gap));
        }
        centres[n] = prior.centre();
        widths[n] = prior.width();
        for (int k = 0; k < n; k++) {
            logMasses[k] = known.of(numbers[k], centres[k], widths[k], scale);
        }
        logMasses[n] = Masses.inside(scale, centres[n], widths[n]);
        this.groups = new int[scale.hasCells() ? n + 1 : 0];
        this.firsts = scale.hasCells() ? grouped(order) : new int[0];
    }

    double[] centres() {
        return centres.clone();
    }

    double[] widths() {
        return widths.clone();
    }

    /** By rejection: a kernel's centre lies inside and it is no wider than the range, so a third of the draws is kept at least. */
    @Override
    public double draw(int kernel, RandomGenerator random) {
        while (true) {
            double place = centres[kernel] + widths[kernel] * random.nextGaussian();
            if (place >= scale.low() && place <= scale.high()) {
                return place;
            }
        }
    }

    @Override
    public void addLogDensity(double place, double[] sums) {
        if (scale.hasCells()) {
            addLogMass(place, sums);
            return;
        }
        for (int k = 0; k < centres.length; k++) {
            double z = (place - centres[k]) / widths[k];
            sums[k] -= 0.5 * z * z;
        }
    }

    /** What {@link #addLogDensity} leaves out because it is the same at every place. */
    void addLogFactors(double[] sums) {
        for (int k = 0; k < centres.length; k++) {
            sums[k] -= logMasses[k];
            if (!scale.hasCells()) {
                sums[k] -= Math.log(widths[k]) + Normal.LOG_SQRT_2_PI;
            }
        }
    }

    /** One look-up for all kernels that are equal. */
    private void addLogMass(double place, double[] sums) {
        double[] masses = new double[firsts.length];
        for (int g = 0; g < firsts.length; g++) {
            int k = firsts[g];
            boolean isNarrowest = widths[k] == narrowest && k < widths.length - 1;
            masses[g] = known.inCell(place, centres[k], widths[k], isNarrowest, scale);
        }
        for (int k = 0; k < sums.length; k++) {
            sums[k] += masses[groups[k]];
        }
    }

    /** Numbers the groups of equal kernels, which are neighbours in ascending order, and gives the first of each. */
    private int[] grouped(int[] order) {
        int n = order.length;
        int[] first = new int[n + 1];
        int count = 0;
        for (int i = 0; i <= n; i++) {
            int k = i == n ? n : order[i];
            int last = count == 0 ? -1 : first[count - 1];
            if (last < 0 || centres[k] != centres[last] || widths[k] != widths[last]) {
                first[count++] = k;
            }
            groups[k] = count - 1;
        }
        return Arrays.copyOf(first, count);
    }
}
