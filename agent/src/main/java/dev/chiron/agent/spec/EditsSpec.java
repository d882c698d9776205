package dev.chiron.agent.spec;

import dev.chiron.optimizers.study.Evidence;

/**
 * What is asked of a model's edits of the script.
 *
 * @param level how often an edit that is no better may be kept, above 0 and below 1
 * @param repeats how often an edit that looks better, and the best so far, are run again at most; 1 or more
 * @param ablation how often the best script is run without each of its kept edits at the end; 0 for never
 * @param lines how many lines an edit may change, 1 or more
 */
public record EditsSpec(double level, int repeats, int ablation, int lines) {

    /** What it takes to keep an edit. */
    Evidence.Edits evidence(boolean holdout) {
        return new Evidence.Edits(repeats, level, ablation, holdout);
    }
}
