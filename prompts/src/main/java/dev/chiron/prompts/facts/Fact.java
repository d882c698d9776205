package dev.chiron.prompts.facts;

import dev.chiron.optimizers.space.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A card with what works out its numbers for a study.
 *
 * @param numbers what fills the holes of the card; empty where an input is not known
 */
record Fact(Card card, Function<Known, Optional<Map<String, String>>> numbers) {

    /** The library, the more useful ones first. */
    static final List<Fact> LIBRARY = List.of(
            fact("adam-batch", Fact::adamBatch),
            fact("sgd-batch", Fact::sgdBatch),
            fact("step-law", Fact::stepLaw),
            fact("width", Fact::width),
            fact("memory", MemoryNumbers::of),
            fact("weight-decay", Fact::weightDecay),
            fact("depth", Fact::depth),
            fact("token-horizon", Fact::tokenHorizon),
            fact("warm-up", Fact::warmUp),
            fact("warm-down", known -> Optional.empty()),
            fact("small-batch", Fact::smallBatch));

    private static final int DIGITS = 3;

    private static Fact fact(String id, Function<Known, Optional<Map<String, String>>> numbers) {
        return new Fact(Card.named(id), numbers);
    }

    /** What it comes to for a study; empty where an input is not known. */
    Optional<String> here(Known known) {
        return numbers.apply(known)
                .flatMap(values ->
                        card.here().map(template -> template.fill(values).text()));
    }

    static String text(double number) {
        return Numbers.text(number, DIGITS);
    }

