package dev.chiron.evals.bbob;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/** The benchmark's own random numbers: everything about an instance follows from a seed, in every implementation alike. */
final class Draws {

    private static final long MODULUS = 2_147_483_647;
    private static final int TABLE = 32;
    private static final int WARM_UP = 40;
    private static final long SHUFFLE = 67_108_865; // a number divided by this is a place in the table
    private static final double NEVER_ZERO = 1e-99;

    private Draws() {}

    /** Uniform in (0, 1): Lehmer's generator, shuffled by a table. */
    static double[] uniform(int count, long seed) {
        long state = Math.max(1, Math.abs(seed));
        long[] table = new long[TABLE];
        for (int i = WARM_UP - 1; i >= 0; i--) {
            state = next(state);
            if (i < TABLE) {
                table[i] = state;
            }
        }
        long drawn = table[0];
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            state = next(state);
            int place = (int) (drawn / SHUFFLE);
            drawn = table[place];
            table[place] = state;
            numbers[i] = drawn == 0 ? NEVER_ZERO : drawn / (double) MODULUS;
        }
        return numbers;
    }

    private static long next(long state) {
        return state * 16807 % MODULUS;
    }

    /** Standard normal: Box and Muller's, the radii first, then the angles. */
    static double[] normal(int count, long seed) {
        double[] uniform = uniform(2 * count, seed);
        return IntStream.range(0, count)
                .mapToDouble(i -> Math.sqrt(-2 * Math.log(uniform[i])) * Math.cos(2 * Math.PI * uniform[count + i]))
                .map(number -> number == 0 ? NEVER_ZERO : number)
                .toArray();
    }

    /** A place in [-4, 4], to four digits, never 0. */
    static double[] place(int dimension, long seed) {
        return Arrays.stream(uniform(dimension, seed))
                .map(u -> 8 * Math.floor(1e4 * u) / 1e4 - 4)
                .map(x -> x == 0 ? -1e-5 : x)
                .toArray();
    }

    /** An orthogonal matrix: rows of normal numbers, by Gram and Schmidt. */
    static RealMatrix rotation(int dimension, long seed) {
        double[] normal = normal(dimension * dimension, seed);
        RealMatrix rotation = MatrixUtils.createRealMatrix(dimension, dimension);
        for (int i = 0; i < dimension; i++) {
            RealVector row = new ArrayRealVector(normal, i * dimension, dimension);
            for (int j = 0; j < i; j++) {
                RealVector other = rotation.getRowVector(j);
                row = row.subtract(other.mapMultiply(row.dotProduct(other)));
            }
            rotation.setRowVector(i, row.unitVector());
        }
        return rotation;
    }

    /** The order of so many uniform numbers: the place of the least, of the next, and so on. */
    static int[] permutation(int count, long seed) {
        double[] uniform = uniform(count, seed);
        return IntStream.range(0, count)
                .boxed()
                .sorted((a, b) -> Double.compare(uniform[a], uniform[b]))
                .mapToInt(i -> i)
                .toArray();
    }
}
