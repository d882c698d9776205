package dev.chiron.evals.bbob;

import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * An instance of a function: what is drawn for it.
 *
 * @param function 1 to 24
 * @param number 1 and up: where the optimum is, how high, and how space is turned
 * @param dimension 2 and up
 */
record Instance(int function, int number, int dimension) {

    private static final long SECOND = 1_000_000;

    /** Functions that share another's seed are drawn like that one. */
    long seed() {
        int base = switch (function) {
            case 4 -> 3;
            case 18 -> 17;
            default -> function;
        };
        return base + 10_000L * number;
    }

    /** The seed of what is drawn apart from the rest. */
    long secondSeed() {
        return seed() + SECOND;
    }

    /** The least value: Cauchy-distributed, to two digits, in [-1000, 1000]. */
    double least() {
        double ratio = Draws.normal(1, seed())[0] / Draws.normal(1, seed() + 1)[0];
        return Math.max(-1000, Math.min(1000, Math.rint(100 * 100 * ratio) / 100));
    }

    /** Where the optimum of most functions is. */
    double[] optimum() {
        return Draws.place(dimension, seed());
    }

    /** The rotation that comes first, {@code R} in the definitions. Points are rows: they are multiplied from the left. */
    RealMatrix first() {
        return Draws.rotation(dimension, secondSeed());
    }

    /** The other rotation, {@code Q}. */
    RealMatrix second() {
        return Draws.rotation(dimension, seed());
    }

    /** Both rotations, and axes between them scaled from 1 to the root of a condition number: {@code Q Λ R}. */
    RealMatrix scaled(double condition) {
        return second().multiply(MatrixUtils.createRealDiagonalMatrix(powers(Math.sqrt(condition))))
                .multiply(first());
    }

    /** A number to the powers 0 to 1, evenly: one an axis. */
    double[] powers(double number) {
        double[] powers = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            powers[i] = Math.pow(number, share(i));
        }
        return powers;
    }

    /** How far an axis is from the first (0) to the last (1). */
    double share(int axis) {
        return axis / (dimension - 1.0);
    }
}
