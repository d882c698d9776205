package dev.chiron.agent;

import java.util.Locale;

/** How a study ended, with the exit code that says so. */
public enum End {
    DONE(0),
    BROKEN_MACHINE(1),
    NOTHING_MEASURED(3),
    MODEL_REFUSED(4),
    MODEL_UNREACHABLE(5),
    BASELINE_FAILED(6),
    INTERRUPTED(130);

    private final int exitCode;

    End(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The name used in events. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The exit code of the command that ran the study. */
    public int exitCode() {
        return exitCode;
    }
}
