package dev.chiron.agent.plot;

import dev.chiron.agent.plot.draw.Ink;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The trials of a study as they are drawn.
 *
 * @param metric its name
 * @param trials all of them, in order
 * @param measured those with a value, in order
 * @param worst the value up to which a picture shows them: the worst of the better nine tenths, or of the baseline
 * @param origins each that proposed any, in the order in which they came, with how many trials are its own
 */
record Ended(
        History history,
        String metric,
        List<Trial> trials,
        List<Trial> measured,
        double worst,
        Map<Origin, Integer> origins) {

    private static final double SHOWN = 0.9;

    static Ended of(History history) {
        List<Trial> trials = List.copyOf(history.trials());
        List<Trial> measured =
                trials.stream().filter(trial -> trial.value().isPresent()).toList();
        double[] losses = measured.stream()
                .mapToDouble(trial -> history.objective().loss(trial.value().orElseThrow()))
                .sorted()
                .toArray();
        double loss = losses[(int) Math.ceil(SHOWN * (losses.length - 1))];
        double first = history.objective().loss(measured.get(0).value().orElseThrow());
        Map<Origin, Integer> origins = new LinkedHashMap<>();
        trials.forEach(trial -> origins.merge(trial.origin(), 1, Integer::sum));
        double worst = history.objective().loss(Math.max(loss, first)); // turns the sign back
        return new Ended(history, history.objective().metric(), trials, measured, worst, origins);
    }

    /** The best value. */
    double best() {
        Trial best = history.best(1).get(0);
        return history.value(best).orElseThrow();
    }

    /** The values shown, low and high. */
    double[] range() {
        List<Double> ends = new ArrayList<>(List.of(best(), worst));
        measured.stream()
                .map(trial -> trial.value().orElseThrow())
                .filter(value -> !history.objective().isBetter(worst, value))
                .forEach(ends::add);
        double low = ends.stream().mapToDouble(value -> value).min().orElseThrow();
        double high = ends.stream().mapToDouble(value -> value).max().orElseThrow();
        return new double[] {low, high};
    }

    /** How many values are too bad to be shown. */
    long beyond() {
        return measured.stream()
                .filter(trial ->
                        history.objective().isBetter(worst, trial.value().orElseThrow()))
                .count();
    }

    /** The colour of who proposed a trial. */
    Ink ink(Origin origin) {
        return Ink.series(List.copyOf(origins.keySet()).indexOf(origin));
    }
}
