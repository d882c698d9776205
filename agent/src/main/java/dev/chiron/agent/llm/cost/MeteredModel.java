package dev.chiron.agent.llm.cost;

import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import java.util.OptionalInt;

/**
 * A model whose every answer says what it cost. What has a cost already, as a replayed answer, keeps it. Where the model
 * does not count tokens, as a {@code command:} does not, they are estimated from the texts, and a call that may have been
 * charged without an answer counts at its most: what is paid never counts as free.
 */
public final class MeteredModel implements Model {

    private final Model model;
    private final Tariff tariff;

    /** Prices the answers of another model. */
    public MeteredModel(Model model, Tariff tariff) {
        this.model = model;
        this.tariff = tariff;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public String author(Question question) {
        return model.author(question);
    }

    @Override
    public OptionalInt longestReply() {
        return model.longestReply();
    }

    @Override
    public Answer answer(Question question) throws InterruptedException {
        Answer answer = model.answer(question);
        String said = answer instanceof Answer.Replied replied ? replied.text() : "";
        return answer.withUsage(tariff.charged(answer.usage(), question.prompt(), said, model.longestReply()));
    }
}
