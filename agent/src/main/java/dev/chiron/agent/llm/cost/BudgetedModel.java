package dev.chiron.agent.llm.cost;

import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.llm.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model that is asked no more once its allowance is spent, or would be by the next call. That call is expected to cost
 * what the model's calls so far did on average, and the first one what its prompt and a short reply do; in dollars, where price and
 * longest reply are known, at least what the longest reply would cost, so that no reply can pass the bound. Stands outside the
 * recording: an answer from the record counts as it did when it was paid for, so a resumed study ends the model's turns
 * where the uninterrupted one does.
 */
public final class BudgetedModel implements Model {

    private static final int USD_DIGITS = 12;

    private final Model model;
    private final Allowance allowance;
    private final Spending spending;
    private final Tariff tariff;

    /**
     * Holds another model to an allowance.
     *
     * @param spending what was spent so far; may be shared by several models
     * @param tariff of the first call
     */
    public BudgetedModel(Model model, Allowance allowance, Spending spending, Tariff tariff) {
        this.model = model;
        this.allowance = allowance;
        this.spending = spending;
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
        if (!spending.knows(question)) {
            Usage spent = spending.sum();
            Optional<String> objection = allowance.objection(spent, expected(question), most(question));
            if (objection.isPresent()) {
                return new Answer.OverBudget(objection.get());
            }
        }
        Answer answer = model.answer(question);
        spending.count(question, model.author(question), answer.usage());
        return answer;
    }

    /** The call after it is expected to cost as much. */
    @Override
    public boolean leavesAnother(Question question) {
        if (spending.knows(question)) {
            return true;
        }
        Usage next = expected(question);
        return allowance
                .objection(spending.sum().plus(next), next, Optional.empty())
                .isEmpty();
    }

    private Optional<BigDecimal> most(Question question) {
        return model.longestReply().stream()
                .boxed()
                .findFirst()
                .flatMap(reply -> tariff.most(question.prompt(), reply));
    }

    private Usage expected(Question question) {
        Usage spent = spending.sum(model.author(question));
        if (spent.calls() == 0) {
            return tariff.expected(question.prompt(), model.longestReply());
        }
        BigDecimal calls = BigDecimal.valueOf(spent.calls());
        return new Usage(
                1,
                spent.tokensIn() / spent.calls(),
                spent.tokensCached() / spent.calls(),
                spent.tokensOut() / spent.calls(),
                spent.usd().map(usd -> usd.divide(calls, USD_DIGITS, RoundingMode.CEILING)));
    }
}
