package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.Golden;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.describe.LlmPrompt.Style;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LlmPromptTest {

    private static final Task AUTORESEARCH = Studies.autoresearch();

    private static String text(Task task, Style style, History history) {
        return new LlmPrompt(task, style, List.of()).render(history).text();
    }

    /** The baseline, one trial of a model's, a fallback, and a failure of the model's. */
    private static History shortStudy() {
        Random random = new Random(4);
        History history = new History(AUTORESEARCH.objective());
        history.add(Studies.trial(0, AUTORESEARCH.baseline(), Origin.BASELINE, new Outcome.Measured(0.9979)));
        List<Origin> origins = List.of(Origin.LLM, Origin.SOBOL, Origin.LLM_REPAIRED);
        for (int i = 0; i < origins.size(); i++) {
            Outcome outcome = i == 2
                    ? new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "SECRET LOG")
                    : new Outcome.Measured(0.99 + i / 50.0);
            history.add(Studies.trial(i + 1, Studies.near(AUTORESEARCH, random), origins.get(i), outcome));
        }
        return history;
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void itReadsAsInTheGoldenFile(Style style) throws IOException {
        Prompt prompt = new LlmPrompt(AUTORESEARCH, style, List.of("Try small batches.")).render(shortStudy());

        Golden.check(style.template() + ".md", prompt.text());
        assertThat(prompt.template()).isEqualTo(style.template());
        assertThat(prompt.text()).doesNotContain("SECRET LOG");
    }

    /** Behind what came of each of the last twenty that are shown; a prompt keeps to its room. */
    @ParameterizedTest
    @EnumSource(Style.class)
    void howTrialsWentIsTold(Style style) {
        Task task = AUTORESEARCH.with(trial -> List.of(
                new Outcome.CurvePoint(10, 2.5), new Outcome.CurvePoint(20, 1.25), new Outcome.CurvePoint(30, 1)));
        assertThat(text(task, style, shortStudy())).contains("0.99 (by step 10:2.5 20:1.25 30:1)");

        String late = text(task, style, Studies.history(task, 60, 3));
        assertThat(late.split("by step", -1)).hasSize(21);
        assertThat(late.length()).isLessThanOrEqualTo(LlmPrompt.ROOM);
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void beforeAnythingIsMeasuredThatIsSaid(Style style) {
        History history = new History(AUTORESEARCH.objective());
        history.add(Studies.trial(
                0, AUTORESEARCH.baseline(), Origin.BASELINE, new Outcome.Failed(Outcome.Reason.INFRASTRUCTURE, "")));

        assertThat(text(AUTORESEARCH, style, history))
                .contains("No trial has been measured yet.", "No trial has been run yet.", "Incumbent: none");
    }

    @Test
    void theAgentSeesTheLastTwentyAndTheOthersAllThatHaveRoom() {
        History history = Studies.history(AUTORESEARCH, 60, 3);

        assertThat(text(AUTORESEARCH, Style.AGENT, history).lines().filter(line -> line.startsWith("trial ")))
                .hasSize(20)
                .last()
                .asString()
                .startsWith("trial 59, ");
        assertThat(text(AUTORESEARCH, Style.AGENT, history)).contains("(40 before these, not shown)\ntrial 40, ");
        assertThat(text(AUTORESEARCH, Style.COMPRESSED, history).lines().filter(line -> line.startsWith("Config ")))
                .hasSize(60);
    }

    @ParameterizedTest
    @EnumSource(value = Style.class, mode = EnumSource.Mode.EXCLUDE, names = "OPRO")
    void aLongStudyKeepsToTheRoom(Style style) {
        History history = Studies.history(AUTORESEARCH, 400, 3);
        Trial last = history.trials().get(399);

        String text = text(AUTORESEARCH, style, history);

        assertThat(text).hasSizeLessThanOrEqualTo(LlmPrompt.ROOM + 40);
        assertThat(text).contains(" before these, not shown)", Written.shortJson(last.config()));
    }

    @Test
    void byScoreTheBestTwentyAreToldTheBestLast() {
        History history = Studies.history(AUTORESEARCH, 60, 3);
        history.add(
                Studies.trial(60, Studies.near(AUTORESEARCH, new Random(9)), Origin.LLM, new Outcome.Measured(0.9)));

        List<String> told = text(AUTORESEARCH, Style.OPRO, history)
                .lines()
                .filter(line -> line.contains("} val_bpb="))
                .toList();

        assertThat(told).hasSize(20).last().asString().endsWith(" val_bpb=0.9");
        assertThat(told)
                .extracting(line -> -Double.parseDouble(line.substring(line.lastIndexOf('=') + 1)))
                .isSorted();
    }

    @Test
    void byScoreTheWorstMakeRoom() {
        Task wide = Studies.reals(150, "a_rather_long_name_");
        History history = Studies.history(wide, 60, 3);

        String text = text(wide, Style.OPRO, history);

        assertThat(text).hasSizeLessThanOrEqualTo(LlmPrompt.ROOM);
        assertThat(text.lines().filter(line -> line.contains("} accuracy=")))
                .hasSizeBetween(1, 19)
                .last()
                .asString()
                .startsWith(Written.shortJson(history.incumbent().orElseThrow().config()));
    }

    @Test
    void byScoreAStudyOfFailuresHasNone() {
        History history = new History(AUTORESEARCH.objective());
        history.add(Studies.trial(
                0, AUTORESEARCH.baseline(), Origin.BASELINE, new Outcome.Failed(Outcome.Reason.TIMED_OUT, "")));

        assertThat(text(AUTORESEARCH, Style.OPRO, history)).contains("No config has a score yet.");
    }

    @Test
    void onlyWhatWentWrongLastIsAnError() {
        History history = shortStudy();
        assertThat(text(AUTORESEARCH, Style.COMPRESSED, history)).contains("ended with an error: out-of-memory.");

        history.add(Studies.trial(4, Studies.near(AUTORESEARCH, new Random(9)), Origin.LLM, new Outcome.Measured(1.1)));
        assertThat(text(AUTORESEARCH, Style.COMPRESSED, history)).doesNotContain("ended with an error");
    }

    @Test
    void whatTheModelSaidIsToldApartFromWhatOthersProposed() {
        assertThat(text(AUTORESEARCH, Style.CHAT, shortStudy()).lines())
                .filteredOn(line -> line.matches("(You|Person): .*"))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactly("Person", "You", "Person", "Person", "You", "Person", "Person");
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void conditionsAreToldAndWhatDoesNotCountIsLeftOut(Style style) {
        Task task = Studies.conditional();
        History history = new History(task.objective());
        history.add(Studies.trial(0, task.baseline(), Origin.BASELINE, new Outcome.Measured(1.5)));

        assertThat(text(task, style, history))
                .contains("These count only under a condition", Written.shortJson(task.baseline()));
    }
}
