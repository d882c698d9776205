package dev.chiron.agent.propose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.Tokens;
import dev.chiron.prompts.describe.Context;
import dev.chiron.prompts.describe.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LlamboTest {

    /** So many learning rates. */
    private static Task task(int parameters) {
        List<Parameter> all = new ArrayList<>();
        for (int i = 0; i < parameters; i++) {
            all.add(new Parameter.Real("learning_rate_" + i, 1e-4, 1, true));
        }
        SearchSpace space = new SearchSpace(all, List.of());
        double[] middle = new double[parameters];
        Arrays.fill(middle, 0.5);
        String said = "It trains a network on what is known of it. ".repeat(100);
        return new Task(said, new Objective("loss", Objective.Goal.MINIMIZE), space, space.decode(middle));
    }

    private static History history(Task task, int trials) {
        Random random = new Random(3);
        History history = new History(task.objective());
        for (int number = 0; number < trials; number++) {
            Config config =
                    task.space().decode(random.doubles(task.space().size()).toArray());
            history.add(new Trial(
                    number,
                    new Change.Settings(config),
                    Origin.RANDOM,
                    new Outcome.Measured(random.nextDouble()),
                    Duration.ZERO));
        }
        return history;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 14, 20, 21, 40})
    void anIterationKeepsToItsTokensAndShowsExamples(int parameters) {
        Task task = task(parameters);
        List<String> prompts = Llambo.usual().prompts(task, history(task, 300));

        assertThat(prompts)
                .hasSize(2)
                .allSatisfy(prompt -> assertThat(prompt).containsPattern("(?m)(^0\\.\\d+ -> |-> 0\\.\\d+$)"));
        assertThat(prompts.stream().mapToLong(Tokens::of).sum()).isLessThanOrEqualTo(LlamboTurn.TOKENS);
    }

    @Test
    void faithfulItIsAsManyPromptsAsReplies() {
        Llambo faithful = new Llambo(Llambo.Mode.FAITHFUL, Llambo.Surrogate.DISCRIMINATIVE, 0.1, 10, Context.FULL);

        assertThat(faithful.prompts(task(3), history(task(3), 5))).hasSize(10 + 10 * 20);
    }

    @ParameterizedTest
    @CsvSource({"1.5, 10", "-1.01, 10", "NaN, 10", "0.1, 0", "0.1, 11"})
    void whatMakesNoSenseIsRefused(double alpha, int candidates) {
        assertThatThrownBy(() ->
                        new Llambo(Llambo.Mode.BATCHED, Llambo.Surrogate.GENERATIVE, alpha, candidates, Context.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
