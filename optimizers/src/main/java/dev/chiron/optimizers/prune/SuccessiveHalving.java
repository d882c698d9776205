package dev.chiron.optimizers.prune;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;

/**
 * Asynchronous successive halving that stops and never resumes (Li et al. 2020, "A system for massively parallel hyperparameter tuning"; the
 * stopping variant as Optuna has it, {@code SuccessiveHalvingPruner}). At the steps grace, grace·η, grace·η² … a run goes on only if its loss is
 * among the best 1/η of all that have come there.
 *
 * @param reduction η, 2 or more: one of so many goes on
 * @param grace the step of the first rung, above 0; empty for a hundredth of the first measured run's last step, and 1 at least
 * @param skipped how many of the first rungs are left out, 0 or more
 */
public record SuccessiveHalving(int reduction, OptionalDouble grace, int skipped) implements Pruner {

    private static final int LONGEST = 100;

    @Override
    public Decision decide(int number, Curve curve, Past past) {
        return decide(curve, past, other -> true);
    }

    /** The same among some of the runs. */
    Decision decide(Curve curve, Past past, IntPredicate among) {
        OptionalDouble first = first(past.firstLength());
        if (first.isEmpty()) {
            return Decision.GO_ON;
        }
        int last = curve.size() - 1;
        double loss = curve.lastLoss();
        double rung = first.getAsDouble() * Math.pow(reduction, skipped);
        for (; rung <= curve.lastStep(); rung *= reduction) {
            if (curve.reached(rung) < last) {
                continue; // decided when it came there
            }
            if (Double.isNaN(loss)) {
                return new Decision.Stop(loss, Double.NaN, "");
            }
            double[] losses = at(rung, past, among, loss);
            int passing = Math.max(1, losses.length / reduction);
            if (loss > losses[passing - 1]) {
                return new Decision.Stop(
                        loss,
                        losses[passing - 1],
                        "what it took to be among the best " + passing + " of " + losses.length + " at this rung");
            }
        }
        return Decision.GO_ON;
    }

    /** The losses of all that have come to a rung, as each first came there, in order. */
    private static double[] at(double rung, Past past, IntPredicate among, double own) {
        double[] losses = new double[past.runs().size() + 1];
        int count = 0;
        losses[count++] = own;
        for (Past.Ended run : past.runs()) {
            int place = run.curve().reached(rung);
            if (place < run.curve().size() && among.test(run.number())) {
                double loss = run.curve().loss(place);
                if (!Double.isNaN(loss)) {
                    losses[count++] = loss;
                }
            }
        }
        Arrays.sort(losses, 0, count);
        return Arrays.copyOf(losses, count);
    }

    private OptionalDouble first(OptionalDouble length) {
        return grace.isPresent() || length.isEmpty()
                ? grace
                : OptionalDouble.of(Math.max(1, Math.floor(length.getAsDouble() / LONGEST)));
    }

    @Override
    public Curve kept(Curve whole, Past past) {
        OptionalDouble length = past.firstLength();
        double rung = first(length.isPresent() ? length : OptionalDouble.of(whole.lastStep()))
                .orElseThrow();
        Curve kept = new Curve();
        for (; rung <= whole.lastStep(); rung *= reduction) {
            int place = whole.reached(rung);
            kept.add(whole.step(place), whole.loss(place));
        }
        return kept.withLastOf(whole);
    }
}
