package dev.chiron.optimizers.study;

/** All runs of one change: its first and its repeats. What the machine broke is none, and neither is a part of a training. */
final class Runs {

    private int measured;
    private int failed;
    private double mean;
    private int heldOut;
    private double onHoldout;

    /** Adds a run; gives by how much the sum of squared deviations from the mean has grown (Welford 1962). */
    double add(Trial trial) {
        if (trial.change().fidelity().isPresent()) {
            return 0;
        }
        if (trial.value().isEmpty()) {
            boolean broken = trial.outcome() instanceof Outcome.Failed failure
                    && failure.reason() == Outcome.Reason.INFRASTRUCTURE;
            failed += broken ? 0 : 1;
            return 0;
        }
        double value = trial.value().getAsDouble();
        measured++;
        if (trial.outcome() instanceof Outcome.Measured scored
                && scored.holdout().isPresent()) {
            heldOut++;
            onHoldout += scored.holdout().getAsDouble() / heldOut - onHoldout / heldOut;
        }
        double before = mean;
        mean += value / measured - mean / measured; // halves, lest huge values overflow
        return measured == 1 ? 0 : (value - before) * (value - mean);
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
        return mean;
    }
}
