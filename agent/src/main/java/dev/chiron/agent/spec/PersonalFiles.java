package dev.chiron.agent.spec;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A person's own files, in {@code ~/.config/chiron} or where {@code XDG_CONFIG_HOME} says. */
final class PersonalFiles {

    private PersonalFiles() {}

    /** Where a file of that name would be; empty where nobody has a home. */
    static Optional<Path> find(String name, Map<String, String> environment) {
        return variable("XDG_CONFIG_HOME", environment)
                .map(Path::of)
                .or(() -> variable("HOME", environment).map(home -> Path.of(home, ".config")))
                .map(config -> config.resolve("chiron").resolve(name));
    }

    private static Optional<String> variable(String name, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
    }
}
