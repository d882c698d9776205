package dev.chiron.sandbox.slurm;

import java.util.List;
import java.util.Locale;

/**
 * What a program of Slurm said when it did not do as it was asked.
 *
 * @param text in one line
 */
record Complaint(String text) {

    /** Of a controller or its machine that is only busy, or away. */
    private static final List<String> AWAY = List.of(
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
            "unable to resolve",
            "protocol authentication error");

    /** There are too many jobs of this account for now. */
    private static final String POLICY = "job violates accounting/qos policy";

    static Complaint of(Commands.Said said) {
        List<String> lines = said.complaint()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return new Complaint(lines.isEmpty() ? "exit " + said.exit() : String.join("; ", lines));
    }

    /** Whether the same may be granted later; whatever else is said does not change by waiting. */
    boolean passes() {
        return isAway() || text.toLowerCase(Locale.ROOT).contains(POLICY);
    }

    /** Whether nobody has decided; it may even have been granted, and the answer lost. */
    boolean isAway() {
        String lower = text.toLowerCase(Locale.ROOT);
        return AWAY.stream().anyMatch(lower::contains);
    }
}