    /** From and to are written in full: a batch of 524288 is that number. */
    private static Map<String, String> step(String hole, Known.Step step) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(hole, step.name());
        values.put("from", Numbers.text(step.from()));
        values.put("to", Numbers.text(step.to()));
        return values;
    }

    private static Optional<Map<String, String>> adamBatch(Known known) {
        return known.step(Quantity.BATCH).map(step -> {
            Map<String, String> values = step("batch", step);
            values.put("ratio", text(Laws.adamRate(step.ratio())));
            values.put("betas", beta(known, Quantity.BETA1, step) + beta(known, Quantity.BETA2, step));
            return values;
        });
    }

    /** Nothing where the rule would leave no beta. */
    private static String beta(Known known, Quantity quantity, Known.Step step) {
        OptionalDouble beta = known.value(quantity);
        double scaled = Laws.adamBeta(beta.orElse(0), step.ratio());
        return beta.isPresent() && beta.getAsDouble() < 1 && scaled > 0
                ? ", " + known.name(quantity) + " " + Numbers.text(beta.getAsDouble()) + " -> "
                        + Numbers.text(scaled, 4)
                : "";
    }

    private static Optional<Map<String, String>> sgdBatch(Known known) {
        return known.step(Quantity.BATCH).map(step -> {
            Map<String, String> values = step("batch", step);
            values.put("ratio", text(step.ratio()));
            return values;
        });
    }

    private static Optional<Map<String, String>> smallBatch(Known known) {
        OptionalDouble beta = known.value(Quantity.BETA2);
        Optional<Known.Step> smaller = known.step(Quantity.BATCH, 0.5).or(() -> known.step(Quantity.BATCH, 2));
        if (beta.isEmpty() || beta.getAsDouble() >= 1) {
            return Optional.empty();
        }
        return smaller.map(step -> {
            Map<String, String> values = step("batch", step);
            values.put("beta", Numbers.text(beta.getAsDouble()));
            values.put("scaled", Numbers.text(Laws.halfLife(beta.getAsDouble(), step.ratio()), 4));
            return values;
        });
    }

    private static Optional<Map<String, String>> width(Known known) {
        Quantity moved = known.tunes(Quantity.WIDTH) ? Quantity.WIDTH : Quantity.ASPECT;
        OptionalDouble width = known.value(Quantity.WIDTH);
        return known.step(moved).filter(step -> width.isPresent()).map(step -> {
            Map<String, String> values = new LinkedHashMap<>();
            String wider = moved == Quantity.WIDTH
                    ? ""
                    : ", width " + Numbers.text(width.getAsDouble()) + " -> "
                            + Numbers.text(width.getAsDouble() * step.ratio());
            values.put("how", step.name() + " " + Numbers.text(step.from()) + " -> " + Numbers.text(step.to()) + wider);
            values.put("ratio", text(Laws.width(step.ratio())));
            return values;
        });
    }

    private static Optional<Map<String, String>> depth(Known known) {
        return known.step(Quantity.DEPTH).map(step -> {
            Map<String, String> values = step("name", step);
            values.put("ratio", text(Laws.depth(step.ratio())));
            values.put("also", known.tunes(Quantity.ASPECT) ? "; the width goes along" : "");
            return values;
        });
    }

    private static Optional<Map<String, String>> weightDecay(Known known) {
        OptionalDouble rate = known.value(Quantity.LEARNING_RATE);
        OptionalDouble decay = known.value(Quantity.WEIGHT_DECAY);
        if (rate.isEmpty() || decay.isEmpty()) {
            return Optional.empty();
        }
        double steps = Laws.timescale(rate.getAsDouble(), decay.getAsDouble());
        Map<String, String> values = new LinkedHashMap<>();
        values.put("rate", known.name(Quantity.LEARNING_RATE));
        values.put("value", text(rate.getAsDouble()));
        values.put("decay", known.name(Quantity.WEIGHT_DECAY));
        values.put("decayed", text(decay.getAsDouble()));
        values.put("timescale", text(steps));
        values.put("share", share(known, steps));
        return Optional.of(values);
    }

    private static Optional<Map<String, String>> stepLaw(Known known) {
        OptionalDouble params = known.value(Quantity.PARAMS);
        OptionalDouble tokens = known.value(Quantity.TOKENS);
        if (params.isEmpty() || tokens.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        values.put("params", large(params.getAsDouble()));
        values.put("tokens", large(tokens.getAsDouble()));
        values.put("rate", text(Laws.stepLawRate(params.getAsDouble(), tokens.getAsDouble())));
        values.put("batch", large(Laws.stepLawBatch(tokens.getAsDouble())));
        values.put(
                "beyond", Laws.isFitted(params.getAsDouble(), tokens.getAsDouble()) ? "" : ", beyond what was fitted");
        return Optional.of(values);
    }

    private static Optional<Map<String, String>> tokenHorizon(Known known) {
        return known.tuned(Quantity.TOKENS, Quantity.STEPS, Quantity.EPOCHS).stream()
                .findFirst()
                .flatMap(known::step)
                .map(step -> {
                    Map<String, String> values = step("name", step);
                    values.put("ratio", text(Laws.horizon(step.ratio())));
                    return values;
                });
    }

    private static Optional<Map<String, String>> warmUp(Known known) {
        OptionalDouble beta = known.value(Quantity.BETA2);
        if (beta.isEmpty() || beta.getAsDouble() >= 1) {
            return Optional.empty();
        }
        double steps = Laws.warmup(beta.getAsDouble());
        Map<String, String> values = new LinkedHashMap<>();
        values.put("beta", Numbers.text(beta.getAsDouble()));
        values.put("steps", text(steps));
        values.put("share", share(known, steps));
        return Optional.of(values);
    }

    private static String share(Known known, double steps) {
        OptionalDouble all = known.value(Quantity.STEPS);
        return all.isPresent()
                ? ", " + text(steps / all.getAsDouble()) + " of the run's " + text(all.getAsDouble())
                : "";
    }

    /** As in papers: 25.2M, 1B. */
    static String large(double number) {
        return number >= 1e9 ? text(number / 1e9) + "B" : number >= 1e6 ? text(number / 1e6) + "M" : text(number);
    }
}
