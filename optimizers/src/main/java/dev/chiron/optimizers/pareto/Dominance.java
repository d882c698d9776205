package dev.chiron.optimizers.pareto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Pareto dominance of points that are all to be small: one dominates another if it is no worse in anything and better in something. */
public final class Dominance {

    private Dominance() {}

    /** Whether the one dominates the other. */
    public static boolean dominates(double[] one, double[] other) {
        boolean better = false;
        for (int k = 0; k < one.length; k++) {
            if (one[k] > other[k]) {
                return false;
            }
            better |= one[k] < other[k];
        }
        return better;
    }

    /** The points that none dominates, by their places in the list, ascending; of equal points all. */
    public static List<Integer> front(List<double[]> points) {
        int[] ranks = ranks(points);
        return IntStream.range(0, ranks.length)
                .filter(i -> ranks[i] == 0)
                .boxed()
                .toList();
    }

    /**
     * Non-dominated sorting: 0 for the points that none dominates, 1 for those that none of the others does, and so on. Points are put
     * one after another, the lexicographically smaller first, into the first front none of whose members dominates them (ENS-SS;
     * Zhang, Tian, Cheng and Jin 2015): n log n at best, n^2 at worst.
     */
    public static int[] ranks(List<double[]> points) {
        int[] ranks = new int[points.size()];
        List<List<double[]>> fronts = new ArrayList<>();
        for (int i : lexicographic(points)) {
            double[] point = points.get(i);
            int rank = 0;
            while (rank < fronts.size() && isDominated(point, fronts.get(rank))) {
                rank++;
            }
            if (rank == fronts.size()) {
                fronts.add(new ArrayList<>());
            }
            fronts.get(rank).add(point);
            ranks[i] = rank;
        }
        return ranks;
    }

    private static boolean isDominated(double[] point, List<double[]> front) {
        for (int i = front.size() - 1; i >= 0; i--) { // the last are the nearest
            if (dominates(front.get(i), point)) {
                return true;
            }
        }
        return false;
    }

    /** The places of the points from the lexicographically smallest on; nothing dominates what comes before it. */
    static List<Integer> lexicographic(List<double[]> points) {
        return IntStream.range(0, points.size())
                .boxed()
                .sorted(Comparator.comparing(points::get, Arrays::compare))
                .toList();
    }
}
