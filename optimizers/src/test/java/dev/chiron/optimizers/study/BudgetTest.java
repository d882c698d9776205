package dev.chiron.optimizers.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final Budget HOUR =
            new Budget(OptionalInt.empty(), Optional.of(Duration.ofHours(1)), OptionalDouble.empty());

    @Test
    void trialsAreAllowedUntilTheirNumberIsReached() {
        Budget budget = Budget.ofTrials(3);

        assertThat(budget.allows(2, Duration.ofDays(9))).isTrue();
        assertThat(budget.allows(3, Duration.ZERO)).isFalse();
        assertThat(budget.allows(4, Duration.ZERO)).isFalse();
    }

    @Test
    void trialsAreAllowedUntilTheTrainingTimeIsSpent() {
        assertThat(HOUR.allows(100_000, Duration.ofMinutes(59))).isTrue();
        assertThat(HOUR.allows(1, Duration.ofMinutes(60))).isFalse();
    }

    @Test
    void whateverIsReachedFirstEndsTheStudy() {
        Budget budget = new Budget(OptionalInt.of(10), Optional.of(Duration.ofSeconds(5)), OptionalDouble.empty());

        assertThat(budget.allows(9, Duration.ofSeconds(4))).isTrue();
        assertThat(budget.allows(10, Duration.ofSeconds(4))).isFalse();
        assertThat(budget.allows(9, Duration.ofSeconds(5))).isFalse();
    }

    @Test
    void boundsThatAllowNothingAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Budget.ofTrials(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Budget(OptionalInt.empty(), Optional.of(Duration.ZERO), OptionalDouble.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Budget(OptionalInt.empty(), Optional.empty(), OptionalDouble.of(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Budget(OptionalInt.empty(), Optional.empty(), OptionalDouble.of(Double.NaN)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Budget(
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalDouble.empty(),
                        OptionalLong.of(-1),
                        OptionalInt.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Budget(
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalDouble.empty(),
                        OptionalLong.empty(),
                        OptionalInt.of(-1)));
    }
}
