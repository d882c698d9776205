package dev.chiron.agent.llm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers from what {@link RecordedModel} kept, found by the prompt; of several answers to one prompt the one with the
 * same key is taken, otherwise the first. A changed prompt finds nothing, and says in which line it differs from the one
 * that was asked under the same key.
 */
final class ReplayModel implements Model {
    private static final int SHOWN = 60;

    private final String name;
    private final Recorder recorder;
    private final Map<String, Map<String, Recorder.Entry>> answers = new LinkedHashMap<>();
    private final Map<String, Recorder.Entry> asked = new LinkedHashMap<>();

    /** Reads a study folder or its {@code llm/} folder, once. */
    ReplayModel(String folder) {
        Path given = Path.of(folder);
        Path inside = given.resolve("llm");
        Path records = Files.isDirectory(inside) ? inside : given;
        if (!Files.isDirectory(records)) {
            throw new IllegalArgumentException("replay: there is no folder " + folder);
        }
        name = "replay:" + folder;
        recorder = new Recorder(records);
        for (Recorder.Entry entry : recorder.all()) {
            answers.computeIfAbsent(entry.prompt(), prompt -> new LinkedHashMap<>())
                    .put(entry.key(), entry);
            asked.put(entry.key(), entry);
        }
    }

    /** Who was asked on each turn, by its key, in order. */
    Map<String, String> authors() {
        Map<String, String> authors = new LinkedHashMap<>();
        asked.forEach((key, entry) -> authors.putIfAbsent(Question.turn(key), entry.model()));
        return authors;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String author(Question question) {
        List<String> all =
                asked.values().stream().map(Recorder.Entry::model).distinct().toList();
        return find(question)
                .or(() -> Optional.ofNullable(asked.get(question.key())))
                .map(Recorder.Entry::model)
                .orElse(all.size() == 1 ? all.get(0) : name);
    }

    @Override
    public Answer answer(Question question) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before the recording was read");
        }
        return find(question).map(Recorder.Entry::answer).orElseGet(() -> missing(question));
    }

    private Optional<Recorder.Entry> find(Question question) {
        Map<String, Recorder.Entry> known = answers.getOrDefault(Recorder.hash(question.prompt()), Map.of());
        return Optional.ofNullable(known.get(question.key()))
                .or(() -> known.values().stream().findFirst());
    }

    private Answer missing(Question question) {
        String hash = Recorder.hash(question.prompt());
        String why = "no recorded answer to the prompt of " + question.key() + " (sha256 " + hash.substring(0, 12)
                + "…): " + difference(question);
        return new Answer.Unreachable(why.substring(0, Math.min(why.length(), Answer.LONGEST_REASON)), Usage.NONE);
    }

    private String difference(Question question) {
        Optional<String> recorded = Optional.ofNullable(asked.get(question.key()))
                .map(Recorder.Entry::prompt)
                .flatMap(recorder::prompt);
        if (recorded.isEmpty()) {
            return "nothing was asked at that turn, or prompt or study changed since";
        }
        List<String> was = recorded.get().lines().toList();
        List<String> is = question.prompt().lines().toList();
        int line = 0;
        while (line < Math.min(was.size(), is.size()) && was.get(line).equals(is.get(line))) {
            line++;
        }
        return "it changed in line " + (line + 1) + ", from \"" + shown(was, line) + "\" to \"" + shown(is, line)
                + "\"";
    }

    /** The line from where a reader sees what it is. */
    private static String shown(List<String> lines, int line) {
        String text = line < lines.size() ? lines.get(line) : "";
        String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", " ");
        return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN - 1) + "…";
    }
}
