package dev.chiron.agent.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Condition;
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
import dev.chiron.prompts.describe.Context;
import dev.chiron.prompts.describe.SamplerPrompt;
import dev.chiron.prompts.describe.SurrogatePrompt;
import dev.chiron.prompts.describe.SurrogatePrompt.Form;
import dev.chiron.prompts.describe.Task;
import dev.chiron.prompts.reply.Candidate;
import dev.chiron.prompts.reply.Rating;
import dev.chiron.prompts.reply.RatingsReader;
import dev.chiron.prompts.reply.RatingsReader.Ratings;
import dev.chiron.prompts.reply.Reply;
import dev.chiron.prompts.reply.ReplyReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rules answer to LLAMBO's real prompts, by the real readers of replies. */
class BuiltinLlamboTest {

    private static final int ROOM = 5400;

    private static final SearchSpace SPACE = new SearchSpace(
                    List.of(
                            new Parameter.Real("LR", 1e-4, 1, true),
                            new Parameter.Whole("DEPTH", 2, 24),
                            Parameter.Choice.of("KIND", "sgd", "adam, or -> not", "rms"),
                            new Parameter.Real("MOMENTUM", 0, 1, false)),
                    List.of(Constraint.parse("DEPTH <= 20")),
                    List.of(new Condition("MOMENTUM", "KIND", List.of(Value.of("sgd")))))
            .restingAt(Map.of("MOMENTUM", Value.of(0.9)));

    private static final Task TASK =
            new Task("", new Objective("loss", Objective.Goal.MINIMIZE), SPACE, config(0.5, 0.5, 0.1, 0.5));

    private static Config config(double... place) {
        return SPACE.repair(SPACE.decode(place)).orElseThrow();
    }

