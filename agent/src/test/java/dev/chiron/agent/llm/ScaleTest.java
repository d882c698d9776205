package dev.chiron.agent.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.space.Parameter;
import org.junit.jupiter.api.Test;

class ScaleTest {

    private static Scale scale(Parameter parameter) {
        return Scale.read(parameter.describe()).orElseThrow();
    }

    @Test
    void placesAndNumbersAgree() {
        Scale log = scale(new Parameter.Real("LR", 1e-4, 1, true));
        assertThat(log.place(0.01)).isCloseTo(0.5, within(1e-12));
        assertThat(log.number(0.25)).isCloseTo(0.001, within(1e-12));
        assertThat(log.number(-3)).isEqualTo(1e-4);
        assertThat(log.number(7)).isEqualTo(1);
        assertThat(scale(new Parameter.Real("X", -0.5, 1.5, false)).number(0.5)).isEqualTo(0.5);
    }

    @Test
    void numbersLieOnTheGrid() {
        Scale steps = scale(new Parameter.Whole("GRID", 4, 64, false, 12, false));
        assertThat(steps.number(0.55)).isEqualTo(40);
        assertThat(steps.number(1)).isEqualTo(64);
        Scale powers = scale(new Parameter.Whole("BATCH", 16, 256, true, 1, true));
        assertThat(powers.number(0.3)).isEqualTo(32);
        assertThat(powers.number(0.3 + powers.gap(32))).isEqualTo(64);
        Scale log = scale(new Parameter.Whole("STEPS", 1, 1000, true, 1, false));
        assertThat(log.number(log.place(3) + log.gap(3))).isEqualTo(4);
        assertThat(log.number(log.place(3) - log.gap(3))).isEqualTo(2);
    }

    @Test
    void whatIsNoRangeHasNoScale() {
        assertThat(Scale.read("one of \"a\", \"b\"")).isEmpty();
        assertThat(Scale.read("")).isEmpty();
    }
}
