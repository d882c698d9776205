package dev.chiron.sandbox.run;

import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.sandbox.source.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The script in a workspace, and what a change makes of it.
 *
 * @param passed the names of the parameters that are passed otherwise
 * @param workspace without links on the way
 */
record ScriptText(Training training, Set<String> passed, Path workspace) {

    /** Writes what is tried into the workspace's script and returns the diff against the project's. */
    String set(Change change) throws IOException {
        Map<String, Value> constants =
                new LinkedHashMap<>(ProgressSchedule.inScript(change.config()).values());
        constants.keySet().removeAll(passed);
        if (change.variant().isEmpty() && constants.isEmpty()) {
            return "";
        }
        Path script = workspace.resolve(training.script());
        if (!isInside(script)) {
            throw new IllegalArgumentException(
                    training.script() + " leads out of the project by a link: it is not written to");
        }
        if (change instanceof Change.Edit edit) {
            String before = new String(Files.readAllBytes(script), StandardCharsets.UTF_8);
            return write(script, before, edited(edit, constants));
        }
        Source source = Source.read(script);
        return write(script, source.text(), source.with(constants));
    }

    /** The edited text with the values that it still has a place for. */
    private String edited(Change.Edit edit, Map<String, Value> constants) {
        if (constants.isEmpty()) {
            return edit.script().text();
        }
        Source source = Source.of(
                String.valueOf(Path.of(training.script()).getFileName()),
                edit.script().text());
        constants.keySet().removeIf(name -> source.find(name).isEmpty());
        return source.with(constants);
    }

    private String write(Path script, String before, String after) throws IOException {
        Files.writeString(script, after);
        return ScriptDiff.of(training.script(), before, after);
    }

    /** Removes the file that the metric is read from, so that an old one is never read. */
    void clearResult() throws IOException {
        if (training.metric() instanceof MetricSource.JsonFile json) {
            Path stale = workspace.resolve(json.file()).normalize();
            if (Files.exists(stale, LinkOption.NOFOLLOW_LINKS) && isInside(stale.resolveSibling("."))) {
                Files.deleteIfExists(stale);
            }
        }
    }

    /** Links of the project lead where they led: through them one would write to, or delete, the user's own files. */
    private boolean isInside(Path path) throws IOException {
        return path.toRealPath().startsWith(workspace);
    }
}
