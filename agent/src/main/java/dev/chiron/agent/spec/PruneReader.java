package dev.chiron.agent.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads which runs are stopped early. Each rule has settings of its own, and no others are taken. */
record PruneReader(Settings settings) {

    private static final Map<String, List<Key>> RULES = rules();

    private static Map<String, List<Key>> rules() {
        List<Key> timing = List.of(Key.PRUNE_WARMUP, Key.PRUNE_INTERVAL);
        List<Key> counts = List.of(Key.PRUNE_STARTUP, Key.PRUNE_LEAST);
        Map<String, List<Key>> rules = new LinkedHashMap<>();
        rules.put(PruneSpec.MEDIAN, joined(counts, timing));
        rules.put(PruneSpec.PERCENTILE, joined(List.of(Key.PRUNE_PERCENTILE), joined(counts, timing)));
        rules.put(PruneSpec.ASHA, List.of(Key.PRUNE_REDUCTION, Key.PRUNE_GRACE));
        rules.put(PruneSpec.HYPERBAND, List.of(Key.PRUNE_REDUCTION, Key.PRUNE_GRACE, Key.PRUNE_LONGEST));
        rules.put(PruneSpec.PATIENT, List.of(Key.PRUNE_PATIENCE, Key.PRUNE_DELTA));
        rules.put(PruneSpec.THRESHOLD, joined(List.of(Key.PRUNE_LOW, Key.PRUNE_HIGH), timing));
        rules.put(PruneSpec.WILCOXON, List.of(Key.PRUNE_LEVEL, Key.PRUNE_LEAST));
        rules.put(PruneSpec.EXTRAPOLATE, joined(List.of(Key.PRUNE_LEVEL, Key.PRUNE_STARTUP), timing));
        rules.put(
                PruneSpec.MODEL,
                List.of(Key.PRUNE_REDUCTION, Key.PRUNE_GRACE, Key.PRUNE_STARTUP, Key.PRUNE_PERCENTILE));
        return rules;
    }

    private static List<Key> joined(List<Key> some, List<Key> more) {
        List<Key> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    PruneSpec read() {
        Scalar by = settings.get(Key.PRUNE_BY);
        if (by.isNone()) {
            if (settings.find(Key.PRUNE_BY).isEmpty()) {
                refuseAllBut(Set.of(), "");
            }
            return PruneSpec.NONE;
        }
        String rule = by.oneOf(List.copyOf(RULES.keySet()));
        String then = then(rule);
        Map<Key, String> keys = new LinkedHashMap<>(); // whose they are
        of(rule).forEach(key -> keys.put(key, rule));
        of(then).forEach(key -> keys.putIfAbsent(key, then));
        refuseAllBut(keys.keySet(), then.equals(Key.NONE) ? rule : rule + " and " + then);
        Map<String, Double> numbers = new LinkedHashMap<>();
        keys.forEach((key, owner) -> number(key, owner).ifPresent(number -> numbers.put(name(key), number)));
        boolean bounded = numbers.containsKey(name(Key.PRUNE_LOW)) || numbers.containsKey(name(Key.PRUNE_HIGH));
        if (keys.containsKey(Key.PRUNE_LOW) && !bounded) {
            throw by.bad(PruneSpec.THRESHOLD + " needs a bound: add low or high, in the metric's own unit");
        }
        return new PruneSpec(rule, then, numbers);
    }

    private static List<Key> of(String rule) {
        return RULES.getOrDefault(rule, List.of());
    }

    /** The rule that a patient one leaves it to. */
    private String then(String rule) {
        Scalar then = settings.get(Key.PRUNE_THEN);
        if (then.isNone()) {
            return Key.NONE;
        }
        if (!rule.equals(PruneSpec.PATIENT)) {
            throw then.bad("is a setting of " + PruneSpec.PATIENT + ", not of " + rule);
        }
        Set<String> others = new LinkedHashSet<>(RULES.keySet());
        others.remove(PruneSpec.PATIENT);
        return then.oneOf(List.copyOf(others));
    }

    private void refuseAllBut(Set<Key> keys, String rules) {
        for (Key key : Key.values()) {
            boolean stray = RULES.values().stream().anyMatch(all -> all.contains(key)) && !keys.contains(key);
            settings.find(key).filter(given -> stray && !isAuto(given)).ifPresent(given -> {
                String owners = RULES.keySet().stream()
                        .filter(rule -> of(rule).contains(key))
                        .collect(Collectors.joining(", "));
                throw given.bad("is a setting of " + owners
                        + (rules.isEmpty() ? "; name the rule with prune.by" : ", not of " + rules + ": take it out"));
            });
        }
    }

    private Optional<Double> number(Key key, String rule) {
        Scalar given = settings.get(key);
        return isAuto(given) ? usual(key, rule) : Optional.of(checked(key, given));
    }

    private static boolean isAuto(Scalar given) {
        return !given.quoted() && given.text().equals(Key.AUTO);
    }

    /** What holds where it is not given; where that is nothing, it follows from the first trials. Optuna's, as the rules are. */
    private static Optional<Double> usual(Key key, String rule) {
        return switch (key) {
            case PRUNE_PERCENTILE -> Optional.of(25.0);
            case PRUNE_STARTUP -> Optional.of(5.0);
            case PRUNE_LEAST -> Optional.of(rule.equals(PruneSpec.WILCOXON) ? 2.0 : 1.0);
            case PRUNE_WARMUP, PRUNE_DELTA -> Optional.of(0.0);
            case PRUNE_INTERVAL -> rule.equals(PruneSpec.EXTRAPOLATE) ? Optional.empty() : Optional.of(1.0);
            case PRUNE_REDUCTION ->
                Optional.of(rule.equals(PruneSpec.ASHA) ? 4.0 : rule.equals(PruneSpec.MODEL) ? 2.0 : 3.0);
            case PRUNE_GRACE -> rule.equals(PruneSpec.HYPERBAND) ? Optional.of(1.0) : Optional.empty();
            case PRUNE_PATIENCE -> Optional.of(10.0);
            case PRUNE_LEVEL -> Optional.of(rule.equals(PruneSpec.EXTRAPOLATE) ? 0.05 : 0.1);
            default -> Optional.empty();
        };
    }

    private static double checked(Key key, Scalar given) {
        return switch (key) {
            case PRUNE_STARTUP, PRUNE_PATIENCE -> given.count(0);
            case PRUNE_LEAST -> given.count(1);
            case PRUNE_REDUCTION -> given.count(2);
            case PRUNE_WARMUP, PRUNE_DELTA -> given.number(0, Double.POSITIVE_INFINITY);
            case PRUNE_PERCENTILE -> above(given, 100, "such as 25");
            case PRUNE_LEVEL -> above(given, 1, "such as 0.1");
            case PRUNE_INTERVAL, PRUNE_GRACE, PRUNE_LONGEST ->
                above(given, Double.POSITIVE_INFINITY, "in steps as the script counts them, such as 5");
            default -> given.number();
        };
    }

    private static double above(Scalar given, double high, String example) {
        double number = given.number(0, high);
        if (number == 0) {
            throw given.bad(given.shown() + " will not do: a number above 0, " + example);
        }
        return number;
    }

    private static String name(Key key) {
        return key.dotted().substring(Key.PRUNE_BY.section().length() + 1);
    }
}
