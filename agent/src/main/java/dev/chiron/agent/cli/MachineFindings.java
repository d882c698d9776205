package dev.chiron.agent.cli;

import dev.chiron.agent.spec.CrewSpec;
import dev.chiron.agent.spec.SandboxSpec;
import dev.chiron.agent.start.Sandboxes;
import dev.chiron.sandbox.isolate.Cgroups;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.isolate.Probe;
import dev.chiron.sandbox.slurm.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What of this machine trials and studies need: Java, disk, programs, GPUs, Slurm, and what keeps trials in. */
final class MachineFindings {

    private static final long MIB = 1 << 20;
    private static final double GIB = 1 << 30;
    private static final long LITTLE_DISK = 2L << 30;
    private static final double BUSY = 0.5; // of a GPU's memory

    private static final int BAD_INPUT = 2; // exit codes
    private static final int THE_MACHINE = 1;

    private final Console console;
    private final Programs programs;

    MachineFindings(Console console) {
        this.console = console;
        this.programs = new Programs(console.environment());
    }

    /** @param place where the study would be */
    List<Finding> all(Path place) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(
                "java",
                Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " cores, heap up to "
                        + Runtime.getRuntime().maxMemory() / MIB + " MiB"));
        findings.add(disk(place));
        findings.addAll(sandbox());
        findings.add(program("git", "studies that edit the script keep no branch without it: install git"));
        findings.add(program("python3", "only scripts in Python need it: install Python 3"));
        findings.addAll(gpus());
        findings.add(slurm());
        return findings;
    }

    private static Finding disk(Path place) {
        try {
            long free = Files.getFileStore(existing(place)).getUsableSpace();
            String detail = String.format(Locale.ROOT, "%.1f GiB free for studies at %s", free / GIB, existing(place));
            return free < LITTLE_DISK
                    ? Finding.note(
                            "disk",
                            detail,
                            "a trial ends when a twentieth of what was free is left: make room, or put the study "
                                    + "elsewhere with --study")
                    : Finding.ok("disk", detail);
        } catch (IOException e) {
            return Finding.note("disk", "not known: " + e.getMessage(), "look whether the folder can be reached");
        }
    }

    private static Path existing(Path place) {
        Path path = place.toAbsolutePath();
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }

    private Finding program(String name, String advice) throws InterruptedException {
        return programs.output(name, "--version")
                .map(text -> Finding.ok(name, text.lines().findFirst().orElse("it works")))
                .orElseGet(() -> Finding.absent(name, "not found or not working", advice));
    }

    private Finding slurm() {
        Cluster cluster = new Cluster(console.environment());
        Optional<String> version = cluster.version();
        if (version.isEmpty()) {
            return Finding.absent(
                    "slurm",
                    "sbatch is not found or not working",
                    "only for --executor slurm, see docs/slurm.md: run where jobs can be handed in");
        }
        Optional<String> silence = cluster.silence();
        if (silence.isPresent()) {
            return Finding.note(
                    "slurm",
                    version.get() + "; its controller does not answer: " + silence.get(),
                    "trials would wait for it: ask those who run the cluster");
        }
        List<String> partitions = cluster.partitions();
        return Finding.ok(
                "slurm",
                version.get() + ", the controller answers"
                        + (partitions.isEmpty() ? "" : ", partitions: " + String.join(", ", partitions)));
    }

    private List<Finding> gpus() throws InterruptedException {
        Optional<String> listed = programs.output(
                "nvidia-smi",
                "--query-gpu=index,name,memory.total,memory.free,driver_version",
                "--format=csv,noheader,nounits");
        if (listed.isEmpty()) {
            return List.of(Finding.absent(
                    "gpu",
                    "nvidia-smi is not there or finds none",
                    "trials train on the processor; for a GPU of NVIDIA install its driver"));
        }
        return listed.get().lines().map(MachineFindings::gpu).collect(Collectors.toList());
    }

    /** Whether the GPUs that a task names for its workers are there. */
    List<Finding> wanted(CrewSpec crew) throws InterruptedException {
        if (crew.gpus().isEmpty()) {
            return List.of();
        }
        Optional<String> hidden = crew.hidden(console.environment());
        if (hidden.isPresent()) {
            return List.of(Finding.broken(
                    "gpus",
                    "the task names " + hidden.get() + ", and " + CrewSpec.VARIABLE + " shows others only",
                    "name some of those, or unset the variable",
                    BAD_INPUT));
        }
        String listed = programs.output("nvidia-smi", "-L").orElse("");
        List<String> missing = crew.gpus().stream()
                .distinct()
                .filter(gpu -> listed.lines()
                        .noneMatch(
                                line -> line.strip().startsWith("GPU " + gpu + ":") || line.contains("UUID: " + gpu)))
                .toList();
        return List.of(
                missing.isEmpty()
                        ? Finding.ok("gpus", "one for each of " + crew.workers() + " workers")
                        : Finding.broken(
                                "gpus",
                                "the task names " + String.join(", ", missing)
                                        + (listed.isEmpty()
                                                ? ", and nvidia-smi lists none"
                                                : ", which nvidia-smi -L does not list"),
                                "trials of these workers would find no GPU: name others with --gpus or gpus:",
                                THE_MACHINE));
    }

    private static Finding gpu(String line) {
        String[] cells = line.split("\\s*,\\s*", -1);
        if (cells.length < 5 || !cells[2].matches("\\d+") || !cells[3].matches("\\d+")) {
            return Finding.note("gpu", line, "nvidia-smi does not say how much memory it has");
        }
        double total = Double.parseDouble(cells[2]) * MIB / GIB;
        double free = Double.parseDouble(cells[3]) * MIB / GIB;
        String detail = String.format(
                Locale.ROOT, "%s: %s, %.1f GiB, %.1f free, driver %s", cells[0], cells[1], total, free, cells[4]);
        return free < BUSY * total
                ? Finding.note(
                        "gpu",
                        detail,
                        "other programs hold much of its memory, so that trials may run out of it: end them "
                                + "(nvidia-smi lists them), or choose another with CUDA_VISIBLE_DEVICES")
                : Finding.ok("gpu", detail);
    }

    /** What keeps trials in: each level, and how limits are kept. */
    private List<Finding> sandbox() {
        Sandboxes sandboxes = new Sandboxes(console.surroundings());
        Isolation best = sandboxes.choose(SandboxSpec.AUTO).level();
        List<Finding> findings = new ArrayList<>();
        findings.add(
                best == Isolation.PLAIN
                        ? Finding.note(
                                "sandbox",
                                "nothing isolates trials here: they can read and change what you can",
                                "install bubblewrap")
                        : Finding.ok("sandbox", "trials run in: " + best.label()));
        for (Isolation level : List.of(Isolation.BUBBLEWRAP, Isolation.UNSHARE)) {
            Probe.Finding found = sandboxes.look(level);
            findings.add(
                    found.walls().isPresent()
                            ? Finding.ok(level.label(), found.detail())
                            : Finding.absent(level.label(), found.detail(), "docs/sandbox.md says what it needs"));
        }
        Optional<Cgroups> groups = sandboxes.groups();
        findings.add(groups.map(found -> Finding.ok(
                        "cgroups",
                        "version " + found.version() + ": the kernel keeps the limits of memory and processes"))
                .orElseGet(() -> Finding.absent(
                        "cgroups",
                        "none may be made here: the limits of memory and processes are kept by looking every 50 ms",
                        "with systemd, `systemd-run --user --scope -p Delegate=yes chiron …` may change that")));
        return findings;
    }
}
