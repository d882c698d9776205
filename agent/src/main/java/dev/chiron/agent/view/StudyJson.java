package dev.chiron.agent.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.Forecasts;
import dev.chiron.agent.ModelTally;
import dev.chiron.agent.Tally;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.llm.UsageJson;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.EntryJson;
import dev.chiron.agent.store.Unused;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Noise;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Volume;
import java.util.List;
import java.util.Optional;

/** Trials and totals of a study as versioned JSON, the same for every command. */
public final class StudyJson {

    private StudyJson() {}

    /** The trial's event; {@code history} holds the trials up to it. */
    public static ObjectNode trial(Entry entry, History history) {
        ObjectNode line = line("trial");
        line.setAll(EntryJson.write(entry));
        if (entry.trial().origin() == Origin.REPEAT) {
            history.find(entry.trial().change()).ifPresent(first -> line.put("repeat_of", first.number()));
        }
        if (entry.trial().origin() == Origin.PROMOTED) {
            line.put("promoted_from", history.beginning(entry.trial()).number());
        }
        history.incumbent().flatMap(best -> value(best, history)).ifPresent(best -> line.put("best", best));
        if (history.objective().isSeveral()) {
            values(entry.trial().outcome(), history.objective()).ifPresent(values -> line.set("values", values));
            ArrayNode front = line.putArray("front");
            history.front().forEach(trial -> front.add(trial.number()));
        }
        return line;
    }

