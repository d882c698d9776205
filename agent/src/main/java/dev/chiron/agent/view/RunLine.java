package dev.chiron.agent.view;

import dev.chiron.agent.command.Words;
import dev.chiron.agent.spec.Spec;
import dev.chiron.optimizers.fidelity.Ladder;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The command of a config, as a person types it where the script lies. */
public final class RunLine {

    private static final Pattern HOLE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_.]*)}");

    private RunLine() {}

    /**
     * The line for a POSIX shell: variables of {@code env:} that parameters go into, then the words of {@code run:}, all holes filled, in quotes
     * where a shell would change them. What the config leaves out has its value at the start; of parts of a training it is the whole.
     */
    public static String of(Spec spec, Config config) {
        Map<String, String> values = new LinkedHashMap<>();
        values(Config.of(spec.space().filled(spec.baseline())), values);
        values(config, values);
        spec.fidelity().ifPresent(fidelity -> {
            Ladder ladder = fidelity.ladder();
            values.put(ladder.name(), ladder.whole().text());
        });
        values.put("script", spec.script());
        String variables = spec.env().entrySet().stream()
                .filter(variable -> !variable.getValue().equals(filled(variable.getValue(), values)))
                .map(variable -> variable.getKey() + "=" + quoted(filled(variable.getValue(), values)) + " ")
                .collect(Collectors.joining());
        return variables
                + Words.of(spec.run()).stream()
                        .map(word -> quoted(filled(word, values)))
                        .collect(Collectors.joining(" "));
    }

    /** A word of a command. */
    public static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./=:@,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static void values(Config config, Map<String, String> values) {
        ProgressSchedule.inScript(config).values().forEach((name, value) -> values.put(name, text(value)));
    }

    /** As a trial is given it. */
    private static String text(Value value) {
        return value instanceof Value.Real real ? Numbers.text(real.number()) : value.text();
    }

    private static String filled(String template, Map<String, String> values) {
        return HOLE.matcher(template)
                .replaceAll(hole -> Matcher.quoteReplacement(values.getOrDefault(hole.group(1), hole.group())));
    }
}
