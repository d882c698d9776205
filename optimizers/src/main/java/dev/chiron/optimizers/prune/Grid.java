package dev.chiron.optimizers.prune;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The shares of a whole training at which curves are compared, so that curves with other steps, or with thinned ones, are laid over each other.
 */
final class Grid {

    /** Few enough to be asked often. */
    private static final int MOST_SEEN = 10;

    /** Enough for the bends of {@link Shape}. */
    private static final int MOST = 24;

    private static final double ROUNDING = 1e-9; // a step's logarithm may come back a little larger

    private final double whole; // the last step of a whole training
    private final double offset; // what is added to a step, so that the first is above 0 and has a logarithm
    private final double[] seen;
    private final double[] all;

    private Grid(double whole, double offset, double[] seen, double[] all) {
        this.whole = whole;
        this.offset = offset;
        this.seen = seen;
        this.all = all;
    }

    /**
     * At steps that were reported, for between them every curve is straight and no shape of ours.
     *
     * @param curve of two values at least, which has not come to the whole
     * @param other of a whole training
     */
    static Grid of(Curve curve, Curve other, double whole) {
        double first = curve.step(0);
        double offset = Math.max(0, curve.step(1) - first - first);
        double[] seen = spaced(curve, first, offset, MOST_SEEN);
        double[] all = spaced(other, first, offset, MOST);
        double span = whole + offset;
        return new Grid(whole, offset, shares(seen, offset, span), shares(all, offset, span));
    }

    private static double[] shares(double[] steps, double offset, double span) {
        return Arrays.stream(steps).map(step -> (step + offset) / span).toArray();
    }

    /** So many of a curve's steps at most, from one to its last, each as many times the one before. */
    private static double[] spaced(Curve curve, double first, double offset, int most) {
        double growth = Math.log((curve.lastStep() + offset) / (first + offset)) / (most - 1);
        return IntStream.range(0, most)
                .mapToDouble(i -> (first + offset) * Math.exp(growth * i) * (1 - ROUNDING) - offset)
                .mapToInt(curve::reached)
                .distinct()
                .mapToDouble(curve::step)
                .toArray();
    }

    /** The last step of a whole training. */
    double whole() {
        return whole;
    }

    /** Shares up to where the run has come, ascending, in (0, 1). */
    double[] seen() {
        return seen.clone();
    }

    /** Shares from the first to the whole, or nearly. */
    double[] all() {
        return all.clone();
    }

    /** The first share. */
    double first() {
        return seen[0];
    }

    /** A curve's losses at shares, between its values on a straight line. */
    double[] losses(Curve curve, double[] shares) {
        double[] losses = new double[shares.length];
        for (int i = 0; i < shares.length; i++) {
            losses[i] = loss(curve, shares[i] * (whole + offset) - offset);
        }
        return losses;
    }

    private static double loss(Curve curve, double step) {
        int after = curve.reached(step);
        if (after == 0 || after == curve.size()) {
            return curve.loss(after == 0 ? 0 : after - 1);
        }
        double left = curve.step(after - 1);
        double way = (step - left) / (curve.step(after) - left);
        return way >= 1 ? curve.loss(after) : curve.loss(after - 1) + way * (curve.loss(after) - curve.loss(after - 1));
    }
}
