package dev.chiron.agent.start;

import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A parameter as it stands in a chiron.yaml. */
final class ParameterLine {

    /** What ends a line, hides text, or may not stand in YAML as it is. */
    static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]");

    private ParameterLine() {}

    /** @param start where the search begins, if that is not the script's own value */
    static String of(Parameter parameter, Optional<Value> start) {
        String from = start.map(value -> ", default: " + value(value)).orElse("");
        if (parameter instanceof Parameter.Real real) {
            return "{ type: float, low: " + Numbers.text(real.low()) + ", high: " + Numbers.text(real.high())
                    + (real.log() ? ", log: true" : "") + from + " }";
        }
        if (parameter instanceof Parameter.Whole whole) {
            String scale = whole.powersOfTwo() ? ", powers_of_two: true" : whole.log() ? ", log: true" : "";
            String step = whole.step() > 1 ? ", step: " + whole.step() : "";
            return "{ type: int, low: " + whole.low() + ", high: " + whole.high() + scale + step + from + " }";
        }
        if (parameter instanceof Parameter.Choice choice) {
            String options = choice.options().stream().map(ParameterLine::value).collect(Collectors.joining(", "));
            return "{ type: choice, options: [" + options + "]" + from + " }";
        }
        throw new AssertionError(parameter);
    }

    private static String value(Value value) {
        return value instanceof Value.Text text ? quoted(text.text()) : value.text();
    }

    private static String quoted(String text) {
        return "\""
                + UNFIT.matcher(text.replace("\\", "\\\\").replace("\"", "\\\""))
                        .replaceAll(unfit -> Matcher.quoteReplacement(String.format(
                                Locale.ROOT, "\\U%08x", unfit.group().codePointAt(0))))
                + "\"";
    }
}
