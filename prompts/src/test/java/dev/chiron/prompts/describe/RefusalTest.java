package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.feasibility.Flaw;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.optimizers.study.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalTest {

    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Whole("WIDTH", 16, 256), Parameter.Choice.of("ACT", "relu", "gelu", "tanh", "silu"));
    private static final Task TASK =
            new Task("", new Objective("loss", Objective.Goal.MINIMIZE), SPACE, config(64, "relu"));

    private final List<Trial> trials = new ArrayList<>();

    private static Config config(long width, String act) {
        return SPACE.decode(new double[] {0, 0}).with("WIDTH", Value.of(width)).with("ACT", Value.of(act));
    }

    private void trial(Config config, Outcome outcome) {
        trials.add(new Trial(trials.size(), new Change.Settings(config), Origin.RANDOM, outcome, Duration.ZERO));
    }

    private String text(Config config, Reason reason) {
        return new Refusal(TASK).text(config, Flaw.of(reason), trials);
    }

    @Test
    void whereTheBorderIsKnownItIsSaid() {
        for (long width = 20; width <= 250; width += 10) {
            boolean fails = width > 150;
            trial(
                    config(width, "relu"),
                    fails ? new Outcome.Failed(Reason.OUT_OF_MEMORY, "secret output") : new Outcome.Measured(width));
        }
        assertThat(text(config(220, "gelu"), Reason.OUT_OF_MEMORY))
                .isEqualTo(
                        "by what has failed so far this would almost surely fail, too: out-of-memory in all 10 trials"
                                + " with WIDTH above 150, in none of 14 others; stay where trials were measured");
        assertThat(text(config(100, "gelu"), Reason.OUT_OF_MEMORY))
                .as("outside of it")
                .contains("out-of-memory, as trial 14, which had ACT=\"relu\" WIDTH=160;");
    }

    @Test
    void afterAFewFailuresTheNearestIsNamed() {
        trial(config(64, "relu"), new Outcome.Measured(1.0));
        trial(config(200, "tanh"), new Outcome.Failed(Reason.TIMED_OUT, ""));
        trial(config(250, "relu"), new Outcome.Failed(Reason.TIMED_OUT, ""));
        trial(config(250, "silu"), new Outcome.Failed(Reason.CRASHED, ""));

        assertThat(text(config(240, "relu"), Reason.TIMED_OUT)).contains("timed-out, as trial 2, which had WIDTH=250;");
        assertThat(text(config(250, "silu"), Reason.CRASHED)).contains("too: crashed, as trial 3;");
    }

    @Test
    void whatWillBreakAConditionIsSaidWithItsText() {
        trial(config(64, "relu"), new Outcome.Measured(1.0));
        trial(config(200, "relu"), new Outcome.Infeasible(new Outcome.Measured(1.0), List.of("vram <= 40"), 0.5));
        trial(config(250, "relu"), new Outcome.Infeasible(new Outcome.Measured(1.0), List.of("other < 1"), 0.5));
        assertThat(new Refusal(TASK).text(config(240, "relu"), new Flaw("vram <= 40"), trials))
                .isEqualTo(
                        "by what was measured so far this would almost surely be infeasible: it would break vram <= 40, as trial 1,"
                                + " which had WIDTH=200; stay where trials were measured that keep it");
    }
}
