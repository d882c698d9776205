package dev.chiron.optimizers.pareto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The volume of what points dominate, up to a reference point: exact. Two objectives are swept; of more, each point's own share beside the
 * later ones is summed, that share by the same recursion (WFG; While, Bradstreet and Barone 2012).
 */
public final class Hypervolume {

    private Hypervolume() {}

    /** The volume that these points dominate below the reference point; one that is nowhere below it in all objectives adds nothing. */
    public static double of(List<double[]> points, double[] reference) {
        List<double[]> below = new ArrayList<>();
        for (double[] point : points) {
            if (isBelow(point, reference)) {
                below.add(point);
            }
        }
        return volume(nondominated(below), reference);
    }

    /** What a point adds to the volume of others. */
    public static double gain(double[] point, List<double[]> others, double[] reference) {
        if (!isBelow(point, reference)) {
            return 0;
        }
        List<double[]> limited = new ArrayList<>();
        for (double[] other : others) {
            double[] worse = worse(point, other);
            if (isBelow(worse, reference)) {
                limited.add(worse);
            }
        }
        return box(point, reference) - volume(nondominated(limited), reference);
    }

    private static boolean isBelow(double[] point, double[] reference) {
        for (int k = 0; k < point.length; k++) {
            if (!(point[k] < reference[k])) {
                return false;
            }
        }
        return true;
    }

    /** Of points that none of them dominates, from the lexicographically smallest on. */
    private static double volume(List<double[]> front, double[] reference) {
        if (front.isEmpty()) {
            return 0;
        }
        if (reference.length == 1) {
            return box(front.get(0), reference);
        }
        return reference.length == 2 ? swept(front, reference) : summed(front, reference);
    }

    private static double swept(List<double[]> front, double[] reference) {
        double volume = 0;
        double ceiling = reference[1];
        for (double[] point : front) {
            volume += (reference[0] - point[0]) * (ceiling - point[1]);
            ceiling = point[1];
        }
        return volume;
    }

    /** The largest in the first objective first, since they limit each other to few points. */
    private static double summed(List<double[]> front, double[] reference) {
        double volume = 0;
        for (int i = 0; i < front.size(); i++) {
            volume += gain(front.get(i), front.subList(i + 1, front.size()), reference);
        }
        return volume;
    }

    private static double box(double[] point, double[] reference) {
        double volume = 1;
        for (int k = 0; k < point.length; k++) {
            volume *= reference[k] - point[k];
        }
        return volume;
    }

    private static double[] worse(double[] one, double[] other) {
        double[] worse = new double[one.length];
        for (int k = 0; k < worse.length; k++) {
            worse[k] = Math.max(one[k], other[k]);
        }
        return worse;
    }

    /** The points that none dominates, each once, from the lexicographically smallest on. */
    private static List<double[]> nondominated(List<double[]> points) {
        List<double[]> sorted = new ArrayList<>(points);
        sorted.sort(Arrays::compare);
        List<double[]> front = new ArrayList<>();
        for (double[] point : sorted) {
            boolean covered = front.stream().anyMatch(member -> covers(member, point));
            if (!covered) {
                front.add(point);
            }
        }
        return front;
    }

    private static boolean covers(double[] one, double[] other) {
        for (int k = 0; k < one.length; k++) {
            if (one[k] > other[k]) {
                return false;
            }
        }
        return true;
    }
}
