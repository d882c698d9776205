package dev.chiron.agent.spec;

import dev.chiron.agent.command.Words;
import dev.chiron.optimizers.fidelity.Spread;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.List;
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

    /** @param space what is tuned */
    ReplicaSpec replicas(SearchSpace space) {
        boolean asked = settings.get(Key.METHOD).words().equals(FidelitySpec.HDET);
        Spread spread = new Spread(
                settings.get(Key.HDET_REPLICAS).count(2),
                above(Key.HDET_SPREAD, 0.99, "is how far the outermost replicas are from the base, as a share of it"),
                above(
                        Key.HDET_TEMPERATURE,
                        Double.MAX_VALUE,
                        "is how much better a loss is that weighs e times as much, as a share of it"),
                settings.get(Key.HDET_MOMENTUM).number(0, 0.99),
                above(Key.HDET_STEP, Double.MAX_VALUE, "is how far the base follows what did better"));
        Optional<String> merge = settings.get(Key.HDET_MERGE).unlessNone(PopulationReader::command);
        return new ReplicaSpec(asked ? Optional.of(parameter(space)) : Optional.empty(), spread, merge);
    }

    private static String command(Scalar given) {
        try {
            if (Words.of(given.words()).isEmpty()) {
                throw given.bad("is a command that makes one checkpoint of all, or none");
            }
        } catch (IllegalArgumentException e) {
            throw given.bad(String.valueOf(e.getMessage()));
        }
        return given.words();
    }

    private double above(Key key, double most, String meaning) {
        Scalar given = settings.get(key);
        if (!(given.number() > 0 && given.number() <= most)) {
            throw given.bad(meaning + ": above 0" + (most < 1 ? " and below 1" : ""));
        }
        return given.number();
    }

    /** The one that is named, or the only one that could be. */
    private String parameter(SearchSpace space) {
        List<String> able = space.parameters().stream()
                .filter(parameter -> parameter instanceof Parameter.Real real && real.low() > 0)
                .map(Parameter::name)
                .toList();
        Optional<Scalar> named = settings.find(Key.HDET_PARAMETER).filter(given -> !given.isNone());
        if (named.isEmpty() && able.size() == 1) {
            return able.get(0);
        }
        String choice = able.isEmpty() ? "the space has none" : "one of " + String.join(", ", able);
        if (named.isEmpty()) {
            throw settings.get(Key.METHOD)
                    .bad("hdet.parameter says which real number above 0 the replicas differ in: " + choice);
        }
        String name = named.get().words();
        if (space.find(name)
                .filter(parameter -> parameter instanceof Parameter.Real real && real.low() <= 0)
                .isPresent()) {
            throw named.get()
                    .bad(
                            "the replicas' values of `" + name
                                    + "` are multiples of a base, so all of its range must lie above 0: give it a low above 0 in space");
        }
        if (!able.contains(name)) {
            throw named.get()
                    .bad("`" + name + "` is no real number above 0 that is tuned, in which replicas could differ: "
                            + choice);
        }
        return name;
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
