package dev.chiron.agent.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.Task;
import dev.chiron.prompts.describe.WarmStartPrompt;
import dev.chiron.prompts.reply.Reply;
import dev.chiron.prompts.reply.ReplyReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules' first configs against the real prompt and the real reader of replies. */
class BuiltinWarmStartTest {

    private static final SearchSpace SPACE = new SearchSpace(
            List.of(
                    new Parameter.Real("LR", 1e-4, 1, true),
                    new Parameter.Whole("DEPTH", 2, 24),
                    new Parameter.Whole("BATCH", 16, 256, true, 1, true),
                    Parameter.Choice.of("KIND", "relu", "tanh", "gelu")),
            List.of(Constraint.parse("DEPTH * BATCH <= 1024")));

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10})
    void asManyAsAreWantedAllDifferentAndKeepingTheConstraints(int wanted) {
        Config baseline =
                SPACE.repair(SPACE.decode(new double[] {.5, .3, .5, .1})).orElseThrow();
        Task task = new Task("", new Objective("loss", Objective.Goal.MINIMIZE), SPACE, baseline);
        History history = new History(task.objective());
        history.add(
                new Trial(0, new Change.Settings(baseline), Origin.BASELINE, new Outcome.Measured(1), Duration.ZERO));
        String prompt = new WarmStartPrompt(task, wanted).render(history).text();

        String said = new Builtin().reply(prompt);
        Reply reply = new ReplyReader(SPACE).read(said, baseline, history);

        assertThat(reply).isInstanceOfSatisfying(Reply.Candidates.class, all -> {
            assertThat(all.candidates())
                    .hasSize(wanted)
                    .allMatch(candidate -> candidate.repairs().isEmpty());
            assertThat(all.dropped()).isEmpty();
        });
        assertThat(new Builtin().reply(prompt)).isEqualTo(said);
    }
}
