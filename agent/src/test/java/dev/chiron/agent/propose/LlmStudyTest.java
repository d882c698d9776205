package dev.chiron.agent.propose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.chiron.agent.Control;
import dev.chiron.agent.End;
import dev.chiron.agent.FixedTurns;
import dev.chiron.agent.StudyLoop;
import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.llm.RecordedModel;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.prompts.describe.LlmPrompt.Style;
import dev.chiron.prompts.describe.Program;
import dev.chiron.prompts.describe.PromptStyle;
import dev.chiron.prompts.describe.Remark;
import dev.chiron.prompts.describe.Task;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Runner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Studies of a model that names every config. */
class LlmStudyTest {

    private static final SearchSpace SPACE =
            SearchSpace.of(new Parameter.Real("x", 0, 1, false), new Parameter.Whole("k", 1, 64));
    private static final Objective OBJECTIVE = new Objective("loss", Objective.Goal.MINIMIZE);
    private static final Config BASELINE = SPACE.decode(new double[] {0.9, 0.5});
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T05:00:00Z"));

    @TempDir
    Path folder;

    private static final String STOP = "STOP";

    private final List<Question> asked = new ArrayList<>();

    /** Says these things, one after the other. */
    private Model saying(String... replies) {
        List<String> left = new ArrayList<>(List.of(replies));
        return new Model() {
            @Override
            public String name() {
                return "script";
            }

            @Override
            public Answer answer(Question question) throws InterruptedException {
                asked.add(question);
                if (left.get(0).equals(STOP)) {
                    throw new InterruptedException("stopped while it was asked");
                }
                return new Answer.Replied(left.remove(0), new Usage(1, 100, 20));
            }
        };
    }

