package dev.chiron.sandbox.run;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Value;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code {script}} and {@code {PARAMETER}} holes, and {@code {artifacts}} where there are some. Braces around anything else are just text. */
final class Holes {

    private static final String SCRIPT = "script";
    private static final String ARTIFACTS = "artifacts";
    private static final Pattern HOLE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_.]*)}");

    private final String script;
    private final Config config;
    private final Config defaults;
    private final Optional<Path> artifacts;

    /** @param defaults the values of what the config leaves out */
    Holes(String script, Config config, Config defaults) {
        this(script, config, defaults, Optional.empty());
    }

    /** @param artifacts where what a run saved is to be found; empty for the run itself, which knows no such hole */
    Holes(String script, Config config, Config defaults, Optional<Path> artifacts) {
        this.script = script;
        this.config = config;
        this.defaults = defaults;
        this.artifacts = artifacts;
    }

    /** The names in a template's holes, in order. */
    static Set<String> names(String template) {
        Set<String> names = new LinkedHashSet<>();
        Matcher hole = HOLE.matcher(template);
        while (hole.find()) {
            names.add(hole.group(1));
        }
        return names;
    }

    /** The template with its holes filled; what a value contains is not looked at again. */
    String fill(String template) {
        return HOLE.matcher(template)
                .replaceAll(hole -> Matcher.quoteReplacement(filling(hole.group(1), hole.group())));
    }

    private String filling(String name, String hole) {
        if (name.equals(ARTIFACTS) && artifacts.isPresent()) {
            return artifacts.get().toString();
        }
        return name.equals(SCRIPT)
                ? script
                : config.find(name)
                        .or(() -> defaults.find(name))
                        .map(Holes::text)
                        .orElse(hole);
    }

    /** As short as exact: 1e-5, which every program reads, where Java would write 1.0E-5. */
    private static String text(Value value) {
        return value instanceof Value.Real real ? Numbers.text(real.number()) : value.text();
    }
}
