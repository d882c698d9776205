package dev.chiron.evals.autoresearch;

import dev.chiron.evals.surrogate.Recorded;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the rules of the fact cards hold on the recorded task; for people. From good recorded configs one parameter is
 * moved alone, and together with what the rule says: whose predicted value is better?
 */
public final class RulesMeasure {

    private static final int GOOD = 500;
    private static final double LIKELY = 0.5;
    private static final List<String> RATES = List.of("EMBEDDING_LR", "UNEMBEDDING_LR", "MATRIX_LR", "SCALAR_LR");

    private RulesMeasure() {}

    /** A move, and what a rule says besides. */
    private record Rule(String name, Map<String, Double> move, Map<String, Double> follow) {}

    /** Prints for each rule how often following it is better, and both mean changes. */
    public static void main(String[] arguments) {
        Path log = Path.of("../shared/data/autoresearch-trials.csv.gz");
        Autoresearch task = Autoresearch.fit(log);
        List<Config> good = TrialsLog.read(log).stream()
                .filter(trial -> trial.value().isPresent())
                .sorted(Comparator.comparingDouble(trial -> trial.value().getAsDouble()))
                .map(Recorded::config)
                .distinct()
                .limit(GOOD)
                .toList();
        for (Rule rule : rules()) {
            measure(task, good, rule);
        }
    }

    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (double k : new double[] {0.5, 2}) {
            List<String> batches =
                    k < 1 ? List.of("TOTAL_BATCH_SIZE", "DEVICE_BATCH_SIZE") : List.of("TOTAL_BATCH_SIZE");
            rules.add(new Rule("adam-batch", all(batches, k), all(RATES, Math.sqrt(k))));
            rules.add(new Rule("weight-decay", Map.of("MATRIX_LR", k), Map.of("WEIGHT_DECAY", 1 / k)));
        }
        for (double k : new double[] {0.8, 1.25}) {
            rules.add(new Rule("width", Map.of("ASPECT_RATIO", k), Map.of("MATRIX_LR", 1 / k)));
            rules.add(new Rule("depth", Map.of("DEPTH", k), all(RATES, 1 / Math.sqrt(k))));
        }
        return rules;
    }

    private static Map<String, Double> all(List<String> names, double factor) {
        Map<String, Double> factors = new LinkedHashMap<>();
        names.forEach(name -> factors.put(name, factor));
        return factors;
    }

    private static void measure(Autoresearch task, List<Config> good, Rule rule) {
        double alone = 0;
        double following = 0;
        int better = 0;
        int count = 0;
        for (Config config : good) {
            Optional<Config> moved = times(task, config, rule.move());
            Optional<Config> followed = moved.flatMap(other -> times(task, other, rule.follow()));
            if (followed.isPresent()) {
                double before = task.value(config);
                double without = task.value(moved.get()) - before;
                double with = task.value(followed.get()) - before;
                alone += without;
                following += with;
                better += with < without ? 1 : 0;
                count++;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-12s %s  %d configs  alone %+.5f  with the rule %+.5f  better %.0f %%%n",
                rule.name(),
                rule.move(),
                count,
                alone / count,
                following / count,
                100.0 * better / count);
    }

    /** Empty where that is outside the space, breaks a constraint, or will probably not fit into memory. */
    private static Optional<Config> times(Autoresearch task, Config config, Map<String, Double> factors) {
        Config moved = config;
        for (Map.Entry<String, Double> factor : factors.entrySet()) {
            Parameter parameter = task.space().find(factor.getKey()).orElseThrow();
            double number = config.get(factor.getKey()).asNumber().orElseThrow() * factor.getValue();
            Value value =
                    parameter instanceof Parameter.Whole ? new Value.Whole(Math.round(number)) : new Value.Real(number);
            if (parameter.problem(value).isPresent() || value.equals(config.get(factor.getKey()))) {
                return Optional.empty();
            }
            moved = moved.with(factor.getKey(), parameter.nearest(value));
        }
        boolean kept = task.space().repair(moved).equals(Optional.of(moved));
        return kept && task.failure(moved) < LIKELY ? Optional.of(moved) : Optional.empty();
    }
}
