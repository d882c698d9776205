package dev.chiron.optimizers.tpe;

import org.apache.commons.math3.random.RandomGenerator;

/**
 * Gaussian kernels along a {@link Scale}, cut off at its ends: one on each observation, as wide as the larger gap to its
 * neighbours, and the prior's (Bergstra et al. 2011; Optuna's {@code _ParzenEstimator} with magic clip).
 */
final class LineKernels implements Kernels {

    private static final double NARROWEST = 100; // of these make the range
    private static final int MOST_MOVED = 256; // some trials' worth
    private static final int NONE = -1;

    private final Scale scale;
    private final Members members;
    private final Bell prior;
    private final Ascending ascending = new Ascending();
    private final Bells bells;
    private final int[] moved = new int[MOST_MOVED]; // whose neighbours are others than when it was fitted
    private int moves;
    private double fittedNarrowest = Double.NaN;

    /**
     * @param members of the mixture, changed before this is told of the change
     * @param prior centred inside and no wider than the range
     */
    LineKernels(Scale scale, Members members, Bell prior) {
        this.scale = scale;
        this.members = members;
        this.prior = prior;
        this.bells = scale.hasCells() ? new SteppedBells(scale) : new SmoothBells(scale, ascending);
    }

    @Override
    public void add(double place) {
        ascending.add(place);
        changed(ascending.size() - 1);
    }

    @Override
    public void removeLast() {
        changed(ascending.size() - 1);
        ascending.removeLast();
    }

    @Override
    public void changed(int observation) {
        int rank = ascending.rank(observation);
        moved(observation);
        moved(neighbour(rank, -1));
        moved(neighbour(rank, 1));
    }

    private void moved(int observation) {
        if (moves == moved.length) {
            fittedNarrowest = Double.NaN; // fits all
            moves = 0;
        }
        moved[moves++] = observation;
    }

    /** The nearest member below or above a rank. */
    private int neighbour(int rank, int direction) {
        int i = rank + direction;
        while (i >= 0 && i < ascending.size() && !members.has(ascending.at(i))) {
            i += direction;
        }
        return i >= 0 && i < ascending.size() ? ascending.at(i) : NONE;
    }

    @Override
    public void settle() {
        double narrowest = (scale.high() - scale.low()) / Math.min(NARROWEST, members.count() + 2.0);
        boolean all = bells.forgets() || narrowest != fittedNarrowest;
        int fits = all ? ascending.size() : moves;
        for (int i = 0; i < fits; i++) {
            int observation = all ? i : moved[i];
            if (observation != NONE && observation < ascending.size() && members.has(observation)) {
                fit(observation, narrowest);
            }
        }
        bells.set(ascending.size(), prior.centre(), prior.width());
        moves = 0;
        fittedNarrowest = narrowest;
    }

    private void fit(int observation, double narrowest) {
        int rank = ascending.rank(observation);
        int below = neighbour(rank, -1);
        int above = neighbour(rank, 1);
        double place = ascending.place(observation);
        double left = place - (below == NONE ? scale.low() : ascending.place(below));
        double right = (above == NONE ? scale.high() : ascending.place(above)) - place;
        double gap = Math.max(left, right);
        if (below == NONE && above != NONE) {
            gap = right;
        } else if (above == NONE && below != NONE) {
            gap = left;
        }
        bells.set(observation, place, Math.min(scale.high() - scale.low(), Math.max(narrowest, gap)));
    }

    double centre(int kernel) {
        return kernel == ascending.size() ? prior.centre() : ascending.place(kernel);
    }

    double width(int kernel) {
        return bells.width(kernel);
    }

    /** By rejection: a kernel's centre lies inside and it is no wider than the range, so a third of the draws is kept at least. */
    @Override
    public double draw(int kernel, RandomGenerator random) {
        double centre = centre(kernel);
        double width = width(kernel);
        while (true) {
            double place = centre + width * random.nextGaussian();
            if (place >= scale.low() && place <= scale.high()) {
                return place;
            }
        }
    }

    @Override
    public void addLogDensity(double place, double[] sums) {
        bells.addLogDensity(place, sums);
    }

    @Override
    public void addLogFactors(double[] sums) {
        bells.addLogFactors(sums);
    }
}
