package dev.chiron.agent.llm.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chiron.agent.llm.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PricesTest {

    private static Price price(String input, String cached, String output) {
        return new Price(new BigDecimal(input), new BigDecimal(cached), new BigDecimal(output), "", "");
    }

    private static Prices.Entry entry(String pattern, String input) {
        return new Prices.Entry(pattern, Optional.of(price(input, input, input)));
    }

    @Test
    void tokensCostTheirPricePerMillionExactly() {
        Usage usage = new Usage(3, 2_000_000, 500_000, 300_000, Optional.empty());

        assertThat(price("1.25", "0.125", "10").of(usage)).isEqualByComparingTo("4.9375");
        assertThat(price("0.1", "0.1", "0").of(new Usage(1, 3, 0))).isEqualByComparingTo("0.0000003");
    }

    @Test
    void whatIsFinerThanAMillionthOfAMillionthIsRoundedUp() {
        assertThat(price("0.0000001", "0", "0").of(new Usage(1, 1, 0))).isEqualByComparingTo("0.000000000001");
    }

    @Test
    void aServerThatCountsMoreCachedThanSentGivesNoMoneyBack() {
        assertThat(price("10", "1", "0").of(new Usage(1, 100, 1_000_000, 0, Optional.empty())))
                .isEqualByComparingTo("0.0001");
    }

    @Test
    void theFirstPatternThatFitsHolds() {
        Prices prices =
                new Prices(List.of(entry("openai:gpt-6", "1"), entry("openai:gpt-*-mini", "2"), entry("*", "3")));

        assertThat(prices.of("openai:gpt-6").orElseThrow().input()).isEqualByComparingTo("1");
        assertThat(prices.of("openai:gpt-6-mini").orElseThrow().input()).isEqualByComparingTo("2");
        assertThat(prices.of("openai:gpt-6.1").orElseThrow().input()).isEqualByComparingTo("3");
        assertThat(prices.of("openai:gpt-6\nx").isEmpty()).isTrue();
    }

    @Test
    void whatIsKnownToBeUnknownIsNotPricedByAWiderPattern() {
        Prices prices = new Prices(List.of(new Prices.Entry("ollama:*-cloud", Optional.empty())))
                .or(new Prices(List.of(entry("ollama:*", "0"))));

        assertThat(prices.of("ollama:gpt-oss:120b-cloud")).isEmpty();
        assertThat(prices.of("ollama:qwen3:0.6b").orElseThrow().input()).isZero();
        assertThat(prices.of("openai:gpt-6")).isEmpty();
    }

    @Test
    void ourPricesComeBeforeTheOthers() {
        Prices own = new Prices(List.of(entry("ollama:*", "7")));

        assertThat(own.or(new Prices(List.of(entry("ollama:*", "0"))))
                        .of("ollama:x")
                        .orElseThrow()
                        .input())
                .isEqualByComparingTo("7");
    }

    @Test
    void nobodyIsPaidForAsking() {
        assertThatIllegalArgumentException().isThrownBy(() -> price("-1", "0", "0"));
    }
}
