package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.fidelity.Ladder;
import dev.chiron.optimizers.fidelity.Rungwise;
import dev.chiron.optimizers.space.Config;
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
import dev.chiron.optimizers.tpe.Tpe;
import dev.chiron.optimizers.tpe.TpeSettings;
import dev.chiron.prompts.Golden;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a model reads where configs are trained for a part of a training first. */
class PartsOfATrainingTest {

    private static final SearchSpace SPACE =
            SearchSpace.of(new Parameter.Whole("DEPTH", 1, 30), new Parameter.Real("LR", 1e-4, 1e-1, true));
    private static final Objective OBJECTIVE = new Objective("val_loss", Goal.MINIMIZE);
    private static final Ladder LADDER = new Ladder("EPOCHS", new Value.Whole(1), new Value.Whole(9), 3);
    private static final Task TASK = new Task("Trains a small model.", OBJECTIVE, SPACE, config(8));

    private final History history = new History(OBJECTIVE);
    private final Optimizer optimizer = Rungwise.start(
            SPACE, 0, new double[] {1, 1 / 3.0, 1 / 9.0}, 1, rung -> Tpe.start(SPACE, TpeSettings.DEFAULT, rung));

    private static Config config(long depth) {
        return SPACE.config(Map.of("DEPTH", Value.of(depth), "LR", Value.of(0.01)));
    }

    private void add(long depth, int rung, Origin origin, double value) {
        Outcome.Measured run = new Outcome.Measured(value);
        Change change = new Change.Settings(config(depth), LADDER.part(rung));
        Outcome outcome = change.fidelity()
                .<Outcome>map(part -> new Outcome.Partial(run, part))
                .orElse(run);
        Trial trial = new Trial(history.trials().size(), change, origin, outcome, Duration.ofSeconds(60));
        history.add(trial);
        Observation.of(trial, OBJECTIVE).ifPresent(optimizer::tell);
    }

    private String prompt(PromptStyle style) {
        add(8, 0, Origin.BASELINE, 0.5);
        for (int k = 0; k < 12; k++) {
            add(10 + k, 2, Origin.TPE, 0.9 - 0.01 * k);
        }
        add(21, 1, Origin.PROMOTED, 0.6);
        add(20, 1, Origin.PROMOTED, 0.55);
        add(20, 0, Origin.PROMOTED, 0.4);
        return new CentaurPrompt(TASK, style)
                .render(optimizer.state(), config(6), history)
                .text();
    }

    @Test
    void itReadsLikeItsGoldenFile() throws IOException {
        Golden.check("parts-of-a-training.md", prompt(PromptStyle.FULL));
    }

    @Test
    void theBestOfEachPartAreShownApart() {
        assertThat(prompt(PromptStyle.FULL))
                .contains("After EPOCHS 3 of 9 the best of 2 trials:\n")
                .contains("14,promoted,0.55 after EPOCHS 3 of 9,", "12,tpe,0.79 after EPOCHS 1 of 9,")
                .contains("0.111 of a whole training (12 of them)")
                .doesNotContain("partial");
        assertThat(history.incumbent().orElseThrow().number()).isEqualTo(15);
    }

    /** A small model has little room, and values of parts would pass for those of whole trainings there. */
    @Test
    void aSmallPromptHasWholeTrainingsAlone() {
        assertThat(prompt(PromptStyle.SMALL)).contains("0.4 -> ").doesNotContain("0.55", "0.79");
    }
}
