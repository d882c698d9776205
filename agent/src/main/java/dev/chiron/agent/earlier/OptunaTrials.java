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

/** The trials of an Optuna study, wherever they were stored. */
final class OptunaTrials {

    /** What a run of Optuna's is, while it is put together from its parts. */
    static final class Trial {
        final int number;
        String state = "RUNNING";
        Optional<Double> value = Optional.empty();
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
        try {
            return violation(new ObjectMapper().readTree(constraints));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no constraints: " + constraints, e);
        }
    }

    static Objective.Goal goal(String source, String study, List<Objective.Goal> directions) {
        if (directions.size() != 1) {
            throw new BadInput(source + ": the study " + study + " has " + directions.size()
                    + " objectives; only one can be taken over. Export its trials as CSV and name the metric's column "
                    + "with --from-metric");
        }
        return directions.get(0);
    }

    /** A parameter's value from how Optuna stores it: a number, or the place among a distribution's choices. */
    static String text(String distribution, double internal) {
        try {
            JsonNode choices =
                    new ObjectMapper().readTree(distribution).path("attributes").path("choices");
            if (choices.isArray()) {
                return choices.path((int) internal).asText();
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no distribution: " + distribution, e);
        }
        return Double.toString(internal);
    }

    static Found found(String source, Objective.Goal goal, List<Trial> trials) {
        if (trials.isEmpty()) {
            throw new BadInput(source + " holds a study without trials: there is nothing to begin with");
        }
        List<Row> rows = new ArrayList<>();
        Map<String, Integer> leftOut = new LinkedHashMap<>();
        Set<String> columns = new LinkedHashSet<>();
        for (Trial trial : trials) {
            Optional<Double> value = trial.state.equals("PRUNED") ? trial.last.or(() -> trial.value) : trial.value;
            Ending ending = ending(trial, value);
            columns.addAll(trial.params.keySet());
            if (ending instanceof Ending.LeftOut out) {
                leftOut.merge(out.why(), 1, Integer::sum);
            } else {
                Outcome outcome = ((Ending.Known) ending).outcome();
                rows.add(new Row("trial " + trial.number, trial.params, outcome));
            }
        }
        return new Found("an Optuna study", Optional.of(goal), List.copyOf(columns), rows, leftOut, List.of());
    }

    private static Ending ending(Trial trial, Optional<Double> value) {
        Ending ending = Ending.of(
                trial.state,
                trial.reason,
                value.map(known -> Double.toString(known)).orElse(""));
        boolean measured = ending instanceof Ending.Known known
                && known.outcome() instanceof Outcome.Measured
                && trial.violation > 0;
        return measured ? Ending.infeasible(value.orElseThrow(), "Optuna's constraints", trial.violation) : ending;
    }
}
