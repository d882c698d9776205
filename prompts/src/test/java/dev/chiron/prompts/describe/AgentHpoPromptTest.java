package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.History;
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

class AgentHpoPromptTest {

    private static final Task AUTORESEARCH = Studies.autoresearch();
    private static final AgentHpoPrompt PROMPTS = new AgentHpoPrompt(
            AUTORESEARCH,
            number -> List.of(new CurvePoint(100, 1.2), new CurvePoint(200, 1.05)),
            List.of("Try small batches."));

    private static Remark objective(int trial, String text) {
        return new Remark(trial, Remark.Kind.OBJECTIVE, text);
    }

    private static Remark analysis(int trial, String text) {
        return new Remark(trial, Remark.Kind.ANALYSIS, text);
    }

    /** The baseline, a better trial, a failure and a worse trial. */
    private static History shortStudy() {
        Random random = new Random(4);
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("mfu_percent", 39.25);
        History history = new History(AUTORESEARCH.objective());
        history.add(Studies.trial(0, AUTORESEARCH.baseline(), Origin.BASELINE, new Outcome.Measured(0.9979)));
        history.add(Studies.trial(1, Studies.near(AUTORESEARCH, random), Origin.LLM, new Outcome.Measured(0.99)));
        history.add(Studies.trial(
                2,
                Studies.near(AUTORESEARCH, random),
                Origin.SOBOL,
                new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "SECRET LOG")));
        history.add(Studies.trial(
                3, Studies.near(AUTORESEARCH, random), Origin.LLM, new Outcome.Measured(0.9951, metrics, List.of())));
        return history;
    }

    private static final List<Remark> REMARKS = List.of(
            objective(1, "See whether a larger embedding rate helps."),
            analysis(1, "It helped; which of the other changes did is open."),
            objective(3, "Keep the rate and halve the device batch."));

    @Test
    void theyReadAsInTheGoldenFiles() throws IOException {
        History history = shortStudy();
        Prompt proposal = PROMPTS.proposal(history, REMARKS);
        Prompt analysis = PROMPTS.analysis(history.trials().get(3), history, REMARKS);

        Golden.check("agent-hpo.md", proposal.text());
        Golden.check("agent-hpo-analyst.md", analysis.text());
        assertThat(proposal.template()).isEqualTo("agent-hpo");
        assertThat(proposal.text() + analysis.text()).doesNotContain("SECRET LOG");
    }

    @Test
    void theLastTrialThatSaysSomethingIsReadOnce() {
        History history = shortStudy();
        assertThat(AgentHpoPrompt.unread(history, REMARKS))
                .contains(history.trials().get(3));
        assertThat(AgentHpoPrompt.unread(history, List.of(analysis(3, "Known."))))
                .isEmpty();

        history.add(Studies.trial(
                4,
                Studies.near(AUTORESEARCH, new Random(9)),
                Origin.LLM,
                new Outcome.Failed(Outcome.Reason.INFRASTRUCTURE, "")));
        assertThat(AgentHpoPrompt.unread(history, List.of(analysis(3, "Known."))))
                .isEmpty();
        assertThat(AgentHpoPrompt.unread(new History(AUTORESEARCH.objective()), List.of()))
                .isEmpty();
    }

    @Test
    void theBaselineAndAFailureAreAnalysedToo() {
        History history = new History(AUTORESEARCH.objective());
        history.add(Studies.trial(0, AUTORESEARCH.baseline(), Origin.BASELINE, new Outcome.Measured(0.9979)));
        assertThat(PROMPTS.analysis(history.trials().get(0), history, List.of()).text())
                .contains(
                        "Objective: none is written down",
                        "Changed: nothing against the script's own values.",
                        "Result: val_bpb = 0.9979. The first value: nothing to compare it with yet.");

        assertThat(PROMPTS.analysis(shortStudy().trials().get(2), shortStudy(), List.of())
                        .text())
                .contains(
                        "Changed: against the best run before it, trial 1: ASPECT_RATIO 68 -> 67, ",
                        "Result: The run failed (out-of-memory), which counts as worse than any value.");
    }

    @Test
    void oldEntriesAreToldShortlyAndTheOldestMakeRoom() {
        History history = Studies.history(AUTORESEARCH, 400, 3);
        List<Remark> remarks = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            remarks.add(analysis(i, "What " + i + " teaches: " + "much ".repeat(100)));
        }

        String text = PROMPTS.proposal(history, remarks).text();

        assertThat(text).hasSizeLessThanOrEqualTo(LlmPrompt.ROOM + 40).contains(" before these, not shown)\nTrial ");
        assertThat(text.lines().filter(line -> line.startsWith("  Analysis: "))).hasSize(10);
        assertThat(text.lines().filter(line -> line.startsWith("Trial "))).hasSizeGreaterThan(15);
        assertThat(text).contains("\n  Analysis: What 399 teaches: ");
    }

    @Test
    void whatWasMeasuredAgainIsToldAsItIsKnownNow() {
        History history = new History(AUTORESEARCH.objective(), 3);
        history.add(Studies.trial(0, AUTORESEARCH.baseline(), Origin.BASELINE, new Outcome.Measured(1)));
        history.add(Studies.trial(1, AUTORESEARCH.baseline(), Origin.REPEAT, new Outcome.Measured(2)));

        assertThat(PROMPTS.proposal(history, List.of()).text())
                .contains("  Result: val_bpb = 1.5 (mean of 2). ")
                .doesNotContain("Trial 1, ");
    }
}
