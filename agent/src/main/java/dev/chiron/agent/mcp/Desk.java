package dev.chiron.agent.mcp;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.LlmSpec;
import dev.chiron.agent.spec.Setting;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.start.Surroundings;
import dev.chiron.agent.start.TaskFile;
import dev.chiron.agent.view.StudyView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The studies that clients have opened, and those that lie in the folder. For any thread. */
final class Desk implements AutoCloseable {

    /** Models that reach no program and no address that a client could choose. */
    private static final List<String> HARMLESS = List.of("none", "builtin", "perturb");

    private final Fence fence;
    private final boolean unsandboxed;
    private final Surroundings surroundings;
    private final Map<Path, Seat> seats = new LinkedHashMap<>();

    /** @param unsandboxed whether a task may switch the sandbox off */
    Desk(Fence fence, boolean unsandboxed, Surroundings surroundings) {
        this.fence = fence;
        this.unsandboxed = unsandboxed;
        this.surroundings = surroundings;
    }

    Fence fence() {
        return fence;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /**
     * Opens the study of a task.
     *
     * @param study its folder; empty for the usual one beside the task
     * @throws BadInput if anything about the task is wrong, or it leaves the folder
     */
    synchronized Seat open(String file, Optional<String> study, List<Setting> flags, boolean fresh) {
        Path task = fence.inside(file);
        if (!Files.isRegularFile(task)) {
            throw new BadInput("no task file " + fence.shown(task) + ": write one with `create_task`, or name another");
        }
        Path folder = fence.inside(study.map(fence::inside).orElseGet(() -> task.resolveSibling("chiron-study")));
        running(folder);
        Spec spec = checked(task, folder, flags, fresh);
        if (spec.crew().workers() > 1) {
            throw new BadInput("workers: over MCP one trial is run after the other, and the task has "
                    + spec.crew().workers()
                    + " workers; take workers and gpus out of it, and leave several to chiron run");
        }
        Seat seat = new Seat(task, folder, flags, spec, fresh, surroundings);
        seats.put(folder, seat);
        return seat;
    }

    /**
     * Writes a task file, if it is one.
     *
     * @throws BadInput if anything about it is wrong, as when it is opened, or it names a model that a client may not choose; then the file is as
     *     it was
     */
    synchronized void writeTask(Path task, String text) {
        try {
            Path draft = Files.writeString(task.resolveSibling(".chiron.yaml.draft"), text);
            try {
                Spec spec = new TaskFile(bare()).read(draft, List.of());
                fence.check(spec, unsandboxed);
                requireHarmless(spec.llm().models());
                spec.notifyCommand().ifPresent(program -> {
                    throw new BadInput(
                            "notify_command: over MCP no program is named that runs outside the sandbox; the person "
                                    + "whose machine it is writes it into the task file");
                });
                if (!spec.executor().allocation().setup().isEmpty()
                        || !spec.executor().allocation().options().isEmpty()) {
                    throw new BadInput(
                            "slurm: over MCP no setup and no options are given, which are for jobs outside the "
                                    + "sandbox; the person whose cluster it is writes them into the task file");
                }
                Files.move(draft, task, StandardCopyOption.ATOMIC_MOVE);
            } catch (BadInput e) {
                throw new BadInput(String.valueOf(e.getMessage()).replace(draft.toString(), fence.shown(task)), e);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(task + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Without the person's own settings, so that what the file says is seen. */
    private Surroundings bare() {
        return new Surroundings(surroundings.directory(), Map.of(), surroundings.clock(), surroundings.notes());
    }

    static void requireHarmless(List<String> models) {
        if (!HARMLESS.containsAll(models)) {
            throw new BadInput(
                    "over MCP a model may be " + String.join(", ", HARMLESS) + ": any other is named in the task "
                            + "file (llm: { model: ... }) by the person whose key and programs it takes");
        }
    }

    private void running(Path folder) {
        Optional.ofNullable(seats.get(folder)).flatMap(Seat::running).ifPresent(drive -> {
            throw new BadInput("the study " + fence.shown(folder) + " is open and being run (" + drive.words()
                    + "): call `pause` first");
        });
    }

    private Spec checked(Path task, Path folder, List<Setting> flags, boolean fresh) {
        for (Setting flag : flags) {
            if (flag.key().equals("llm.model")) {
                requireHarmless(LlmSpec.models(flag.text()));
            }
        }
        TaskFile reader = new TaskFile(surroundings);
        Spec spec = fresh ? reader.read(task, flags) : reader.readFor(task, flags, folder);
        fence.check(spec, unsandboxed);
        return spec;
    }

    /** The seat of an open study. */
    synchronized Optional<Seat> find(Path folder) {
        return Optional.ofNullable(seats.get(folder));
    }

    synchronized List<Seat> seats() {
        return new ArrayList<>(seats.values());
    }

    /**
     * The open study that a client means.
     *
     * @throws BadInput if it is not open, or several are and none is named
     */
    Seat seat(Arguments arguments) {
        Path folder = folder(arguments);
        return find(folder)
                .orElseThrow(() -> new BadInput("the study " + fence.shown(folder)
                        + " is not open: call `open_study` with its task file first"));
    }

    /**
     * The study that a client means, as it lies on disk.
     *
     * @throws BadInput if there is none, or several and none is named
     */
    StudyView view(Arguments arguments) {
        Path folder = folder(arguments);
        if (!Files.isRegularFile(folder.resolve("journal.jsonl"))) {
            throw new BadInput(
                    find(folder).isPresent()
                            ? "the study " + fence.shown(folder) + " has no trial yet: call `run_trial` first"
                            : "no study in " + fence.shown(folder) + ": `list_studies` shows those that are there");
        }
        return StudyView.read(folder, fence.shown(folder));
    }

    /** The folder that a client means: the one it names, else the only one that is open, else the only one that is there. */
    Path folder(Arguments arguments) {
        Optional<String> named = arguments.text("study");
        if (named.isPresent()) {
            return fence.inside(named.get());
        }
        List<Path> open = seats().stream().map(Seat::folder).toList();
        List<Path> known = open.isEmpty() ? Found.in(fence.root()).studies() : open;
        if (known.size() != 1) {
            throw new BadInput(
                    known.isEmpty()
                            ? "there is no study yet: call `open_study` with a task file"
                            : "several studies: give `study`, one of "
                                    + String.join(
                                            ", ",
                                            known.stream().map(fence::shown).toList()));
        }
        return known.get(0);
    }

    /** Ends what a study runs, and forgets it. */
    void close(Seat seat) {
        seat.end();
        synchronized (this) {
            seats.remove(seat.folder(), seat);
        }
    }

    /** Ends whatever runs; every study can go on later. */
    @Override
    public void close() {
        seats().forEach(Seat::end);
    }
}
