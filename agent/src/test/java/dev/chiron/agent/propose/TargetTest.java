package dev.chiron.agent.propose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.study.Objective;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

    private static double target(String goal, double alpha, String scores) {
        List<Double> all = Arrays.stream(scores.split(" ")).map(Double::valueOf).toList();
        return Target.of(all, new Objective("m", Objective.Goal.valueOf(goal)), alpha);
    }

    @ParameterizedTest
    @CsvSource({
        // beyond the best by a share of the range, or back from it
        "MINIMIZE, 0.1, 1 2 3, 0.8",
        "MINIMIZE, -0.2, 1 2 3, 1.4",
        "MINIMIZE, 0, 1 2 3, 1.002",
        "MAXIMIZE, 0.1, 0.5 0.7, 0.72",
        "MAXIMIZE, -0.2, 0.5 0.7, 0.66",
        "MAXIMIZE, 0.1, -3 7, 8",
        // one score alone has a tenth of itself for a range
        "MINIMIZE, 0.1, 2, 1.98",
        "MAXIMIZE, 0.1, 0, 0.01",
        // an accuracy of one cannot be passed, an error of nothing neither
        "MAXIMIZE, 0.1, 0.5 1, 0.9995",
        "MINIMIZE, 0.1, 0 1, 0.001",
        "MINIMIZE, 0.1, 0.01 5, 0.00501",
        // what is no accuracy, or was negative, has no such bound
        "MAXIMIZE, 0.1, 0.5 20, 21.95",
        "MINIMIZE, 0.1, -1 1, -1.2",
        // where no move is left the best itself is the target
        "MAXIMIZE, -1, 0.999999 0.9999995, 0.9999995",
        "MINIMIZE, 0.1, 0.0000001 0.0000002, 0.0000001"
    })
    void theBestMovedAsFarAsScoresCanBe(String goal, double alpha, String scores, double expected) {
        assertThat(target(goal, alpha, scores)).isCloseTo(expected, within(1e-9));
    }
}
