package dev.chiron.evals.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.evals.report.Forecasts.Risk;
import dev.chiron.evals.report.Forecasts.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastsTest {

    @Test
    void hasBriersScore() {
        Forecasts forecasts =
                new Forecasts(List.of(), List.of(new Risk(0.9, true), new Risk(0.2, false), new Risk(0.5, true)));

        assertThat(forecasts.brier()).isCloseTo((0.01 + 0.04 + 0.25) / 3, within(1e-12));
        assertThat(forecasts.failed()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(forecasts.idleBrier()).isCloseTo(2.0 / 9, within(1e-12));
    }

    @Test
    void holdsTheModelAgainstAnIdleForecaster() {
        Forecasts forecasts =
                new Forecasts(List.of(new Value(1, 2, 2), new Value(2, 3, 3), new Value(3, 4, 4)), List.of());

        assertThat(forecasts.bias()).isEqualTo(1);
        assertThat(forecasts.error()).isEqualTo(1);
        assertThat(forecasts.idleError()).isZero();
        assertThat(forecasts.correlation()).isCloseTo(1, within(1e-12));
    }

    @Test
    void saysNothingOfNothing() {
        Forecasts none = new Forecasts(List.of(), List.of());

        assertThat(none.bias()).isNaN();
        assertThat(none.error()).isNaN();
        assertThat(none.brier()).isNaN();
        assertThat(none.correlation()).isNaN();
    }
}
