package dev.chiron.optimizers.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchSpaceTest {

    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Whole("depth", 2, 24),
            new Parameter.Real("lr", 1e-4, 1, true),
            Parameter.Choice.of("act", "relu", "gelu"));

    private static Map<String, Value> values(Object act, Object lr, Object depth) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("act", Value.of(act));
        values.put("lr", Value.of(lr));
        values.put("depth", Value.of(depth));
        return values;
    }

    @Test
    void aConfigHasTheSpacesOrderAndGrid() {
        Config config = SPACE.config(values("gelu", 0.012345678901234, 8.0));
        assertThat(config.values().keySet()).containsExactly("depth", "lr", "act");
        assertThat(config).hasToString("depth=8 lr=0.0123456789 act=gelu");
        assertThat(SPACE.decode(SPACE.encode(config))).isEqualTo(config);
        assertThat(config).isEqualTo(Config.of(values("gelu", 0.0123456789, 8)));
        assertThat(config).hasSameHashCodeAs(Config.of(values("gelu", 0.0123456789, 8)));
    }

    @Test
    void everyProblemIsNamed() {
        Map<String, Value> wrong = values("tanh", 2.0, 3);
        wrong.remove("depth");
        wrong.put("heads", Value.of(4));
        assertThat(SPACE.problems(wrong))
                .containsExactly(
                        "depth is missing",
                        "lr must lie in [0.0001, 1], not 2.0",
                        "act must be one of {relu, gelu}, not tanh",
                        "unknown parameter heads");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPACE.config(wrong))
                .withMessage("depth is missing");
    }

    @Test
    void spacesThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(SearchSpace::of).withMessageContaining("needs a parameter");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SearchSpace.of(new Parameter.Whole("k", 1, 2), new Parameter.Whole("k", 1, 3)))
                .withMessageContaining("twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPACE.decode(new double[2]))
                .withMessageContaining("2 coordinates");
    }

    @Test
    void configsAreImmutable() {
        Config config = SPACE.decode(new double[] {0, 0, 0});
        Config other = config.with("depth", Value.of(9));
        assertThat(config.get("depth")).isEqualTo(Value.of(2));
        assertThat(other.get("depth")).isEqualTo(Value.of(9));
        assertThat(config.find("none")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.get("none"))
                .withMessageContaining("none");
        assertThat(SPACE.size()).isEqualTo(3);
    }

    @Test
    void valuesAreEqualByKindAndValue() {
        assertThat(Value.of(0.0)).isEqualTo(Value.of(-0.0)).isNotEqualTo(Value.of(0));
        assertThat(Value.of((short) 3)).isEqualTo(Value.of(3L));
        assertThat(Value.of(BigInteger.TEN)).isEqualTo(Value.of(10.0));
        assertThat(Value.of(true).plain()).isEqualTo(true);
        assertThat(Value.of("x").asNumber()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> Value.of(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Value.of(List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "0.1, 0.1",
        "1e-4, 0.0001",
        "1.5e-5, 1.5e-5",
        "-2e-7, -2e-7",
        "1e14, 100000000000000",
        "1e15, 1e15",
        "123.456, 123.456"
    })
    void numbersAreWrittenShortlyAndExactly(double number, String text) {
        assertThat(Numbers.text(number)).isEqualTo(text);
        assertThat(Double.parseDouble(Numbers.text(number))).isEqualTo(number + 0.0);
    }

    @Test
    void numbersAreRoundedToSignificantDigits() {
        assertThat(Numbers.text(0.000123456, 3)).isEqualTo("0.000123");
        assertThat(Numbers.text(-1234567, 2)).isEqualTo("-1200000");
        assertThat(Numbers.text(Double.NEGATIVE_INFINITY, 2)).isEqualTo("-Infinity");
        assertThat(Numbers.text(Double.NaN)).isEqualTo("NaN");
    }
}
