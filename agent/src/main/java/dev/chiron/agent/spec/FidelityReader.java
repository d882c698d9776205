package dev.chiron.agent.spec;

import dev.chiron.optimizers.fidelity.Deepening.Variant;
import dev.chiron.optimizers.fidelity.Intervals;
import dev.chiron.optimizers.fidelity.Ladder;
import dev.chiron.optimizers.space.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code fidelity:}: how much of a training a trial may be. */
record FidelityReader(Settings settings) {

    private static final String EXAMPLE = "fidelity: { name: EPOCHS, min: 1, max: 27 }";
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_.]*";
    private static final Map<String, Variant> VARIANTS = variants();

    private static Map<String, Variant> variants() {
        Map<String, Variant> variants = new LinkedHashMap<>();
        variants.put("discarding", Variant.DISCARDING);
        variants.put("preserving", Variant.PRESERVING);
        variants.put("efficient", Variant.EFFICIENT);
        return variants;
    }

    /** What a variant is called in a task. */
    static String word(Variant variant) {
        return VARIANTS.entrySet().stream()
                .filter(entry -> entry.getValue() == variant)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    /** The name under which the script is told; empty where every trial is a whole training. */
    Optional<String> name() {
        return settings.get(Key.FIDELITY_NAME).unlessNone(name -> {
            if (!name.words().matches(NAME)) {
                throw name.bad(name.shown() + " is no name of a constant or a hole, such as EPOCHS");
            }
            return name.words();
        });
    }

    /** @param parameters the names of the space, of which it may be none */
    Optional<FidelitySpec> read(List<String> parameters) {
        Optional<String> name = name();
        String method = settings.get(Key.METHOD).words();
        if (name.isEmpty()) {
            if (FidelitySpec.isInParts(method)) {
                throw settings.get(Key.METHOD)
                        .bad("the method " + method
                                + " trains configs for a part of a training first, and the task does not say what "
                                + "that is: add " + EXAMPLE);
            }
            refuse(Key.FIDELITY_MIN);
            refuse(Key.FIDELITY_MAX);
            return Optional.empty();
        }
        if (parameters.contains(name.get())) {
            throw settings.get(Key.FIDELITY_NAME)
                    .bad(name.get() + " is a parameter of the space: what is tuned cannot say how long a trial trains");
        }
        Value whole = number(Key.FIDELITY_MAX);
        Value least = number(Key.FIDELITY_MIN);
        Scalar min = settings.get(Key.FIDELITY_MIN);
        boolean counted = whole instanceof Value.Whole && least instanceof Value.Whole;
        if (least.asNumber().orElseThrow() > whole.asNumber().orElseThrow()) {
            throw min.bad(min.shown() + " is more than max, " + whole.text());
        }
        Ladder ladder = counted
                ? new Ladder(name.get(), least, whole, reduction())
                : new Ladder(name.get(), real(least), real(whole), reduction());
        if (ladder.lowest() == 0 && FidelitySpec.METHODS.contains(method)) {
            throw min.bad("is more than an eta-th of max, " + whole.text() + " / " + ladder.reduction()
                    + ", so every trial would be a whole training: lower min, raise max, or say a smaller eta");
        }
        if (FidelitySpec.POPULATIONS.contains(method)
                && new Intervals(name.get(), ladder.least(), ladder.whole()).count() < 2) {
            throw min.bad("is the length of an interval, and as long as a whole training, " + whole.text()
                    + ": a population goes on from one interval to the next");
        }
        return Optional.of(
                new FidelitySpec(ladder, begin(ladder), VARIANTS.getOrDefault(variant(), Variant.EFFICIENT)));
    }

    private String variant() {
        return settings.get(Key.FIDELITY_VARIANT).oneOf(List.copyOf(VARIANTS.keySet()));
    }

    private int reduction() {
        return settings.get(Key.FIDELITY_ETA).count(2);
    }

    private static Value real(Value value) {
        return new Value.Real(value.asNumber().orElseThrow());
    }

    private void refuse(Key key) {
        settings.find(key).filter(given -> !given.isNone()).ifPresent(given -> {
            throw given.bad("says how much of a training a trial is, but not of what: write " + EXAMPLE);
        });
    }

    /** A number above 0, whole where it is written so. */
    private Value number(Key key) {
        Scalar given = settings.find(key)
                .filter(scalar -> !scalar.isNone())
                .orElseThrow(() -> settings.get(Key.FIDELITY_NAME)
                        .bad("`" + key.dotted() + "` is missing, for example " + EXAMPLE));
        Value value = given.value();
        if (!(value.asNumber().orElse(0) > 0)) {
            throw given.bad(given.shown() + " is not a number above 0, such as 27 epochs, or 0.1 of the data");
        }
        return value;
    }

    /** The first rung below the whole. */
    static int usualBegin(Ladder ladder) {
        return Math.min(1, ladder.lowest());
    }

    /** The rung whose amount is given, or the usual one. */
    private int begin(Ladder ladder) {
        Scalar start = settings.get(Key.FIDELITY_START);
        if (!start.quoted() && start.text().equals(Key.AUTO)) {
            return usualBegin(ladder);
        }
        double amount = start.number();
        for (int rung = 0; rung <= ladder.lowest(); rung++) {
            if (ladder.amount(rung).amount().asNumber().orElseThrow() == amount) {
                return rung;
            }
        }
        StringBuilder known = new StringBuilder();
        for (int rung = ladder.lowest(); rung >= 0; rung--) {
            known.append(known.isEmpty() ? "" : ", ")
                    .append(ladder.amount(rung).amount().text());
        }
        throw start.bad(start.shown() + " is none of the amounts that there are: " + known);
    }
}
