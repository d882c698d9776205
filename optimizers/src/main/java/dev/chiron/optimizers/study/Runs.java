package dev.chiron.optimizers.study;

import java.util.List;
import java.util.stream.DoubleStream;

/** All runs of one change: its first and its repeats. What the machine broke is none, and neither is a part of a training. */
final class Runs {

    private int measured;
    private int failed;
    private double[] means = {};
    private int heldOut;
    private double onHoldout;

    /** Adds a run; gives by how much the sums of squared deviations from the means have grown, one an objective (Welford 1962). */
    double[] add(Trial trial, Objective objective) {
        int objectives = 1 + objective.further().size();
        double[] grown = new double[objectives];
        if (trial.change().fidelity().isPresent()) {
            return grown;
        }
        if (trial.value().isEmpty()) {
            boolean broken = trial.outcome() instanceof Outcome.Failed failure
                    && failure.reason() == Outcome.Reason.INFRASTRUCTURE;
            failed += broken ? 0 : 1;
            return grown;
        }
        Outcome.Measured scored = (Outcome.Measured) trial.outcome();
        measured++;
        if (scored.holdout().isPresent()) {
            heldOut++;
            onHoldout += scored.holdout().getAsDouble() / heldOut - onHoldout / heldOut;
        }
        means = means.length == 0 ? new double[objectives] : means;
        for (int k = 0; k < objectives; k++) {
            double value = objective.values(scored).get(k);
            double before = means[k];
            means[k] += value / measured - means[k] / measured; // halves, lest huge values overflow
            grown[k] = measured == 1 ? 0 : (value - before) * (value - means[k]);
        }
        return grown;
    }

    int count() {
        return measured + failed;
    }

    int measured() {
        return measured;
    }

    /** Runs that ended without a value: failed or pruned. */
    int failed() {
        return failed;
    }

    /** How many runs were measured on the hold-out. */
    int heldOut() {
        return heldOut;
    }

    /** The mean of the values on the hold-out; 0 without any. */
    double onHoldout() {
        return onHoldout;
    }

    /** Of the measured values; 0 without any. */
    double mean() {
        return means.length == 0 ? 0 : means[0];
    }

    /** The same of all objectives, in order; empty without any. */
    List<Double> means() {
        return DoubleStream.of(means).boxed().toList();
    }
}
