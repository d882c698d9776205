package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.End;
import dev.chiron.agent.llm.OllamaProbe;
import dev.chiron.agent.spec.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code chiron demo}: tunes a bundled training script, with nothing but Java. */
@Command(
        name = "demo",
        description = "Tunes a bundled training script in under two minutes: no key, no GPU, no Python.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final String EXAMPLE = "/examples/spirals/";
    private static final List<String> FILES = List.of("chiron.yaml", "Train.java");

    private final Console console;

    @Option(
            names = "--llm",
            paramLabel = "MODEL",
            description = "the model (default: Ollama's first if it answers here, else builtin)")
    private @Nullable String llm;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "how many trials (default: as many as take under two minutes)")
    private @Nullable String trials;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "where to put script and study (default: chiron-demo)")
    private String folder = "chiron-demo";

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path place = console.path(folder);
        unpack(place);
        String model = llm == null ? modelHere() : llm;
        List<Setting> settings = new ArrayList<>();
        settings.add(new Setting("llm.model", model, "--llm"));
        if (trials != null) {
            settings.add(new Setting("budget.trials", trials, "--trials"));
        }
        End end = new StudyRun(console, StudyRun.Display.LINES)
                .run(place.resolve("chiron.yaml"), settings, place.resolve("chiron-study"), true);
        if (end == End.DONE) {
            console.out().println();
            console.out().println("Look around:");
            console.out().println("  chiron trials --study " + folder + "/chiron-study");
            console.out().println("  chiron show 0 --study " + folder + "/chiron-study");
            console.out().println("  " + folder + "/chiron.yaml    the task; for your own script: chiron init SCRIPT");
        }
        return end.exitCode();
    }

    private String modelHere() {
        OllamaProbe.Finding found = new OllamaProbe(console.environment()).look();
        Optional<String> name =
                found.models().stream().map(OllamaProbe.LocalModel::name).findFirst();
        console.err()
                .println(
                        name.map(first -> "Ollama answers at " + found.url() + ": its model " + first + " takes part.")
                                .orElse(
                                        "No Ollama with a model here: `builtin` takes part, rules of thumb and not a language model."));
        return name.map(first -> "ollama:" + first).orElse("builtin");
    }

    private void unpack(Path place) {
        if (Files.exists(place) && !Files.isDirectory(place)) {
            throw new BadInput(place + " is a file: give the demo another folder with --folder");
        }
        try {
            Files.createDirectories(place);
            for (String file : FILES) {
                byte[] bundled = bundled(file);
                Path target = place.resolve(file);
                if (Files.exists(target) && !Arrays.equals(Files.readAllBytes(target), bundled)) {
                    throw new BadInput(
                            target + " is there and differs from the demo's: give the demo another folder with "
                                    + "--folder, or run yours with `chiron run " + place.resolve("chiron.yaml") + "`");
                }
                Files.write(target, bundled);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(place + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static byte[] bundled(String file) throws IOException {
        try (InputStream bundled = DemoCommand.class.getResourceAsStream(EXAMPLE + file)) {
            if (bundled == null) {
                throw new AssertionError("not in the jar: " + EXAMPLE + file);
            }
            return bundled.readAllBytes();
        }
    }
}
