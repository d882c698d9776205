package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.propose.Llambo;
import dev.chiron.prompts.describe.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How LLAMBO asks in a comparison: the keys of a chiron.yaml's {@code llambo:} that were given. */
final class LlamboOption {

    private static final List<String> KEYS = List.of("mode", "surrogate", "alpha", "candidates", "context");

    private final Map<String, String> given;

    LlamboOption(Map<String, String> given) {
        this.given = new LinkedHashMap<>(given);
    }

    /** @throws BadInput for an unknown key, and for a value that will not do */
    Llambo settings() {
        given.keySet().stream().filter(key -> !KEYS.contains(key)).findFirst().ifPresent(key -> {
            throw new BadInput("--llambo " + key + ": none of " + String.join(", ", KEYS));
        });
        Llambo usual = Llambo.usual();
        try {
            return new Llambo(
                    one("mode", Llambo.Mode.labelled(given("mode", usual.mode().label())), Llambo.Mode.labels()),
                    one(
                            "surrogate",
                            Llambo.Surrogate.labelled(
                                    given("surrogate", usual.surrogate().label())),
                            Llambo.Surrogate.labels()),
                    Double.parseDouble(given("alpha", Double.toString(usual.alpha()))),
                    Integer.parseInt(given("candidates", Integer.toString(usual.candidates()))),
                    one(
                            "context",
                            Context.labelled(given("context", usual.context().label())),
                            Context.labels()));
        } catch (IllegalArgumentException e) {
            throw new BadInput("--llambo " + given + ": " + e.getMessage(), e);
        }
    }

    private String given(String key, String usual) {
        return given.getOrDefault(key, usual);
    }

    private <T> T one(String key, Optional<T> found, List<String> known) {
        return found.orElseThrow(
                () -> new BadInput("--llambo " + key + "=" + given(key, "") + ": none of " + String.join(", ", known)));
    }

    /** What tables say of it: nothing of what is usual. */
    String label() {
        return given.entrySet().stream()
                .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining());
    }
}
