package dev.chiron.agent.llm;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model whose every prompt and answer is kept before the answer is used. A question that was answered already, under
 * the same key and with the same prompt, gets that answer again and costs nothing: so a killed study goes on as if it
 * had not been. Only replies are given again; after an outage or a refused key the model is asked anew, and what the
 * outage cost is added to what the new answer costs. A folder that cannot be written ends in an {@link
 * java.io.UncheckedIOException}: what is not on disk cannot be resumed.
 */
public final class RecordedModel implements Model {
    private final Model model;
    private final Recorder recorder;
    private final boolean asks;

    /**
     * Records another model.
     *
     * @param folder the study's {@code llm/} folder; made when it is missing
     */
    public RecordedModel(Model model, Path folder) {
        this(model, folder, true);
    }

    private RecordedModel(Model model, Path folder, boolean asks) {
        this.model = model;
        this.recorder = new Recorder(folder);
        this.asks = asks;
    }

    /** What a model answered earlier in a study, failures too, and nothing new: it is never asked, and costs nothing. */
    public static Model recalled(Model model, Path folder) {
        return new RecordedModel(model, folder, false);
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public String author(Question question) {
        return recorder.find(question).map(Recorder.Entry::model).orElseGet(() -> model.author(question));
    }

    @Override
    public OptionalInt longestReply() {
        return model.longestReply();
    }

    @Override
    public Answer answer(Question question) throws InterruptedException {
        Optional<Answer> kept = recorder.find(question).map(Recorder.Entry::answer);
        if (kept.isPresent() && (!asks || kept.get() instanceof Answer.Replied)) {
            return kept.get();
        }
        return asks ? ask(question, kept) : recall(question);
    }

    private static Answer recall(Question question) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before the recording was read");
        }
        return new Answer.Unreachable("nothing was recorded of " + question.key(), Usage.NONE);
    }

    private Answer ask(Question question, Optional<Answer> kept) throws InterruptedException {
        recorder.keep(question);
        Usage before = kept.map(Answer::usage).orElse(Usage.NONE);
        Answer fresh = model.answer(question);
        Answer answer = fresh.withUsage(fresh.usage().plus(before));
        recorder.keep(question, model.author(question), answer);
        return answer;
    }
}
