package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Objective.Goal;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.Golden;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a model reads where there are several objectives, or conditions on metrics. */
class SeveralObjectivesTest {

    private static final SearchSpace SPACE =
            SearchSpace.of(new Parameter.Whole("DEPTH", 1, 30), new Parameter.Real("LR", 1e-4, 1e-1, true));

    private static final Objective SEVERAL = new Objective(
            "val_loss",
            Goal.MINIMIZE,
            List.of(new Objective("tokens_per_s", Goal.MAXIMIZE)),
            List.of(Constraint.parse("peak_vram_mb <= 40000")));

    private static Config config(long depth, double rate) {
        return SPACE.config(Map.of("DEPTH", Value.of(depth), "LR", Value.of(rate)));
    }

    private static Task task(Objective objective) {
        return new Task("Trains a small model.", objective, SPACE, config(8, 0.01));
    }

    private static History history(Objective objective) {
        History history = new History(objective);
        long[] depths = {8, 12, 4, 20, 10, 28};
        for (int i = 0; i < depths.length; i++) {
            Outcome.Measured run = new Outcome.Measured(
                    0.9 - 0.01 * depths[i],
                    Map.of(
                            "tokens_per_s",
                            9000.0 - 100 * depths[i] - (i == 4 ? 500 : 0),
                            "peak_vram_mb",
                            2000.0 * depths[i]),
                    List.of());
            Outcome outcome = i == 3 ? new Outcome.Failed(Outcome.Reason.TIMED_OUT, "") : objective.judged(run);
            history.add(new Trial(
                    i,
                    new Change.Settings(config(depths[i], 0.01 * (i + 1))),
                    i == 0 ? Origin.BASELINE : Origin.NSGA2,
                    outcome,
                    Duration.ofSeconds(60)));
        }
        return history;
    }

    private static OptimizerState state(History history) {
        List<Observation> told = history.trials().stream()
                .flatMap(trial -> Observation.of(trial, history.objective()).stream())
                .toList();
        return new OptimizerState.Nsga2(new OptimizerState.Memory(told, List.of()), 6, 1, 1);
    }

    private static String prompt(Objective objective, PromptStyle style) {
        History history = history(objective);
        return new CentaurPrompt(task(objective), style)
                .render(state(history), config(6, 0.02), history)
                .text();
    }

    @Test
    void itReadsLikeItsGoldenFiles() throws IOException {
        Golden.check("several-objectives.md", prompt(SEVERAL, PromptStyle.FULL));
        Golden.check("several-objectives-small.md", prompt(SEVERAL, PromptStyle.SMALL));
    }

    @Test
    void theFrontIsShownWithAllValuesAndNothingElseIsOnIt() {
        assertThat(prompt(SEVERAL, PromptStyle.FULL))
                .contains(
                        "The front has 3 trials, by val_loss / tokens_per_s:\n- trial 1: 0.78 / 7800\n- trial 0: 0.82 / 8200\n")
                .contains(
                        "maximize tokens_per_s",
                        "- peak_vram_mb <= 40000",
                        "0.62 / 6200 infeasible by peak_vram_mb <= 40000");
    }

    @Test
    void withOneObjectiveAConditionIsToldAndNothingOfFronts() {
        Objective one = new Objective("val_loss", Goal.MINIMIZE, List.of(), SEVERAL.feasible());
        assertThat(prompt(one, PromptStyle.FULL))
                .contains(
                        "- peak_vram_mb <= 40000",
                        "1 measured and infeasible.",
                        "0.62 infeasible by peak_vram_mb <= 40000")
                .doesNotContain("The front has", "objectives");
    }
}
