package dev.chiron.optimizers.pareto;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How much room points of one front have (Deb, Pratap, Agarwal and Meyarivan 2002, section III-B). */
public final class Crowding {

    private Crowding() {}

    /**
     * Of each point the sum, over the objectives, of the distance between its two neighbours, as a share of the front's range; infinite at
     * an end. An objective in which all are equal adds nothing.
     */
    public static double[] distances(List<double[]> front) {
        double[] distances = new double[front.size()];
        int objectives = front.isEmpty() ? 0 : front.get(0).length;
        for (int k = 0; k < objectives; k++) {
            int objective = k;
            int[] order = IntStream.range(0, front.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> front.get(i)[objective]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            double[] sorted = Arrays.stream(order)
                    .mapToDouble(i -> front.get(i)[objective])
                    .toArray();
            int last = order.length - 1;
            double range = sorted[last] / 2 - sorted[0] / 2; // halves, since losses may be as large as numbers are
            if (range > 0) {
                distances[order[0]] = Double.POSITIVE_INFINITY;
                distances[order[last]] = Double.POSITIVE_INFINITY;
                for (int i = 1; i < last; i++) {
                    distances[order[i]] += (sorted[i + 1] / 2 - sorted[i - 1] / 2) / range;
                }
            }
        }
        return distances;
    }
}
