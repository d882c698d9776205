package dev.chiron.agent.branch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a study knows of its branch, in {@code branch.json} of its folder.
 *
 * @param base the commit that was checked out when the study began; empty if there was none
 * @param branch its name; empty before there is one
 */
record BranchMemory(Optional<String> base, Optional<String> branch) {

    private static final String FILE = "branch.json";

    /** What is remembered; empty if nothing is, or somebody spoiled it: the study then begins another branch. */
    static Optional<BranchMemory> read(Path study) throws IOException {
        Path file = study.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode object = new ObjectMapper().readTree(Files.readAllBytes(file));
            String base = object.path("base").asText();
            return base.matches("([0-9a-f]{40})?")
                    ? Optional.of(new BranchMemory(
                            filled(base), filled(object.path("branch").asText())))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> filled(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    void write(Path study) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("base", base.orElse(""));
        object.put("branch", branch.orElse(""));
        Disk.replace(study.resolve(FILE), (object + "\n").getBytes(StandardCharsets.UTF_8));
    }

    BranchMemory named(String name) {
        return new BranchMemory(base, Optional.of(name));
    }
}
