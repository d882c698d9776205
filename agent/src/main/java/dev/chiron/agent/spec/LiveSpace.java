package dev.chiron.agent.spec;

import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a steered space can be active while some of its parameters are pinned: those have their one value, and what never can be
 * active is left out.
 *
 * @param parameters by name, in the space's order
 * @param conditions under which something can be active, with the values of a parent that it can have
 */
record LiveSpace(Map<String, Parameter> parameters, List<Condition> conditions) {

    static LiveSpace of(Map<String, Parameter> tuned, List<Condition> conditions, Map<String, Value> pins) {
        Map<String, Parameter> all = new LinkedHashMap<>();
        tuned.forEach((name, parameter) -> all.put(name, fixed(parameter, pins.get(name))));
        List<Condition> live = new ArrayList<>(conditions);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Condition condition : List.copyOf(live)) {
                List<Value> met = met(condition, all.get(condition.parent()));
                if (!all.containsKey(condition.parameter()) || met.isEmpty()) {
                    live.remove(condition);
                    all.remove(condition.parameter());
                    changed = true;
                } else if (met.size() < condition.values().size()) {
                    live.set(live.indexOf(condition), new Condition(condition.parameter(), condition.parent(), met));
                    changed = true;
                }
            }
        }
        return new LiveSpace(all, live);
    }

    private static List<Value> met(Condition condition, @Nullable Parameter parent) {
        return condition.values().stream()
                .filter(value -> parent != null
                        && parent.problem(value).isEmpty()
                        && parent.nearest(value).equals(value))
                .toList();
    }

    /** The parameter with this value alone; itself where there is none. What is dropped may lie outside the range. */
    private static Parameter fixed(Parameter parameter, @Nullable Value pinned) {
        if (pinned == null) {
            return parameter;
        }
        if (parameter instanceof Parameter.Real real) {
            double at = pinned.asNumber().orElseThrow();
            return new Parameter.Real(real.name(), at, at, real.log() && at > 0);
        } else if (parameter instanceof Parameter.Whole whole && pinned instanceof Value.Whole at) {
            return new Parameter.Whole(whole.name(), at.number(), at.number(), false, 1, false);
        } else if (parameter instanceof Parameter.Choice choice) {
            return new Parameter.Choice(choice.name(), List.of(pinned), choice.ordered());
        }
        throw new AssertionError(parameter + " " + pinned);
    }
}
