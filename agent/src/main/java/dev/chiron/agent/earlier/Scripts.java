package dev.chiron.agent.earlier;

import dev.chiron.agent.BadInput;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.Value;
import dev.chiron.sandbox.source.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The script as it was in the commits that a results.tsv names: what its constants were there. */
final class Scripts {

    private static final String COMMIT = "[0-9a-fA-F]{4,64}";

    private final Path folder;
    private final String column;
    private final Wanted wanted;
    private final Optional<Source> now;
    private int read;
    private int edited;

    Scripts(Path table, String name, String column, Wanted wanted) {
        this.folder = Optional.ofNullable(table.toAbsolutePath().getParent()).orElse(table);
        this.column = column;
        this.wanted = wanted;
        this.now = current(name);
    }

    private Optional<Source> current(String name) {
        Path script = wanted.spec().folder().resolve(wanted.spec().script());
        try {
            return Optional.of(Source.read(script));
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput(
                    name + ": the parameters are in the script's commits, and " + script + " cannot be read: "
                            + e.getMessage(),
                    e);
        }
    }

    /** The parameters' values in a row's commit; empty if it is not known. */
    Optional<Map<String, String>> values(Map<String, String> cells) {
        return Optional.ofNullable(cells.get(column))
                .filter(commit -> commit.matches(COMMIT))
                .flatMap(this::text)
                .flatMap(this::source)
                .map(this::values);
    }

    private Optional<Source> source(String text) {
        try {
            return Optional.of(
                    Source.of(Path.of(wanted.spec().script()).getFileName().toString(), text));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // that version was no program
        }
    }

    private Map<String, String> values(Source source) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, Value> own = new LinkedHashMap<>();
        for (String parameter : wanted.parameters()) {
            String name = ProgressSchedule.inScript(parameter);
            source.find(name).ifPresent(constant -> {
                values.put(parameter, constant.value().text());
                now.flatMap(script -> script.find(name)).ifPresent(mine -> own.put(name, mine.value()));
            });
        }
        read++;
        edited += isEdited(source, own) ? 1 : 0;
        return values;
    }

    /** Whether it differs from today's script in more than the parameters. */
    private boolean isEdited(Source source, Map<String, Value> own) {
        try {
            return now.filter(script -> script.text().equals(source.with(own))).isEmpty();
        } catch (IllegalArgumentException e) {
            return true; // a constant of another kind
        }
    }

    List<String> notes() {
        return edited == 0
                ? List.of()
                : List.of("in " + edited + " of " + read + " commits the script differs from today's in more than the "
                        + "parameters; their values are taken as if it did not");
    }

    /** Plumbing only: no hook, filter or pager of that repository runs, and nothing is fetched. */
    private Optional<String> text(String commit) {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString(), "cat-file", "blob"));
        command.add(commit + ":./" + wanted.spec().script());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.PIPE);
        builder.environment().clear();
        builder.environment().putAll(wanted.environment());
        builder.environment().put("GIT_NO_LAZY_FETCH", "1");
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
