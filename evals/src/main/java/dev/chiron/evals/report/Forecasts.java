package dev.chiron.evals.report;

import dev.chiron.evals.compare.Attempt;
import dev.chiron.evals.compare.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * What a method's model forecast, beside what came.
 *
 * @param values forecast values of trials that were measured
 * @param risks forecast chances of failure
 */
record Forecasts(List<Value> values, List<Risk> risks) {

    Forecasts {
        values = List.copyOf(values);
        risks = List.copyOf(risks);
    }

    /**
     * A forecast value.
     *
     * @param before the best value measured before the trial, which is what an idle forecaster would say
     */
    record Value(double expected, double measured, double before) {
        double error() {
            return measured - expected;
        }
    }

    /** A forecast chance of failure, and whether the trial failed. */
    record Risk(double chance, boolean failed) {
        double error() {
            return Math.pow(chance - (failed ? 1 : 0), 2);
        }
    }

    static Forecasts of(TaskRuns task, Entrant entrant) {
        List<Value> values = new ArrayList<>();
        List<Risk> risks = new ArrayList<>();
        for (Run run : entrant.runs()) {
            List<Attempt> attempts = Entrant.attempts(run, task.trials());
            double best = Double.POSITIVE_INFINITY;
            for (int i = 0; i < attempts.size(); i++) {
                Attempt attempt = attempts.get(i);
                OptionalDouble measured = run.values().get(i);
                if (attempt.expected().isPresent() && measured.isPresent() && Double.isFinite(best)) {
                    values.add(new Value(attempt.expected().getAsDouble(), measured.getAsDouble(), task.value(best)));
                }
                if (attempt.risk().isPresent()) {
                    risks.add(new Risk(attempt.risk().getAsDouble(), measured.isEmpty()));
                }
                if (measured.isPresent()) {
                    best = Math.min(best, task.objective().loss(measured.getAsDouble()));
                }
            }
        }
        return new Forecasts(values, risks);
    }

    /** Mean of measured minus expected. */
    double bias() {
        return values.stream().mapToDouble(Value::error).average().orElse(Double.NaN);
    }

    /** Root of the mean squared error. */
    double error() {
        return root(values.stream().mapToDouble(Value::error).toArray());
    }

    /** The same of a forecaster that always says the best value so far. */
    double idleError() {
        return root(values.stream()
                .mapToDouble(value -> value.measured() - value.before())
                .toArray());
    }

    private static double root(double[] errors) {
        return errors.length == 0 ? Double.NaN : Math.sqrt(StatUtils.sumSq(errors) / errors.length);
    }

    /** Spearman's rank correlation of expected and measured; NaN where one of them is constant or there are fewer than three. */
    double correlation() {
        return values.size() < 3
                ? Double.NaN
                : new SpearmansCorrelation()
                        .correlation(
                                values.stream().mapToDouble(Value::expected).toArray(),
                                values.stream().mapToDouble(Value::measured).toArray());
    }

    /** Brier's score of the risks (Brier 1950): the mean squared error, 0 is best. */
    double brier() {
        return risks.stream().mapToDouble(Risk::error).average().orElse(Double.NaN);
    }

    /** How many of the trials with a forecast risk failed. */
    double failed() {
        return risks.stream()
                .mapToDouble(risk -> risk.failed() ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    /** Brier's score of a forecaster that always says the share that failed. */
    double idleBrier() {
        return failed() * (1 - failed());
    }
}
