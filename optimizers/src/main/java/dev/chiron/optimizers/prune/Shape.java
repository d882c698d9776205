package dev.chiron.optimizers.prune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A way in which a learning curve comes down: a family of curves with its bend, before it is stretched and shifted. Of the families of Domhan et al.
 * 2015 ("Speeding up automatic hyperparameter optimization of deep neural networks by extrapolation of learning curves", table 1) those three whose
 * bend is one number.
 *
 * @param bend above 0
 */
record Shape(Family family, double bend) {

    /** All that are mixed. */
    static final List<Shape> ALL = all();

    /** The families; each by its bend and how much of a whole training has been done, in (0, 1]. */
    enum Family {
        /** pow: x^-b. */
        POWER,
        /** exp: e^(-x/b). */
        EXPONENTIAL,
        /** Hill: 1 / (1 + (x/b)²). */
        HILL;

        /** Those that are mixed. */
        private List<Double> bends() {
            return switch (this) {
                case POWER -> List.of(0.25, 0.5, 1.0, 2.0);
                case EXPONENTIAL -> List.of(0.02, 0.05, 0.1, 0.2, 0.4, 0.8);
                case HILL -> List.of(0.03, 0.06, 0.12, 0.25, 0.5);
            };
        }

        private double at(double share, double bend) {
            return switch (this) {
                case POWER -> Math.pow(share, -bend);
                case EXPONENTIAL -> Math.exp(-share / bend);
                case HILL -> 1 / (1 + share / bend * (share / bend));
            };
        }
    }

    private static List<Shape> all() {
        List<Shape> all = new ArrayList<>();
        for (Family family : Family.values()) {
            for (double bend : family.bends()) {
                all.add(new Shape(family, bend));
            }
        }
        return Collections.unmodifiableList(all);
    }

    /**
     * How much is still to come at each of these shares: 1 at the first, 0 at the whole training, so that a curve is its end and a multiple of this.
     *
     * @param first the share at which it begins, less than 1
     */
    double[] at(double[] shares, double first) {
        double end = family.at(1, bend);
        double all = family.at(first, bend) - end;
        double[] rest = new double[shares.length];
        for (int i = 0; i < shares.length; i++) {
            rest[i] = (family.at(shares[i], bend) - end) / all;
        }
        return rest;
    }
}