    /** Baseline, best, and everything counted. */
    public static ObjectNode totals(List<Entry> entries, List<Unused> unused, History history) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("trials", entries.size());
        if (entries.stream().anyMatch(entry -> entry.trial().change().fidelity().isPresent())) {
            line.put(
                    "trainings",
                    entries.stream()
                            .mapToDouble(entry -> entry.trial().change().cost())
                            .sum());
        }
        history.trials().stream()
                .findFirst()
                .flatMap(baseline -> value(baseline, history))
                .ifPresent(baseline -> line.put("baseline", baseline));
        history.incumbent().ifPresent(best -> line.set("best", best(best, history)));
        if (history.objective().isSeveral()) {
            line.set("front", front(history));
            line.set("hypervolume", volume(history));
        }
        if (!history.objective().feasible().isEmpty()) {
            line.put(
                    "infeasible",
                    history.trials().stream()
                            .filter(trial -> trial.outcome() instanceof Outcome.Infeasible)
                            .count());
        }
        noise(history).ifPresent(noise -> line.set("noise", noise));
        Tally tally = Tally.of(entries, unused);
        ObjectNode origins = line.putObject("by_origin");
        tally.byOrigin().forEach((origin, count) -> origins.put(origin.label(), count));
        ObjectNode reasons = line.putObject("by_reason");
        tally.byReason().forEach((reason, count) -> reasons.put(reason.label(), count));
        line.put("pruned", Stops.of(entries).count());
        ObjectNode llm = line.putObject("llm");
        llm.put("turns", tally.modelTurns());
        llm.put("calls", tally.usage().calls());
        llm.put("doubtful", tally.usage().doubtful());
        llm.put("fallbacks", tally.fallbacks());
        llm.put("over_budget", tally.overBudget());
        llm.put("echoes", tally.echoed());
        Forecasts forecasts = tally.forecasts();
        ObjectNode expected = llm.putObject("forecasts");
        expected.put("values", forecasts.values());
        forecasts.error().ifPresent(error -> expected.put("median_error", error));
        expected.put("chances", forecasts.chances());
        expected.put("failures_expected", forecasts.expected());
        expected.put("failures_seen", forecasts.failed());
        Advised advised = Advised.of(entries);
        if (advised.isAny()) {
            llm.putObject("stops")
                    .put("asked", advised.asked())
                    .put("stopped", advised.stopped())
                    .put("unanswered", advised.unanswered())
                    .put("over_budget", advised.overBudget());
        }
        llm.put("repaired", tally.repaired());
        llm.put("rejected", tally.rejected());
        llm.put("tokens_in", tally.usage().tokensIn());
        llm.put("tokens_out", tally.usage().tokensOut());
        usd(llm, "usd", tally.usage());
        long turns = unused.stream().filter(answer -> !answer.isCheck()).count();
        if (turns > 0) {
            UsageJson.write(tally.unused(), llm.putObject("unused").put("turns", turns));
        }
        if (tally.checks().calls() > 0) {
            UsageJson.write(tally.checks(), llm.putObject("checks"));
        }
        ArrayNode models = llm.putArray("models");
        ModelTally.of(entries, unused, history).forEach(model -> models.add(model(model)));
        return line;
    }

    /** The values of all objectives by name; empty where they were not measured. */
    private static Optional<ObjectNode> values(Outcome outcome, Objective objective) {
        if (outcome instanceof Outcome.Infeasible infeasible) {
            return values(infeasible.measured(), objective);
        }
        if (!(outcome instanceof Outcome.Measured measured)) {
            return Optional.empty();
        }
        return Optional.of(values(objective.values(measured), objective));
    }

    private static ObjectNode values(List<Double> values, Objective objective) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int k = 0; k < values.size(); k++) {
            object.put(objective.all().get(k).metric(), values.get(k));
        }
        return object;
    }

    /** All objectives, each with its direction. */
    public static ArrayNode objectives(Objective objective) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        objective
                .all()
                .forEach(one -> array.addObject()
                        .put("metric", one.metric())
                        .put("goal", one.goal().label()));
        return array;
    }

    /** The trials that none beats, in the order of the first objective. */
    public static ArrayNode front(History history) {
        ArrayNode front = JsonNodeFactory.instance.arrayNode();
        history.front().forEach(trial -> front.add(best(trial, history)));
        return front;
    }

    /** The hypervolume after each trial, and up to where it is measured. */
    public static ObjectNode volume(History history) {
        Volume volume = Volume.of(history);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("now", volume.now());
        ObjectNode reference = object.putObject("reference");
        List<Objective> all = history.objective().all();
        for (int k = 0; k < volume.reference().size(); k++) {
            reference.put(all.get(k).metric(), volume.reference().get(k));
        }
        ArrayNode after = object.putArray("history");
        volume.history().forEach(after::add);
        return object;
    }

    private static ObjectNode model(ModelTally tally) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("model", tally.model());
        object.put("turns", tally.turns());
        object.put("trials", tally.trials());
        object.put("bests", tally.bests());
        object.put("gain", tally.gain());
        object.put("worth", tally.worth());
        object.put("fallbacks", tally.fallbacks());
        object.put("calls", tally.usage().calls());
        object.put("tokens_in", tally.usage().tokensIn());
        object.put("tokens_out", tally.usage().tokensOut());
        usd(object, "usd", tally.usage());
        return object;
    }

    /** How much values vary when a config is measured again; empty before it is known. */
    public static Optional<ObjectNode> noise(History history) {
        return history.noise().map(noise -> {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.put("sd", noise.sd()).put("repeats", noise.repeats());
            if (history.objective().isSeveral()) {
                object.set(
                        "sds", values(history.noises().stream().map(Noise::sd).toList(), history.objective()));
            }
            return object;
        });
    }

    private static ObjectNode best(Trial trial, History history) {
        ObjectNode best = JsonNodeFactory.instance.objectNode();
        best.put("trial", trial.number());
        value(trial, history).ifPresent(value -> best.put("value", value));
        if (history.objective().isSeveral()) {
            best.set("values", values(history.values(trial), history.objective()));
        }
        if (history.measured(trial) > 1) {
            best.put("runs", history.measured(trial)); // of which the value is the mean
        }
        best.put("origin", trial.origin().label());
        best.set("config", EntryJson.config(trial.config()));
        return best;
    }

    private static Optional<Double> value(Trial trial, History history) {
        return history.value(trial).stream().boxed().findFirst();
    }

    /** What is not known is null: 0 would be a lie. */
    public static void usd(ObjectNode object, String field, Usage usage) {
        usage.usd().ifPresentOrElse(usd -> object.put(field, usd.doubleValue()), () -> object.putNull(field));
    }

    /** The beginning of an event's object. */
    public static ObjectNode line(String event) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("v", 1);
        line.put("event", event);
        return line;
    }
}
