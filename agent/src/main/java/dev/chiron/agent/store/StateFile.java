package dev.chiron.agent.store;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.chiron.agent.disk.Disk;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The optimizer's state after a journal line, in {@code state.json}: replaced as a whole after each trial (of a long study after some), so that a
 * resume need not go through all trials again. Only a short cut: without it, or with one that is damaged or belongs to
 * another journal, the journal is replayed and gives the same state.
 *
 * <p>Observations are not written: the journal has them, and a thousand of them after each trial would be slow.
 */
final class StateFile {

    private final Path path;
    private final ObjectMapper json;

    /** A state, and the hash of the journal line after which it was taken. */
    record Snapshot(String after, OptimizerState state, Optional<Ahead> ahead) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "optimizer")
    private interface Tagged {}

    private static final class MemoryWriter extends StdSerializer<OptimizerState.Memory> {
        private static final long serialVersionUID = 1;

        MemoryWriter() {
            super(OptimizerState.Memory.class);
        }

        @Override
        public void serialize(OptimizerState.Memory memory, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeStartObject();
            json.writeNumberField("observations", memory.observations().size());
            if (!memory.pending().isEmpty()) {
                provider.defaultSerializeField("pending", memory.pending(), json);
            }
            json.writeEndObject();
        }
    }

    private static final class ConfigWriter extends StdSerializer<Config> {
        private static final long serialVersionUID = 1;

        ConfigWriter() {
            super(Config.class);
        }

        @Override
        public void serialize(Config config, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeTree(EntryJson.config(config));
        }
    }

    private static final class ConfigReader extends StdDeserializer<Config> {
        private static final long serialVersionUID = 1;

        ConfigReader() {
            super(Config.class);
        }

        @Override
        public Config deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return EntryJson.readConfig(context.readTree(parser));
        }
    }

    private static final class MemoryReader extends StdDeserializer<OptimizerState.Memory> {
        private static final long serialVersionUID = 1;
        private final transient List<Observation> told;

        MemoryReader(List<Observation> told) {
            super(OptimizerState.Memory.class);
            this.told = told;
        }

        @Override
        public OptimizerState.Memory deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode memory = context.readTree(parser);
            int count = memory.path("observations").asInt(-1);
            if (count < 0 || count > told.size()) {
                throw new JsonParseException(parser, "the journal has " + told.size() + " observations, not " + count);
            }
            List<Config> pending = new ArrayList<>();
            memory.path("pending").forEach(config -> pending.add(EntryJson.readConfig(config)));
            return new OptimizerState.Memory(List.copyOf(told.subList(0, count)), pending);
        }
    }

    /** What the optimizer of a part of a training was told are the observations of that part. */
    private static final class RungReader extends StdDeserializer<OptimizerState.Rung> {
        private static final long serialVersionUID = 1;
        private final transient ObjectMapper json;
        private final transient List<Observation> told;

        RungReader(ObjectMapper json, List<Observation> told) {
            super(OptimizerState.Rung.class);
            this.json = json;
            this.told = told;
        }

        @Override
        public OptimizerState.Rung deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode rung = context.readTree(parser);
            double share = rung.path("share").asDouble();
            List<Observation> own =
                    told.stream().filter(one -> one.share() == share).toList();
            return new OptimizerState.Rung(
                    share,
                    rung.path("measured").asInt(),
                    reader(json, own).treeToValue(rung.path("state"), OptimizerState.class));
        }
    }

    private static ObjectMapper reader(ObjectMapper json, List<Observation> told) {
        return json.copy()
                .registerModule(
                        new SimpleModule().addDeserializer(OptimizerState.Memory.class, new MemoryReader(told)));
    }

    StateFile(Path path) {
        this.path = path;
        this.json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);
        json.addMixIn(OptimizerState.class, Tagged.class);
        for (Class<?> kind : OptimizerState.class.getPermittedSubclasses()) {
            json.registerSubtypes(new NamedType(kind, kind.getSimpleName()));
        }
        json.registerModule(new SimpleModule()
                .addSerializer(new MemoryWriter())
                .addSerializer(new ConfigWriter())
                .addDeserializer(Config.class, new ConfigReader()));
    }

    void write(Snapshot snapshot) throws IOException {
        ObjectNode object = json.createObjectNode();
        object.put("after", snapshot.after());
        object.set("state", json.valueToTree(snapshot.state()));
        snapshot.ahead().ifPresent(ahead -> object.set("ahead", json.valueToTree(ahead)));
        Disk.replace(path, json.writeValueAsBytes(object));
    }

    /** The hash of the journal line after which the state was taken; empty if there is none or it cannot be read. */
    Optional<String> after() {
        try {
            return Files.isRegularFile(path)
                    ? Optional.of(json.readTree(Files.readAllBytes(path))
                            .path("after")
                            .asText())
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UnusableStudy(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The snapshot; empty if there is none or it cannot be read.
     *
     * @param told all observations of the journal, oldest first
     */
    Optional<Snapshot> read(List<Observation> told) {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try {
            JsonNode object = json.readTree(Files.readAllBytes(path));
            ObjectMapper reader = json.copy();
            reader.registerModule(new SimpleModule()
                    .addDeserializer(OptimizerState.Memory.class, new MemoryReader(told))
                    .addDeserializer(OptimizerState.Rung.class, new RungReader(json, told)));
            OptimizerState state = reader.treeToValue(object.path("state"), OptimizerState.class);
            Optional<Ahead> ahead = object.has("ahead")
                    ? Optional.of(reader.treeToValue(object.path("ahead"), Ahead.class))
                    : Optional.empty();
            return Optional.ofNullable(state)
                    .map(known -> new Snapshot(object.path("after").asText(), known, ahead));
        } catch (JsonProcessingException e) {
            return Optional.empty(); // a version that wrote it differently, or a torn write
        } catch (IOException e) {
            throw new UnusableStudy(path + " cannot be read: " + e.getMessage(), e);
        }
    }
}
