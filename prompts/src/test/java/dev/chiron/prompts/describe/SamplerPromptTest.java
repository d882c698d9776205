package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.prompts.Golden;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.facts.Facts;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SamplerPromptTest {

    private static final Task AUTORESEARCH = Studies.autoresearch();
    private static final int ROOM = 5400;

    private static Prompt sampler(Task task, Context context, History history, List<String> notes) {
        return new SamplerPrompt(task, context, notes, ROOM).render(history, OptionalDouble.of(0.98765432), 10, 0);
    }

    @Test
    void itReadsAsInTheGoldenFile() throws IOException {
        History history = Studies.history(AUTORESEARCH, 12, 1);

        Prompt prompt = sampler(AUTORESEARCH, Context.FULL, history, List.of("Try small batches."));

        Golden.check("llambo-sampler.md", prompt.text());
        assertThat(prompt.template()).isEqualTo(SamplerPrompt.TEMPLATE);
    }

    @Test
    void factsAreToldWithTheWholeContextAlone() throws IOException {
        Task told = new Task(
                "GPT pretraining.",
                AUTORESEARCH.objective(),
                AUTORESEARCH.space(),
                AUTORESEARCH.baseline(),
                Facts.TOLD);
        History history = Studies.history(told, 12, 1);

        String text = sampler(told, Context.FULL, history, List.of()).text();

        assertThat(text).containsPattern("(?m)^What papers say of such training, numbers for the incumbent:\n- ");
        assertThat(Facts.cut(text).lines().filter(line -> !line.contains(" -> ")))
                .isEqualTo(sampler(told.withoutFacts(), Context.FULL, history, List.of())
                        .text()
                        .lines()
                        .filter(line -> !line.contains(" -> "))
                        .toList());
        assertThat(sampler(told, Context.PARTIAL, history, List.of()).text()).doesNotContain("What papers say");
        assertThat(sampler(told, Context.NONE, history, List.of()).text()).doesNotContain("What papers say");
    }

    @Test
    void failuresAreExamplesWithoutAnyNumber() {
        History history = Studies.history(AUTORESEARCH, 12, 1);

        String text = sampler(AUTORESEARCH, Context.FULL, history, List.of()).text();

        assertThat(text).containsPattern("(?m)^out-of-memory -> \\d+,").doesNotContain("SECRET LOG");
        String trials = text.substring(text.indexOf("## Trials"));
        assertThat(trials.lines().filter(line -> line.contains(" -> "))).hasSize(1 + 12);
    }

    @Test
    void aBrokenMachineIsNoExample() {
        History history = new History(AUTORESEARCH.objective());
        history.add(Studies.trial(
                0, AUTORESEARCH.baseline(), Origin.BASELINE, new Outcome.Failed(Outcome.Reason.INFRASTRUCTURE, "")));

        assertThat(sampler(AUTORESEARCH, Context.FULL, history, List.of()).text())
                .contains("No trial has been run yet.", "Incumbent: none");
    }

    @Test
    void aLongStudyKeepsToTheRoomAndShowsItsBestAndLast() {
        History history = Studies.history(AUTORESEARCH, 400, 3);

        String text = sampler(AUTORESEARCH, Context.FULL, history, List.of()).text();

        assertThat(text).hasSizeLessThanOrEqualTo(ROOM);
        assertThat(text)
                .contains(
                        Written.metric(history.incumbent().orElseThrow().value().orElseThrow()) + " -> ");
        assertThat(text)
                .contains(Written.metric(history.trials().get(399).value().orElseThrow()) + " -> ");
    }

    @Test
    void theOrderOfTheExamplesFollowsFromTheSeedAlone() {
        History history = Studies.history(AUTORESEARCH, 12, 1);
        SamplerPrompt prompts = new SamplerPrompt(AUTORESEARCH, Context.FULL, List.of(), ROOM);

        Prompt first = prompts.render(history, OptionalDouble.of(1), 5, 0);
        Prompt second = prompts.render(history, OptionalDouble.of(1), 5, 1);

        assertThat(prompts.render(history, OptionalDouble.of(1), 5, 0)).isEqualTo(first);
        assertThat(second).isNotEqualTo(first);
        assertThat(second.text().lines().sorted())
                .isEqualTo(first.text().lines().sorted().toList());
    }

    @Test
    void lessContextTellsLess() {
        Task task = new Task(
                "A random forest.\n\nIt sorts wines by 13 features.",
                AUTORESEARCH.objective(),
                AUTORESEARCH.space(),
                AUTORESEARCH.baseline());
        History history = Studies.history(task, 3, 1);

        assertThat(sampler(task, Context.FULL, history, List.of()).text()).contains("A random forest.", "13 features");
        assertThat(sampler(task, Context.PARTIAL, history, List.of()).text())
                .contains("A random forest.", "val_bpb")
                .doesNotContain("13 features");
        assertThat(sampler(task, Context.NONE, history, List.of()).text())
                .contains("minimize score", "DEPTH")
                .doesNotContain("forest", "val_bpb", "very ends");
    }

    @Test
    void whatDoesNotCountIsNullAndConditionsAreTold() {
        Task task = Studies.conditional();
        History history = new History(task.objective());
        history.add(Studies.trial(0, task.baseline(), Origin.BASELINE, new Outcome.Measured(1.5)));
        history.add(Studies.trial(
                1, Studies.near(task, new Random(2)), Origin.RANDOM, new Outcome.Failed(Outcome.Reason.DIVERGED, "")));

        assertThat(sampler(task, Context.FULL, history, List.of()).text())
                .contains("1.5 -> 0.01,\"adam\",null,null,null,0.999,2,null")
                .contains("These count only under a condition")
                .containsPattern("(?m)^diverged -> ");
    }
}
