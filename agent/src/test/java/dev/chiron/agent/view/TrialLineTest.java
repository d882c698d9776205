package dev.chiron.agent.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.store.Entry;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialLineTest {

    private final History history = new History(new Objective("loss", Objective.Goal.MINIMIZE));

    private String line(Outcome outcome) {
        int number = history.trials().size();
        Config config = Config.of(Map.of("X", new Value.Whole(number)));
        Trial trial = new Trial(number, new Change.Settings(config), Origin.RANDOM, outcome, Duration.ofMillis(12_300));
        history.add(trial);
        return TrialLine.of(new Entry(trial, Optional.empty()), history);
    }

    @Test
    void theTimesStandBelowOneAnotherAlsoWhereAnOutcomeIsLong() {
        assertThat(line(new Outcome.Measured(0.712345))).isEqualTo("    0  random        0.712345         12.3 s");
        assertThat(line(new Outcome.Measured(0.5)))
                .isEqualTo("    1  random        0.5              12.3 s  * best so far");
        assertThat(line(new Outcome.Pruned(0.812345, 9, "median", "so", List.of())))
                .isEqualTo("    2  random        pruned at 0.812345 12.3 s  stopped at step 9 by median");
        assertThat(line(new Outcome.Pruned(0.81, 9, "median", "so", List.of())))
                .isEqualTo("    3  random        pruned at 0.81   12.3 s  stopped at step 9 by median");
        assertThat(line(new Outcome.Infeasible(new Outcome.Measured(-0.00123457), List.of("vram <= 1"), 1)))
                .isEqualTo("    4  random        -0.00123457 infeasible 12.3 s  breaks vram <= 1");
    }
}
