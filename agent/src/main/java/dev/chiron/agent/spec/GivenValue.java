package dev.chiron.agent.spec;

import dev.chiron.agent.BadInput;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a person who steers a study gives for a parameter, as one of its values.
 *
 * @param where what the person wrote, as the beginning of messages
 */
record GivenValue(String where, Parameter parameter) {

    /** The number with another range. */
    Parameter range(Value low, Value high) {
        try {
            if (parameter instanceof Parameter.Real real) {
                return new Parameter.Real(real.name(), number(low), number(high), real.log());
            } else if (parameter instanceof Parameter.Whole whole) {
                return new Parameter.Whole(
                        whole.name(), whole(low), whole(high), whole.log(), whole.step(), whole.powersOfTwo());
            }
        } catch (IllegalArgumentException e) {
            throw new BadInput(where + e.getMessage(), e);
        }
        throw new BadInput(where + parameter.name() + " is a choice: give its options, not two numbers");
    }

    private double number(Value value) {
        return value.asNumber().orElseThrow(() -> new BadInput(where + value.text() + " is no number"));
    }

    private long whole(Value value) {
        double number = number(value);
        if (number != Math.rint(number)) {
            throw new BadInput(where + value.text() + " is no whole number");
        }
        return value instanceof Value.Whole exact ? exact.number() : (long) number;
    }

    /** A text as the option that is written so; where no option is a text, as the number that it says. */
    Value option(Value value) {
        if (!(parameter instanceof Parameter.Choice choice) || !(value instanceof Value.Text)) {
            return value;
        }
        return choice.options().stream()
                .filter(option -> option.text().equals(value.text()))
                .findFirst()
                .orElseGet(() -> choice.options().stream()
                                .allMatch(option -> option.asNumber().isPresent())
                        ? optionNumber(value.text())
                        : value);
    }

    private Value optionNumber(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            return number.scale() <= 0 && text.matches("[-+]?\\d+")
                    ? Value.of(number.longValueExact())
                    : Value.of(number.doubleValue());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new BadInput(where + "options of " + parameter.name() + " are numbers, not " + text, e);
        }
    }

    /**
     * The value as the parameter has it.
     *
     * @param remedy what to do if it cannot have it, as the end of the message
     */
    Value usable(Value value, String remedy) {
        Optional<String> problem = parameter.problem(value);
        if (problem.isEmpty()) {
            problem = ParameterReader.offGrid(parameter, value);
        }
        problem.ifPresent(why -> {
            throw new BadInput(where + why + remedy);
        });
        return parameter.nearest(value);
    }
}
