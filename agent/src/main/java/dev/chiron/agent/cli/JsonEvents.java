package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.Event;
import dev.chiron.agent.Forecasts;
import dev.chiron.agent.ModelTally;
import dev.chiron.agent.Tally;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.llm.UsageJson;
import dev.chiron.agent.llm.cost.Estimate;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.EntryJson;
import dev.chiron.agent.store.Unused;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Trial;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** A study as versioned JSON lines on standard output, one an event, each flushed. */
final class JsonEvents implements Event.Listener {

    private final PrintStream out;
    private final StudyCard card;

    JsonEvents(PrintStream out, StudyCard card) {
        this.out = out;
        this.card = card;
    }

    @Override
    public void on(Event event) {
        if (event instanceof Event.Started started) {
            print(start(started.entries().size()));
        } else if (event instanceof Event.Finished finished) {
            print(trial(finished.entry(), finished.history()));
        } else if (event instanceof Event.BaselineFailed failed) {
            ObjectNode line = line("trial");
            line.setAll(EntryJson.write(new Entry(failed.trial(), Optional.empty())));
            print(line);
        } else if (event instanceof Event.Retrying retrying) {
            ObjectNode line = line("retry");
            line.put("trial", retrying.number());
            line.put("attempt", retrying.attempt());
            line.put("reason", retrying.failure().reason().label());
            line.put("detail", retrying.failure().detail());
            print(line);
        } else if (event instanceof Event.Mending mending) {
            ObjectNode line = line("mended");
            line.put("trial", mending.number());
            line.put("reason", mending.failure().reason().label());
            line.put("detail", mending.failure().detail());
            print(line);
        } else if (event instanceof Event.Ended ended) {
            print(end(ended));
        }
    }

    private ObjectNode start(int done) {
        ObjectNode line = line("start");
        line.put("study", card.folder());
        line.put("resumed", done > 0);
        line.put("trials_done", done);
        line.put("method", card.method());
        line.put("optimizer", card.optimizer());
        line.put("llm", card.llm());
        if (!card.why().isEmpty()) {
            line.put("llm_why", card.why());
        }
        line.put("seed", card.seed());
        card.estimate().ifPresent(estimate -> line.set("llm_estimate", estimate(estimate)));
        return line;
    }

    private static ObjectNode estimate(Estimate estimate) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("turns", estimate.turns());
        object.put("tokens_in", estimate.usage().tokensIn());
        object.put("tokens_out", estimate.usage().tokensOut());
        usd(object, "usd", estimate.usage());
        usd(object, "usd_most", estimate.most());
        return object;
    }

    /** What is not known is null: 0 would be a lie. */
    private static void usd(ObjectNode object, String field, Usage usage) {
        usage.usd().ifPresentOrElse(usd -> object.put(field, usd.doubleValue()), () -> object.putNull(field));
    }

    /** The trial's event; {@code history} holds the trials up to it. */
    static ObjectNode trial(Entry entry, History history) {
        ObjectNode line = line("trial");
        line.setAll(EntryJson.write(entry));
        if (entry.trial().origin() == Origin.REPEAT) {
            history.find(entry.trial().change()).ifPresent(first -> line.put("repeat_of", first.number()));
        }
        history.incumbent().flatMap(best -> value(best, history)).ifPresent(best -> line.put("best", best));
        return line;
    }

    /** The end's event. */
    static ObjectNode end(Event.Ended ended) {
        ObjectNode line = line("end");
        line.put("end", ended.end().label());
        line.put("why", ended.why());
        line.setAll(totals(ended.entries(), ended.unused(), ended.history()));
        return line;
    }

    /** Baseline, best, and everything counted. */
    static ObjectNode totals(List<Entry> entries, List<Unused> unused, History history) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("trials", entries.size());
        history.trials().stream()
                .findFirst()
                .flatMap(baseline -> value(baseline, history))
                .ifPresent(baseline -> line.put("baseline", baseline));
        history.incumbent().ifPresent(best -> line.set("best", best(best, history)));
        noise(history).ifPresent(noise -> line.set("noise", noise));
        Tally tally = Tally.of(entries, unused);
        ObjectNode origins = line.putObject("by_origin");
        tally.byOrigin().forEach((origin, count) -> origins.put(origin.label(), count));
        ObjectNode reasons = line.putObject("by_reason");
        tally.byReason().forEach((reason, count) -> reasons.put(reason.label(), count));
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
    static Optional<ObjectNode> noise(History history) {
        return history.noise()
                .map(noise -> JsonNodeFactory.instance
                        .objectNode()
                        .put("sd", noise.sd())
                        .put("repeats", noise.repeats()));
    }

    private static ObjectNode best(Trial trial, History history) {
        ObjectNode best = JsonNodeFactory.instance.objectNode();
        best.put("trial", trial.number());
        value(trial, history).ifPresent(value -> best.put("value", value));
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

    private static ObjectNode line(String event) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("v", 1);
        line.put("event", event);
        return line;
    }

    private void print(ObjectNode line) {
        out.println(line);
        out.flush();
    }
}
