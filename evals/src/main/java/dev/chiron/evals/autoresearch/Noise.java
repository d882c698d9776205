package dev.chiron.evals.autoresearch;

import dev.chiron.evals.surrogate.Recorded;
import dev.chiron.evals.surrogate.Repeats;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/**
 * How much one config's value differs from run to run of it: in proportion to its distance from the best reachable.
 *
 * @param share standard deviation by that distance
 * @param offsets standard deviation between studies of that distance's logarithm: what one machine, or day, does to all its runs
 */
record Noise(double share, double offsets) {

    /** Below any value ever measured, so that logarithms of the distance exist. */
    static final double FLOOR = 0.965;

    /** Above this a value is that of a training that went wrong, and says nothing about noise. */
    private static final double SOUND = 1.05;

    /** From the configs that were run more than once within a study. */
    static Noise of(List<Recorded> trials) {
        Map<String, Map<Config, List<Double>>> repeats = new LinkedHashMap<>();
        for (Recorded trial : trials) {
            trial.value()
                    .ifPresent(value -> repeats.computeIfAbsent(trial.run(), run -> new LinkedHashMap<>())
                            .computeIfAbsent(trial.config(), config -> new ArrayList<>())
                            .add(value));
        }
        Repeats sound = new Repeats();
        repeats.values().stream()
                .flatMap(run -> run.values().stream())
                .filter(values -> Repeats.mean(values) < SOUND)
                .forEach(values -> sound.add(values, Repeats.mean(values) - FLOOR));
        return new Noise(sound.deviation().orElse(0), offsets(repeats));
    }

    /** By the configs that more than one study ran: how far above the others each of them lies on average. */
    private static double offsets(Map<String, Map<Config, List<Double>>> runs) {
        Map<Config, Mean> centres = new LinkedHashMap<>();
        Map<Config, Integer> studies = new LinkedHashMap<>();
        runs.values()
                .forEach(run -> run.forEach((config, values) -> {
                    centres.computeIfAbsent(config, absent -> new Mean()).increment(logDistance(values));
                    studies.merge(config, 1, Integer::sum);
                }));
        StandardDeviation between = new StandardDeviation();
        for (Map<Config, List<Double>> run : runs.values()) {
            Mean above = new Mean();
            run.forEach((config, values) -> {
                if (studies.getOrDefault(config, 0) > 1) {
                    above.increment(logDistance(values)
                            - centres.getOrDefault(config, new Mean()).getResult());
                }
            });
            if (above.getN() > 0) {
                between.increment(above.getResult());
            }
        }
        return between.getN() < 2 ? 0 : between.getResult();
    }

    private static double logDistance(List<Double> values) {
        return Math.log(Repeats.mean(values) - FLOOR);
    }

    /** What all runs of a study are off by, as a factor of the distance. */
    double offset(long study) {
        return Math.exp(offsets * new SplitMix(new SplitMix(study).nextLong()).nextGaussian());
    }

    double deviation(double value) {
        return share * (value - FLOOR);
    }
}
