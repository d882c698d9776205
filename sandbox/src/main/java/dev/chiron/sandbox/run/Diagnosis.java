package dev.chiron.sandbox.run;

import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import java.util.regex.Pattern;

/** Turns how a run ended, what was measured and what it printed last into an outcome. */
final class Diagnosis {

    private static final Pattern OUT_OF_MEMORY = Pattern.compile("CUDA out of memory|HIP out of memory|OutOfMemoryError"
            + "|\\bMemoryError\\b|Cannot allocate memory|std::bad_alloc");
    private static final String UNSIGNED =
            ", but no line ends with the metric and the run's nonce, as in `val_loss: 0.5 nonce=ab12`:"
                    + " the harness reads the nonce as the first line of its standard input and prints it there";
    private static final int KILLED = 128 + 9;
    private static final int SIGNALLED = 128;
    private static final int LAST_SIGNAL = 64;

    private final Reading reading;
    private final String tail;
    private final String errors;
    private final Hints hints;

    /**
     * @param tail the end of stdout and stderr
     * @param errors the end of stderr alone: in {@code tail} the lines of both may stand between each other
     * @param hints what the walls around the run may have had to do with it
     */
    Diagnosis(Reading reading, String tail, String errors, Hints hints) {
        this.reading = reading;
        this.tail = tail;
        this.errors = errors;
        this.hints = hints;
    }

    Outcome of(Ending ending) {
        if (ending instanceof Ending.Stopped stopped) {
            return new Outcome.Failed(stopped.reason(), stopped.why());
        }
        if (ending instanceof Ending.Exited exited) {
            return exited.code() == 0 ? ended() : crashed(exited.code());
        }
        throw new AssertionError(ending);
    }

    private Outcome ended() {
        if (reading instanceof Reading.Found found) {
            return Double.isFinite(found.value())
                    ? new Outcome.Measured(found.value(), found.others(), found.curve())
                    : diverged(found.value());
        }
        if (reading instanceof Reading.Missing missing) {
            return OUT_OF_MEMORY.matcher(tail).find()
                    ? failed(Reason.OUT_OF_MEMORY, lastWords(""))
                    : hinted(Reason.NO_METRIC, missing.why() + lastWords("; the last line: "));
        }
        if (reading instanceof Reading.Claimed claimed) {
            return Double.isFinite(claimed.value())
                    ? failed(Reason.UNVERIFIED, "it claims " + claimed.value() + UNSIGNED)
                    : diverged(claimed.value());
        }
        throw new AssertionError(reading);
    }

    private Outcome crashed(int code) {
        if (code == KILLED || OUT_OF_MEMORY.matcher(tail).find()) {
            return failed(Reason.OUT_OF_MEMORY, status(code) + lastWords(": "));
        }
        if (reading instanceof Reading.Found found && !Double.isFinite(found.value())) {
            return diverged(found.value());
        }
        return hinted(Reason.CRASHED, status(code) + lastWords(": "));
    }

    private static Outcome diverged(double value) {
        return failed(Reason.DIVERGED, "the metric became " + value);
    }

    private static String status(int code) {
        boolean signalled = code > SIGNALLED && code <= SIGNALLED + LAST_SIGNAL;
        return signalled ? "killed by signal " + (code - SIGNALLED) : "exit " + code;
    }

    private String lastWords(String lead) {
        return new LastWords(errors.isBlank() ? tail : errors)
                .find()
                .map(words -> lead + words)
                .orElse("");
    }

    private Outcome hinted(Reason reason, String detail) {
        String hint = hints.find(tail).map(text -> " (" + text + ")").orElse("");
        return new Outcome.Failed(reason, LastWords.shorten(detail, hint));
    }

    private static Outcome failed(Reason reason, String detail) {
        return new Outcome.Failed(reason, LastWords.shorten(detail));
    }
}
