package dev.chiron.agent.llm;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A question of a study and what was answered, as its {@code llm/} folder keeps them.
 *
 * @param key of the question
 * @param model who was asked
 * @param prompt what was asked; empty if it was not kept whole
 * @param outcome {@code replied}, {@code unreachable} or {@code refused}
 * @param reply what was answered, or why nothing was
 */
public record Spoken(
        String key, String model, String prompt, String outcome, String reply, boolean truncated, Usage usage) {

    private static final int MOST = 500; // questions of a turn

    /**
     * The questions of a turn, in order; none if nothing was kept of it.
     *
     * @param folder the study's {@code llm/}
     * @param turn the key of the turn
     */
    public static List<Spoken> of(Path folder, String turn) {
        if (!turn.matches("[A-Za-z0-9_-]{1,80}")) {
            return List.of();
        }
        Recorder recorder = new Recorder(folder);
        return IntStream.range(0, MOST)
                .mapToObj(attempt -> recorder.entry(String.format(Locale.ROOT, "%s-%d", turn, attempt)))
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream)
                .map(entry -> of(entry, recorder))
                .toList();
    }

    private static Spoken of(Recorder.Entry entry, Recorder recorder) {
        String prompt = recorder.prompt(entry.prompt()).orElse("");
        Answer answer = entry.answer();
        if (answer instanceof Answer.Replied replied) {
            return new Spoken(
                    entry.key(),
                    entry.model(),
                    prompt,
                    "replied",
                    replied.text(),
                    replied.truncated(),
                    replied.usage());
        }
        if (answer instanceof Answer.Unreachable away) {
            return new Spoken(entry.key(), entry.model(), prompt, "unreachable", away.why(), false, away.usage());
        }
        if (answer instanceof Answer.Refused refused) {
            return new Spoken(entry.key(), entry.model(), prompt, "refused", refused.why(), false, Usage.NONE);
        }
        throw new AssertionError(answer);
    }
}
