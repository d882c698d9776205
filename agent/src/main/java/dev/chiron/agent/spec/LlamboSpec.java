package dev.chiron.agent.spec;

import java.util.List;

/**
 * How the method {@code llambo} asks, the {@code llambo:} block of a spec.
 *
 * @param mode {@code batched} or {@code faithful}
 * @param surrogate {@code discriminative} or {@code generative}
 * @param alpha how far beyond the best score candidates are asked for, in ranges of the scores, -1 to 1
 * @param candidates how many are asked for in an iteration, 1 to {@value #MOST}
 * @param context {@code none}, {@code partial} or {@code full}: what the model is told of the task; in a warm start of any method, too
 */
public record LlamboSpec(String mode, String surrogate, double alpha, int candidates, String context) {

    /** More would not fit into one reply. */
    public static final int MOST = 10;

    static final String FAITHFUL = "faithful";
    static final List<String> MODES = List.of("batched", FAITHFUL);
    static final List<String> SURROGATES = List.of("discriminative", "generative");
    static final List<String> CONTEXTS = List.of("none", "partial", "full");

    /** What holds when nothing is said. */
    public static LlamboSpec usual() {
        return new LlamboSpec(MODES.get(0), SURROGATES.get(0), 0.1, MOST, "full");
    }
}
