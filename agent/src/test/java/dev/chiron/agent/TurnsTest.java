package dev.chiron.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnsTest {

    private static long models(Turns turns, int from, int to) {
        return IntStream.range(from, to).filter(turns::isModels).count();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.01, 0.1, 0.29, 0.3, 0.33, 0.4, 0.5, 0.57, 0.6, 0.67, 0.7, 0.8, 0.99, 1.0})
    void theShareIsExactInAnyHundredTrials(double share) {
        Turns turns = new FixedTurns(share, 10);
        for (int start = 10; start < 300; start++) {
            assertThat(models(turns, start, start + 100)).as("from %d", start).isEqualTo(Math.round(share * 100));
        }
    }

    @Test
    void aCoinFallsByTheSeedAndTheNumberAloneAndFairly() {
        Turns coin = new CoinTurns(0.5, 1, 3);
        long first = models(coin, 1, 40);

        assertThat(coin.isModels(0)).as("the baseline").isFalse();
        assertThat(models(coin, 1, 10_001)).isBetween(4800L, 5200L);
        assertThat(models(new CoinTurns(0.5, 1, 3), 1, 40)).isEqualTo(first);
        assertThat(IntStream.range(1, 1000).filter(n -> coin.isModels(n) == coin.isModels(n + 1)))
                .as("no turn depends on the one before")
                .hasSizeBetween(430, 570);
        Turns other = new CoinTurns(0.5, 1, 4);
        assertThat(IntStream.range(1, 1000).filter(n -> coin.isModels(n) == other.isModels(n)))
                .hasSizeBetween(430, 570);
        assertThat(IntStream.range(1, 1000).filter(n -> coin.isModels(n + 1) == other.isModels(n)))
                .hasSizeBetween(430, 570);
        assertThat(models(new CoinTurns(1, 6, 3), 0, 100)).isEqualTo(94);
        assertThat(models(new CoinTurns(0, 1, 3), 0, 100)).isZero();
        assertThatThrownBy(() -> new CoinTurns(1.5, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The first Centaur's 0.4, 0.5 and 0.6 were all every second trial, and 0.67 and more were every trial. */
    @Test
    void sharesThatTheFirstCentaurRoundedTogetherDiffer() {
        assertThat(models(new FixedTurns(0.4, 0), 1, 101)).isEqualTo(40);
        assertThat(models(new FixedTurns(0.6, 0), 1, 101)).isEqualTo(60);
        assertThat(models(new FixedTurns(0.67, 0), 1, 101)).isEqualTo(67);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3, 0.45, 0.5, 0.7})
    void turnsAreSpreadEvenly(double share) {
        Turns turns = new FixedTurns(share, 5);
        for (int start = 5; start < 200; start++) {
            assertThat((double) models(turns, start, start + 10)).isBetween(10 * share - 1, 10 * share + 1);
        }
    }

    @Test
    void theWarmUpAndTheBaselineAreNeverTheModels() {
        assertThat(models(new FixedTurns(1.0, 10), 0, 10)).isZero();
        assertThat(new FixedTurns(1.0, 10).isModels(10)).isTrue();
        assertThat(new FixedTurns(1.0, 0).isModels(0)).isFalse();
        assertThat(new FixedTurns(1.0, 0).isModels(1)).isTrue();
    }

    @Test
    void aShareOutsideZeroToOneIsRefused() {
        assertThatThrownBy(() -> new FixedTurns(1.1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FixedTurns(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FixedTurns(0.5, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
