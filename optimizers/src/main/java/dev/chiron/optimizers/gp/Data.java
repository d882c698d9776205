package dev.chiron.optimizers.gp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Points of the unit cube and what was measured there. */
final class Data {

    final double[][] points; // one row a point
    final double[] values; // standardised outcomes
    final double[] repeats; // how often each was measured
    final boolean[] unordered; // which coordinates are unordered choices

    Data(double[][] points, double[] values, double[] repeats, boolean[] unordered) {
        this.points = points;
        this.values = values;
        this.repeats = repeats;
        this.unordered = unordered;
    }

    int size() {
        return points.length;
    }

    /**
     * At most so many points, since the work grows with the cube of their number: half of them the best, where the optimum is
     * looked for; a quarter the latest; the rest spread evenly over time, so that the far field is not forgotten. Measured
     * points, unlike inducing ones, need no fitting of their own.
     */
    Data atMost(int limit) {
        if (size() <= limit) {
            return this;
        }
        TreeSet<Integer> chosen = new TreeSet<>();
        IntStream.range(0, size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .limit(limit / 2)
                .forEach(chosen::add);
        for (int i = size() - limit / 4; i < size(); i++) {
            chosen.add(i);
        }
        List<Integer> rest = new ArrayList<>(IntStream.range(0, size())
                .boxed()
                .filter(i -> !chosen.contains(i))
                .toList());
        int left = limit - chosen.size();
        for (int k = 0; k < left; k++) {
            chosen.add(rest.get((int) ((long) k * rest.size() / left)));
        }
        return only(chosen.stream().mapToInt(Integer::intValue).toArray());
    }

    private Data only(int[] rows) {
        double[][] somePoints = new double[rows.length][];
        double[] someValues = new double[rows.length];
        double[] someRepeats = new double[rows.length];
        for (int k = 0; k < rows.length; k++) {
            somePoints[k] = points[rows[k]];
            someValues[k] = values[rows[k]];
            someRepeats[k] = repeats[rows[k]];
        }
        return new Data(somePoints, someValues, someRepeats, unordered);
    }

    /** With more points, each believed to have been measured once. */
    Data with(double[][] morePoints, double[] moreValues) {
        int n = size();
        double[][] allPoints = Arrays.copyOf(points, n + morePoints.length);
        double[] allValues = Arrays.copyOf(values, n + morePoints.length);
        double[] allRepeats = Arrays.copyOf(repeats, n + morePoints.length);
        for (int k = 0; k < morePoints.length; k++) {
            allPoints[n + k] = morePoints[k];
            allValues[n + k] = moreValues[k];
            allRepeats[n + k] = 1;
        }
        return new Data(allPoints, allValues, allRepeats, unordered);
    }
}
