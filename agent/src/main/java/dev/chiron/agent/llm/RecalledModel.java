package dev.chiron.agent.llm;

import java.nio.file.Path;

/** What a model answered earlier in a study, failures too, and nothing new: it is never asked, and costs nothing. */
public final class RecalledModel implements Model {
    private final Model model;
    private final Recorder recorder;

    /**
     * Recalls what {@link RecordedModel} kept.
     *
     * @param model whose name it has
     * @param folder the study's {@code llm/} folder
     */
    public RecalledModel(Model model, Path folder) {
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
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before the recording was read");
        }
        return recorder.find(question)
                .orElseGet(() -> new Answer.Unreachable("nothing was recorded of " + question.key(), Usage.NONE));
    }
}
