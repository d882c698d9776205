package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.Event;
import dev.chiron.agent.llm.cost.Estimate;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.EntryJson;
import dev.chiron.agent.store.SteeringJson;
import dev.chiron.agent.store.Utilisation;
import dev.chiron.agent.view.PredictionScore;
import dev.chiron.agent.view.StudyCard;
import dev.chiron.agent.view.StudyJson;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/** A study as versioned JSON lines on standard output, one an event, each flushed. */
final class JsonEvents implements Event.Listener {

    private final PrintStream out;
    private final StudyCard card;
    private final Path study;
    private Optional<Utilisation> worked = Optional.empty();

    /** @param study the study's folder */
    JsonEvents(PrintStream out, StudyCard card, Path study) {
        this.out = out;
        this.card = card;
        this.study = study;
    }

    @Override
    public void on(Event event) {
        if (event instanceof Event.Started started) {
            print(start(started.entries().size()));
        } else if (event instanceof Event.Finished finished) {
            print(StudyJson.trial(finished.entry(), finished.history()));
        } else if (event instanceof Event.BaselineFailed failed) {
            ObjectNode line = StudyJson.line("trial");
            line.setAll(EntryJson.write(new Entry(failed.trial(), Optional.empty())));
            print(line);
        } else if (event instanceof Event.Retrying retrying) {
            ObjectNode line = StudyJson.line("retry");
            line.put("trial", retrying.number());
            line.put("attempt", retrying.attempt());
            line.put("reason", retrying.failure().reason().label());
            line.put("detail", retrying.failure().detail());
            print(line);
        } else if (event instanceof Event.Mending mending) {
            ObjectNode line = StudyJson.line("mended");
            line.put("trial", mending.number());
            line.put("reason", mending.failure().reason().label());
            line.put("detail", mending.failure().detail());
            print(line);
        } else if (event instanceof Event.Steered steered) {
            ObjectNode line = StudyJson.line("steered");
            line.setAll(SteeringJson.write(steered.taken()));
            print(line);
        } else if (event instanceof Event.Worked workers) {
            worked = Optional.of(workers.utilisation());
        } else if (event instanceof Event.Ended ended) {
            ObjectNode line = end(ended, study);
            worked.ifPresent(utilisation -> line.set("workers", utilisation.json()));
            print(line);
        }
    }

    private ObjectNode start(int done) {
        ObjectNode line = StudyJson.line("start");
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
        StudyJson.usd(object, "usd", estimate.usage());
        StudyJson.usd(object, "usd_most", estimate.most());
        return object;
    }

    /** The end's event, of the study in this folder. */
    static ObjectNode end(Event.Ended ended, Path study) {
        ObjectNode line = StudyJson.line("end");
        line.put("end", ended.end().label());
        line.put("why", ended.why());
        line.setAll(StudyJson.totals(ended.entries(), ended.unused(), ended.history()));
        PredictionScore.read(study, ended.history()).ifPresent(score -> line.set("prediction", score.json()));
        return line;
    }

    private void print(ObjectNode line) {
        out.println(line);
        out.flush();
    }
}
