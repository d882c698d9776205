package dev.chiron.optimizers.tpe;

import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * A density over all axes together: a mixture of products, one kernel on each observation that is a member and one of the prior
 * (Optuna's multivariate {@code _ParzenEstimator}). It changes with its members, and by no more than they do: the next
 * trial's mixture has nearly all of this one's kernels.
 */
final class Parzen {

    private static final int RECENT = 25; // observations of full weight

    private final List<Kernels> axes;
    private final Members members;
    private final double priorWeight;
    private double[] weights = new double[0]; // by observation, 0 of those left out; the last is the prior's
    private double[] logFactors = new double[0];
    private boolean settled;

    /** @param axes without observations, and with these members */
    Parzen(List<Kernels> axes, Members members, double priorWeight) {
        this.axes = List.copyOf(axes);
        this.members = members;
        this.priorWeight = priorWeight;
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

    /** How many observations were added, members or not. */
    int size() {
        return members.size();
    }

    /** A newer observation than all others, by its places on the axes. */
    void add(double[] places) {
        members.add();
        for (int axis = 0; axis < places.length; axis++) {
            axes.get(axis).add(places[axis]);
        }
        settled = false;
    }

    /** Forgets the newest observations until so many are left. */
    void cut(int size) {
        while (members.size() > size) {
            axes.forEach(Kernels::removeLast);
            members.removeLast();
            settled = false;
        }
    }

    /** Takes an observation in or leaves it out. */
    void set(int observation, boolean member) {
        if (members.set(observation, member)) {
            axes.forEach(kernels -> kernels.changed(observation));
            settled = false;
        }
    }

    private void settle() {
        if (settled) {
            return;
        }
        int size = members.size();
        double[] ofMembers = weights(members.count(), priorWeight);
        weights = new double[size + 1];
        logFactors = new double[size + 1];
        int member = 0;
        for (int k = 0; k <= size; k++) {
            weights[k] = k == size || members.has(k) ? ofMembers[member++] : 0;
            logFactors[k] = Math.log(weights[k]);
        }
        for (Kernels kernels : axes) {
            kernels.settle();
            kernels.addLogFactors(logFactors);
        }
        settled = true;
    }

    double[] draw(RandomGenerator random) {
        settle();
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
        settle();
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
}
