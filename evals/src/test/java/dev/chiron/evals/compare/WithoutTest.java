package dev.chiron.evals.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.SyntheticSuite;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.cma.CmaEs;
import dev.chiron.optimizers.cma.CmaSettings;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.AgentHpoPrompt;
import dev.chiron.prompts.describe.CentaurPrompt;
import dev.chiron.prompts.describe.Context;
import dev.chiron.prompts.describe.LlmPrompt;
import dev.chiron.prompts.describe.OptoPrimePrompt;
import dev.chiron.prompts.describe.Program;
import dev.chiron.prompts.describe.Remark;
import dev.chiron.prompts.describe.SamplerPrompt;
import dev.chiron.prompts.describe.SurrogatePrompt;
import dev.chiron.prompts.describe.Task;
import dev.chiron.prompts.describe.WarmStartPrompt;
import dev.chiron.prompts.facts.Facts;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WithoutTest {

    private static Task task() {
        EvalTask mixed = new SyntheticSuite().find("mixed").orElseThrow();
        double[] middle = new double[mixed.space().size()];
        Arrays.fill(middle, 0.5);
        Config baseline = mixed.space().decode(middle);
        return new Task("Find the lowest point of a valley.", mixed.objective(), mixed.space(), baseline);
    }

    private static double[] middle(double place) {
        double[] point = new double[task().space().size()];
        Arrays.fill(point, place);
        return point;
    }

    private static History history() {
        Task task = task();
        History history = new History(task.objective());
        history.add(new Trial(
                0, new Change.Settings(task.baseline()), Origin.BASELINE, new Outcome.Measured(123.25), Duration.ZERO));
        return history;
    }

    private static String prompt() {
        Task task = task();
        Optimizer optimizer = CmaEs.start(task.space(), task.baseline(), CmaSettings.DEFAULT, 1);
        return new CentaurPrompt(task)
                .render(optimizer.state(), optimizer.ask(), history())
                .text();
    }

    private static String sampler() {
        return new SamplerPrompt(task(), Context.FULL, List.of(), 9000)
                .render(history(), OptionalDouble.of(120), 5, 0)
                .text();
    }

    private static String surrogate() {
        return new SurrogatePrompt(task(), Context.FULL, 9000)
                .render(SurrogatePrompt.Form.SPREAD, history(), List.of(task().baseline()), trial -> false, "25 %", 0)
                .text();
    }

    @Test
    void leavesOutThatAndNothingElse() {
        String prompt = prompt();
        String state = Without.STATE.cut(prompt);
        String task = Without.TASK.cut(prompt);
        String history = Without.HISTORY.cut(prompt);
        assertThat(prompt).contains("valley", "123.25", "## What the optimizer knows");
        assertThat(state).contains("valley", "would try next: {", "## Last trials", "123.25");
        assertThat(state.length()).isLessThan(prompt.length() - 100);
        assertThat(task).doesNotContain("valley").contains("## Parameters", "Stay away from ", "123.25");
        assertThat(history).contains("valley", "Incumbent: {", "Stay away from ");
        assertThat(history.length()).isLessThan(prompt.length() - 20);
    }

    @ParameterizedTest
    @EnumSource(LlmPrompt.Style.class)
    void theMethodLlmCanBeToldLessToo(LlmPrompt.Style style) {
        SearchSpace space = SearchSpace.of(new Parameter.Real("LR", 1e-4, 1, true));
        Config baseline = space.decode(new double[] {0.5});
        Objective objective = new Objective("loss", Objective.Goal.MINIMIZE);
        History history = new History(objective);
        history.add(new Trial(
                0, new Change.Settings(baseline), Origin.BASELINE, new Outcome.Measured(123.25), Duration.ZERO));
        String prompt = new LlmPrompt(
                        new Task("Find the lowest point of a valley.", objective, space, baseline), style, List.of())
                .render(history)
                .text();

        assertThat(prompt).contains("valley", "123.25");
        assertThat(Without.TASK.cut(prompt)).doesNotContain("valley").contains("## Parameters", "123.25");
        assertThat(Without.HISTORY.cut(prompt)).doesNotContain("123.25").contains("valley", "Incumbent: {");
    }

    @Test
    void ofOptoPrimeTheTrialAtHandStays() {
        History history = history();
        history.add(new Trial(
                1,
                new Change.Settings(task().space().decode(middle(0.25))),
                Origin.LLM,
                new Outcome.Measured(77.5),
                Duration.ZERO));
        String prompt = new OptoPrimePrompt(
                        task(), new Program("python3 {script}", ""), 10, number -> List.of(), List.of())
                .render(history)
                .text();

        assertThat(prompt).contains("valley", "trial 0: ", "val");
        assertThat(Without.TASK.cut(prompt))
                .doesNotContain("valley", "none failed")
                .contains("## Documentation", "$ python3 {script}", "trial 0: ");
        assertThat(Without.HISTORY.cut(prompt))
                .doesNotContain("trial 0: ")
                .contains("valley", "Incumbent: {", " = 77.5\n", "## Feedback\n\nBetter than");
    }

    @Test
    void ofAgentHpoTheLogIsLeftOutAndNotWhatIsToBeAnalysed() {
        AgentHpoPrompt prompts = new AgentHpoPrompt(task(), number -> List.of(), List.of());
        List<Remark> remarks = List.of(new Remark(0, Remark.Kind.ANALYSIS, "Nothing yet."));
        String proposal = prompts.proposal(history(), remarks).text();
        String analysis = prompts.analysis(history().trials().get(0), history(), List.of())
                .text();

        assertThat(proposal).contains("Nothing yet.", "123.25", "valley");
        assertThat(Without.HISTORY.cut(proposal))
                .doesNotContain("Nothing yet.", "123.25")
                .contains("valley", "Incumbent: {");
        assertThat(Without.TASK.cut(proposal)).doesNotContain("valley").contains("Nothing yet.");
        assertThat(Without.HISTORY.cut(analysis)).isEqualTo(analysis);
        assertThat(Without.TASK.cut(analysis))
                .doesNotContain("valley", "none failed")
                .contains("Result: ", "123.25");
    }

    @Test
    void examplesAreTheBestTrialsAlone() {
        String examples = Without.EXAMPLES.cut(prompt());

        assertThat(examples).contains("## Last trials", "valley", "## Best trials\n\n(left out)\n");
    }

    @Test
    void ofLlambosPromptsTheSameIsLeftOut() {
        for (String prompt : List.of(sampler(), surrogate())) {
            assertThat(prompt).contains("valley", "-> ", "1 run, none failed.");
            assertThat(Without.TASK.cut(prompt))
                    .doesNotContain("valley", "none failed")
                    .contains("## Parameters", "-> ");
            assertThat(Without.EXAMPLES.cut(prompt))
                    .doesNotContain("-> ")
                    .contains("valley", "in no order.", "\n## What is");
            assertThat(Without.HISTORY.cut(prompt)).isEqualTo(Without.EXAMPLES.cut(prompt));
            assertThat(Without.HISTORY.cut(Without.EXAMPLES.cut(prompt))).contains("\n## What is");
            assertThatThrownBy(() -> Without.STATE.cut(prompt)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(Without.EXAMPLES.cut(sampler())).contains("Target ");
    }

    @Test
    void beforeTheFirstTrialsThereIsLittleToLeaveOut() {
        String prompt = new WarmStartPrompt(task(), 4).render(history()).text();

        assertThat(Without.TASK.cut(prompt)).doesNotContain("valley").contains("Configs wanted: 4");
        assertThat(Without.EXAMPLES.cut(prompt)).isEqualTo(prompt);
    }

    @Test
    void whatIsNotThereCannotBeLeftOut() {
        for (Without part : List.of(Without.STATE, Without.TASK, Without.HISTORY)) {
            assertThatThrownBy(() -> part.cut("Hello."))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(part.label());
        }
    }

    /** Not every task has cards: where there are none, nothing is left out. */
    @Test
    void factsAreLeftOutWholeWhereThereAreAny() {
        SearchSpace space =
                SearchSpace.of(new Parameter.Real("LR", 1e-4, 1, true), new Parameter.Whole("BATCH", 8, 512));
        Config start = space.decode(new double[] {0.5, 0.5});
        Objective objective = new Objective("loss", Objective.Goal.MINIMIZE);
        Optimizer optimizer = CmaEs.start(space, start, CmaSettings.DEFAULT, 1);
        String with = new CentaurPrompt(new Task("", objective, space, start, Facts.TOLD))
                .render(optimizer.state(), start, new History(objective))
                .text();
        String none = new CentaurPrompt(new Task("", objective, space, start))
                .render(optimizer.state(), start, new History(objective))
                .text();

        assertThat(with).contains("What papers say");
        assertThat(Without.FACTS.cut(with)).isEqualTo(none);
        assertThat(Without.FACTS.cut(none)).isEqualTo(none);
    }
}
