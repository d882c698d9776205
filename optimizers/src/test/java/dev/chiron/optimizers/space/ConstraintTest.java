package dev.chiron.optimizers.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintTest {

    private static final Config CONFIG = config("a", 3, "b", 4.5, "c", -2);

    private static Config config(Object... namesAndValues) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], Value.of(namesAndValues[i + 1]));
        }
        return Config.of(values);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a + b * 2 == 12",
                "(a + b) * 2 == 15",
                "a - 1 - 1 == 1",
                "12 / a / 2 == 2",
                "2 ** 3 ** 2 == 512",
                "-a ** 2 == -9",
                "2 ** -1 == 0.5",
                "--a == 3",
                "7 % 4 == a",
                "a<b",
                "b>a",
                "a <= 3",
                "a >= 3",
                "a != b",
                "b*1e-3 < 5E-3",
                "b == .45e+1",
                "1_000 == 1000.",
                "c*c == 4",
                "  a   ==   3  "
            })
    void arithmeticIsTheUsualOne(String text) {
        assertThat(Constraint.parse(text).holds(CONFIG)).isTrue();
        assertThat(Constraint.parse(text).text()).isEqualTo(text.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a + b            | no comparison",
                "a = 3            | no comparison",
                "a <              | expected a number or a parameter at the end",
                "< 3              | expected a number or a parameter at the end",
                "a + < 3          | expected a number or a parameter at the end",
                "(a + 1 < 3       | expected \")\" at the end",
                "a ) < 3          | expected an operator before \")\"",
                "a b < 3          | expected an operator before \"b\"",
                "2x < 3           | expected an operator before \"x\"",
                "1.2.3 < 3        | expected an operator before \".3\"",
                "a < b < c        | expected an operator before \"< c\"",
                "a => 3           | expected an operator before \"=\"",
                "a < $HOME        | expected a number or a parameter before \"$HOME\"",
                "exec(a) < 3      | expected an operator before \"(a)\""
            })
    void whatIsWrongIsSaidWithItsPlace(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Constraint.parse(text))
                .withMessageContaining(message);
    }

    @Test
    void nestingWithoutEndIsRefusedAndNotFollowed() {
        String text = "(".repeat(100_000) + "a < 1";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Constraint.parse(text))
                .withMessageContaining("longer than");
        for (String nest : List.of("(", "-", "2**")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Constraint.parse(nest.repeat(300) + "a < 1"))
                    .withMessageContaining("no further nesting");
        }
        assertThat(Constraint.parse("(".repeat(40) + "a" + ")".repeat(40) + " == 3")
                        .holds(CONFIG))
                .isTrue();
        assertThat(Constraint.parse("a" + "+ 0".repeat(300) + " == 3").holds(CONFIG))
                .isTrue();
    }

    @Test
    void namesAreListedOnceInOrder() {
        assertThat(Constraint.parse("b * a + b < c").names()).containsExactly("b", "a", "c");
        assertThat(Constraint.parse("a < 1"))
                .isEqualTo(Constraint.parse(" a < 1"))
                .hasToString("a < 1");
    }

    private static final SearchSpace SPACE = new SearchSpace(
            List.of(
                    new Parameter.Whole("total", 65536, 2097152, false, 1, true),
                    new Parameter.Whole("batch", 32, 256, false, 1, true),
                    new Parameter.Real("warm", 0, 1, false),
                    new Parameter.Real("cool", 0, 1, false)),
            List.of(Constraint.parse("total >= batch * 2048"), Constraint.parse("warm + cool <= 1")));

    @Test
    void repairMovesAsLittleAsItCan() {
        Config broken = config("total", 65536, "batch", 64, "warm", 0.75, "cool", 0.5);
        assertThat(SPACE.broken(broken)).hasSize(2);
        Config repaired = SPACE.repair(broken).orElseThrow();
        assertThat(repaired).isEqualTo(config("total", 131072, "batch", 64, "warm", 0.5, "cool", 0.5));
        assertThat(SPACE.repair(repaired)).contains(repaired);
    }

    @Test
    void whatIsToBeKeptMovesOnlyIfNothingElseCan() {
        Config broken = config("total", 65536, "batch", 64, "warm", 0.75, "cool", 0.25);
        assertThat(SPACE.repair(broken, Set.of("total", "warm"))).contains(broken.with("batch", Value.of(32L)));
        assertThat(SPACE.repair(broken, Set.of("total", "batch"))).contains(broken.with("total", Value.of(131072L)));
    }

    @Test
    void everythingThatRepairGivesKeepsEveryConstraint() {
        java.util.SplittableRandom random = new java.util.SplittableRandom(4);
        for (int i = 0; i < 500; i++) {
            Config config = SPACE.decode(random.doubles(4).toArray());
            assertThat(SPACE.broken(SPACE.repair(config).orElseThrow())).isEmpty();
        }
    }

    @Test
    void whatCannotBeRepairedIsEmpty() {
        SearchSpace space = new SearchSpace(
                List.of(new Parameter.Real("x", 0, 1, false)),
                List.of(Constraint.parse("x > 0.6"), Constraint.parse("x < 0.4")));
        assertThat(space.repair(config("x", 0.5))).isEmpty();
        SearchSpace divided =
                new SearchSpace(List.of(new Parameter.Real("x", 0, 1, false)), List.of(Constraint.parse("1 / 0 < x")));
        assertThat(divided.repair(config("x", 0.5))).isEmpty();
    }

    @Test
    void aConstraintOnATextIsRefusedWithTheSpace() {
        List<Parameter> parameters = List.of(Parameter.Choice.of("act", "relu", "gelu"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SearchSpace(parameters, List.of(Constraint.parse("act > 1"))))
                .withMessageContaining("act is no number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SearchSpace(parameters, List.of(Constraint.parse("lr > 1"))))
                .withMessageContaining("unknown parameter lr");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Constraint.parse("a > 1").holds(config("a", "text")))
                .withMessageContaining("a is no number");
    }
}
