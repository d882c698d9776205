package dev.chiron.evals.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TracesTest {

    @Test
    void measuresACornerToCornerWalk() {
        Traces traces = Traces.of(List.of(List.of(0.0, 0.0), List.of(1.0, 1.0), List.of(0.0, 0.0)), List.of(0.0, 0.0));

        assertThat(traces.spread()).isCloseTo(Math.sqrt(2) / 3, within(1e-12)); // of 0, 1, 0
        assertThat(traces.pairwise()).isCloseTo(2 * Math.sqrt(2) / 3, within(1e-12));
        assertThat(traces.toDefault()).isCloseTo(Math.sqrt(2) / 3, within(1e-12));
        assertThat(traces.step()).isCloseTo(Math.sqrt(2), within(1e-12));
        assertThat(traces.cells()).isEqualTo(2);
    }

    @Test
    void ofASinglePointThereIsNoSpread() {
        Traces traces = Traces.of(List.of(List.of(0.5)), List.of(0.25));

        assertThat(traces.spread()).isNaN();
        assertThat(traces.pairwise()).isNaN();
        assertThat(traces.step()).isNaN();
        assertThat(traces.toDefault()).isEqualTo(0.25);
    }
}
