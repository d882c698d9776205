package dev.chiron.agent.spec;

import java.util.Optional;

/** Reads {@code pbt:}, and refuses what such a method cannot have. */
record PopulationReader(Settings settings) {

    private static final double HALF = 0.5;

    PopulationSpec read() {
        Scalar quantile = settings.get(Key.PBT_QUANTILE);
        if (!(quantile.number() > 0 && quantile.number() <= HALF)) {
            throw quantile.bad("is the share of the members that take over from as many: above 0, at most 0.5");
        }
        return new PopulationSpec(
                settings.get(Key.PBT_POPULATION).count(2),
                quantile.number(),
                settings.get(Key.PBT_RESAMPLE).number(0, 1));
    }

    /** @param checkpoints what is kept */
    void check(Optional<CheckpointSpec> checkpoints) {
        Scalar method = settings.get(Key.METHOD);
        if (!FidelitySpec.POPULATIONS.contains(method.words())) {
            return;
        }
        if (checkpoints.isEmpty()) {
            throw method.bad("the method " + method.words()
                    + " goes on from what trials save, and the task does not say how much of that is kept: add "
                    + "checkpoints: { keep: 10g }");
        }
        if (settings.get(Key.REPEATS).count(0) > 0) {
            throw settings.get(Key.REPEATS)
                    .bad(
                            "a value of the method " + method.words()
                                    + " belongs to a whole schedule of values, which a repeat would not run again: take it out");
        }
        if (settings.get(Key.LLM_WARM_START).count(0) > 0) {
            throw settings.get(Key.LLM_WARM_START)
                    .bad("no model takes part in the method " + method.words() + ": take it out");
        }
    }
}
