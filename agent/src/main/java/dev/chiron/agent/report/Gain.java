package dev.chiron.agent.report;

import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Noise;
import dev.chiron.optimizers.study.Trial;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.NormalDistribution;

/** By how much the best is better than the baseline, and how sure that is. Both were measured. */
record Gain(Trial baseline, Trial best, History history) {

    Optional<Noise> noise() {
        return history.noise();
    }

    /** The mean of the baseline's runs. */
    double before() {
        return history.value(baseline).orElseThrow();
    }

    /** The mean of the best's runs. */
    double after() {
        return history.value(best).orElseThrow();
    }

    int runsBefore() {
        return history.measured(baseline);
    }

    int runsAfter() {
        return history.measured(best);
    }

    /** Above 0 where the best is better, in the metric's units. */
    double difference() {
        return history.objective().loss(before()) - history.objective().loss(after());
    }

    /** Half the width of the 95 % interval of a trial's value; empty where the noise is not known. */
    OptionalDouble margin(Trial trial) {
        return noise().map(known -> OptionalDouble.of(known.margin(history.measured(trial))))
                .orElse(OptionalDouble.empty());
    }

    /** The same of the difference. */
    OptionalDouble margin() {
        return noise().map(known -> OptionalDouble.of(known.margin(runsBefore(), runsAfter())))
                .orElse(OptionalDouble.empty());
    }

    /** The mean of the best's runs but the first, for which it was picked; empty where there are no others. */
    OptionalDouble afresh() {
        return runsAfter() < 2
                ? OptionalDouble.empty()
                : history.trials().stream()
                        .filter(trial ->
                                trial.change().key().equals(best.change().key()))
                        .filter(trial -> trial.number() != best.number())
                        .flatMapToDouble(trial -> trial.value().stream())
                        .average();
    }

    /**
     * How much better than it is the luckiest of so many equal configs looks, each run once: the expected largest of normal draws by Blom's
     * approximation (Statistical Estimates and Transformed Beta-Variables, 1958). Empty where the noise is not known.
     */
    OptionalDouble luck(long candidates) {
        if (candidates < 2) {
            return OptionalDouble.empty();
        }
        double share = (candidates - 0.375) / (candidates + 0.25);
        double largest = new NormalDistribution(null, 0, 1).inverseCumulativeProbability(share);
        return noise().map(known -> OptionalDouble.of(known.sd() * largest)).orElse(OptionalDouble.empty());
    }
}
