package dev.chiron.agent.earlier;

import dev.chiron.agent.propose.Method;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Imported;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Earlier;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What of a source can be used.
 *
 * @param inside the trials that lie in the search space
 * @param beyond those that lie outside, in sizes only
 * @param lines what the user should know
 */
record Matched(String source, Found found, List<Trial> inside, List<Trial> beyond, List<String> lines) {

    private static final int DIGITS = 6;

    /** All sources as one, thinned out where they are very many. */
    static Imported together(Spec spec, List<Matched> all) {
        Objective objective = spec.objective();
        List<String> summary = new ArrayList<>();
        List<Trial> inside = new ArrayList<>();
        List<Trial> beyond = new ArrayList<>();
        for (Matched one : all) {
            summary.add(one.headline(objective));
            one.lines.forEach(line -> summary.add("  " + line));
            inside.addAll(one.inside);
            beyond.addAll(one.beyond);
        }
        int found = inside.size() + beyond.size();
        Earlier earlier = new Thinning(objective).of(inside, beyond);
        int kept = earlier.all().size();
        if (kept < found) {
            summary.add("Of these " + found + " the best, and failures and others evenly, are kept: " + kept + ".");
        }
        summary.add(use(spec, earlier));
        List<Trial> numbered = numbered(earlier.inside(), 0, objective);
        return new Imported(
                spec.from().sources(),
                summary,
                new Earlier(numbered, numbered(earlier.beyond(), numbered.size(), objective)));
    }

    private String headline(Objective objective) {
        int used = inside.size() + beyond.size();
        List<Trial> all = new Earlier(inside, beyond).all();
        long measured =
                inside.stream().filter(trial -> trial.value().isPresent()).count();
        long infeasible = inside.stream()
                .filter(trial -> trial.outcome() instanceof Outcome.Infeasible)
                .count();
        Map<String, Integer> failures = new LinkedHashMap<>();
        for (Trial trial : all) {
            if (trial.outcome() instanceof Outcome.Failed failed) {
                failures.merge(failed.reason().label(), 1, Integer::sum);
            }
        }
        int failed = failures.values().stream().mapToInt(Integer::intValue).sum();
        String classes = failures.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        Optional<Trial> best = objective.isSeveral()
                ? Optional.empty() // they have a front, and what is taken of it is said below
                : new Earlier(inside, List.of()).best(objective, 1).stream().findFirst();
        return "Earlier results from " + source + " (" + found.kind() + "): " + used + " of " + found.size()
                + " rows, " + measured + " measured"
                + (infeasible > 0 ? ", " + infeasible + " infeasible" : "")
                + (failed > 0 ? ", " + failed + " failed (" + classes + ")" : "")
                + best.map(trial -> ", best " + objective.metric() + " "
                                + Numbers.text(trial.value().orElseThrow(), DIGITS))
                        .orElse("")
                + ".";
    }

    private static String use(Spec spec, Earlier earlier) {
        Method method = Method.labelled(spec.optimizer()).orElseThrow();
        String again = earlier.best(spec.objective(), spec.space())
                .filter(best -> !best.config().equals(spec.baseline()))
                .map(best -> again(spec, earlier))
                .orElse("");
        return method.earlier()
                        .map(how -> method.label() + " " + how + ".")
                        .orElse(method.label() + " does not learn from them; they are only not run again.")
                + again;
    }

    private static String again(Spec spec, Earlier earlier) {
        int front = earlier.front(spec.objective()).size();
        return spec.objective().isSeveral()
                ? " Of their front of " + front + " the compromise is run again as trial 1."
                : " The best of them is run again as trial 1.";
    }

    private static List<Trial> numbered(List<Trial> trials, int first, Objective objective) {
        List<Trial> numbered = new ArrayList<>();
        for (Trial trial : trials) {
            numbered.add(new Trial(
                    first + numbered.size(),
                    new Change.Settings(trial.config()),
                    trial.origin(),
                    plain(trial.outcome(), objective),
                    trial.took()));
        }
        return numbered;
    }

    /** As the journal gives it back: without curves and metrics that are no objectives. */
    private static Outcome plain(Outcome outcome, Objective objective) {
        if (outcome instanceof Outcome.Measured measured) {
            return plain(measured, objective);
        }
        if (outcome instanceof Outcome.Infeasible infeasible) { // what broke a condition there is taken so here
            return new Outcome.Infeasible(
                    plain(infeasible.measured(), objective), infeasible.broken(), infeasible.violation());
        }
        return outcome instanceof Outcome.Pruned pruned ? pruned.withoutCurve() : outcome;
    }

    private static Outcome.Measured plain(Outcome.Measured measured, Objective objective) {
        Map<String, Double> further = new LinkedHashMap<>();
        List<Double> values = objective.values(measured);
        for (int k = 1; k < values.size(); k++) {
            further.put(objective.all().get(k).metric(), values.get(k));
        }
        return new Outcome.Measured(measured.value(), further, List.of());
    }
}
