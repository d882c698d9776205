package dev.chiron.optimizers.prune;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What a run has reported, as losses in the order of their steps: of each step what was reported first, as Optuna has it. Grows while
 * the run goes on, and is for one thread then; one that grows no more may be read by all.
 */
public final class Curve {

    /** Values out of order are put in their places at a cost that grows with the curve; nobody needs more of them than this. */
    private static final int MOST_OUT_OF_ORDER = 10_000;

    private double[] steps = new double[8];
    private double[] losses = new double[8];
    private double[] best = new double[8]; // of all losses up to there; NaN where none is a number
    private int size;
    private int outOfOrder;
    private double latest; // the step that was reported last
    private double mean;
    private boolean finite = true;

    /**
     * Takes what was reported.
     *
     * @param loss perhaps not finite
     * @return whether it is the first of its step
     */
    public boolean add(double step, double loss) {
        int at = Arrays.binarySearch(steps, 0, size, step);
        boolean late = at < 0 && -at - 1 < size;
        if (at >= 0 || (late && outOfOrder == MOST_OUT_OF_ORDER)) {
            return false;
        }
        outOfOrder += late ? 1 : 0;
        latest = step;
        finite &= Double.isFinite(loss);
        mean += (loss - mean) / (size + 1);
        insert(-at - 1, step, loss);
        return true;
    }

    private void insert(int at, double step, double loss) {
        if (size == steps.length) {
            steps = Arrays.copyOf(steps, 2 * size);
            losses = Arrays.copyOf(losses, 2 * size);
            best = Arrays.copyOf(best, 2 * size);
        }
        System.arraycopy(steps, at, steps, at + 1, size - at);
        System.arraycopy(losses, at, losses, at + 1, size - at);
        steps[at] = step;
        losses[at] = loss;
        size++;
        for (int i = at; i < size; i++) {
            best[i] = i == 0 ? losses[i] : lower(best[i - 1], losses[i]);
        }
    }

    private static double lower(double one, double other) {
        return Double.isNaN(one) || other < one ? other : one;
    }

    public int size() {
        return size;
    }

    /** The step of the value at that place, from 0. */
    public double step(int place) {
        return steps[inside(place)];
    }

    /** The loss at that place, from 0. */
    public double loss(int place) {
        return losses[inside(place)];
    }

    private int inside(int place) {
        if (place < 0 || place >= size) {
            throw new IndexOutOfBoundsException(place + " of " + size);
        }
        return place;
    }

    /** The last step; 0 of an empty curve. */
    public double lastStep() {
        return size == 0 ? 0 : steps[size - 1];
    }

    /** The loss at the last step; NaN of an empty curve. */
    public double lastLoss() {
        return size == 0 ? Double.NaN : losses[size - 1];
    }

    /** The step that was reported last, which need not be the {@linkplain #lastStep last}; 0 of an empty curve. */
    public double latestStep() {
        return latest;
    }

    /** Whether all losses are finite. */
    boolean isFinite() {
        return finite;
    }

    /** The same without what is no finite number. */
    Curve finite() {
        if (finite) {
            return this;
        }
        Curve numbers = new Curve();
        for (int i = 0; i < size; i++) {
            if (Double.isFinite(losses[i])) {
                numbers.add(steps[i], losses[i]);
            }
        }
        return numbers;
    }

    /** Of all losses; 0 of an empty curve. */
    double mean() {
        return mean;
    }

    /** The lowest of the first so many losses; NaN if none of them is a number. */
    double best(int count) {
        return count == 0 ? Double.NaN : best[inside(count - 1)];
    }

    /** The lowest loss from that place on; NaN if none is a number. */
    double bestFrom(int place) {
        double lowest = Double.NaN;
        for (int i = place; i < size; i++) {
            lowest = lower(lowest, losses[i]);
        }
        return lowest;
    }

    /** The loss at exactly this step. */
    OptionalDouble at(double step) {
        int place = Arrays.binarySearch(steps, 0, size, step);
        return place >= 0 ? OptionalDouble.of(losses[place]) : OptionalDouble.empty();
    }

    /** The place of the first value at this step or later; {@link #size} if it has not come so far. */
    int reached(double step) {
        int place = Arrays.binarySearch(steps, 0, size, step);
        return place >= 0 ? place : -place - 1;
    }

    /** At most so many values and the last one: all of them, or every second, every fourth …, so that curves thinned alike share their steps. */
    Curve thinned(int most) {
        int stride = 1;
        while ((size + stride - 1) / stride > most) {
            stride *= 2;
        }
        Curve thin = new Curve();
        for (int i = 0; i < size; i += stride) {
            thin.add(steps[i], losses[i]);
        }
        return thin.withLastOf(this);
    }

    /** The same with another curve's last value, which tells how far that came. */
    Curve withLastOf(Curve other) {
        if (other.size > 0) {
            add(other.lastStep(), other.lastLoss());
        }
        return this;
    }
}
