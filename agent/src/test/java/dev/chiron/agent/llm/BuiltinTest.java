package dev.chiron.agent.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.cma.CmaEs;
import dev.chiron.optimizers.cma.CmaSettings;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.describe.Again;
import dev.chiron.prompts.describe.AgentHpoPrompt;
import dev.chiron.prompts.describe.CentaurPrompt;
import dev.chiron.prompts.describe.PromptStyle;
import dev.chiron.prompts.describe.Remark;
import dev.chiron.prompts.describe.Task;
import dev.chiron.prompts.facts.Facts;
import dev.chiron.prompts.reply.Candidate;
import dev.chiron.prompts.reply.Forecast;
import dev.chiron.prompts.reply.RemarkReader;
import dev.chiron.prompts.reply.Reply;
import dev.chiron.prompts.reply.ReplyReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The built-in rules against the real prompt and the real reader of replies. */
class BuiltinTest {

    private static final SearchSpace SPACE = new SearchSpace(
            List.of(
                    new Parameter.Real("LR", 1e-4, 1, true),
                    new Parameter.Real("DECAY", -0.5, 0.5, false),
                    new Parameter.Whole("DEPTH", 2, 24),
                    new Parameter.Whole("STEPS", 10, 1000, true, 1, false),
                    new Parameter.Whole("GRID", 4, 64, false, 4, false),
                    new Parameter.Whole("BATCH", 16, 256, true, 1, true),
                    Parameter.Choice.of("KIND", "relu, or so", "ta\"nh", "gelu"),
                    new Parameter.Choice("FLAG", List.of(new Value.Flag(true), new Value.Flag(false)), false)),
            List.of(Constraint.parse("DEPTH * BATCH <= 4096")));

    private static final Objective OBJECTIVE = new Objective("loss", Objective.Goal.MINIMIZE);

    private final Config baseline = SPACE.repair(SPACE.decode(new double[] {.9, .9, .1, .9, .1, .3, .1, .1}))
            .orElseThrow();
    private final Optimizer optimizer = CmaEs.start(SPACE, baseline, CmaSettings.DEFAULT, 3);
    private final History history = new History(OBJECTIVE);
    private final CentaurPrompt prompts = new CentaurPrompt(new Task("Find it.", OBJECTIVE, SPACE, baseline));

    private void run(Config config, Origin origin) {
        double[] u = SPACE.encode(config);
        double loss = 0;
        for (double x : u) {
            loss += (x - 0.4) * (x - 0.4);
        }
        int number = history.trials().size();
        history.add(new Trial(number, new Change.Settings(config), origin, new Outcome.Measured(loss), Duration.ZERO));
        optimizer.tell(config, loss);
    }

    @Test
    void askedForAnAnalysisItSaysTheResultAgain() {
        run(baseline, Origin.BASELINE);
        AgentHpoPrompt logging = new AgentHpoPrompt(
                new Task("Find it.\nResult: none", OBJECTIVE, SPACE, baseline), number -> List.of(), List.of());
        String reply = new Builtin()
                .reply(logging.analysis(history.trials().get(0), history, List.of())
                        .text());

        assertThat(RemarkReader.read(reply, Remark.Kind.ANALYSIS).orElseThrow())
                .startsWith("loss = ")
                .endsWith("The first value: nothing to compare it with yet.");
        assertThat(new Builtin().reply(logging.proposal(history, List.of()).text()))
                .contains("\"LR\":");
    }

    @Test
    void overThreeHundredTurnsEveryReplyCanBeUsedAndItFindsTheWay() {
        ReplyReader reader = new ReplyReader(SPACE);
        Builtin builtin = new Builtin();
        run(baseline, Origin.BASELINE);
        int mended = 0;
        for (int turn = 0; turn < 300; turn++) {
            Config suggestion = optimizer.ask();
            Prompt prompt = prompts.render(optimizer.state(), suggestion, history);
            Reply reply = reader.read(builtin.reply(prompt.text()), suggestion, history);
            for (int again = 0; again < 2 && reply instanceof Reply.Rejected rejected; again++) {
                assertThat(rejected.reason()).contains("trial ");
                prompt = Again.ask(prompt, "{}", rejected.reason());
                reply = reader.read(builtin.reply(prompt.text()), suggestion, history);
            }
            assertThat(reply).isInstanceOf(Reply.Candidates.class);
            mended += ((Reply.Candidates) reply).candidates().get(0).repairs().isEmpty() ? 0 : 1;
            run(((Reply.Candidates) reply).candidates().get(0).config(), Origin.LLM);
        }
        assertThat(mended).as("replies mended").isZero();
        double start = history.trials().get(0).value().orElseThrow();
        assertThat(history.incumbent().orElseThrow().value().orElseThrow()).isLessThan(start / 4);
    }

