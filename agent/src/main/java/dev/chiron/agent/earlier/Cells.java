package dev.chiron.agent.earlier;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import java.util.Optional;

/** A cell's text as a parameter's value. */
final class Cells {

    private static final double MOST_EXACT = 1L << 53;

    private Cells() {}

    /** The value that the text means; empty if it is none of that kind, or blank. It may lie outside the parameter's range. */
    static Optional<Value> value(Parameter parameter, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (parameter instanceof Parameter.Choice choice) {
            return Optional.of(option(choice, text).orElseGet(() -> new Value.Text(text)));
        }
        Optional<Double> number = Ending.number(text).filter(Double::isFinite);
        if (parameter instanceof Parameter.Whole) {
            return number.filter(value -> value == Math.rint(value) && Math.abs(value) < MOST_EXACT)
                    .map(value -> new Value.Whole((long) (double) value));
        }
        return number.map(Value.Real::new);
    }

    private static Optional<Value> option(Parameter.Choice choice, String text) {
        Optional<Double> number = Ending.number(text);
        return choice.options().stream()
                .filter(option -> option.text().equals(text)
                        || (option instanceof Value.Flag && option.text().equalsIgnoreCase(text))
                        || (number.isPresent()
                                && option.asNumber().isPresent()
                                && option.asNumber().getAsDouble() == number.get()))
                .findFirst()
                .or(() -> number.flatMap(truth -> truth(choice, truth)));
    }

    /** The truth value that a table has as 1 or 0, as tools write one that came from a model of data or a database. */
    private static Optional<Value> truth(Parameter.Choice choice, double number) {
        return number == 0 || number == 1
                ? choice.options().stream()
                        .filter(new Value.Flag(number == 1)::equals)
                        .findFirst()
                : Optional.empty();
    }
}
