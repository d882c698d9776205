package dev.chiron.optimizers.tpe;

import dev.chiron.optimizers.space.Prior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * A density over all axes together: a mixture of products, one kernel on each observation and one over the whole space
 * (Optuna's multivariate {@code _ParzenEstimator}).
 */
final class Parzen {

    private static final int RECENT = 25; // observations of full weight

    private final List<Kernels> axes;
    private final double[] weights;
    private final double[] logFactors;

    /** @param axes each of one kernel more than there are observations; the last weight is the prior's */
    Parzen(List<Kernels> axes, double[] weights) {
        this.axes = List.copyOf(axes);
        this.weights = weights.clone();
        this.logFactors = new double[weights.length];
        for (int k = 0; k < weights.length; k++) {
            logFactors[k] = Math.log(weights[k]);
        }
        for (Kernels kernels : axes) {
            if (kernels instanceof LineKernels line) {
                line.addLogFactors(logFactors);
            }
        }
    }

    /** Of observations from old to new, then of the prior: the last 25 count in full, older ones less; the sum is 1. */
    static double[] weights(int observations, double priorWeight) {
        double[] weights = new double[observations + 1];
        int ramp = Math.max(0, observations - RECENT);
        double sum = priorWeight;
        for (int i = 0; i < observations; i++) {
            double first = 1.0 / observations;
            weights[i] = i >= ramp ? 1 : ramp == 1 ? first : first + (1 - first) * i / (ramp - 1);
            sum += weights[i];
        }
        weights[observations] = priorWeight;
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    double[] draw(RandomGenerator random) {
        double rest = random.nextDouble();
        int kernel = 0;
        while (kernel < weights.length - 1 && rest >= weights[kernel]) {
            rest -= weights[kernel++];
        }
        double[] places = new double[axes.size()];
        for (int axis = 0; axis < places.length; axis++) {
            places[axis] = axes.get(axis).draw(kernel, random);
        }
        return places;
    }

    double logDensity(double[] places) {
        double[] sums = logFactors.clone();
        for (int axis = 0; axis < places.length; axis++) {
            axes.get(axis).addLogDensity(places[axis], sums);
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (double sum : sums) {
            largest = Math.max(largest, sum);
        }
        double total = 0;
        for (double sum : sums) {
            if (sum > largest - 40) { // the rest is lost in rounding
                total += Math.exp(sum - largest);
            }
        }
        return largest + Math.log(total);
    }

    /**
     * The mixture of some records, numbered from old to new, and of configs that are still running, which are newer.
     *
     * @param belief what the prior's kernel is like; flat if there is none
     * @param known of each axis; remembers the chosen records' kernels if {@code kept}
     */
    static Parzen of(
            Records records,
            List<Integer> chosen,
            List<double[]> running,
            Optional<Prior> belief,
            double priorWeight,
            Masses[] known,
            boolean kept) {
        int[] old = chosen.stream().mapToInt(i -> i).toArray();
        int n = old.length + running.size();
        int[] position = new int[records.size()];
        int[] numbers = new int[n];
        Arrays.fill(numbers, Masses.UNKEPT);
        for (int i = 0; i < old.length; i++) {
            position[old[i]] = i + 1;
            numbers[i] = kept ? old[i] : Masses.UNKEPT;
        }
        List<Kernels> axes = new ArrayList<>();
        for (int axis = 0; axis < records.axes(); axis++) {
            int current = axis;
            double[] all = records.along(axis);
            double[] places = new double[n];
            for (int i = 0; i < n; i++) {
                places[i] = i < old.length ? all[old[i]] : running.get(i - old.length)[axis];
            }
            axes.add(records.scale(axis)
                    .<Kernels>map(scale -> new LineKernels(
                            scale,
                            places,
                            order(records, current, position, old.length, places),
                            numbers,
                            known[current],
                            records.bell(current, belief)))
                    .orElseGet(() -> options(places, records.odds(current, belief), priorWeight)));
        }
        return new Parzen(axes, weights(n, priorWeight));
    }

    private static Kernels options(double[] places, double[] odds, double priorWeight) {
        int[] observed = new int[places.length];
        for (int i = 0; i < observed.length; i++) {
            observed[i] = (int) places[i];
        }
        return new OptionKernels(observed, odds, priorWeight);
    }

    /** The chosen records keep the order that they have among all; the running ones, which are few, are put between. */
    private static int[] order(Records records, int axis, int[] position, int chosen, double[] places) {
        int[] order = new int[places.length];
        int n = 0;
        int[] all = records.ascending(axis);
        for (int i = 0; i < records.size(); i++) {
            if (position[all[i]] > 0) {
                order[n++] = position[all[i]] - 1;
            }
        }
        for (int i = chosen; i < places.length; i++) {
            int at = n++;
            while (at > 0 && places[order[at - 1]] > places[i]) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = i;
        }
        return order;
    }
}
