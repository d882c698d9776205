package dev.chiron.prompts.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompanionsTest {

    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Whole("TOTAL_BATCH_SIZE", 1 << 14, 1 << 20),
            new Parameter.Real("MATRIX_LR", 0.005, 0.1, true),
            new Parameter.Real("EMBEDDING_LR", 0.01, 2, true),
            new Parameter.Real("DROPOUT", 0, 1, false));

    private static Config config(long batch, double rate) {
        return SPACE.config(List.of(Value.of(batch), Value.of(rate), Value.of(0.6), Value.of(0.1)));
    }

    private static Config along(long from, long to) {
        return Companions.along(SPACE, config(from, 0.04), config(to, 0.04));
    }

    @Test
    void theLearningRateGoesWithTheRootOfTheBatchSizeAndNothingElseDoes() {
        assertThat(along(1 << 19, 1 << 17)).isEqualTo(config(1 << 17, 0.02));
        assertThat(along(1 << 17, 1 << 19)).isEqualTo(config(1 << 19, 0.08));
    }

    @Test
    void itGoesNoFartherThanItsRange() {
        assertThat(along(1 << 20, 1 << 14)).isEqualTo(config(1 << 14, 0.005));
        assertThat(along(1 << 15, 1 << 20)).isEqualTo(config(1 << 20, 0.1));
    }

    @Test
    void aBatchSizeAmongOptionsCountsAndARateAmongOptionsStays() {
        SearchSpace space = SearchSpace.of(
                new Parameter.Choice("bs", List.of(Value.of(16L), Value.of(64L)), true),
                new Parameter.Real("lr", 0, 1, false),
                new Parameter.Choice("peak_lr", List.of(Value.of(0.1), Value.of(0.2)), true));
        Config before = space.config(List.of(Value.of(64L), Value.of(0.5), Value.of(0.2)));
        Config changed = space.config(List.of(Value.of(16L), Value.of(0.5), Value.of(0.2)));

        assertThat(Companions.along(space, before, changed))
                .isEqualTo(space.config(List.of(Value.of(16L), Value.of(0.25), Value.of(0.2))));
    }

    @Test
    void whereNoBatchSizeWasMovedNothingGoesAlong() {
        Config before = config(1 << 19, 0.04);
        Config changed = SPACE.with(before, "DROPOUT", Value.of(0.5));

        assertThat(Companions.along(SPACE, before, changed)).isEqualTo(changed);
        SearchSpace nothingSaid = SearchSpace.of(new Parameter.Whole("x", 0, 9), new Parameter.Real("y", 0, 1, false));
        Config x = nothingSaid.config(List.of(Value.of(3L), Value.of(0.5)));
        assertThat(Companions.along(nothingSaid, x, nothingSaid.with(x, "x", Value.of(6L))))
                .isEqualTo(nothingSaid.with(x, "x", Value.of(6L)));
    }

    @Test
    void aBatchOfZeroHasNoRatio() {
        SearchSpace space =
                SearchSpace.of(new Parameter.Whole("batch", 0, 64), new Parameter.Real("lr", 0.1, 1, false));
        Config none = space.config(List.of(Value.of(0L), Value.of(0.5)));

        assertThat(Companions.along(space, none, space.with(none, "batch", Value.of(8L)))
                        .get("lr"))
                .isEqualTo(Value.of(0.5));
    }
}
