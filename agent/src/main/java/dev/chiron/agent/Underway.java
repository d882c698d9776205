package dev.chiron.agent;

import dev.chiron.agent.store.Entry;
import java.util.Optional;
import java.util.TreeMap;

/** The trials that are handed to the crew, and those that have ended and cannot be written down yet. For one thread. */
final class Underway {

    private final TreeMap<Integer, Trial> trials = new TreeMap<>();
    private final TreeMap<Integer, Entry> ended = new TreeMap<>();

    /** A trial that is handed over. */
    static final class Trial {
        private final int number;
        private Proposal.Try proposal;
        private int attempts = 1;
        private boolean shown;
        private boolean mended;

        private Trial(int number, Proposal.Try proposal) {
            this.number = number;
            this.proposal = proposal;
        }

        int number() {
            return number;
        }

        Proposal.Try proposal() {
            return proposal;
        }

        /** How often it was run, or is being run. */
        int attempts() {
            return attempts;
        }

        /** Notes that it is run again; how often it was run before. */
        int again() {
            return attempts++;
        }

        /** Whether it is run for the first time. */
        boolean isFirst() {
            boolean first = !shown;
            shown = true;
            return first;
        }

        boolean isMended() {
            return mended;
        }

        /** Is run as this from now on, with attempts of its own. */
        void mend(Proposal.Try other) {
            proposal = other;
            mended = true;
            attempts = 1;
        }
    }

    Trial begin(int number, Proposal.Try proposal) {
        Trial trial = new Trial(number, proposal);
        trials.put(number, trial);
        return trial;
    }

    Trial trial(int number) {
        Trial trial = trials.get(number);
        if (trial == null) {
            throw new IllegalStateException("trial " + number + " was not handed over");
        }
        return trial;
    }

    /** It is not run any more. */
    void remove(int number) {
        trials.remove(number);
    }

    /** Whether nothing is run. */
    boolean isEmpty() {
        return trials.isEmpty();
    }

    /** Keeps what came of a trial until it can be written down. */
    void end(Entry entry) {
        trials.remove(entry.trial().number());
        ended.put(entry.trial().number(), entry);
    }

    /** What came of a trial that is kept here, if it has ended. */
    Optional<Entry> ended(int number) {
        return Optional.ofNullable(ended.get(number));
    }

    /** It is written down. */
    void written(int number) {
        ended.remove(number);
    }
}
