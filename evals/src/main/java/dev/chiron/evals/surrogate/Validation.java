package dev.chiron.evals.surrogate;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/** Holds a way to fit recorded trials against trials that it was not shown. */
public final class Validation {

    private static final int FOLDS = 5;
    private static final int MOST_GROUPS = 12; // each is a fit
    private static final int FEW = 3; // of them nothing is said

    private final List<Recorded> trials;
    private final Objective objective;
    private final Function<List<Recorded>, Predictor> fit;
    private final double border;

    /** @param fit gets at least one trial that was measured */
    public Validation(List<Recorded> trials, Objective objective, Function<List<Recorded>, Predictor> fit) {
        this.trials = List.copyOf(trials);
        this.objective = objective;
        this.fit = fit;
        this.border = StatUtils.percentile(losses(trials), 50);
    }

    /**
     * The card.
     *
     * @param group what is left out together, by a trial's run; nothing is where there are more than a dozen
     */
    public Card card(Function<String, String> group) {
        List<Config> configs = trials.stream().map(Recorded::config).distinct().toList();
        Map<Config, Integer> folds = new LinkedHashMap<>();
        configs.forEach(config -> folds.put(config, Math.floorMod(config.hashCode(), FOLDS)));
        List<Pair> pairs = new ArrayList<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            int hidden = fold;
            pairs.addAll(predicted(trial -> folds.getOrDefault(trial.config(), 0) == hidden));
        }
        List<String> groups = trials.stream()
                .map(trial -> group.apply(trial.run()))
                .distinct()
                .toList();
        List<Card.LeftOut> others = new ArrayList<>();
        for (String name : groups.size() < 2 || groups.size() > MOST_GROUPS ? List.<String>of() : groups) {
            others.add(new Card.LeftOut(
                    name, errors(predicted(trial -> group.apply(trial.run()).equals(name)))));
        }
        int failed =
                (int) trials.stream().filter(trial -> trial.value().isEmpty()).count();
        double fine = objective.goal() == Objective.Goal.MINIMIZE ? border : -border;
        return new Card(trials.size(), failed, errors(pairs), fine, repeats(), others);
    }

    private double[] losses(List<Recorded> some) {
        return some.stream()
                .flatMapToDouble(trial -> trial.value().stream())
                .map(objective::loss)
                .toArray();
    }

    /** A trial and what was predicted of it. */
    private record Pair(Recorded trial, double loss, double failure) {}

    private List<Pair> predicted(Predicate<Recorded> hidden) {
        List<Recorded> shown = trials.stream().filter(hidden.negate()).toList();
        List<Recorded> asked = trials.stream().filter(hidden).toList();
        if (asked.isEmpty() || shown.stream().allMatch(trial -> trial.value().isEmpty())) {
            return List.of();
        }
        Predictor predictor = fit.apply(shown);
        return asked.stream()
                .map(trial -> new Pair(
                        trial, objective.loss(predictor.value(trial.config())), predictor.failure(trial.config())))
                .toList();
    }

    private Card.Errors errors(List<Pair> pairs) {
        List<Pair> measured =
                pairs.stream().filter(pair -> pair.trial().value().isPresent()).toList();
        List<Pair> close =
                measured.stream().filter(pair -> loss(pair) <= border).toList();
        double[] truth = measured.stream().mapToDouble(this::loss).toArray();
        double[] guess = measured.stream().mapToDouble(Pair::loss).toArray();
        boolean ranks = measured.size() >= FEW
                && Arrays.stream(truth).distinct().count() > 1
                && Arrays.stream(guess).distinct().count() > 1;
        return new Card.Errors(
                measured.size(),
                root(measured),
                root(close),
                ranks ? new SpearmansCorrelation().correlation(truth, guess) : Double.NaN,
                auc(pairs));
    }

    private double loss(Pair pair) {
        return objective.loss(pair.trial().value().orElseThrow());
    }

    private double root(List<Pair> pairs) {
        return pairs.size() < FEW
                ? Double.NaN
                : Math.sqrt(pairs.stream()
                        .mapToDouble(pair -> Math.pow(pair.loss() - loss(pair), 2))
                        .average()
                        .orElseThrow());
    }

    /** By the sum of ranks (Mann and Whitney 1947), which counts the pairs in the right order. */
    private static double auc(List<Pair> pairs) {
        double[] failed = chances(pairs, true);
        double[] others = chances(pairs, false);
        if (failed.length < FEW || others.length < FEW) {
            return Double.NaN;
        }
        double[] all = IntStream.range(0, failed.length + others.length)
                .mapToDouble(i -> i < failed.length ? failed[i] : others[i - failed.length])
                .toArray();
        double[] ranks = new NaturalRanking().rank(all);
        double sum = Arrays.stream(ranks, 0, failed.length).sum();
        double n = failed.length;
        return (sum - n * (n + 1) / 2) / (n * others.length);
    }

    private static double[] chances(List<Pair> pairs, boolean failed) {
        return pairs.stream()
                .filter(pair -> pair.trial().value().isEmpty() == failed)
                .mapToDouble(Pair::failure)
                .toArray();
    }

    private double repeats() {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (Recorded trial : trials) {
            trial.value()
                    .ifPresent(value -> values.computeIfAbsent(
                                    trial.run() + "\n" + trial.config(), key -> new ArrayList<>())
                            .add(value));
        }
        Repeats fine = new Repeats();
        values.values().stream()
                .filter(same -> same.stream().allMatch(value -> objective.loss(value) <= border))
                .forEach(same -> fine.add(same, 1));
        return fine.deviation().orElse(Double.NaN);
    }
}
