package dev.chiron.evals.surrogate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far a fitted task can be believed.
 *
 * @param trials recorded
 * @param failed of them
 * @param folds of a cross-validation in which all runs of a config are on one side
 * @param fine the value below (above, where large is good) which an error counts under {@code close}: the better half's border
 * @param repeats how far the runs of one config lie apart within one study: pooled standard deviation; not a number without repeats
 * @param others each study, or method, that was left out, predicted by all the others
 */
public record Card(int trials, int failed, Errors folds, double fine, double repeats, List<LeftOut> others) {
    public Card {
        others = List.copyOf(others);
    }

    /**
     * What was predicted beside what was measured; each not a number where there is too little to say it.
     *
     * @param measured how many were
     * @param error root of the mean square over all that were measured
     * @param close the same over the better half
     * @param rank Spearman's correlation
     * @param auc of the predicted failures: the probability that one that failed is given a higher one than one that did not
     */
    public record Errors(int measured, double error, double close, double rank, double auc) {}

    /** Trials of a name that the fit did not see. */
    public record LeftOut(String name, Errors errors) {}

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(trials + " trials, " + failed + " of them failed");
        lines.add("repeats of a config within one study differ by " + number(repeats) + " (standard deviation)");
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%-32s %8s %10s %10s %6s %6s",
                "predicted without having seen",
                "measured",
                "error",
                "of best ½",
                "rank",
                "AUC"));
        lines.add(line("a fifth of the configs", folds));
        others.forEach(other -> lines.add(line(other.name(), other.errors())));
        lines.add("");
        lines.add("error: root mean square; best ½: values at least as good as " + number(fine)
                + "; rank: Spearman; AUC: of failures. -: too few to say.");
        return lines;
    }

    private static String line(String name, Errors errors) {
        return String.format(
                Locale.ROOT,
                "%-32s %8d %10s %10s %6s %6s",
                name,
                errors.measured(),
                number(errors.error()),
                number(errors.close()),
                share(errors.rank()),
                share(errors.auc()));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4g", value);
    }

    private static String share(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
