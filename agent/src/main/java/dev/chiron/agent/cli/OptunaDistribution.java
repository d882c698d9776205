package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;

/**
 * A parameter as Optuna describes it: {@code FloatDistribution}, {@code IntDistribution} or {@code
 * CategoricalDistribution} of {@code optuna/distributions.py}, version 3 and later.
 *
 * <p>Powers of two are categories, as Optuna's own users write them, so that whatever Optuna proposes next is a power of
 * two as well. Optuna has no logarithmic steps: such a parameter keeps its scale and loses its step.
 */
record OptunaDistribution(Parameter parameter) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The object that Optuna's {@code json_to_distribution} reads. */
    ObjectNode json() {
        ObjectNode object = NODES.objectNode();
        if (parameter instanceof Parameter.Real real) {
            object.put("name", "FloatDistribution");
            object.putObject("attributes")
                    .putNull("step")
                    .put("low", real.low())
                    .put("high", real.high())
                    .put("log", real.log());
        } else if (parameter instanceof Parameter.Whole whole && !whole.powersOfTwo()) {
            object.put("name", "IntDistribution");
            object.putObject("attributes")
                    .put("log", whole.log())
                    .put("step", whole.log() ? 1 : whole.step())
                    .put("low", whole.low())
                    .put("high", whole.high());
        } else {
            object.put("name", "CategoricalDistribution");
            ArrayNode choices = object.putObject("attributes").putArray("choices");
            options().forEach(option -> choices.addPOJO(option.plain()));
        }
        return object;
    }

    private List<Value> options() {
        if (parameter instanceof Parameter.Choice choice) {
            return choice.options();
        }
        if (parameter instanceof Parameter.Whole whole && whole.powersOfTwo()) {
            return LongStream.iterate(whole.low(), power -> power > 0 && power <= whole.high(), power -> power * 2)
                    .<Value>mapToObj(Value.Whole::new)
                    .toList();
        }
        return List.of();
    }

    /**
     * Optuna's internal number for a value: the number itself, or an option's index. Empty for a value that the
     * parameter does not allow, which Optuna would not accept either.
     */
    OptionalDouble internal(Value value) {
        Optional<String> problem = parameter.problem(value);
        if (problem.isPresent()) {
            return OptionalDouble.empty();
        }
        if (parameter instanceof Parameter.Real) {
            return value.asNumber();
        }
        Value nearest = parameter.nearest(value);
        if (parameter instanceof Parameter.Whole && !nearest.asNumber().equals(value.asNumber())) {
            return OptionalDouble.empty(); // between two steps
        }
        List<Value> options = options();
        return options.isEmpty() ? nearest.asNumber() : OptionalDouble.of(options.indexOf(nearest));
    }
}
