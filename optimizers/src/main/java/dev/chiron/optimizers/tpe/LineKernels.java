package dev.chiron.optimizers.tpe;

import java.util.ArrayList;
import java.util.List;
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
    private final int[] groups; // of equal kernels, where there are cells
    private final Masses.Row[] rows; // of each group
    private final double[] inverses; // of the widths times the root of two, where there are none
    private final double[] scalings;

    /**
     * @param places of the observations, in the order of the mixture
     * @param order the observations' indices, ascending by place
     * @param numbers what the observations are called in {@code known}
     *     or {@link Masses#UNKEPT}
     * @param known the masses of earlier mixtures' kernels
     * @param prior centred inside and no wider than the range
     */
    LineKernels(Scale scale, double[] places, int[] order, int[] numbers, Masses known, Bell prior) {
        int n = places.length;
        this.scale = scale;
        this.centres = new double[n + 1];
        this.widths = new double[n + 1];
        System.arraycopy(places, 0, centres, 0, n);
        double range = scale.high() - scale.low();
        double narrowest = range / Math.min(NARROWEST, n + 2.0);
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
        this.groups = new int[scale.hasCells() ? n + 1 : 0];
        this.rows = scale.hasCells() ? rows(order, known) : new Masses.Row[0];
        this.inverses = new double[scale.hasCells() ? 0 : n + 1];
        this.scalings = new double[inverses.length];
        for (int k = 0; k < inverses.length; k++) {
            inverses[k] = Math.sqrt(0.5) / widths[k];
            scalings[k] = known.scaling(k < n ? numbers[k] : Masses.UNKEPT, centres[k], widths[k], scale);
        }
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
            double z = (place - centres[k]) * inverses[k];
            sums[k] -= z * z;
        }
    }

    /** What {@link #addLogDensity} leaves out because it is the same at every place. */
    void addLogFactors(double[] sums) {
        for (int k = 0; k < centres.length; k++) {
            sums[k] -= scale.hasCells() ? rows[groups[k]].inside() : scalings[k];
        }
    }

    /** One look-up for all kernels that are equal. */
    private void addLogMass(double place, double[] sums) {
        int cell = scale.cell(place);
        double[] masses = new double[rows.length];
        for (int g = 0; g < rows.length; g++) {
            masses[g] = rows[g].at(cell, place, scale);
        }
        for (int k = 0; k < sums.length; k++) {
            sums[k] += masses[groups[k]];
        }
    }

    /** Numbers the groups of equal kernels, which are neighbours in ascending order, and gives the row of each. */
    private Masses.Row[] rows(int[] order, Masses known) {
        int n = order.length;
        List<Masses.Row> found = new ArrayList<>();
        for (int i = 0; i <= n; i++) {
            int k = i == n ? n : order[i];
            int last = i == 0 ? k : order[i - 1];
            if (i == 0 || centres[k] != centres[last] || widths[k] != widths[last]) {
                found.add(known.row(new Bell(centres[k], widths[k]), scale));
            }
            groups[k] = found.size() - 1;
        }
        return found.toArray(Masses.Row[]::new);
    }
}
