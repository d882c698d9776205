package dev.chiron.evals;

import dev.chiron.agent.cli.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where the tasks find data that is not part of Chiron. */
final class DataOptions {

    @Option(
            names = "--yahpo",
            paramLabel = "FOLDER",
            description = "YAHPO's data, a folder a scenario (default: shared/data/yahpo beside the repository)")
    private String yahpo = "";

    @Option(
            names = "--autoresearch",
            paramLabel = "FILE",
            description = "recorded trials (default: shared/data/autoresearch-trials.csv.gz beside the repository)")
    private String autoresearch = "";

    @Option(
            names = "--bayesmark",
            paramLabel = "FOLDER",
            description = "LLAMBO's spaces, first configs and runs (default: shared/data beside the repository)")
    private String bayesmark = "";

    @Option(
            names = "--python",
            defaultValue = "/usr/bin/python3",
            paramLabel = "PROGRAM",
            description =
                    "an interpreter that has scikit-learn, for bayesmark, and Optuna, for peers (default: ${DEFAULT-VALUE})")
    private String python = "";

    /** The tasks with their data. */
    Tasks tasks(Console console) {
        Tasks.Places places = new Tasks.Places(
                place(console, yahpo, "data/yahpo"),
                place(console, autoresearch, "data/autoresearch-trials.csv.gz"),
                bayesmark(console),
                python,
                home(console).resolve("examples"));
        return Tasks.known(places, console);
    }

    /** The folder of LLAMBO's data. */
    Path bayesmark(Console console) {
        return place(console, bayesmark, "data");
    }

    /** An interpreter for what needs Python. */
    String python() {
        return python;
    }

    private static Path place(Console console, String given, String usual) {
        return given.isEmpty() ? shared(console).resolve(usual) : console.path(given);
    }

    /** These options again, for another process. */
    List<String> words(Console console) {
        List<String> words = new ArrayList<>();
        if (!yahpo.isEmpty()) {
            words.addAll(List.of("--yahpo", console.path(yahpo).toString()));
        }
        if (!autoresearch.isEmpty()) {
            words.addAll(List.of("--autoresearch", console.path(autoresearch).toString()));
        }
        if (!bayesmark.isEmpty()) {
            words.addAll(List.of("--bayesmark", console.path(bayesmark).toString()));
        }
        words.addAll(List.of("--python", python));
        return words;
    }

    /** The folder {@code shared} beside the repository. */
    static Path shared(Console console) {
        return home(console).resolveSibling("shared");
    }

    /** The repository: the launcher says where it is. */
    static Path home(Console console) {
        return console.path(console.environment().getOrDefault("CHIRON_HOME", "."));
    }
}
