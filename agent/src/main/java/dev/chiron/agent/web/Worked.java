package dev.chiron.agent.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What takes long to work out of a study: gone into once for each state of its journal, however many look. From any thread; those who ask
 * the same at once wait for the one who works it out.
 */
final class Worked {

    private static final int MOST = 64; // answers, of which the largest, maps over two parameters, have some 100 kB

    private final AtomicReference<Answers> known = new AtomicReference<>(new Answers(Optional.empty()));

    /** Those to questions on a study as it was at one look. */
    private record Answers(Optional<Snapshot.Read> of, Map<List<String>, JsonNode> byQuestion) {
        Answers(Optional<Snapshot.Read> of) {
            this(of, new ConcurrentHashMap<>());
        }

        /** One look gives one object, and the same journal no second one. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(Snapshot.Read read) {
            return of.filter(one -> one == read).isPresent();
        }
    }

    /**
     * The answer to a question.
     *
     * @param now the study as it is asked about
     * @param question what tells it from others
     * @param work how it is found where it is not known; what that throws is thrown, and is asked again the next time
     */
    JsonNode answer(Snapshot.Read now, List<String> question, Supplier<? extends JsonNode> work) {
        Map<List<String>, JsonNode> answers = known.updateAndGet(
                        before -> before.isOf(now) ? before : new Answers(Optional.of(now)))
                .byQuestion();
        if (answers.size() >= MOST) {
            answers.clear();
        }
        return answers.computeIfAbsent(question, asked -> work.get());
    }
}
