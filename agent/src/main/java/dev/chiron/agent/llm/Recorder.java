package dev.chiron.agent.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.disk.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The {@code llm/} folder of a study: {@code <sha256>.prompt.md} and {@code <sha256>.reply.md} hold what was said,
 * named by the hash of their content, and {@code <key>.json} says for each question which of them belong together:
 * <pre>{"v":1,"key":"0012-0","model":"ollama:qwen3:0.6b","prompt":"ab12…","outcome":"replied","reply":"cd34…",
 * "why":"","truncated":false,"calls":1,"tokens_in":2100,"tokens_out":310,"usd":0.0031}</pre>
 * {@code outcome} is replied, unreachable or refused; without a reply {@code reply} is empty and {@code why} says why.
 * A file appears whole or not at all. Content whose hash is not its name counts as absent.
 */
final class Recorder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROMPT = ".prompt.md";
    private static final String REPLY = ".reply.md";
    private static final String ENTRY = ".json";

    private final Path folder;

    Recorder(Path folder) {
        this.folder = folder;
    }

    /**
     * One question and how it ended.
     *
     * @param model who answered
     * @param prompt hash of what was asked
     */
    record Entry(String key, String model, String prompt, Answer answer) {}

    /** The name under which a text is kept. */
    static String hash(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Keeps a prompt, before it is sent. */
    void keep(Question question) {
        keep(question.prompt(), PROMPT);
    }

    /** Keeps an answer, before it is used. The entry comes last: where it stands, all it names stands. */
    void keep(Question question, String model, Answer answer) {
        ObjectNode entry = JSON.createObjectNode()
                .put("v", 1)
                .put("key", question.key())
                .put("model", model)
                .put("prompt", hash(question.prompt()));
        if (answer instanceof Answer.Replied replied) {
            entry.put("outcome", "replied")
                    .put("reply", keep(replied.text(), REPLY))
                    .put("why", "");
            UsageJson.write(replied.usage(), entry.put("truncated", replied.truncated()));
        } else if (answer instanceof Answer.Unreachable unreachable) {
            entry.put("outcome", "unreachable").put("reply", "").put("why", unreachable.why());
            UsageJson.write(unreachable.usage(), entry.put("truncated", false));
        } else if (answer instanceof Answer.Refused refused) {
            entry.put("outcome", "refused").put("reply", "").put("why", refused.why());
            UsageJson.write(Usage.NONE, entry.put("truncated", false));
        }
        write(question.key() + ENTRY, entry + "\n");
    }

    /** What was kept whole of this very prompt under this very key. */
    Optional<Entry> find(Question question) {
        return read(folder.resolve(question.key() + ENTRY))
                .filter(entry -> entry.prompt().equals(hash(question.prompt())));
    }

    /** What was kept whole under a key. */
    Optional<Entry> entry(String key) {
        return read(folder.resolve(key + ENTRY));
    }

    /** All that was kept whole, in the order of the keys. */
    List<Entry> all() {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(file -> file.getFileName().toString().endsWith(ENTRY))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the recorded answers in " + folder, unreadable);
        }
        List<Entry> entries = new ArrayList<>();
        files.forEach(file -> read(file).ifPresent(entries::add));
        return entries;
    }

    /** The text of a prompt that was kept whole, by its hash. */
    Optional<String> prompt(String hash) {
        try {
            if (!hash.matches("[0-9a-f]{64}")) {
                return Optional.empty();
            }
            String text = Files.readString(folder.resolve(hash + PROMPT));
            return hash(text).equals(hash) ? Optional.of(text) : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    private Optional<Entry> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode entry = JSON.readTree(Files.readString(file));
            return answer(entry)
                    .map(answer -> new Entry(
                            entry.path("key").asText(),
                            entry.path("model").asText(),
                            entry.path("prompt").asText(),
                            answer));
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    private Optional<Answer> answer(JsonNode entry) throws IOException {
        Usage usage = UsageJson.read(entry);
        String why = entry.path("why").asText();
        return switch (entry.path("outcome").asText()) {
            case "replied" -> {
                String name = entry.path("reply").asText();
                Path file = folder.resolve(name + REPLY);
                String text = name.matches("[0-9a-f]{64}") && Files.isRegularFile(file) ? Files.readString(file) : "";
                boolean truncated = entry.path("truncated").asBoolean();
                yield hash(text).equals(name)
                        ? Optional.of(new Answer.Replied(text, usage, truncated))
                        : Optional.empty();
            }
            case "unreachable" -> Optional.of(new Answer.Unreachable(why, usage));
            case "refused" -> Optional.of(new Answer.Refused(why));
            default -> Optional.empty();
        };
    }

    private String keep(String text, String ending) {
        String name = hash(text);
        write(name + ending, text);
        return name;
    }

    private void write(String name, String text) {
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(folder, ".write", ".tmp");
            try {
                Disk.write(temporary, text);
                Files.move(
                        temporary,
                        folder.resolve(name),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "cannot keep what was said in " + folder + ": " + failed.getMessage(), failed);
        }
    }
}