    @Test
    void theSamePromptGetsTheSameReplyAndAnotherPromptAnother() {
        run(baseline, Origin.BASELINE);
        String prompt =
                prompts.render(optimizer.state(), optimizer.ask(), history).text();
        assertThat(new Builtin().reply(prompt)).isEqualTo(new Builtin().reply(prompt));
        assertThat(new Builtin().reply(prompt)).isNotEqualTo(new Builtin().reply(prompt + " "));
    }

    /** Rules of thumb do not read what papers say; so that leaves what they do as it is. */
    @Test
    void factsChangeNothing() {
        run(baseline, Origin.BASELINE);
        Config suggestion = optimizer.ask();
        Task told = new Task("Find it.", OBJECTIVE, SPACE, baseline, Facts.TOLD);
        for (PromptStyle style : PromptStyle.values()) {
            String with = new CentaurPrompt(told, style)
                    .render(optimizer.state(), suggestion, history)
                    .text();
            String without = new CentaurPrompt(new Task("Find it.", OBJECTIVE, SPACE, baseline), style)
                    .render(optimizer.state(), suggestion, history)
                    .text();

            assertThat(with).contains("What papers say", "BATCH ").isNotEqualTo(without);
            assertThat(new Builtin().reply(with)).isEqualTo(new Builtin().reply(without));
        }
    }

    @Test
    void beforeAnythingWasMeasuredItStartsFromTheSuggestion() {
        Config suggestion = optimizer.ask();
        String prompt = prompts.render(optimizer.state(), suggestion, history).text();
        Reply reply = new ReplyReader(SPACE).read(new Builtin().reply(prompt), suggestion, history);
        assertThat(reply).isInstanceOf(Reply.Candidates.class);
    }

    @Test
    void aTextThatIsNoPromptOfOursGetsAnEmptyObject() {
        assertThat(new Builtin().reply("What is the weather?")).isEqualTo("{}");
        assertThat(new Builtin().reply("Incumbent: {broken")).isEqualTo("{}");
        assertThat(new Builtin().reply("Incumbent: {\"A\": 1}")).isEqualTo("{\"A\":1}");
    }

    @Test
    void repliesLieOnTheGridAndKeepTheConstraints() {
        run(baseline, Origin.BASELINE);
        for (int turn = 0; turn < 200; turn++) {
            String prompt =
                    prompts.render(optimizer.state(), optimizer.ask(), history).text();
            Reply reply = new ReplyReader(SPACE).read(new Builtin().reply(prompt + turn), baseline, history);
            assertThat(reply).isInstanceOf(Reply.Candidates.class);
            assertThat(((Reply.Candidates) reply).candidates().get(0).repairs()).isEmpty();
        }
    }

    @Test
    void whereMemoryRunsOutSizesGoDownRatherThanUp() {
        run(baseline, Origin.BASELINE);
        Outcome outOfMemory = new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "");
        history.add(new Trial(1, new Change.Settings(optimizer.ask()), Origin.CMA_ES, outOfMemory, Duration.ZERO));
        String prompt = prompts.render(optimizer.state(), baseline, history).text();
        int up = 0;
        int down = 0;
        for (int turn = 0; turn < 300; turn++) {
            double batch = new ReplyReader(SPACE).read(new Builtin().reply(prompt + turn), baseline, history)
                            instanceof Reply.Candidates settings
                    ? settings.candidates()
                            .get(0)
                            .config()
                            .get("BATCH")
                            .asNumber()
                            .orElseThrow()
                    : 32;
            up += batch > 32 ? 1 : 0;
            down += batch < 32 ? 1 : 0;
        }
        assertThat(baseline.get("BATCH")).isEqualTo(new Value.Whole(32));
        assertThat(down).isGreaterThan(3 * up).isPositive();
    }

    @Test
    void aTrialListedWithAllItsValuesIsNotRepeated() {
        SearchSpace small = SearchSpace.of(Parameter.Choice.of("A", "x", "y, z"), new Parameter.Whole("B", 1, 2));
        String prompt = "| A | one of \"x\", \"y, z\" | \"x\" |\n| B | int in [1, 2] | 1 |\n"
                + "Incumbent: {\"A\":\"x\",\"B\":1}\n"
                + "2,llm,0.5,\"x\",2\n1,llm,0.7,\"y, z\",1\n";
        History none = new History(OBJECTIVE);
        Config other = small.decode(new double[] {0.9, 0.9});
        for (int turn = 0; turn < 100; turn++) {
            assertThat(new ReplyReader(small).read(new Builtin().reply(prompt + turn), other, none))
                    .isEqualTo(only(other));
        }
    }

    private static Reply only(Config config) {
        return new Reply.Candidates(List.of(new Candidate(config, List.of(), Forecast.NONE)), List.of());
    }
}
