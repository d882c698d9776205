package dev.chiron.agent.store;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.OptimizerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The optimizer's state after a journal line, in {@code state.json}: replaced as a whole after each trial, so that a
 * resume need not go through all trials again. Only a short cut: without it, or with one that is damaged or belongs to
 * another journal, the journal is replayed and gives the same state.
 */
final class StateFile {

    private final Path path;
    private final ObjectMapper json;

    /** A state, and the hash of the journal line after which it was taken. */
    record Snapshot(String after, OptimizerState state) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "optimizer")
    private interface Tagged {}

    StateFile(Path path) {
        this.path = path;
        this.json = new ObjectMapper();
        json.addMixIn(OptimizerState.class, Tagged.class);
        for (Class<?> kind : OptimizerState.class.getPermittedSubclasses()) {
            json.registerSubtypes(new NamedType(kind, kind.getSimpleName()));
        }
    }

    void write(Snapshot snapshot) throws IOException {
        ObjectNode object = json.createObjectNode();
        object.put("after", snapshot.after());
        object.set("state", json.valueToTree(snapshot.state()));
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.write(fresh, json.writeValueAsBytes(object));
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The snapshot; empty if there is none or it cannot be read. */
    Optional<Snapshot> read() {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try {
            JsonNode object = json.readTree(Files.readAllBytes(path));
            OptimizerState state = json.treeToValue(object.path("state"), OptimizerState.class);
            return Optional.ofNullable(state)
                    .map(known -> new Snapshot(object.path("after").asText(), known));
        } catch (JsonProcessingException e) {
            return Optional.empty(); // a version that wrote it differently, or a torn write
        } catch (IOException e) {
            throw new UnusableStudy(path + " cannot be read: " + e.getMessage(), e);
        }
    }
}
