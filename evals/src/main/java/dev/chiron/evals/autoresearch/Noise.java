package dev.chiron.evals.autoresearch;

import dev.chiron.evals.surrogate.Recorded;
import dev.chiron.optimizers.space.Config;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much one config's value differs from run to run of it: in proportion to its distance from the best reachable.
 *
 * @param share standard deviation by that distance
 */
record Noise(double share) {

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
        double squares = 0;
        int freedom = 0;
        for (Map<Config, List<Double>> run : repeats.values()) {
            for (List<Double> values : run.values()) {
                double mean = values.stream().mapToDouble(x -> x).average().orElseThrow();
                if (values.size() > 1 && mean < SOUND) {
                    for (double value : values) {
                        squares += Math.pow((value - mean) / (mean - FLOOR), 2);
                    }
                    freedom += values.size() - 1;
                }
            }
        }
        return new Noise(freedom == 0 ? 0 : Math.sqrt(squares / freedom));
    }

    double deviation(double value) {
        return share * (value - FLOOR);
    }
}
