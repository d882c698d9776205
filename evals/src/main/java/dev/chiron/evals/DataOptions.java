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

    /** The tasks with their data. */
    Tasks tasks(Console console) {
        return Tasks.known(
                yahpo.isEmpty() ? shared(console).resolve("data/yahpo") : console.path(yahpo),
                autoresearch.isEmpty()
                        ? shared(console).resolve("data/autoresearch-trials.csv.gz")
                        : console.path(autoresearch),
                console::path);
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
