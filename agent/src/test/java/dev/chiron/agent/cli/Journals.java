package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What studies' journals hold. */
final class Journals {

    private Journals() {}

    /** The trials by number, without times and the hashes that depend on times. */
    static List<JsonNode> trials(Path study) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> trials = new ArrayList<>();
        for (String line : Files.readAllLines(study.resolve("journal.jsonl"))) {
            ObjectNode object = (ObjectNode) json.readTree(line);
            if (object.path("type").asText().equals("trial")) {
                trials.add(object.without(List.of("prev", "sum", "at", "seconds")));
            }
        }
        trials.sort(Comparator.comparingInt(trial -> trial.path("trial").asInt()));
        return trials;
    }
}
