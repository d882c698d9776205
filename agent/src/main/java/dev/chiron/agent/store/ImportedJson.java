package dev.chiron.agent.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.study.Earlier;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Earlier results as one line of the journal, so that there are all of them or none. */
final class ImportedJson {

    private ImportedJson() {}

    static void write(Imported imported, ObjectNode object) {
        imported.sources().forEach(object.putArray("sources")::add);
        imported.summary().forEach(object.putArray("summary")::add);
        write(imported.earlier().inside(), object.putArray("trials"));
        write(imported.earlier().beyond(), object.putArray("beyond"));
    }

    private static void write(List<Trial> trials, ArrayNode array) {
        trials.forEach(trial -> array.add(EntryJson.write(new Entry(trial, Optional.empty()))));
    }

    /** @throws IllegalArgumentException naming what is missing or unknown */
    static Imported read(JsonNode object) {
        return new Imported(
                texts(object.path("sources")),
                texts(object.path("summary")),
                new Earlier(trials(object.path("trials")), trials(object.path("beyond"))));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<Trial> trials(JsonNode array) {
        List<Trial> trials = new ArrayList<>();
        array.forEach(trial -> trials.add(EntryJson.read(trial).trial()));
        return trials;
    }
}
