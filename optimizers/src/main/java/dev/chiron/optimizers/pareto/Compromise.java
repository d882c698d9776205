package dev.chiron.optimizers.pareto;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The point of a front that is far from the best in nothing: the least augmented Chebyshev distance to the front's best values, in shares of the
 * front's range (Steuer and Choo 1983; the weight of the sum is ParEGO's, Knowles 2006). A compromise for those who need one, and no more.
 */
public final class Compromise {

    private static final double SUM = 0.05;

    private Compromise() {}

    /** Its place in the list, the first of equals; the front has at least one point. */
    public static int of(List<double[]> front) {
        Box box = Box.of(front);
        return IntStream.range(0, front.size())
                .boxed()
                .min(Comparator.comparingDouble(i -> distance(box.share(front.get(i)))))
                .orElseThrow();
    }

    /** The places of all points: by their rank, and where that is equal by the same distance to the best values of all; of equals the first. */
    public static List<Integer> order(List<double[]> points) {
        if (points.isEmpty()) {
            return List.of();
        }
        Box box = Box.of(points);
        int[] ranks = Dominance.ranks(points);
        return IntStream.range(0, points.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> ranks[i])
                        .thenComparingDouble(i -> distance(box.share(points.get(i)))))
                .toList();
    }

    /** How far a point is from the best values, given its place in the box of all. */
    public static double distance(double[] share) {
        return Arrays.stream(share).max().orElseThrow()
                + SUM * Arrays.stream(share).sum();
    }
}
