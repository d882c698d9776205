package dev.chiron.sandbox.run;

import dev.chiron.sandbox.isolate.Mount;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a command is given of checkpoints.
 *
 * @param loads the folders that it goes on from, none of which it can write to; several where it is to make one of them
 * @param weights of each, where there are several
 * @param save the folder that it saves to, in its workspace; empty where no checkpoints are asked for
 */
record Given(List<Path> loads, List<Double> weights, Optional<Path> save) {

    /** What each of several checkpoints weighs, in the order of their folders. */
    static final String WEIGHTS = "CHIRON_WEIGHTS";

    private static final String SAVE = ".checkpoint";
    private static final String BEFORE = ".checkpoint-before";

    Given {
        loads = List.copyOf(loads);
        weights = List.copyOf(weights);
    }

    static final Given NOTHING = new Given(List.of(), List.of(), Optional.empty());

    /** An empty folder to save to in a workspace, where runs save. */
    static Given in(Path workspace, Training training) throws IOException {
        if (training.saving().isEmpty()) {
            return NOTHING;
        }
        Path save = workspace.resolve(SAVE);
        Clearing.remove(save); // a project may have one of that name
        Clearing.remove(workspace.resolve(BEFORE));
        return new Given(List.of(), List.of(), Optional.of(Files.createDirectory(save)));
    }

    /** Where a run that saves has saved, in its workspace. */
    static Path saved(Path workspace) {
        return workspace.resolve(SAVE);
    }

    /** Where what a run goes on from lies in its workspace, if it was made for it alone. */
    static Path before(Path workspace) {
        return workspace.resolve(BEFORE);
    }

    Given loading(Path folder) {
        return new Given(List.of(folder), List.of(), save);
    }

    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        save.ifPresent(folder -> variables.put(Checkpoints.SAVE, folder.toString()));
        if (!loads.isEmpty()) {
            variables.put(
                    Checkpoints.LOAD,
                    loads.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        }
        if (!weights.isEmpty()) {
            variables.put(
                    WEIGHTS, weights.stream().map(String::valueOf).collect(Collectors.joining(File.pathSeparator)));
        }
        return variables;
    }

    List<Mount> mounts() {
        return loads.stream().map(Mount::read).toList();
    }
}
