package dev.chiron.agent.spec;

import dev.chiron.sandbox.run.Limits;
import dev.chiron.sandbox.run.Scoring;
import dev.chiron.sandbox.slurm.Allocation;
import dev.chiron.sandbox.slurm.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads {@code executor:} and {@code slurm:}. */
record ExecutorReader(Section root, Settings settings) {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.,:@%+-]+");
    private static final Pattern GPUS = Pattern.compile("(?:[A-Za-z0-9_.-]+:)?[1-9][0-9]*");
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*(?:=.*)?");

    /** What Chiron says itself, or what would take a job out of its hands. */
    private static final List<String> OWN = List.of(
            "--array",
            "--chdir",
            "--dependency",
            "--error",
            "--export",
            "--export-file",
            "--get-user-env",
            "--hold",
            "--input",
            "--job-name",
            "--no-requeue",
            "--ntasks",
            "--nodes",
            "--open-mode",
            "--output",
            "--parsable",
            "--requeue",
            "--test-only",
            "--uid",
            "--wait",
            "--wrap");

    private static final int MOST_JOBS = 100_000;
    private static final Duration FASTEST = Duration.ofSeconds(1);

    /** @param limits of the task, with which the time and the memory of a job must agree */
    ExecutorSpec read(Limits limits, Scoring scoring) {
        Allocation allocation = new Allocation(
                word(Key.SLURM_PARTITION),
                unless(Key.SLURM_TIME).map(time -> time(time, limits, scoring)),
                settings.get(Key.SLURM_GPUS).unlessNone(ExecutorReader::gpus),
                settings.get(Key.SLURM_CPUS)
                        .unlessNone(count -> OptionalInt.of(count.count(1)))
                        .orElse(OptionalInt.empty()),
                unless(Key.SLURM_MEMORY)
                        .map(size -> OptionalLong.of(memory(size, limits)))
                        .orElse(OptionalLong.empty()),
                word(Key.SLURM_ACCOUNT),
                list("options", "[--qos=high, --constraint=a100]").stream()
                        .map(ExecutorReader::option)
                        .toList(),
                list("setup", "[module load cuda/12.4]").stream()
                        .map(Scalar::words)
                        .toList());
        Scalar poll = settings.get(Key.SLURM_POLL);
        if (poll.duration().compareTo(FASTEST) < 0) {
            throw poll.bad(
                    poll.shown() + " is more often than a cluster's controller should be asked; 1s is the least");
        }
        Pace pace = new Pace(
                settings.get(Key.SLURM_MAX_JOBS).count(1, MOST_JOBS),
                settings.get(Key.SLURM_ARRAY).count(1, MOST_JOBS),
                poll.duration(),
                settings.get(Key.SLURM_PENDING).duration());
        return new ExecutorSpec(settings.get(Key.EXECUTOR).oneOf(ExecutorSpec.NAMES), allocation, pace);
    }

    private Optional<Scalar> unless(Key key) {
        return Optional.of(settings.get(key)).filter(text -> !text.text().equals(Key.AUTO));
    }

    private Optional<String> word(Key key) {
        return settings.get(key).unlessNone(text -> {
            if (!WORD.matcher(text.words()).matches()) {
                throw text.bad(text.shown() + " is no name that Slurm knows");
            }
            return text.words();
        });
    }

    private static String gpus(Scalar text) {
        if (!GPUS.matcher(text.words()).matches()) {
            throw text.bad(text.shown() + " is no number of GPUs, such as 1, or a kind and a number, such as a100:2");
        }
        return text.words();
    }

    /** Shorter, it would end trials before the task's own limit does, and nobody could say which it was. */
    private static Duration time(Scalar text, Limits limits, Scoring scoring) {
        Duration runs = Allocation.runs(limits, scoring);
        if (text.duration().compareTo(runs) <= 0) {
            throw text.bad(text.shown() + " is not more than what the runs of a trial may take, " + Quantity.text(runs)
                    + " by limits.time: give a job more, for it copies the project, too, or lower limits.time");
        }
        return text.duration();
    }

    private static long memory(Scalar text, Limits limits) {
        long least = limits.memory().orElse(0) + Allocation.OWN_MEMORY;
        if (text.size() < least) {
            throw text.bad(text.shown() + " is not enough: a job needs "
                    + Quantity.text(Allocation.OWN_MEMORY) + " for Chiron itself"
                    + (limits.memory().isPresent() ? " beside limits.memory" : ""));
        }
        return text.size();
    }

    private List<Scalar> list(String name, String example) {
        return root.find(ExecutorSpec.SLURM)
                .filter(Entry::isSection)
                .flatMap(slurm -> slurm.section("").find(name))
                .map(entry -> entry.list(example).stream().map(Entry::scalar).toList())
                .orElse(List.of());
    }

    private static String option(Scalar text) {
        String word = text.words();
        String name = word.split("=", 2)[0];
        if (!OPTION.matcher(word).matches()) {
            throw text.bad(text.shown() + " is no option of sbatch in one word, such as --qos=high");
        }
        if (OWN.contains(name)) {
            throw text.bad(name + " is Chiron's own to say; leave it out");
        }
        return word;
    }
}
