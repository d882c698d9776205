package dev.chiron.sandbox.slurm;

import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import java.util.Optional;
import java.util.regex.Pattern;

/** What it means that a job ended and did not say how. */
sealed interface Verdict {

    /** How Slurm says it where the state does not. */
    Pattern OUT_OF_MEMORY =
            Pattern.compile("exceeded (?:job )?memory limit|oom[-_]kill|Out Of Memory", Pattern.CASE_INSENSITIVE);

    /** A line of a stack trace says less than what it stands below. */
    Pattern FRAME = Pattern.compile("\\s+(?:at |\\.\\.\\. ).*");

    /** The job was taken away through no fault of its own: another one does it. */
    record Again(String why) implements Verdict {}

    /** That is the outcome. */
    record Final(Outcome outcome) implements Verdict {}

    /**
     * What a job's end means.
     *
     * @param log the end of what the job printed itself
     */
    static Verdict of(Seen job, String log) {
        String name = "job " + job.id();
        return switch (job.state()) {
            case "PREEMPTED" -> new Again(name + " was preempted");
            case "TIMEOUT" -> failed(Reason.TIMED_OUT, "Slurm ended " + name + " after its time (slurm.time)");
            case "OUT_OF_MEMORY" -> memory(name);
            case "CANCELLED" -> broken(name + " was cancelled, not by Chiron (" + job.why() + ")");
            case "NODE_FAIL", "BOOT_FAIL" -> broken("the node " + job.node() + " of " + name + " failed");
            case "DEADLINE" -> broken(name + " could not end before its deadline");
            case "COMPLETED" ->
                broken(name + " ended on " + job.node()
                        + ", and what came of it cannot be seen here: the study must lie "
                        + "on a file system that the nodes share");
            case Seen.UNKNOWN -> broken("the cluster knows nothing of " + name + " any more, and " + job.why());
            default ->
                OUT_OF_MEMORY.matcher(log).find()
                        ? memory(name)
                        : broken(name + " failed on " + job.node() + said(log, job));
        };
    }

    private static String said(String log, Seen job) {
        Optional<String> last = log.lines()
                .filter(line -> !line.isBlank() && !FRAME.matcher(line).matches())
                .reduce((first, second) -> second);
        return last.map(line -> ": " + line.strip()).orElse(" (" + job.why() + ")");
    }

    private static Verdict memory(String job) {
        return failed(Reason.OUT_OF_MEMORY, "Slurm ended " + job + ": it used more than its memory (slurm.memory)");
    }

    private static Verdict broken(String detail) {
        return failed(Reason.INFRASTRUCTURE, detail);
    }

    private static Verdict failed(Reason reason, String detail) {
        return new Final(new Outcome.Failed(reason, detail));
    }
}
