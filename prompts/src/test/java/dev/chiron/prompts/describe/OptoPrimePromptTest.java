package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.prompts.Golden;
import dev.chiron.prompts.Prompt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OptoPrimePromptTest {

    private static final Task AUTORESEARCH = Studies.autoresearch();
    private static final Program PROGRAM = new Program(
            "uv run {script}", "import torch\n\nDEPTH = 8\nMATRIX_LR = 0.04\n\nmodel = GPT(layers=DEPTH)\n");

    private static String text(Task task, int memory, History history) {
        return new OptoPrimePrompt(task, PROGRAM, memory, number -> List.of(), List.of())
                .render(history)
                .text();
    }

    /** The baseline, a failure, a better and a worse trial. */
    private static History shortStudy() {
        Random random = new Random(4);
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("mfu_percent", 39.25);
        metrics.put("val_bpb", 0.9951);
        History history = new History(AUTORESEARCH.objective());
        history.add(Studies.trial(0, AUTORESEARCH.baseline(), Origin.BASELINE, new Outcome.Measured(0.9979)));
        history.add(Studies.trial(
                1,
                Studies.near(AUTORESEARCH, random),
                Origin.LLM,
                new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "SECRET LOG")));
        history.add(Studies.trial(2, Studies.near(AUTORESEARCH, random), Origin.SOBOL, new Outcome.Measured(0.99)));
        history.add(Studies.trial(
                3, Studies.near(AUTORESEARCH, random), Origin.LLM, new Outcome.Measured(0.9951, metrics, List.of())));
        return history;
    }

    @Test
    void itReadsAsInTheGoldenFile() throws IOException {
        List<CurvePoint> curve = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            curve.add(new CurvePoint(i, 0.9951 + 1.0 / i));
        }
        Prompt prompt = new OptoPrimePrompt(
                        AUTORESEARCH,
                        PROGRAM,
                        10,
                        number -> number == 3 ? curve : List.of(),
                        List.of("Try small batches."))
                .render(shortStudy());

        Golden.check("optoprime.md", prompt.text());
        assertThat(prompt.template()).isEqualTo(OptoPrimePrompt.TEMPLATE);
        assertThat(prompt.text()).doesNotContain("SECRET LOG");
    }

    @Test
    void theVariablesAreThoseOfTheLastRunThatSaysSomething() {
        History history = shortStudy();
        OptoPrimePrompt prompts = new OptoPrimePrompt(AUTORESEARCH, PROGRAM, 10, number -> List.of(), List.of());
        assertThat(prompts.variables(history)).isEqualTo(history.trials().get(3).config());

        history.add(Studies.trial(
                4,
                Studies.near(AUTORESEARCH, new Random(9)),
                Origin.LLM,
                new Outcome.Failed(Outcome.Reason.INFRASTRUCTURE, "")));
        assertThat(prompts.variables(history)).isEqualTo(history.trials().get(3).config());
        assertThat(prompts.variables(new History(AUTORESEARCH.objective()))).isEqualTo(AUTORESEARCH.baseline());
    }

    @Test
    void beforeAnythingIsRunThatIsSaid() {
        assertThat(text(AUTORESEARCH, 10, new History(AUTORESEARCH.objective())))
                .contains("No trial has been run yet", "## Outputs\n\nnone yet", "## Earlier runs\n\nNone is shown.");
    }

    @Test
    void theMemoryIsAsLongAsItIsSetAndKeepsToTheRoom() {
        History history = Studies.history(AUTORESEARCH, 400, 3);

        assertThat(text(AUTORESEARCH, 0, history)).contains("## Earlier runs\n\nNone is shown.");
        assertThat(text(AUTORESEARCH, 3, history).lines().filter(line -> line.startsWith("trial ")))
                .hasSize(3)
                .last()
                .asString()
                .startsWith("trial 398: ");
        assertThat(text(AUTORESEARCH, 100, history)).hasSizeLessThanOrEqualTo(LlmPrompt.ROOM);
    }

    @Test
    void feedbackGoesByTheGoalAndAFailureIsNoNumber() {
        Task task = Studies.reals(2, "x");
        History history = new History(new Objective("accuracy", Objective.Goal.MAXIMIZE));
        history.add(Studies.trial(0, task.baseline(), Origin.BASELINE, new Outcome.Measured(0.5)));
        assertThat(text(task, 0, history)).contains("## Feedback\n\nThe first value: nothing to compare it with yet.");

        history.add(Studies.trial(1, Studies.near(task, new Random(1)), Origin.LLM, new Outcome.Measured(0.75)));
        assertThat(text(task, 0, history))
                .contains("## Feedback\n\nBetter than the best run before it, trial 0 with 0.5, by 0.25.\n");

        history.add(Studies.trial(2, Studies.near(task, new Random(2)), Origin.LLM, new Outcome.Measured(0.7)));
        assertThat(text(task, 0, history))
                .contains("## Feedback\n\nWorse than the best run before it, trial 1 with 0.75, by 0.05.\n");

        history.add(Studies.trial(3, Studies.near(task, new Random(3)), Origin.LLM, new Outcome.Measured(0.75)));
        assertThat(text(task, 0, history))
                .contains("## Feedback\n\nAs good as the best run before it, trial 1 with 0.75.\n");

        history.add(Studies.trial(
                4,
                Studies.near(task, new Random(4)),
                Origin.LLM,
                new Outcome.Failed(Outcome.Reason.TIMED_OUT, "after 60 s")));
        assertThat(text(task, 0, history))
                .contains(
                        "## Outputs\n\nno accuracy: the run failed (timed-out)\n",
                        "## Feedback\n\nThe run failed (timed-out), which counts as worse than any value.\n")
                .doesNotContain("60 s");
    }

    @Test
    void valuesThatDoNotCountAreNoVariables() {
        Task task = Studies.conditional();
        History history = new History(task.objective());
        history.add(Studies.trial(0, task.baseline(), Origin.BASELINE, new Outcome.Measured(1.5)));

        assertThat(text(task, 0, history))
                .contains("(str) OPTIMIZER = \"adam\"\n(float) BETA2 = 0.999\n(int) LAYERS = 2")
                .doesNotContain(") MOMENTUM = ");
    }
}
