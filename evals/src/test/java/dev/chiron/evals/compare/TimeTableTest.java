package dev.chiron.evals.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.Objective.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TimeTableTest {

    /** Values that rise by one, from one on; trial {@code i} takes {@code seconds} as long as the number after it. */
    private static Run run(String method, long seed, double seconds) {
        List<OptionalDouble> values = new ArrayList<>();
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            values.add(i == 1 ? OptionalDouble.empty() : OptionalDouble.of(i + 1));
            attempts.add(new Attempt(
                    List.of(), "tpe", "", seconds * (i + 1), OptionalDouble.empty(), OptionalDouble.empty()));
        }
        Run.Ours ours = new Run.Ours(
                method, "none", List.of(), OptionalDouble.empty(), 0, 0, 0, 0, 0, OptionalDouble.empty(), attempts);
        return new Run("t", method, Goal.MAXIMIZE, seed, values, 0, Optional.of(ours));
    }

    @Test
    void countsWhatHadEndedByThen() {
        List<Run> runs = List.of(run("gp", 0, 1), run("gp", 1, 1), run("tpe", 0, 100), run("tpe", 1, 100));

        assertThat(new TimeTable(runs, List.of(2.0, 6.0, 10.0)).lines())
                .startsWith(
                        "task  method  seeds  median@2  trials  median@6  trials  median@10  trials  all trials took",
                        "t     gp      2      1.0000    1       3.0000    3       4.0000     4       10 s",
                        "t     tpe     2      1.0000    1       1.0000    1       1.0000     1       1000 s");
    }

    @Test
    void whereNoTimeIsKnownThereIsNoTable() {
        Run foreign = new Run("t", "optuna:tpe", Goal.MAXIMIZE, 0, List.of(OptionalDouble.of(1)), 0);

        assertThat(new TimeTable(List.of(run("gp", 0, 0), foreign), List.of(1.0)).lines())
                .isEmpty();
    }
}
