package dev.chiron.agent.spec;

import dev.chiron.agent.BadInput;
import dev.chiron.optimizers.space.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** A folder with a script and a chiron.yaml, read as the program would read it. */
record Workplace(Path folder) {

    static final List<String> OPTIMIZERS = List.of("cma-es", "tpe", "gp", "nsga2");
    static final List<String> METHODS = List.of(
            "centaur",
            "llambo",
            "centaur-code",
            "cma-es",
            "commons-cma-es",
            "random",
            "llm",
            "llm-tpe",
            "optoprime",
            "agent-hpo",
            "hyperband",
            "bohb");
    static final String YAML = """
            task: Train a small model.
            script: train.py
            run: python3 {script}
            metric: { name: val_bpb }
            space:
              DEPTH: { type: int, low: 4, high: 24, default: 8 }
              LR: { type: float, low: 0.005, high: 0.2, log: true }
            """;

    static Workplace in(Path folder) throws IOException {
        Files.writeString(folder.resolve("train.py"), "DEPTH = 8\nLR = 0.04\n");
        return new Workplace(folder);
    }

    static Map<String, Value> constants() {
        Map<String, Value> constants = new LinkedHashMap<>();
        constants.put("DEPTH", new Value.Whole(8));
        constants.put("LR", new Value.Real(0.04));
        return constants;
    }

    Path yaml(String text) throws IOException {
        return Files.writeString(folder.resolve("chiron.yaml"), text);
    }

    Draft draft(String text, Setting... flags) throws IOException {
        return new SpecReader(METHODS, OPTIMIZERS, Map.of()).read(yaml(text), List.of(flags));
    }

    Spec spec(String text, Setting... flags) throws IOException {
        return draft(text, flags).complete(constants(), Map.of());
    }

    /** The message about a broken file, without the folder's name. */
    String message(String text, Setting... flags) {
        return message(() -> spec(text, flags));
    }

    String message(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        BadInput bad = Assertions.catchThrowableOfType(BadInput.class, action);
        return bad == null
                ? "nothing wrong"
                : String.valueOf(bad.getMessage()).replace(folder + "/", "").replace(folder.toString(), "HERE");
    }
}
