package dev.chiron.agent.llm.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.llm.RecordedModel;
import dev.chiron.agent.llm.Usage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetedModelTest {

    private static final Tariff TARIFF = new Tariff(
            Optional.of(new Price(BigDecimal.TEN, BigDecimal.ONE, new BigDecimal(100), "", "")),
            true); // a call costs two cents
    private static final Answer REPLY = new Answer.Replied("0.003", new Usage(1, 1000, 100));

    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();

    private Model always(Answer answer) {
        return new Model() {
            @Override
            public String name() {
                return "always";
            }

            @Override
            public Answer answer(Question question) {
                asked.add(question.key());
                return answer;
            }
        };
    }

    private static Question question(int number) {
        return new Question("Which learning rate in trial " + number + "?", "", "000" + number + "-0");
    }

    private static Allowance usd(String most) {
        return new Allowance(Optional.of(new BigDecimal(most)), OptionalLong.empty(), OptionalInt.empty());
    }

    private static Allowance calls(int most) {
        return new Allowance(Optional.empty(), OptionalLong.empty(), OptionalInt.of(most));
    }

    private static Allowance tokens(long most) {
        return new Allowance(Optional.empty(), OptionalLong.of(most), OptionalInt.empty());
    }

    private Model model(Answer answer, Allowance allowance, Usage before) {
        Model metered = new MeteredModel(always(answer), TARIFF);
        Model recorded = new RecordedModel(metered, folder.resolve("llm"));
        return new BudgetedModel(recorded, allowance, new Spending(Map.of("always", before)), TARIFF);
    }

    private static int answers(Model model, int questions) throws InterruptedException {
        int answers = 0;
        for (int number = 1; number <= questions; number++) {
            answers += model.answer(question(number)) instanceof Answer.OverBudget ? 0 : 1;
        }
        return answers;
    }

    @Test
    void nothingIsAskedBeyondTheAllowance() throws InterruptedException {
        assertThat(answers(model(REPLY, usd("0.10"), Usage.NONE), 9)).isEqualTo(5);
        assertThat(asked).hasSize(5);
    }

    @Test
    void aCallThatWouldPassTheBoundIsNotMade() throws InterruptedException {
        assertThat(answers(model(REPLY, usd("0.0999"), Usage.NONE), 9)).isEqualTo(4);
    }

    @Test
    void tokensAndCallsAreBoundsToo() throws InterruptedException {
        assertThat(answers(model(REPLY, tokens(2200), Usage.NONE), 5)).isEqualTo(2);
        asked.clear();
        assertThat(answers(model(REPLY, calls(0), new Usage(0, 0, 0)), 5)).isZero();
        assertThat(asked).isEmpty();
    }

    @Test
    void retriesCountAsCalls() throws InterruptedException {
        Answer fourTries = new Answer.Unreachable("down", new Usage(4, 0, 0));

        assertThat(answers(model(fourTries, calls(8), Usage.NONE), 5)).isEqualTo(2);
    }

    @Test
    void theFirstCallIsExpectedToCostItsPromptAndAReply() throws InterruptedException {
        // 33 characters, so eleven tokens read, and 500 written
        assertThat(model(REPLY, tokens(510), Usage.NONE).answer(question(1))).isInstanceOf(Answer.OverBudget.class);
        assertThat(model(REPLY, tokens(511), Usage.NONE).answer(question(1))).isInstanceOf(Answer.Replied.class);
    }

    @Test
    void earlierSessionsCount() throws InterruptedException {
        Usage before = new Usage(3, 3000, 0, 300, Optional.of(new BigDecimal("0.06")));

        assertThat(answers(model(REPLY, usd("0.10"), before), 9)).isEqualTo(2);
    }

    @Test
    void whatTheRecordAnswersCountsAsWhenItWasPaidFor() throws InterruptedException {
        answers(model(REPLY, usd("0.10"), Usage.NONE), 3);

        assertThat(answers(model(REPLY, usd("0.10"), Usage.NONE), 9))
                .as("three of them from the record")
                .isEqualTo(5);
        assertThat(asked).hasSize(5);
    }

    @Test
    void aQuestionAskedTwiceCountsOnceAndIsAnsweredAlsoWhenAllIsSpent() throws InterruptedException {
        Model model = model(REPLY, calls(1), Usage.NONE);

        assertThat(model.answer(question(1))).isInstanceOf(Answer.Replied.class);
        assertThat(model.answer(question(1))).isInstanceOf(Answer.Replied.class);
        assertThat(model.answer(question(2))).isInstanceOf(Answer.OverBudget.class);
    }

    @Test
    void whatAnOutageCostStaysCountedWhenItsQuestionIsAskedAgain() throws InterruptedException {
        Answer empty = new Answer.Unreachable("an empty reply", new Usage(1, 1000, 100));
        model(empty, usd("1"), Usage.NONE).answer(question(1));

        Answer again = model(REPLY, usd("1"), Usage.NONE).answer(question(1));

        assertThat(again.usage()).isEqualTo(new Usage(2, 2000, 0, 200, Optional.of(new BigDecimal("0.04"))));
    }

    @Test
    void anUnknownSumKeepsNoBoundInDollars() throws InterruptedException {
        Model model = new BudgetedModel(
                always(REPLY), usd("100"), new Spending(Map.of("always", new Usage(1, 10, 5))), TARIFF);

        assertThat(model.answer(question(1))).isInstanceOf(Answer.OverBudget.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void theReasonIsOneShortLineWithBothSums() throws InterruptedException {
        Usage before = new Usage(3000, 3_000_000, 0, 300_000, Optional.of(new BigDecimal("59.99999")));

        Answer.OverBudget over =
                (Answer.OverBudget) model(REPLY, usd("60"), before).answer(question(1));

        assertThat(over.why())
                .isEqualTo("budget.llm_usd: $60.00 of $60.00 are spent, and the next call costs about $0.020")
                .hasSizeLessThanOrEqualTo(Answer.LONGEST_REASON);
    }

    @Test
    void aBoundIsZeroOrMore() {
        assertThatIllegalArgumentException().isThrownBy(() -> usd("-1"));
        assertThatIllegalArgumentException().isThrownBy(() -> calls(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> tokens(-1));
    }
}
