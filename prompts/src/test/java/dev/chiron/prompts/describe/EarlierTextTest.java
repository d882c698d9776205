package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Earlier;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EarlierTextTest {

    private static final Task TASK = Studies.reals(2, "LR");

    private static Trial earlier(int number, double first, double second, Outcome outcome) {
        Config config = TASK.space().decode(new double[] {first, second});
        return Studies.trial(number, config, Origin.IMPORTED, outcome);
    }

    private static final Earlier EARLIER = new Earlier(
            List.of(
                    earlier(0, 0, 1, new Outcome.Measured(0.5)),
                    earlier(1, 1, 1, new Outcome.Measured(0.75)),
                    earlier(2, 0.5, 1, new Outcome.Failed(Outcome.Reason.CRASHED, "SECRET LOG"))),
            List.of(earlier(3, 1, 1, new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "SECRET LOG"))));

    private static History history(Earlier earlier) {
        History history = new History(TASK.objective(), 0, earlier);
        history.add(Studies.trial(0, TASK.baseline(), Origin.BASELINE, new Outcome.Measured(0.25)));
        return history;
    }

    @Test
    void earlierResultsAreCountedAndTheBestShown() {
        assertThat(new EarlierText(TASK).of(history(EARLIER)))
                .isEqualTo("Earlier results that the user brought along: 4, 2 measured, 2 failed. They are not this "
                        + "study's: the same task is assumed, not known.\n"
                        + "accuracy,LR1,LR2\n"
                        + "0.75,1,1\n"
                        + "0.5,0.0001,1");
    }

    @Test
    void whatDidNotCountInATrialIsLeftOpen() {
        SearchSpace space = new SearchSpace(
                List.of(Parameter.Choice.of("KIND", "a", "b"), new Parameter.Real("X", 0, 1, false)),
                List.of(),
                List.of(new Condition("X", "KIND", List.of(Value.of("b")))));
        Config config = space.config(Map.of("KIND", Value.of("a")));
        Task task = new Task("", TASK.objective(), space, config);
        Trial trial = Studies.trial(0, config, Origin.IMPORTED, new Outcome.Measured(0.5));

        assertThat(new EarlierText(task).of(history(new Earlier(List.of(trial), List.of()))))
                .endsWith("accuracy,KIND,X\n0.5,\"a\",-");
    }

    @Test
    void everyPromptTellsThemAndNoneIsTheIncumbent() {
        History history = history(EARLIER);
        String text = new EarlierText(TASK).of(history);
        var state = RandomSearch.start(TASK.space(), 1).state();

        for (PromptStyle style : PromptStyle.values()) {
            assertThat(new CentaurPrompt(TASK, style)
                            .render(state, TASK.baseline(), history)
                            .text())
                    .contains(text)
                    .contains("Incumbent: {\"LR1\":0.01,\"LR2\":0.01}\n")
                    .doesNotContain("SECRET");
        }
        assertThat(new WarmStartPrompt(TASK, 3).render(history).text()).contains(text);
    }

    @Test
    void withoutThemNothingIsSaid() {
        assertThat(new EarlierText(TASK).of(history(Earlier.NONE))).isEmpty();
    }
}
