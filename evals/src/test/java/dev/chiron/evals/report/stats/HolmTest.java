package dev.chiron.evals.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HolmTest {

    @Test
    void correctsAsRsPAdjustDoes() { // p.adjust(c(.01, .04, .03, .005), "holm")
        assertCorrected(List.of(0.01, 0.04, 0.03, 0.005), 0.03, 0.06, 0.06, 0.02);
    }

    @Test
    void correctsDemsarsExample() { // Demšar 2006, section 3.2.2: p of three controls against C4.5
        assertCorrected(List.of(0.016, 0.019, 0.607), 0.048, 0.048, 0.607);
    }

    @Test
    void neverExceedsOne() {
        assertCorrected(List.of(0.9, 0.8, 0.7), 1, 1, 1);
    }

    @Test
    void leavesASingleTestAlone() {
        assertCorrected(List.of(0.04), 0.04);
        assertThat(Holm.adjusted(List.of())).isEmpty();
    }

    private static void assertCorrected(List<Double> p, double... wanted) {
        List<Double> adjusted = Holm.adjusted(p);
        assertThat(adjusted).hasSize(wanted.length);
        for (int i = 0; i < wanted.length; i++) {
            assertThat(adjusted.get(i)).isCloseTo(wanted[i], within(1e-12));
        }
    }
}
