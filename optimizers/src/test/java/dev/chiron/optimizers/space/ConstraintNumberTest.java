package dev.chiron.optimizers.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintNumberTest {

    private static final Config CONFIG = Config.of(Map.of("e", new Value.Real(0.5)));

    @ParameterizedTest
    @CsvSource({"1e-4, 0.0001", "1E+2, 100", "2.5e3, 2500", ".5e-1, 0.05", "2**16, 65536", "1_000, 1000"})
    void numbersAreWrittenAsInPython(String text, String same) {
        assertThat(Constraint.parse(text + " == " + same).holds(CONFIG)).isTrue();
    }

    @Test
    void aParameterNamedLikeAnExponentIsSubtracted() {
        assertThat(Constraint.parse("e-4 == -3.5").holds(CONFIG)).isTrue();
        assertThat(Constraint.parse("2 * e+1 == 2").holds(CONFIG)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e- < 2", "1e < 2", "1e-x < 2", "1.2.3 < 2"})
    void whatIsNoNumberIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Constraint.parse(text))
                .withMessageContaining("expected ");
    }
}
