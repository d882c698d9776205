package dev.chiron.prompts.facts;

import dev.chiron.optimizers.space.Numbers;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a study's transformer needs: gigabytes as far as its inputs are known, and how they grow with depth. */
final class MemoryNumbers {

    private MemoryNumbers() {}

    static Optional<Map<String, String>> of(Known known) {
        OptionalDouble depth = known.value(Quantity.DEPTH);
        OptionalDouble width = known.value(Quantity.WIDTH);
        if (depth.isEmpty() || width.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        values.put(
                "shape", "depth " + Numbers.text(depth.getAsDouble()) + ", width " + Numbers.text(width.getAsDouble()));
        values.put("states", Fact.text(Laws.states(Laws.params(depth.getAsDouble(), width.getAsDouble()))));
        values.put("activations", activations(known, depth.getAsDouble(), width.getAsDouble()));
        values.put(
                "step",
                known.step(Quantity.DEPTH).map(step -> growth(known, step)).orElse(""));
        return Optional.of(values);
    }

    private static String activations(Known known, double depth, double width) {
        OptionalDouble sequence = known.value(Quantity.SEQUENCE);
        OptionalDouble examples = examples(known);
        return sequence.isEmpty() || examples.isEmpty()
                ? ""
                : ", activations "
                        + Fact.text(Laws.activations(depth, width, sequence.getAsDouble(), examples.getAsDouble()))
                        + " GB (" + Numbers.text(examples.getAsDouble()) + " x " + Numbers.text(sequence.getAsDouble())
                        + " tokens)";
    }

    /** What a device holds at once; a batch that may be counted in tokens, or be that of many devices, does not say. */
    private static OptionalDouble examples(Known known) {
        OptionalDouble device = known.value(Quantity.DEVICE_BATCH);
        boolean says = !known.name(Quantity.BATCH).toLowerCase(Locale.ROOT).matches(".*(total|global|token).*");
        return device.isPresent() || known.tunes(Quantity.DEVICE_BATCH) || !says ? device : known.value(Quantity.BATCH);
    }

    /** With the width by depth kept, the width grows with the depth. */
    private static String growth(Known known, Known.Step step) {
        boolean wider = known.tunes(Quantity.ASPECT) && !known.tunes(Quantity.WIDTH);
        double k = step.ratio();
        return "; " + step.name() + " " + Numbers.text(step.from()) + " -> " + Numbers.text(step.to()) + ": weights x "
                + Fact.text(wider ? k * k * k : k) + ", activations x " + Fact.text(wider ? k * k : k);
    }
}
