package dev.chiron.agent.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.store.EntryJson;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Fidelity;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a training was made of that went on from checkpoints: one trial after the other, each with its values.
 *
 * @param name what says how far it came, such as EPOCHS; empty where a training is one whole
 * @param parts in order, one at least
 */
public record TrainingSchedule(String name, List<Part> parts) {

    /**
     * A part of it.
     *
     * @param from how far the training had come before; 0 for the first part
     * @param to how far it came; 1 where a training is one whole
     */
    public record Part(Value from, Value to, Trial trial) {

        /** The metric at its end; empty if it gave none. */
        public Optional<Double> value() {
            if (trial.outcome() instanceof Outcome.Partial partial) {
                return Optional.of(partial.measured().value());
            }
            return trial.value().isPresent() ? Optional.of(trial.value().getAsDouble()) : Optional.empty();
        }
    }

    /** Copies the parts. */
    public TrainingSchedule {
        parts = List.copyOf(parts);
    }

    /**
     * That of a trial.
     *
     * @param whole how long a whole training is, where the task says so
     */
    public static TrainingSchedule of(Trial trial, History history, Optional<Fidelity> whole) {
        List<Part> parts = new ArrayList<>();
        Value from = new Value.Whole(0);
        for (Trial one : history.lineage(trial)) {
            Value to = one.change()
                    .fidelity()
                    .or(() -> whole)
                    .map(Fidelity::amount)
                    .orElse(new Value.Whole(1));
            parts.add(new Part(from, to, one));
            from = to;
        }
        String name =
                trial.change().fidelity().or(() -> whole).map(Fidelity::name).orElse("");
        return new TrainingSchedule(name, parts);
    }

    /** Whether its values change on the way, so that those of its last part alone would not give its value. */
    public static boolean isIn(Trial trial, History history) {
        return history.lineage(trial).stream().map(Trial::config).distinct().count() > 1;
    }

    /** What is to be said of a trial whose values changed on the way; empty for any other. */
    public static Optional<String> warning(Trial trial, History history) {
        int parts = history.lineage(trial).size();
        return isIn(trial, history)
                ? Optional.of(
                        "belongs to a schedule of " + parts
                                + " parts, of which these values are the last part's: a training with them from the start is another")
                : Optional.empty();
    }

    /** The parts, in order. */
    public ArrayNode json() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Part part : parts) {
            ObjectNode line = array.addObject();
            line.set("from", EntryJson.value(part.from()));
            line.set("to", EntryJson.value(part.to()));
            line.put("trial", part.trial().number());
            line.put("origin", part.trial().origin().label());
            part.value().ifPresent(value -> line.put("value", value));
            line.set("config", EntryJson.config(part.trial().config()));
        }
        return array;
    }
}
