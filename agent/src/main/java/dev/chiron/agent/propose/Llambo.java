package dev.chiron.agent.propose;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.History;
import dev.chiron.prompts.describe.Context;
import dev.chiron.prompts.describe.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How LLAMBO is run (Liu et al., arXiv 2402.03921).
 *
 * @param alpha how far beyond the best score, in ranges of the scores, candidates are asked for: from -1 to 1, below 0 between best
 *     and worst
 * @param candidates how many are asked for in an iteration, 1 to {@value #MOST}
 * @param context what the model is told of the task
 */
public record Llambo(Mode mode, Surrogate surrogate, double alpha, int candidates, Context context) implements Manner {

    /** More would not fit into one reply. */
    public static final int MOST = 10;

    /** Trials before the first iteration, the baseline among them, as in the paper. */
    public static final int FIRST = 5;

    /** The paper's runs had this. */
    public static final double ALPHA = 0.1;

    /** Checks the ranges. */
    public Llambo {
        if (!(alpha >= -1 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha is between -1 and 1: " + alpha);
        }
        if (candidates < 1 || candidates > MOST) {
            throw new IllegalArgumentException("candidates are 1 to " + MOST + ": " + candidates);
        }
    }

    /** What holds when nothing is said. */
    public static Llambo usual() {
        return new Llambo(Mode.BATCHED, Surrogate.DISCRIMINATIVE, ALPHA, MOST, Context.FULL);
    }

    /** How many questions an iteration takes. */
    public enum Mode {
        /** One for the candidates, one for all their ratings, and one more where a reply cannot be used. */
        BATCHED("batched"),
        /** One for each reply, as many replies as in the paper. */
        FAITHFUL("faithful");

        private final String label;

        Mode(String label) {
            this.label = label;
        }

        /** The name that users write. */
        public String label() {
            return label;
        }

        /** All names, in order. */
        public static List<String> labels() {
            return Stream.of(values()).map(Mode::label).toList();
        }

        /** The one of that name. */
        public static Optional<Mode> labelled(String label) {
            return Stream.of(values()).filter(one -> one.label.equals(label)).findFirst();
        }
    }

    /** What is foretold of a candidate, by which one is chosen. */
    public enum Surrogate {
        /** Its value and how far off that may be: expected improvement. */
        DISCRIMINATIVE("discriminative"),
        /** Whether it is among the best. */
        GENERATIVE("generative");

        private final String label;

        Surrogate(String label) {
            this.label = label;
        }

        /** The name that users write. */
        public String label() {
            return label;
        }

        /** All names, in order. */
        public static List<String> labels() {
            return Stream.of(values()).map(Surrogate::label).toList();
        }

        /** The one of that name. */
        public static Optional<Surrogate> labelled(String label) {
            return Stream.of(values()).filter(one -> one.label.equals(label)).findFirst();
        }
    }

    /**
     * The prompts of an iteration, as they would be now; for an estimate of what it costs. In the place of candidates, which nobody knows
     * yet, stands the baseline.
     */
    @Override
    public List<String> prompts(Task task, History history) {
        LlamboTurn turn = new LlamboTurn(this, task, List.of());
        int questions = isFaithful() ? candidates : 1;
        int named = isFaithful() ? 1 : candidates;
        String sampler =
                turn.sampler().render(history, turn.target(history), named, 0).text();
        List<Config> stood = Collections.nCopies(named, task.baseline());
        String surrogate = new CandidateRater(turn.surrogate(), history, surrogate())
                .prompt(isFaithful(), stood, 0)
                .text();
        List<String> prompts = new ArrayList<>(Collections.nCopies(questions, sampler));
        prompts.addAll(Collections.nCopies(isFaithful() ? candidates * CandidateRater.SAMPLES : 1, surrogate));
        return prompts;
    }

    @Override
    public Turn turn(Task task, Said said) {
        return new LlamboTurn(this, task, said.notes());
    }

    boolean isFaithful() {
        return mode == Mode.FAITHFUL;
    }
}
