package dev.chiron.evals.compare;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.SteeredSpace;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run that begins in a space that is too narrow, and whose space a person edits to the task's own in the middle, as in {@code chiron session}.
 *
 * @param narrow what is narrower at first: {@code NAME=VALUE} is not tuned, {@code NAME=LOW..HIGH} has this range
 * @param trial the number of the first trial in the task's own space
 */
public record Widening(List<String> narrow, int trial) {

    private static final Pattern ONE = Pattern.compile("([^=]+)=(.+?)(?:\\.\\.(.+))?");

    /**
     * Checks what can be checked without a task.
     *
     * @throws BadInput if there is nothing narrower, or the trial is the first
     */
    public Widening {
        narrow = List.copyOf(narrow);
        if (narrow.isEmpty() || trial < 1) {
            throw new BadInput(
                    "--narrow and --widen-at belong together: what is narrower at first, and the first trial (1 or more)"
                            + " in the task's own space");
        }
        for (String one : narrow) {
            if (!ONE.matcher(one).matches()) {
                throw new BadInput("--narrow " + one + ": write NAME=VALUE or NAME=LOW..HIGH");
            }
        }
    }

    /** What begins the part of a method's name that says how it was edited. */
    static final String LABEL = " narrow=";

    /** What tables add to a method's name. */
    String label() {
        return LABEL + String.join(",", narrow) + " until=" + trial;
    }

    /**
     * The space that a run begins with.
     *
     * @throws BadInput if the task has no such parameter, or the value or range does not suit it
     */
    SteeredSpace begin(EvalTask task, Config start) {
        SteeredSpace space = SteeredSpace.of(task.space(), start, Map.of());
        for (String one : narrow) {
            Matcher parts = ONE.matcher(one);
            if (!parts.matches()) {
                throw new AssertionError(one);
            }
            String name = parts.group(1).strip();
            Value first = value(task.space(), name, parts.group(2).strip());
            space = parts.group(3) == null
                    ? space.pin(name, first)
                    : space.range(
                            name,
                            first,
                            value(task.space(), name, parts.group(3).strip()));
        }
        return space;
    }

    /** The same as a person edits it: all parameters are tuned, in the task's ranges. */
    static SteeredSpace widened(SteeredSpace narrow, SearchSpace own) {
        SteeredSpace space = narrow;
        for (String name : new LinkedHashMap<>(narrow.pins()).keySet()) {
            space = space.unpin(name);
        }
        for (Parameter parameter : own.parameters()) {
            if (!space.space().find(parameter.name()).equals(own.find(parameter.name()))) {
                space = space.range(parameter.name(), parameter.decode(0), parameter.decode(1));
            }
        }
        return space;
    }

    private static Value value(SearchSpace space, String name, String text) {
        Parameter parameter = space.find(name)
                .orElseThrow(() -> new BadInput("--narrow " + name + ": the task has no such parameter; it has "
                        + String.join(
                                ", ",
                                space.parameters().stream().map(Parameter::name).toList())));
        try {
            return parameter instanceof Parameter.Real
                    ? Value.of(Double.parseDouble(text))
                    : parameter instanceof Parameter.Whole ? Value.of(Long.parseLong(text)) : option(parameter, text);
        } catch (NumberFormatException e) {
            throw new BadInput("--narrow " + name + ": " + text + " is no such number as it takes", e);
        }
    }

    private static Value option(Parameter parameter, String text) {
        return parameter.grid().stream()
                .map(parameter::decode)
                .filter(option -> option.text().equals(text))
                .findFirst()
                .orElseGet(() -> Value.of(text)); // which is refused where it is used
    }
}
