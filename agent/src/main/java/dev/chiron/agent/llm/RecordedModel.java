package dev.chiron.agent.llm;

import java.nio.file.Path;
import java.util.Optional;

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

    /**
     * Records another model.
     *
     * @param folder the study's {@code llm/} folder; made when it is missing
     */
    public RecordedModel(Model model, Path folder) {
        this.model = model;
        this.recorder = new Recorder(folder);
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public String author() {
        return model.author();
    }

    @Override
    public Answer answer(Question question) throws InterruptedException {
        Optional<Answer> kept = recorder.find(question);
        if (kept.isPresent() && kept.get() instanceof Answer.Replied) {
            return kept.get();
        }
        recorder.keep(question);
        Usage before = kept.map(Answer::usage).orElse(Usage.NONE);
        Answer fresh = model.answer(question);
        Answer answer = fresh.withUsage(fresh.usage().plus(before));
        recorder.keep(question, model.author(), answer);
        return answer;
    }
}
