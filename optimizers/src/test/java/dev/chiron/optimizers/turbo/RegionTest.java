package dev.chiron.optimizers.turbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.surrogate.Coordinates;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RegionTest {

    private static final Offset<Double> EXACT = within(1e-12);

    private static Region after(Region region, int dimension, boolean... outcomes) {
        Region now = region;
        for (boolean outcome : outcomes) {
            now = now.after(outcome, dimension);
        }
        return now;
    }

    @Test
    void threeSuccessesInARowDoubleIt() {
        assertThat(after(Region.FIRST, 2, true, true, true)).isEqualTo(new Region(1.6, 0, 0));
        assertThat(after(Region.FIRST, 2, true, true, false, true)).isEqualTo(new Region(0.8, 1, 0));
        assertThat(after(new Region(1.6, 0, 0), 2, true, true, true).length()).isEqualTo(1.6);
    }

    @Test
    void asManyFailuresAsThereAreParametersHalveIt() {
        assertThat(after(Region.FIRST, 2, false, false, false)).isEqualTo(new Region(0.8, 0, 3));
        assertThat(after(Region.FIRST, 2, false, false, false, false))
                .isEqualTo(new Region(0.4, 0, 0)); // four at least
        assertThat(after(Region.FIRST, 6, false, false, false, false, false).length())
                .isEqualTo(0.8);
        assertThat(after(Region.FIRST, 6, false, false, false, false, false, false)
                        .length())
                .isEqualTo(0.4);
    }

    @Test
    void belowTwoToTheMinusSevenItIsSpent() {
        assertThat(new Region(1.0 / 128, 0, 0).isSpent()).isFalse();
        assertThat(new Region(0.8 / 128, 0, 0).isSpent()).isTrue();
    }

    private static final SearchSpace SPACE = new SearchSpace(
            List.of(
                    new Parameter.Real("x", 0, 1, false),
                    new Parameter.Real("y", 0, 1, false),
                    Choice.of("c", "p", "q", "r"),
                    new Parameter.Real("z", 0, 1, false)),
            List.of(),
            List.of(new Condition("z", "c", List.of(Value.of("q")))));

    /** Length scales .1 and .4, whose geometric mean is .2: sides of .4 x .5 and .4 x 2. */
    @Test
    void theBoxHasTheLengthScalesProportions() {
        double[] centre = {0.5, 0.3, 1.0 / 6, 0.5};
        Box box = new Box(SPACE, new Coordinates(SPACE), centre, new double[] {0.1, 0.4, 1e9, 1}, 0.4);
        assertThat(box.low(0)).isCloseTo(0.4, EXACT);
        assertThat(box.high(0)).isCloseTo(0.6, EXACT);
        assertThat(box.low(1)).isCloseTo(0, EXACT);
        assertThat(box.high(1)).isCloseTo(0.7, EXACT);
        int moved = 0;
        int active = 0;
        for (double[] point : box.candidates(1000, new SplitMix(1))) {
            assertThat(point[0]).isBetween(0.4, 0.6);
            assertThat(point[1]).isBetween(0.0, 0.7);
            moved += point[2] == centre[2] ? 0 : 1;
            boolean isActive = SPACE.active(point)[3];
            active += isActive ? 1 : 0;
            assertThat(isActive || point[3] == 0.5).isTrue(); // at rest
        }
        assertThat(moved).isBetween(200, 340); // .4 of them drawn anew, of which a third is what it was
        assertThat(active).isBetween(80, 190);
    }
}
