package dev.chiron.agent.llm.cost;

import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.llm.Usage;
import java.util.Optional;

/**
 * A model whose every answer says what it cost. What has a cost already, as a replayed answer, keeps it. Where the model
 * does not count tokens, as a {@code command:} does not, they are estimated from the texts: a paid answer never counts as
 * free.
 */
public final class MeteredModel implements Model {

    private final Model model;
    private final Optional<Price> price;
    private final boolean reads;

    /**
     * Prices the answers of another model.
     *
     * @param price empty if it is not known; then what has tokens stays of unknown cost
     * @param reads whether it reads tokens at all; rules in this program do not
     */
    public MeteredModel(Model model, Optional<Price> price, boolean reads) {
        this.model = model;
        this.price = price;
        this.reads = reads;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public Answer answer(Question question) throws InterruptedException {
        Answer answer = model.answer(question);
        Usage usage = counted(question, answer);
        return answer.withUsage(usage.usd().isPresent() ? usage : priced(usage));
    }

    private Usage counted(Question question, Answer answer) {
        Usage usage = answer.usage();
        return reads && answer instanceof Answer.Replied replied && usage.tokens() == 0
                ? new Usage(usage.calls(), Tokens.of(question.prompt()), 0, Tokens.of(replied.text()), usage.usd())
                : usage;
    }

    private Usage priced(Usage usage) {
        return Spending.priced(usage, price);
    }
}