    /** A bowl around a small rate, whose deep configs fail. */
    private static History history(int trials) {
        Random random = new Random(5);
        History history = new History(TASK.objective());
        for (int number = 0; number < trials; number++) {
            double[] place = {random.nextDouble(), random.nextDouble(), random.nextDouble(), random.nextDouble()};
            Outcome outcome = place[1] > 0.8
                    ? new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "")
                    : new Outcome.Measured(Math.pow(place[0] - 0.25, 2) + Math.pow(place[1] - 0.4, 2));
            history.add(new Trial(number, new Change.Settings(config(place)), Origin.RANDOM, outcome, Duration.ZERO));
        }
        return history;
    }

    private static List<Rating> ratings(Form form, History history, List<Config> candidates) {
        String prompt = new SurrogatePrompt(TASK, Context.FULL, ROOM)
                .render(form, history, candidates, trial -> trial.value().orElse(1) < 0.05, "25 %", 0)
                .text();
        String said = new Builtin().reply(prompt);
        assertThat(new Builtin().reply(prompt)).isEqualTo(said);
        Ratings ratings = new RatingsReader(form, candidates.size()).read(said);
        assertThat(ratings).as(said).isInstanceOf(Ratings.Rated.class);
        return ((Ratings.Rated) ratings)
                .all().stream().map(Optional::orElseThrow).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 25})
    void asManyCandidatesAsAreWantedAllOfUse(int trials) {
        History history = history(trials);
        for (int order = 0; order < 20; order++) {
            String prompt = new SamplerPrompt(TASK, Context.FULL, List.of(), ROOM)
                    .render(history, OptionalDouble.of(0.01), 10, order)
                    .text();

            Reply reply = new ReplyReader(SPACE).read(new Builtin().reply(prompt), TASK.baseline(), history);

            assertThat(reply).isInstanceOf(Reply.Candidates.class);
            assertThat(((Reply.Candidates) reply).candidates()).hasSizeGreaterThan(7);
        }
    }

    @Test
    void candidatesAreMadeOfWhatIsListedAndNotMovesAlone() {
        History history = history(25);
        Config best = history.incumbent().orElseThrow().config();
        String prompt = new SamplerPrompt(TASK, Context.FULL, List.of(), ROOM)
                .render(history, OptionalDouble.of(0.01), 10, 0)
                .text();

        Reply reply = new ReplyReader(SPACE).read(new Builtin().reply(prompt), TASK.baseline(), history);

        List<Double> others = history.best(4).stream()
                .map(trial -> rate(trial.config()))
                .filter(rate -> Math.abs(rate - rate(best)) > 0.02)
                .toList();
        assertThat(others).isNotEmpty();
        assertThat(((Reply.Candidates) reply).candidates())
                .map(Candidate::config)
                .anyMatch(config -> others.stream().anyMatch(rate -> Math.abs(rate - rate(config)) < 1e-3))
                .anyMatch(config -> Math.abs(rate(config) - rate(best)) < 1e-3);
    }

    @Test
    void someCandidatesLieFarFromWhatIsBest() {
        History history = history(25);
        Config best = history.incumbent().orElseThrow().config();
        List<Double> distances = new ArrayList<>();
        for (int order = 0; order < 20; order++) {
            String prompt = new SamplerPrompt(TASK, Context.FULL, List.of(), ROOM)
                    .render(history, OptionalDouble.of(0.01), 10, order)
                    .text();
            Reply reply = new ReplyReader(SPACE).read(new Builtin().reply(prompt), TASK.baseline(), history);
            ((Reply.Candidates) reply)
                    .candidates()
                    .forEach(candidate -> distances.add(Math.abs(rate(candidate.config()) - rate(best))));
        }
        assertThat(distances.stream().filter(distance -> distance > 0.5)).hasSizeBetween(5, 40);
    }

    @Test
    void inAWideSpaceTheManyFarTrialsDoNotOutweighTheNearOne() {
        SearchSpace wide = new SearchSpace(
                IntStream.range(0, 10)
                        .<Parameter>mapToObj(i -> new Parameter.Real("X" + i, 0, 1, false))
                        .toList(),
                List.of());
        double[] near = new double[10];
        Arrays.fill(near, 0.22);
        Task task = new Task("", TASK.objective(), wide, wide.decode(near));
        History history = new History(task.objective());
        history.add(new Trial(
                0,
                new Change.Settings(wide.decode(new double[10])),
                Origin.RANDOM,
                new Outcome.Measured(0),
                Duration.ZERO));
        Random random = new Random(3);
        for (int number = 1; number < 40; number++) {
            double[] far = random.doubles(10, 0.4, 1).toArray();
            history.add(new Trial(
                    number,
                    new Change.Settings(wide.decode(far)),
                    Origin.RANDOM,
                    new Outcome.Measured(1),
                    Duration.ZERO));
        }
        String prompt = new SurrogatePrompt(task, Context.FULL, 2 * ROOM)
                .render(Form.SPREAD, history, List.of(wide.decode(near)), trial -> false, "25 %", 0)
                .text();

        Ratings ratings = new RatingsReader(Form.SPREAD, 1).read(new Builtin().reply(prompt));

        assertThat(((Ratings.Rated) ratings).all().get(0).orElseThrow().value()).isLessThan(0.6);
    }

    /** Its place in its range. */
    private static double rate(Config config) {
        return SPACE.find("LR").orElseThrow().encode(config.get("LR"));
    }

    @Test
    void nearAGoodTrialIsGoodNearABadOneBadAndFarFromAllUnsure() {
        History history = history(25);
        Config good = history.incumbent().orElseThrow().config();
        Config bad = history.best(25).get(history.best(25).size() - 1).config();
        Config far = config(0.999, 0.0, 0.99, 0.5);

        List<Rating> ratings = ratings(Form.SPREAD, history, List.of(good, bad, far));

        assertThat(ratings.get(0).value()).isLessThan(ratings.get(1).value());
        assertThat(ratings.get(0).deviation().orElseThrow())
                .isLessThan(ratings.get(2).deviation().orElseThrow());
        assertThat(ratings.get(0).failure().orElseThrow()).isLessThan(0.01);
    }

    @Test
    void whereMostTrialsAreLevelWhatLiesFarIsStillUnsure() {
        History history = new History(TASK.objective());
        for (int number = 0; number < 9; number++) {
            history.add(new Trial(
                    number,
                    new Change.Settings(config(0.02 * number, 0.3, 0.1, 0.5)),
                    Origin.RANDOM,
                    new Outcome.Measured(number < 7 ? 0.5 : 0.9),
                    Duration.ZERO));
        }

        List<Rating> ratings =
                ratings(Form.SPREAD, history, List.of(config(0.05, 0.3, 0.1, 0.5), config(0.9, 0.3, 0.1, 0.5)));

        assertThat(ratings.get(1).deviation().orElseThrow())
                .isGreaterThan(0.05)
                .isGreaterThan(ratings.get(0).deviation().orElseThrow());
    }

    @Test
    void nearAFailureMayFail() {
        History history = history(25);
        Config failed = history.trials().stream()
                .filter(trial -> trial.value().isEmpty())
                .findFirst()
                .orElseThrow()
                .config();

        assertThat(ratings(Form.SPREAD, history, List.of(failed))
                        .get(0)
                        .failure()
                        .orElseThrow())
                .isGreaterThan(0.9);
    }

    @ParameterizedTest
    @EnumSource
    void everyFormIsAnswered(Form form) {
        History history = history(25);
        List<Config> candidates = form == Form.VALUE || form == Form.LABEL
                ? List.of(config(0.2, 0.4, 0.1, 0.5))
                : List.of(config(0.2, 0.4, 0.1, 0.5), config(0.9, 0.1, 0.9, 0.5));

        List<Rating> ratings = ratings(form, history, candidates);

        assertThat(ratings).hasSameSizeAs(candidates);
        if (form == Form.CHANCE) {
            assertThat(ratings.get(0).value()).isGreaterThan(ratings.get(1).value());
        } else if (form == Form.LABEL) {
            assertThat(ratings.get(0).value()).isIn(0.0, 1.0);
        }
    }

    @Test
    void whereNothingWasMeasuredNothingIsForetold() {
        History history = new History(TASK.objective());
        String prompt = new SurrogatePrompt(TASK, Context.FULL, ROOM)
                .render(Form.SPREAD, history, List.of(TASK.baseline()), trial -> false, "25 %", 0)
                .text();

        assertThat(new Builtin().reply(prompt)).isEqualTo("{}");
    }
}
