package dev.chiron.agent.earlier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.agent.BadInput;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The trials of an Optuna study, wherever they were stored. */
final class OptunaTrials {

    /** What a run of Optuna's is, while it is put together from its parts. */
    static final class Trial {
        final int number;
        String state = "RUNNING";
        final SortedMap<Integer, Double> values = new TreeMap<>(); // by objective
        Optional<Double> last = Optional.empty();
        String reason = "";
        double violation; // of the constraints, in their own units, summed over those that are broken
        final Map<String, String> params = new LinkedHashMap<>();

        Trial(int number) {
            this.number = number;
        }
    }

    private OptunaTrials() {}

    /**
     * The one study that is meant.
     *
     * @param names the studies that there are
     * @param asked the study that the user named; empty for the only one
     */
    static String study(String source, List<String> names, Optional<String> asked) {
        if (names.isEmpty()) {
            throw new BadInput(source + " holds no study");
        }
        if (asked.isEmpty() && names.size() > 1) {
            throw new BadInput(source + " holds " + names.size() + " studies: " + String.join(", ", names)
                    + ". Name one of them: " + source + "#" + names.get(0));
        }
        String name = asked.orElse(names.get(0));
        if (!names.contains(name)) {
            throw new BadInput(source + " holds no study " + name + ", but " + String.join(", ", names));
        }
        return name;
    }

    /** What a trial's attribute {@code constraints} says: above 0 is broken. */
    static double violation(JsonNode constraints) {
        double violation = 0;
        for (JsonNode constraint : constraints) {
            violation += Math.max(0, constraint.asDouble());
        }
        return violation;
    }

    /** The same from how a database stores it. */
    static double violation(String constraints) {
        return violation(parsed(constraints));
    }

    private static JsonNode parsed(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + json, e);
        }
    }

    /**
     * Which of the study's values is that of each objective of the task: by the names that the study gives its metrics, else by their order.
     *
     * @param directions of the study's values, in order
     * @param names of the study's values, in order; empty where it has none
     * @return the objectives' places, by their names in the task, in order
     */
    static Map<String, Integer> places(
            String source, String study, List<Objective.Goal> directions, List<String> names, Wanted wanted) {
        Map<String, String> metrics = wanted.metrics();
        boolean onlyOne = directions.size() == 1 && metrics.size() == 1;
        boolean named = !onlyOne && names.size() == directions.size() && names.containsAll(metrics.values());
        if (!named && directions.size() != metrics.size()) {
            throw new BadInput(source + ": the study " + study + " has " + counted(directions, names)
                    + (metrics.size() == 1
                            ? "; only one can be taken over. Export its trials as CSV and name the metric's column "
                                    + "with --from-metric"
                            : ", this task has " + metrics.size() + " (" + wanted.shown()
                                    + "): they are not the same. Take it out, or give metric: the same objectives"));
        }
        if (!named && !names.isEmpty() && !onlyOne) {
            throw new BadInput(source + ": the study " + study + " has " + counted(directions, names)
                    + ", this task's are " + wanted.shown()
                    + ". If they are the same, name them in this order with --from-metric NAME,NAME");
        }
        Map<String, Integer> places = new LinkedHashMap<>();
        metrics.forEach((name, there) -> places.put(name, named ? names.indexOf(there) : places.size()));
        return places;
    }

    private static String counted(List<Objective.Goal> directions, List<String> names) {
        return directions.size()
                + (directions.size() == 1 ? " objective" : " objectives")
                + (names.isEmpty() ? "" : " (" + String.join(", ", names) + ")");
    }

    /** The names of a study's values from how Optuna stores them. */
    static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.forEach(name -> names.add(name.asText()));
        return names;
    }

    /** The same from the text in a database. */
    static List<String> names(String list) {
        return names(parsed(list));
    }

    /** A parameter's value from how Optuna stores it: a number, or the place among a distribution's choices. */
    static String text(String distribution, double internal) {
        JsonNode choices = parsed(distribution).path("attributes").path("choices");
        return choices.isArray() ? choices.path((int) internal).asText() : Double.toString(internal);
    }

    /** @param places of the objectives among the study's values */
    static Found found(
            String source, List<Objective.Goal> directions, Map<String, Integer> places, List<Trial> trials) {
        if (trials.isEmpty()) {
            throw new BadInput(source + " holds a study without trials: there is nothing to begin with");
        }
        List<Row> rows = new ArrayList<>();
        Map<String, Integer> leftOut = new LinkedHashMap<>();
        Set<String> columns = new LinkedHashSet<>();
        for (Trial trial : trials) {
            Ending ending = ending(trial, places);
            columns.addAll(trial.params.keySet());
            if (ending instanceof Ending.LeftOut out) {
                leftOut.merge(out.why(), 1, Integer::sum);
            } else {
                Outcome outcome = ((Ending.Known) ending).outcome();
                rows.add(new Row("trial " + trial.number, trial.params, outcome));
            }
        }
        Map<String, Objective.Goal> goals = new LinkedHashMap<>();
        places.forEach((name, place) -> goals.put(name, directions.get(place)));
        return new Found("an Optuna study", goals, List.copyOf(columns), rows, leftOut, List.of());
    }

    private static Ending ending(Trial trial, Map<String, Integer> places) {
        Map<String, String> values = new LinkedHashMap<>();
        places.forEach((name, place) -> {
            Optional<Double> value = Optional.ofNullable(trial.values.get(place));
            Optional<Double> known = trial.state.equals("PRUNED") ? trial.last.or(() -> value) : value;
            values.put(name, known.map(number -> Double.toString(number)).orElse(""));
        });
        Ending ending = Ending.of(trial.state, trial.reason, values);
        return ending instanceof Ending.Known known
                        && known.outcome() instanceof Outcome.Measured measured
                        && trial.violation > 0
                ? Ending.infeasible(measured.value(), "Optuna's constraints", trial.violation)
                        .with(measured.metrics())
                : ending;
    }
}
