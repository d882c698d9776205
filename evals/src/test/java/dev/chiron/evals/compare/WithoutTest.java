package dev.chiron.evals.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.SyntheticSuite;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.cma.CmaEs;
import dev.chiron.optimizers.cma.CmaSettings;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.CentaurPrompt;
import dev.chiron.prompts.describe.Task;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WithoutTest {

    private static String prompt() {
        EvalTask mixed = new SyntheticSuite().find("mixed").orElseThrow();
        double[] middle = new double[mixed.space().size()];
        Arrays.fill(middle, 0.5);
        Config baseline = mixed.space().decode(middle);
        Task task = new Task("Find the lowest point of a valley.", mixed.objective(), mixed.space(), baseline);
        History history = new History(mixed.objective());
        history.add(new Trial(
                0, new Change.Settings(baseline), Origin.BASELINE, new Outcome.Measured(123.25), Duration.ZERO));
        Optimizer optimizer = CmaEs.start(mixed.space(), baseline, CmaSettings.DEFAULT, 1);
        return new CentaurPrompt(task)
                .render(optimizer.state(), optimizer.ask(), history)
                .text();
    }

    @Test
    void leavesOutThatAndNothingElse() {
        String prompt = prompt();
        String state = Without.STATE.cut(prompt);
        String facts = Without.FACTS.cut(prompt);
        String history = Without.HISTORY.cut(prompt);
        assertThat(prompt).contains("valley", "123.25", "## What the optimizer knows");
        assertThat(state).contains("valley", "would try next: {", "## Last trials", "123.25");
        assertThat(state.length()).isLessThan(prompt.length() - 100);
        assertThat(facts).doesNotContain("valley").contains("## Parameters", "Stay away from ", "123.25");
        assertThat(history).contains("valley", "Incumbent: {", "Stay away from ");
        assertThat(history.length()).isLessThan(prompt.length() - 20);
    }

    @Test
    void whatIsNotThereCannotBeLeftOut() {
        for (Without part : Without.values()) {
            assertThatThrownBy(() -> part.cut("Hello."))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(part.label());
        }
    }
}
