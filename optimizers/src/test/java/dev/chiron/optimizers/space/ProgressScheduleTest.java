package dev.chiron.optimizers.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chiron.optimizers.space.ProgressSchedule.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressScheduleTest {

    private static final ProgressSchedule STEPS = ProgressSchedule.even("LR", 4, Shape.STEPS);
    private static final ProgressSchedule LINE = ProgressSchedule.even("opt.wd", 3, Shape.LINEAR);

    @Test
    void evenPointsAreTheSameWayApart() {
        assertThat(STEPS.points()).containsExactly("0", "0.25", "0.5", "0.75");
        assertThat(LINE.points()).containsExactly("0", "0.5", "1");
        assertThat(ProgressSchedule.even("X", 4, Shape.LINEAR).points()).containsExactly("0", "0.333", "0.667", "1");
        assertThat(ProgressSchedule.even("X", 20, Shape.STEPS).points()).doesNotHaveDuplicates();
    }

    @Test
    void theLastPointTellsTheShape() {
        assertThat(STEPS.shape()).isEqualTo(Shape.STEPS);
        assertThat(LINE.shape()).isEqualTo(Shape.LINEAR);
    }

    @Test
    void piecesAreNamedByTheirPointsWithoutNeedlessDigits() {
        assertThat(STEPS.pieces()).containsExactly("LR@0", "LR@0.25", "LR@0.5", "LR@0.75");
        assertThat(new ProgressSchedule("LR", List.of("0.0", "5e-2", "1.00")).pieces())
                .containsExactly("LR@0", "LR@0.05", "LR@1");
    }

    @Test
    void theNamesOfThePiecesSayAllThatThereIsToKnow() {
        List<String> names =
                List.of("DEPTH", "LR@0", "LR@0.25", "LR@0.5", "LR@0.75", "opt.wd@0", "opt.wd@0.5", "opt.wd@1");
        assertThat(ProgressSchedule.in(names)).containsExactly(STEPS, LINE);
        assertThat(names.stream().map(ProgressSchedule::inScript).distinct()).containsExactly("DEPTH", "LR", "opt.wd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0,0", "0.1,1", "0,0.5,0.5", "0,0.6,0.5", "0,1.1", "-0.1,0,1"})
    void otherPointsAreNoSchedules(String points) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ProgressSchedule("LR", List.of(points.split(","))));
    }

    @Test
    void aScriptGetsOneText() {
        assertThat(STEPS.text(reals(0.1, 0.03, 1e-5, 2))).isEqualTo("steps(0:0.1,0.25:0.03,0.5:1e-5,0.75:2)");
        assertThat(LINE.text(reals(0.5, 0.25, 0))).isEqualTo("linear(0:0.5,0.5:0.25,1:0)");
    }

    @Test
    void aConstantIsTheScriptsOwnNumber() {
        assertThat(STEPS.text(reals(0.05, 0.05, 0.05, 0.05))).isEqualTo("0.05");
        assertThat(STEPS.text(List.of(new Value.Whole(8), new Value.Whole(8), new Value.Whole(8), new Value.Whole(8))))
                .isEqualTo("8");
    }

    @Test
    void aTextReadsBackAsTheSameNumbers() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 200; i++) {
            List<Value> values = IntStream.range(0, 4)
                    .<Value>mapToObj(k -> new Value.Real(Math.exp(random.nextDouble(-30, 30))))
                    .toList();
            assertThat(numbers(STEPS.values(STEPS.text(values)).orElseThrow())).isEqualTo(numbers(values));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.1 | 0.1 0.1 0.1",
                " 1e-3 | 0.001 0.001 0.001",
                "linear(0:1,0.5:2,1:3) | 1.0 2.0 3.0",
                "linear( 0 : 1, 0.50 : 2e-1, 1.0 : .5 ) | 1.0 0.2 0.5",
            })
    void aTextGivesEachPointItsValue(String text, String values) {
        assertThat(numbers(LINE.values(text).orElseThrow()).stream()
                        .map(String::valueOf)
                        .toList())
                .containsExactly(values.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "abc", "steps(0:1,0.5:2,1:3)", "linear(0:1,0.5:2)", "linear(0:1,0.5:2,1:3,1:4)",
                        "linear(0:1,0.4:2,1:3)",
                "linear(0:1,0.5:x,1:3)", "linear(0:1,0.5:2:9,1:3)", "linear(0:1,0.5:2,1:1e999)", "linear 0:1", "nan",
                        "1e999",
                "linear(0:1,0.5:2,1:3", "linear()",
            })
    void anyOtherTextGivesNone(String text) {
        assertThat(LINE.values(text)).isEmpty();
    }

    @Test
    void aConfigIsJoinedWhereItsFirstPieceStands() {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("DEPTH", new Value.Whole(3));
        values.putAll(STEPS.assigned(reals(0.1, 0.1, 0.012345678, 0.01)));
        values.put("MODE", new Value.Text("a"));
        Config config = Config.of(values);
        assertThat(ProgressSchedule.inScript(config).toString())
                .isEqualTo("DEPTH=3 LR=steps(0:0.1,0.25:0.1,0.5:0.012345678,0.75:0.01) MODE=a");
        assertThat(ProgressSchedule.shown(config, 3))
                .containsExactly(
                        Map.entry("DEPTH", "3"),
                        Map.entry("LR", "steps(0:0.1,0.25:0.1,0.5:0.0123,0.75:0.01)"),
                        Map.entry("MODE", "a"));
    }

    @Test
    void aConfigWithoutOneIsItself() {
        Config config = Config.of(Map.of("LR", new Value.Real(0.1)));
        assertThat(ProgressSchedule.inScript(config)).isSameAs(config);
    }

    @Test
    void whatAScriptHasIsFoundByPiece() {
        Map<String, Value> script =
                Map.of("LR", new Value.Text("steps(0:4,0.25:3,0.5:2,0.75:1)"), "N", new Value.Whole(2));
        List<ProgressSchedule> schedules = List.of(STEPS);
        assertThat(ProgressSchedule.ofScript("LR@0.5", schedules, name -> Optional.ofNullable(script.get(name))))
                .contains(new Value.Whole(2));
        assertThat(ProgressSchedule.ofScript("N", schedules, name -> Optional.ofNullable(script.get(name))))
                .contains(new Value.Whole(2));
        assertThat(ProgressSchedule.ofScript("LR@0", schedules, name -> Optional.of(new Value.Text("?"))))
                .isEmpty();
    }

    @Test
    void aConstraintMayNamePieces() {
        SearchSpace space = new SearchSpace(
                STEPS.pieces().stream()
                        .<Parameter>map(piece -> new Parameter.Real(piece, 0, 1, false))
                        .toList(),
                List.of(Constraint.parse("LR@0.75 <= LR@0 / 2")));
        assertThat(space.broken(Config.of(STEPS.assigned(reals(1, 1, 1, 0.5))))).isEmpty();
        assertThat(space.broken(Config.of(STEPS.assigned(reals(1, 1, 1, 0.6))))).hasSize(1);
        assertThat(space.schedules()).containsExactly(STEPS);
        assertThat(space.schedule("LR")).contains(STEPS);
        assertThat(space.schedule("LR@0")).isEmpty();
    }

    private static List<Value> reals(double... numbers) {
        return IntStream.range(0, numbers.length)
                .<Value>mapToObj(i -> new Value.Real(numbers[i]))
                .toList();
    }

    private static List<Double> numbers(List<Value> values) {
        return values.stream().map(value -> value.asNumber().orElseThrow()).toList();
    }
}
