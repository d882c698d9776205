package dev.chiron.prompts.describe;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a model has written down of a trial, for itself to read later.
 *
 * @param trial the trial's number
 * @param text on one line
 */
public record Remark(int trial, Kind kind, String text) {

    /** What for. */
    public enum Kind {
        /** What the trial was to find out, written before it. */
        OBJECTIVE("objective", 200),
        /** Why its values are what they are, written before it. */
        REASONING("reasoning", 600),
        /** What came of it, written after it. */
        ANALYSIS("analysis", 600);

        private final String label;
        private final int longest;

        Kind(String label, int longest) {
            this.label = label;
            this.longest = longest;
        }

        /** The name in journals, events and replies. */
        public String label() {
            return label;
        }

        /** The most characters that are kept. */
        public int longest() {
            return longest;
        }

        /** The one of that name. */
        public static Optional<Kind> labelled(String label) {
            return Stream.of(values()).filter(one -> one.label.equals(label)).findFirst();
        }
    }
}
