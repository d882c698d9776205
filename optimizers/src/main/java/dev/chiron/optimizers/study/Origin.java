package dev.chiron.optimizers.study;

import java.util.Optional;
import java.util.stream.Stream;

/** Who really proposed a trial. Never a guess, never a fallback in disguise. */
public enum Origin {
    BASELINE("baseline"),
    CMA_ES("cma-es"),
    TPE("tpe"),
    COMMONS_CMA_ES("commons-cma-es"),
    GAUSSIAN_PROCESS("gp"),
    RANDOM_FOREST("random-forest"),
    TURBO("turbo"),
    CONFORMAL("conformal"),
    GENETIC("genetic"),
    NSGA2("nsga2"),
    MO_CMA_ES("mo-cma-es"),
    CROSS_ENTROPY("cross-entropy"),
    COST_AWARE("cost-aware"),
    SOBOL("sobol"),
    GRID("grid"),
    RANDOM("random"),
    /** The incumbent with a few parameters moved. */
    LOCAL_MOVE("local-move"),
    LLM("llm"),
    /** A model's proposal that needed help: missing values taken from the optimizer, or moved to keep a constraint. */
    LLM_REPAIRED("llm-repaired"),
    /** Rules of thumb that stood in for a language model. */
    BUILTIN("builtin"),
    /** One of a model's first configs, proposed when only the baseline had been run. */
    WARM_START("warm-start"),
    /** The best config of earlier results that were imported, run in this study so that its value is this study's own. */
    IMPORTED("imported"),
    /** The incumbent with two parameters moved, on a model's turns: the control without any intelligence. */
    PERTURB("perturb"),
    /** What a person wanted to be tried while the study ran. */
    PERSON("person"),
    /** The same of a program that drives the study in a person's place, such as a CLI agent. */
    AGENT("agent"),
    /** A result that was measured elsewhere and told by such a program: nothing was run here. */
    TOLD("told"),
    /** A config that was among the best after a part of a training, and is trained longer. */
    PROMOTED("promoted"),
    /** A member of a population that goes on as it is, from its own checkpoint. */
    CONTINUED("continued"),
    /** A member of a population that takes the place of a worse one: a better one's checkpoint, with its values moved. */
    EXPLORED("explored"),
    /** One of several replicas, told apart by the values of one parameter, which lie around a common base. */
    REPLICA("replica"),
    /** A deliberate re-run of a config, for the noise in its value. */
    REPEAT("repeat"),
    /** The best script without one of the edits that were kept, at the end of a study, to tell what that edit is worth. */
    ABLATION("ablation"),
    /** The best script without all edits that turned out to do nothing. */
    LEAN("lean");

    private final String label;

    Origin(String label) {
        this.label = label;
    }

    /** The name used in journals, events and tables. */
    public String label() {
        return label;
    }

    /** Whether it was proposed by the model, or by the rules in its place. */
    public boolean isModel() {
        return this == LLM || this == LLM_REPAIRED || this == BUILTIN || this == WARM_START;
    }

    /** Whether it was run to learn more of what is known, and proposes nothing. */
    public boolean isCheck() {
        return this == REPEAT || this == ABLATION || this == LEAN;
    }

    /** Whether it is run on top of the budget, when that is spent. */
    public boolean isOnTop() {
        return this == ABLATION || this == LEAN;
    }

    /**
     * Whether it was nobody's turn: what was there before anybody took turns, which are the baseline, the best of earlier results and
     * the warm start, and what was {@linkplain #isWished wished for} in between.
     */
    public boolean isGiven() {
        return this == BASELINE || this == IMPORTED || this == WARM_START || isWished();
    }

    /** Whether it trains on with values that are known, and proposes nothing. */
    public boolean isGoingOn() {
        return this == PROMOTED || this == CONTINUED;
    }

    /** Whether somebody outside the study wanted it tried. It takes no turn from anybody. */
    public boolean isWished() {
        return this == PERSON || this == AGENT || this == TOLD;
    }

    /** The origin with that label. */
    public static Optional<Origin> labelled(String label) {
        return Stream.of(values()).filter(origin -> origin.label.equals(label)).findFirst();
    }
}
