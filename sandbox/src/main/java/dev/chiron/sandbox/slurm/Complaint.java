package dev.chiron.sandbox.slurm;

import java.util.List;
import java.util.Locale;

/**
 * What a program of Slurm said when it did not do as it was asked.
 *
 * @param text in one line
 */
record Complaint(String text) {

    /** Of a controller or its machine that is only busy, or away; whatever else is said does not change by waiting. */
    private static final List<String> PASSING = List.of(
            "unable to contact",
            "connection refused",
            "connection reset",
            "connect failure",
            "timed out",
            "zero bytes were transmitted",
            "temporarily",
            "communication connection failure",
            "standby",
            "try again",
            "gave no answer",
            "job violates accounting/qos policy",
            "unable to resolve",
            "protocol authentication error");

    static Complaint of(Commands.Said said) {
        List<String> lines = said.complaint()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return new Complaint(lines.isEmpty() ? "exit " + said.exit() : String.join("; ", lines));
    }

    /** Whether the same may be granted later. */
    boolean passes() {
        String lower = text.toLowerCase(Locale.ROOT);
        return PASSING.stream().anyMatch(lower::contains);
    }
}
