package dev.chiron.agent.llm.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.llm.Usage;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MeteredModelTest {

    private static final Question QUESTION = new Question("Which learning rate?", "", "0001-0"); // 20 characters
    private static final Optional<Price> PRICE =
            Optional.of(new Price(BigDecimal.TEN, BigDecimal.ONE, new BigDecimal(100), "", ""));

    private static Answer answer(Answer answer, Optional<Price> price, boolean reads) throws InterruptedException {
        return answer(answer, price, reads, OptionalInt.of(1000));
    }

    private static Answer answer(Answer answer, Optional<Price> price, boolean reads, OptionalInt longest)
            throws InterruptedException {
        Model model = new Model() {
            @Override
            public String name() {
                return "one";
            }

            @Override
            public OptionalInt longestReply() {
                return longest;
            }

            @Override
            public Answer answer(Question question) {
                return answer;
            }
        };
        return new MeteredModel(model, new Tariff(price, reads)).answer(QUESTION);
    }

    private static Usage usage(int calls, long in, long cached, long out, String usd) {
        return new Usage(calls, in, cached, out, Optional.of(new BigDecimal(usd)));
    }

    @Test
    void everyAnswerSaysWhatItCost() throws InterruptedException {
        Usage counted = new Usage(2, 1000, 500, 10, Optional.empty());

        assertThat(answer(new Answer.Replied("0.003", counted, true), PRICE, true))
                .isEqualTo(new Answer.Replied("0.003", usage(2, 1000, 500, 10, "0.0065"), true));
        assertThat(answer(new Answer.Unreachable("empty", counted), PRICE, true)
                        .usage()
                        .usd())
                .contains(new BigDecimal("0.0065"));
        assertThat(answer(new Answer.Refused("no key"), PRICE, true)).isEqualTo(new Answer.Refused("no key"));
    }

    @Test
    void withoutAPriceTheCostIsUnknownAndNotZero() throws InterruptedException {
        assertThat(answer(new Answer.Replied("0.003", new Usage(1, 10, 2)), Optional.empty(), true)
                        .usage()
                        .usd())
                .isEmpty();
        assertThat(answer(new Answer.Unreachable("down", new Usage(4, 0, 0)), Optional.empty(), true)
                        .usage())
                .as("what was never read costs nothing")
                .isEqualTo(usage(4, 0, 0, 0, "0"));
    }

    @Test
    void tokensThatNobodyCountedAreEstimated() throws InterruptedException {
        assertThat(answer(new Answer.Replied("0.003", new Usage(1, 0, 0)), PRICE, true)
                        .usage())
                .isEqualTo(usage(1, 7, 0, 2, "0.00027"));
    }

    @Test
    void whatIsCountedOnOneSideOnlyIsEstimatedOnTheOther() throws InterruptedException {
        assertThat(answer(new Answer.Replied("0.003", new Usage(1, 1000, 0)), PRICE, true)
                        .usage())
                .isEqualTo(usage(1, 1000, 0, 2, "0.0102"));
        assertThat(answer(new Answer.Replied("0.003", new Usage(1, 0, 10)), PRICE, true)
                        .usage())
                .isEqualTo(usage(1, 7, 0, 10, "0.00107"));
    }

    @Test
    void whatMayHaveBeenPaidCountsAtItsMost() throws InterruptedException {
        Usage inVain = answer(new Answer.Unreachable("late", Usage.inVain(3, 2)), PRICE, true)
                .usage();
        assertThat(inVain)
                .as("twice the prompt, and twice the longest reply")
                .isEqualTo(new Usage(3, 2, 14, 0, 2000, Optional.of(new BigDecimal("0.20014"))));

        Usage second = new Usage(2, 1, 1000, 500, 10, Optional.empty());
        assertThat(answer(new Answer.Replied("0.003", second), PRICE, true).usage())
                .as("the first of two tries")
                .isEqualTo(new Usage(2, 1, 1007, 500, 1010, Optional.of(new BigDecimal("0.10657"))));
        assertThat(answer(new Answer.Replied("0.003", Usage.inVain(2, 1)), Optional.empty(), true, OptionalInt.empty())
                        .usage())
                .as("uncounted, without a bound, without a price")
                .isEqualTo(new Usage(2, 1, 14, 0, 502, Optional.empty()));
        assertThat(answer(new Answer.Unreachable("late", Usage.inVain(1, 1)), PRICE, false)
                        .usage()
                        .usd())
                .as("rules")
                .contains(BigDecimal.ZERO);
    }

    @Test
    void rulesInThisProgramReadNoTokens() throws InterruptedException {
        assertThat(answer(new Answer.Replied("0.003", new Usage(1, 0, 0)), Optional.empty(), false)
                        .usage())
                .isEqualTo(usage(1, 0, 0, 0, "0"));
    }

    @Test
    void whatWasPaidForBeforeKeepsItsCost() throws InterruptedException {
        Usage paid = usage(1, 1000, 0, 100, "0.5");

        assertThat(answer(new Answer.Replied("0.003", paid), PRICE, true).usage())
                .isEqualTo(paid);
    }
}
