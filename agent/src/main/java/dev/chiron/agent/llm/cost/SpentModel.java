package dev.chiron.agent.llm.cost;

import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import java.util.LinkedHashMap;
import java.util.Map;

/** A recording that knows on which turns nobody was asked any more, since the budget was spent. */
public final class SpentModel implements Model {

    private final Model model;
    private final Map<String, String> spent;

    /**
     * Has the turns of another model end as they did.
     *
     * @param spent why nobody was asked, by the turn's key
     */
    public SpentModel(Model model, Map<String, String> spent) {
        this.model = model;
        this.spent = new LinkedHashMap<>(spent);
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
    public Answer answer(Question question) throws InterruptedException {
        Answer answer = model.answer(question);
        String why = spent.get(question.turn());
        return answer instanceof Answer.Unreachable && why != null ? new Answer.OverBudget(why) : answer;
    }
}
