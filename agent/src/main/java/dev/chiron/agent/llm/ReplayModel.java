package dev.chiron.agent.llm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Answers from what {@link RecordedModel} kept, found by the prompt; of several answers to one prompt the one with the
 * same key is taken, otherwise the first. A changed prompt finds nothing and says so.
 */
final class ReplayModel implements Model {
    private final String name;
    private final Map<String, Map<String, Answer>> answers = new LinkedHashMap<>();

    /** Reads a study folder or its {@code llm/} folder, once. */
    ReplayModel(String folder) {
        Path given = Path.of(folder);
        Path inside = given.resolve("llm");
        Path records = Files.isDirectory(inside) ? inside : given;
        if (!Files.isDirectory(records)) {
            throw new IllegalArgumentException("replay: there is no folder " + folder);
        }
        name = "replay:" + folder;
        for (Recorder.Entry entry : new Recorder(records).all()) {
            answers.computeIfAbsent(entry.prompt(), prompt -> new LinkedHashMap<>())
                    .put(entry.key(), entry.answer());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Answer answer(Question question) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before the recording was read");
        }
        String hash = Recorder.hash(question.prompt());
        Map<String, Answer> known = answers.getOrDefault(hash, Map.of());
        if (known.isEmpty()) {
            String why = "no recorded answer to the prompt of " + question.key() + " (sha256 " + hash.substring(0, 12)
                    + "…): it was never asked, or prompt or study changed since";
            return new Answer.Unreachable(why, Usage.NONE);
        }
        return known.getOrDefault(question.key(), known.values().iterator().next());
    }
}