    private static final Runner RUNNER = (change, workspace, holdout) -> {
        double x = change.config().get("x").asNumber().orElseThrow();
        Outcome outcome = change.config().get("k").asNumber().orElseThrow() > 50
                ? new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "SECRET")
                : new Outcome.Measured(x);
        return new Execution(outcome, Duration.ofSeconds(1), "", "", OptionalInt.of(0), "");
    };

    private List<Entry> study(Style style, Model model, int trials) {
        return study(new Llm(style), model, trials);
    }

    private List<Entry> study(Manner manner, Model model, int trials) {
        try (StudyFolder study = StudyFolder.open(folder.resolve("study"), "task: t\n", CLOCK)) {
            Partner.Speaker speaker = new Partner.Speaker(
                    Panel.of(new RecordedModel(model, study.llm()), PromptStyle.FULL),
                    new FixedTurns(1, 1),
                    false,
                    Optional.of(manner));
            Task task = new Task("Find the bottom.", OBJECTIVE, SPACE, BASELINE);
            Team team = Team.of(Method.SOBOL, speaker);
            End end = new StudyLoop(
                            study,
                            OBJECTIVE,
                            team.proposer(
                                    Method.SOBOL.start(SPACE, Prior.flat(SPACE, BASELINE), 3),
                                    Optional.empty(),
                                    task,
                                    7),
                            0,
                            RUNNER,
                            event -> {},
                            new Control())
                    .run(BASELINE, Budget.ofTrials(trials));
            assertThat(end).isIn(End.DONE, End.INTERRUPTED);
        }
        try (StudyFolder study = StudyFolder.open(folder.resolve("study"), "task: t\n", CLOCK)) {
            return study.recording().entries();
        }
    }

    private static ModelTurn turn(Entry entry) {
        return entry.turn().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void everyConfigIsTheModels(Style style) {
        List<Entry> entries = study(
                style,
                saying("{\"x\": 0.5, \"k\": 3}", "{\"x\": 0.25, \"k\": 60}", "The best is {\"x\": 0.125, \"k\": 5}."),
                4);

        assertThat(entries.subList(1, 4)).allMatch(entry -> entry.trial().origin() == Origin.LLM);
        assertThat(entries.get(3).trial().value()).hasValue(0.125);
        assertThat(asked).extracting(Question::key).containsExactly("0001-0", "0002-0", "0003-0");
        assertThat(asked.get(2).prompt()).contains("0.25", "out-of-memory").doesNotContain("SECRET");
        assertThat(asked.get(0).schema()).doesNotContain("candidates");
        assertThat(turn(entries.get(1)).asked().template()).isEqualTo(style.template());
    }

    @Test
    void optoPrimeChangesTheLastRunAndGoesOnWhereTheModelWouldEnd() {
        Manner manner = new OptoPrime(5, new Program("sh {script}", ""), number -> List.of());
        List<Entry> entries = study(
                manner,
                saying(
                        "{\"reasoning\": \"\", \"answer\": \"\", \"suggestion\": {\"x\": 0.5}}",
                        "TERMINATE",
                        "{\"suggestion\": {\"k\": 60}}",
                        "{\"suggestion\": {\"k\": 8}}",
                        "TERMINATE",
                        "TERMINATE",
                        "{\"suggestion\": {\"x\": 0.5}}"),
                5);

        assertThat(entries.get(1).trial().config().get("k")).isEqualTo(BASELINE.get("k"));
        assertThat(entries.get(1).trial().origin()).isEqualTo(Origin.LLM);
        assertThat(turn(entries.get(1)).repairs()).isEmpty();
        assertThat(turn(entries.get(2)).rejected()).singleElement().asString().startsWith("nothing was changed");
        assertThat(entries.get(3).trial().config().get("x"))
                .as("the failure's, and not the best's nor the script's")
                .isEqualTo(entries.get(2).trial().config().get("x"));
        assertThat(asked.get(3).prompt())
                .contains("## Feedback\n\nThe run failed (out-of-memory)")
                .doesNotContain("SECRET");
        assertThat(asked.get(0).schema()).contains("\"reasoning\"", "\"suggestion\"");
        assertThat(entries.get(4).trial().origin()).isEqualTo(Origin.SOBOL);
        assertThat(turn(entries.get(4)).rejected()).hasSize(3).last().asString().contains("ran exactly these settings");
        assertThat(turn(entries.get(4)).isFallback()).isTrue();
    }

    private static final Manner LOGGING = new AgentHpo(number -> List.of());

    @Test
    void agentHpoAnalysesEachTrialAndProposesByTheLog() {
        List<Entry> entries = study(
                LOGGING,
                saying(
                        "{\"analysis\": \"A first value.\"}",
                        "{\"objective\": \"Is less of x better?\", \"config\": {\"x\": 0.5, \"k\": 60}}",
                        "I cannot say.",
                        "{\"objective\": \"Less memory.\", \"config\": {\"x\": 7, \"k\": 3}}",
                        "{\"x\": 0.25}"),
                3);

        assertThat(asked).extracting(Question::key).containsExactly("0001-0", "0001-1", "0002-0", "0002-1", "0002-2");
        assertThat(asked.get(1).prompt()).contains("  Analysis: A first value.\n");
        assertThat(asked.get(2).prompt())
                .contains("Objective: Is less of x better?", "Result: The run failed (out-of-memory)")
                .doesNotContain("SECRET");
        assertThat(asked.get(3).prompt())
                .contains(
                        "  Objective: Is less of x better?\n  Result: The run failed (out-of-memory), which counts as worse than any value.\n\n")
                .doesNotContain("SECRET");
        assertThat(turn(entries.get(1)).remarks())
                .containsExactly(
                        new Remark(0, Remark.Kind.ANALYSIS, "A first value."),
                        new Remark(1, Remark.Kind.OBJECTIVE, "Is less of x better?"));
        ModelTurn second = turn(entries.get(2));
        assertThat(second.remarks()).isEmpty();
        assertThat(second.rejected()).hasSize(2).first().asString().startsWith("the analysis of trial 1: ");
        assertThat(second.repairs()).containsExactly("k was missing and taken from the script");
        assertThat(second.usage().calls()).isEqualTo(3);
        assertThat(second.parts())
                .extracting(ModelTurn.Part::asked, ModelTurn.Part::questions, ModelTurn.Part::invalid)
                .containsExactly(tuple("analyst", 1, 1), tuple("proposer", 2, 1));
        assertThat(asked.get(0).schema()).contains("\"analysis\"");
        assertThat(asked.get(1).schema()).contains("\"objective\"", "\"config\"");
    }

    @Test
    void beforeTheFirstTrialBothQuestionsOfAgentHpoAreEstimated() {
        Task task = new Task("Find the bottom.", OBJECTIVE, SPACE, BASELINE);

        assertThat(LOGGING.prompts(task, new History(OBJECTIVE, 3)))
                .hasSize(2)
                .satisfiesExactly(
                        analysis -> assertThat(analysis).contains("{\"analysis\": "),
                        proposal -> assertThat(proposal).contains("{\"objective\": "));
    }

    @Test
    void whatWasAnalysedStaysWhereNothingOfUseIsProposed() {
        List<Entry> entries = study(
                LOGGING,
                saying(
                        "{\"analysis\": \"A first value.\"}",
                        "no",
                        "no",
                        "no",
                        "{\"analysis\": \"Sobol's.\"}",
                        "{\"objective\": \"\", \"config\": {\"x\": 0.5, \"k\": 3}}"),
                3);

        assertThat(entries.get(1).trial().origin()).isEqualTo(Origin.SOBOL);
        assertThat(turn(entries.get(1)).fallback()).isEqualTo("3 replies could not be used");
        assertThat(turn(entries.get(1)).remarks())
                .containsExactly(new Remark(0, Remark.Kind.ANALYSIS, "A first value."));
        assertThat(asked.get(5).prompt()).contains("  Analysis: A first value.\n", "  Analysis: Sobol's.\n");
        assertThat(turn(entries.get(2)).remarks()).containsExactly(new Remark(1, Remark.Kind.ANALYSIS, "Sobol's."));
    }

    @Test
    void stoppedBetweenAnalysisAndProposalItGoesOnThere() {
        assertThat(study(LOGGING, saying("{\"analysis\": \"A first value.\"}", STOP), 2))
                .hasSize(1);
        List<Entry> entries = study(LOGGING, saying("{\"config\": {\"x\": 0.5, \"k\": 3}}"), 2);

        assertThat(asked).extracting(Question::key).containsExactly("0001-0", "0001-1", "0001-1");
        assertThat(asked.get(2)).isEqualTo(asked.get(1));
        assertThat(turn(entries.get(1)).remarks())
                .containsExactly(new Remark(0, Remark.Kind.ANALYSIS, "A first value."));
        assertThat(turn(entries.get(1)).usage().calls()).isEqualTo(2);
    }

    @Test
    void whatIsOfNoUseIsAskedForAgainAndThenTheTurnIsSobolsUnderItsName() {
        String same = "{\"x\": 0.9, \"k\": " + BASELINE.get("k").text() + "}";
        List<Entry> entries = study(
                Style.AGENT, saying("{\"x\": 7, \"k\": 3}", same, "I give up.", same, "{\"x\": 0.5, \"k\": 3}"), 3);

        assertThat(entries.get(1).trial().origin()).isEqualTo(Origin.SOBOL);
        assertThat(turn(entries.get(1)).isFallback()).isTrue();
        assertThat(turn(entries.get(1)).fallback()).isEqualTo("3 replies could not be used");
        assertThat(turn(entries.get(1)).rejected()).hasSize(3);
        assertThat(turn(entries.get(1)).rejected().get(1)).contains("trial 0 ran exactly these settings before");
        assertThat(asked.get(1).prompt())
                .contains("Your last reply", turn(entries.get(1)).rejected().get(0));
        assertThat(entries.get(2).trial().origin()).isEqualTo(Origin.LLM);
        assertThat(turn(entries.get(2)).usage().calls()).isEqualTo(2);
    }

    @Test
    void whatIsLeftOutIsTheScriptsAndSaidToBe() {
        Entry entry = study(Style.AGENT, saying("{\"x\": 0.5}"), 2).get(1);

        assertThat(entry.trial().config().get("k")).isEqualTo(BASELINE.get("k"));
        assertThat(entry.trial().origin()).isEqualTo(Origin.LLM_REPAIRED);
        assertThat(turn(entry).repairs()).containsExactly("k was missing and taken from the script");
    }
}
