package dev.chiron.optimizers.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConditionTest {

    private static final List<Parameter> PARAMETERS = List.of(
            new Parameter.Real("damping", 0, 1, false),
            Parameter.Choice.of("method", "sgd", "adam", "none"),
            new Parameter.Choice("nesterov", List.of(Value.of(false), Value.of(true)), false),
            new Parameter.Whole("depth", 1, 4),
            new Parameter.Whole("width", 16, 256, false, 1, true));

    private static final SearchSpace SPACE = new SearchSpace(
            PARAMETERS,
            List.of(Constraint.parse("width * depth <= 256")),
            List.of(
                    new Condition("damping", "nesterov", List.of(Value.of(true))), // before its parent's own condition
                    new Condition("nesterov", "method", List.of(Value.of("sgd"))),
                    new Condition("width", "depth", List.of(Value.of(2.0), Value.of(3L), Value.of(4L)))));

    private static Map<String, Value> values(Object... namesAndValues) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], Value.of(namesAndValues[i + 1]));
        }
        return values;
    }

    private static final Map<String, Value> ALL =
            values("damping", 0.5, "method", "sgd", "nesterov", true, "depth", 2, "width", 64);

    private static Config with(String name, Object value) {
        Map<String, Value> values = new LinkedHashMap<>(ALL);
        values.put(name, Value.of(value));
        return SPACE.config(values);
    }

    @Test
    void parentsComeAfterTheirOwn() {
        assertThat(SPACE.parents()).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(SPACE.parents().indexOf(1)).isLessThan(SPACE.parents().indexOf(2)); // method before nesterov
        assertThat(SearchSpace.of(PARAMETERS.get(0)).parents()).isEmpty();
    }

    @Test
    void aConfigHasWhatIsActiveAndNothingElse() {
        assertThat(SPACE.config(ALL).values()).containsOnlyKeys("damping", "method", "nesterov", "depth", "width");
        assertThat(with("method", "adam").values()).containsOnlyKeys("method", "depth", "width");
        assertThat(with("nesterov", false).values()).containsOnlyKeys("method", "nesterov", "depth", "width");
        assertThat(with("depth", 1).values()).containsOnlyKeys("damping", "method", "nesterov", "depth");
        assertThat(SPACE.contains(with("method", "none"))).isTrue();
        assertThat(SPACE.contains(with("method", "none").with("nesterov", Value.of(true))))
                .isFalse();
        assertThat(SPACE.contains(Config.of(values("method", "sgd", "depth", 1))))
                .isFalse();
    }

    @Test
    void whatIsNotActiveSetsNoTwoConfigsApart() {
        assertThat(SPACE.config(values("method", "adam", "nesterov", true, "damping", 0.9, "depth", 1)))
                .isEqualTo(SPACE.config(values("method", "adam", "depth", 1, "width", 128)));
        double[] one = {0.1, 0.5, 0.9, 0.1, 0.2};
        double[] other = {0.9, 0.5, 0.1, 0.1, 0.8};
        assertThat(SPACE.decode(one)).isEqualTo(SPACE.decode(other));
        assertThat(SPACE.settled(one)).containsExactly(SPACE.settled(other));
        assertThat(SPACE.settled(SPACE.encode(SPACE.decode(one)))).containsExactly(SPACE.encode(SPACE.decode(one)));
        assertThat(SPACE.decode(SPACE.encode(SPACE.decode(one)))).isEqualTo(SPACE.decode(one));
    }

    @Test
    void itRestsInTheMiddleOrWhereTheSpaceSays() {
        Config config = with("method", "adam");
        assertThat(SPACE.values(config).get(0)).isEqualTo(Value.of(0.5));
        SearchSpace resting = SPACE.restingAt(values("damping", 0.25, "nesterov", true));
        assertThat(resting.values(config).get(0)).isEqualTo(Value.of(0.25));
        assertThat(resting.values(config).get(2)).isEqualTo(Value.of(true));
        assertThat(resting).isEqualTo(SPACE);
    }

    @Test
    void problemsAreThoseOfWhatIsActive() {
        assertThat(SPACE.problems(values("method", "sgd", "depth", 2)))
                .containsExactly("nesterov is missing", "width is missing");
        assertThat(SPACE.problems(values("method", "adam", "depth", 1, "damping", 7.0)))
                .isEmpty();
        assertThat(SPACE.problems(values("method", "sgd", "nesterov", true, "depth", 1, "damping", 7.0)))
                .containsExactly("damping must lie in [0, 1], not 7.0");
        assertThat(SPACE.problems(values("method", "rmsprop", "depth", 1, "lr", 1.0)))
                .containsExactly("method must be one of {sgd, adam, none}, not rmsprop", "unknown parameter lr");
    }

    @Test
    void aChangeOfTheParentTakesChildrenInAndOut() {
        Config sgd = SPACE.config(ALL);
        Config adam = SPACE.with(sgd, "method", Value.of("adam"));
        assertThat(adam.values()).containsOnlyKeys("method", "depth", "width");
        Config back = SPACE.with(adam, "method", Value.of("sgd"));
        assertThat(SPACE.contains(back)).isTrue();
        assertThat(back.get("nesterov")).isEqualTo(SPACE.values(adam).get(2));
    }

    @Test
    void aConstraintOnWhatIsNotActiveIsKept() {
        Config broken = SPACE.with(with("depth", 4), "width", Value.of(128L));
        assertThat(SPACE.broken(broken)).hasSize(1);
        assertThat(SPACE.broken(SPACE.with(broken, "depth", Value.of(1L)))).isEmpty();
        Config repaired = SPACE.repair(broken).orElseThrow();
        assertThat(SPACE.contains(repaired)).isTrue();
        assertThat(SPACE.broken(repaired)).isEmpty();
        Config byDepth = SPACE.repair(broken, java.util.Set.of("width")).orElseThrow();
        assertThat(SPACE.contains(byDepth)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "width | speed | 1 | unknown parameter speed in a condition",
                "speed | depth | 1 | unknown parameter speed in a condition",
                "depth | depth | 1 | depth depends on itself",
                "width | damping | 1 | damping is a float, which a condition cannot ask for; use a choice or a whole number",
                "width | depth | 9 | depth must lie in [1, 4], not 9",
                "depth | width | 17 | width is never 17 (int in [16, 256], powers of two)",
                "depth | width | 64 | width depends on itself"
            })
    void aConditionThatCannotHoldIsRefused(String parameter, String parent, long value, String message) {
        List<Condition> conditions = List.of(
                new Condition("width", "depth", List.of(Value.of(2L))),
                new Condition(parameter, parent, List.of(Value.of(value))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SearchSpace(PARAMETERS, List.of(), conditions))
                .withMessage(message);
    }

    @Test
    void aSpaceTellsTheConditionsOfAParameter() {
        assertThat(SPACE.conditions(PARAMETERS.get(4)))
                .containsExactly(new Condition("width", "depth", List.of(Value.of(2L), Value.of(3L), Value.of(4L))));
        assertThat(SPACE.conditions(PARAMETERS.get(1))).isEmpty();
    }
}
