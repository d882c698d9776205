package dev.chiron.agent.propose;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.chiron.optimizers.cma.CmaEs;
import dev.chiron.optimizers.cma.CmaSettings;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.prompts.Tokens;
import dev.chiron.prompts.describe.Context;
import dev.chiron.prompts.describe.PromptStyle;
import dev.chiron.prompts.describe.Task;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Runner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Studies of a model that proposes what a script here says, and foretells what another does. */
class LlamboStudyTest {

    private static final SearchSpace SPACE = new SearchSpace(
            List.of(new Parameter.Real("x", 0, 1, false), new Parameter.Whole("k", 1, 64)),
            List.of(Constraint.parse("k <= 60")));
    private static final Objective OBJECTIVE = new Objective("loss", Objective.Goal.MINIMIZE);
    private static final Config BASELINE = SPACE.decode(new double[] {0.9, 0.5});
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T05:00:00Z"));
    private static final int WARMUP = 3;
    private static final Pattern RATED = Pattern.compile("(?m)^(\\d+): ([^,]+),(\\d+)$");

    @TempDir
    Path folder;

    private final Script script = new Script();

    /** Answers, and notes what it was asked. */
    private static final class Script implements Model {
        private final List<Question> asked = new ArrayList<>();
        private int garbledSamples; // so many of the sampler's replies are of no use
        private int garbledRatings;
        private String garble = "The second.";
        private boolean cutsOff; // the next ratings are not answered: the process is killed
        private boolean away;
        private int seed;

        @Override
        public String name() {
            return "script";
        }

        @Override
        public Answer answer(Question question) throws InterruptedException {
            asked.add(question);
            boolean rates = question.prompt().contains("Candidates to rate: ");
            if (away) {
                return new Answer.Unreachable("nobody is there", Usage.inVain(1, 0));
            }
            if (rates && cutsOff) {
                throw new InterruptedException("killed");
            }
            Usage usage = new Usage(1, Tokens.of(question.prompt()), 40);
            if (rates) {
                return new Answer.Replied(garbledRatings-- > 0 ? garble : ratings(question.prompt()), usage);
            }
            return new Answer.Replied(garbledSamples-- > 0 ? "{\"x\": 7}" : candidates(question), usage);
        }

        /** Other configs for each question; the last of them breaks the constraint and has to be mended. */
        private String candidates(Question question) {
            int wanted = Integer.parseInt(question.prompt().replaceAll("(?s).*\\nConfigs wanted: (\\d+)\\n.*", "$1"));
            List<String> configs = new ArrayList<>();
            for (int i = 0; i < wanted; i++) {
                seed++;
                double x = (seed * 37 % 100) / 100.0;
                configs.add(String.format(Locale.ROOT, "{\"config\": {\"x\": %.2f, \"k\": %d}}", x, seed * 7 % 60 + 1));
            }
            return "{\"candidates\": [" + String.join(", ", configs) + "]}";
        }

        /** As good as x is small; what has a large k fails. */
        private static String ratings(String prompt) {
            List<String> ratings = new ArrayList<>();
            Matcher line = RATED.matcher(prompt.substring(prompt.indexOf("Candidates to rate: ")));
            boolean marks = prompt.contains("\"top\"");
            while (line.find()) {
                double x = Double.parseDouble(line.group(2));
                String said = marks
                        ? "\"top\": " + (prompt.contains("else 0.") ? (x < 0.3 ? 1 : 0) : 1 - x)
                        : "\"value\": " + x + ", \"sd\": 0.01, \"failure\": "
                                + (Integer.parseInt(line.group(3)) > 50 ? 1 : 0);
                ratings.add("{\"candidate\": " + line.group(1) + ", " + said + "}");
            }
            return "{\"ratings\": [" + String.join(", ", ratings) + "]}";
        }
    }

    private static final Runner RUNNER = (change, workspace, holdout) -> {
        double x = change.config().get("x").asNumber().orElseThrow();
        Outcome outcome = change.config().get("k").asNumber().orElseThrow() > 50
                ? new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "SECRET")
                : new Outcome.Measured(x);
        return new Execution(outcome, Duration.ofSeconds(1), "", "", OptionalInt.of(0), "");
    };

    private static Llambo settings(Llambo.Mode mode, Llambo.Surrogate surrogate) {
        return new Llambo(mode, surrogate, 0.1, 10, Context.FULL);
    }

    private static final Llambo BATCHED = settings(Llambo.Mode.BATCHED, Llambo.Surrogate.DISCRIMINATIVE);
    private static final Llambo FAITHFUL = settings(Llambo.Mode.FAITHFUL, Llambo.Surrogate.DISCRIMINATIVE);

    private End end = End.DONE;
    private List<String> notes = List.of();

    private List<Entry> study(Llambo llambo, int trials) {
        return study("study", llambo, trials, false);
    }

    private List<Entry> study(String name, Llambo llambo, int trials, boolean required) {
        try (StudyFolder study = StudyFolder.open(folder.resolve(name), "task: t\n", CLOCK)) {
            Partner.Speaker speaker = new Partner.Speaker(
                    Panel.of(new RecordedModel(script, study.llm()), PromptStyle.FULL),
                    new FixedTurns(1, WARMUP),
                    required,
                    Optional.of(llambo));
            SoloProposer proposer = new SoloProposer(
                    CmaEs.start(SPACE, BASELINE, CmaSettings.DEFAULT, 3),
                    Tactics.NONE,
                    speaker,
                    llambo,
                    new Task("Find the bottom.", OBJECTIVE, SPACE, BASELINE),
                    7);
            proposer.note(notes);
            end = new StudyLoop(study, OBJECTIVE, proposer, 0, RUNNER, event -> {}, new Control())
                    .run(BASELINE, Budget.ofTrials(trials));
        }
        try (StudyFolder study = StudyFolder.open(folder.resolve(name), "task: t\n", CLOCK)) {
            return study.recording().entries();
        }
    }

    private static List<ModelTurn> turns(List<Entry> entries) {
        return entries.stream().flatMap(entry -> entry.turn().stream()).toList();
    }

    @Test
    void anIterationTakesTwoCallsAndTheTurnSaysWhatFor() {
        List<Entry> entries = study(BATCHED, 12);

        assertThat(entries.subList(1, WARMUP)).allMatch(entry -> entry.trial().origin() == Origin.CMA_ES);
        assertThat(entries.subList(WARMUP, 12)).allMatch(entry -> entry.trial().origin() == Origin.LLM);
        assertThat(turns(entries)).hasSize(9).allSatisfy(turn -> {
            assertThat(turn.parts()).extracting(ModelTurn.Part::asked).containsExactly("sampler", "surrogate");
            assertThat(turn.parts()).extracting(ModelTurn.Part::questions).containsExactly(1, 1);
            assertThat(turn.usage().calls()).isEqualTo(2);
            assertThat(turn.parts().stream().mapToLong(ModelTurn.Part::tokensIn).sum())
                    .isEqualTo(turn.usage().tokensIn());
            assertThat(turn.asked().template()).isEqualTo("llambo-surrogate");
        });
        assertThat(script.asked).extracting(Question::key).startsWith("0003-0", "0003-1", "0004-0");
    }

    @Test
    void theLeastForetoldIsRunUnlessItWillFailAndTheForecastIsKept() {
        Entry first = study(BATCHED, WARMUP + 1).get(WARMUP);
        ModelTurn turn = first.turn().orElseThrow();

        double x = first.trial().config().get("x").asNumber().orElseThrow();
        assertThat(first.trial().config().get("k").asNumber().orElseThrow()).isLessThanOrEqualTo(50);
        assertThat(turn.pick().orElseThrow().offered()).isEqualTo(10);
        assertThat(turn.forecast().value()).hasValue(x);
        assertThat(turn.forecast().failure()).hasValue(0);
        for (int i = 1; i <= 10; i++) {
            assertThat(i * 37 % 100 / 100.0 >= x || i * 7 % 60 + 1 > 50)
                    .as("candidate " + i)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 2", "1, 0, 3", "0, 1, 3", "1, 1, 3", "2, 0, 2", "0, 9, 3", "9, 9, 2"})
    void neverMoreThanThreeCallsAndSixThousandTokens(int samples, int ratings, int calls) {
        script.garbledSamples = samples;
        script.garbledRatings = ratings;
        Entry entry = study(BATCHED, WARMUP + 1).get(WARMUP);

        assertThat(script.asked).hasSize(calls);
        assertThat(script.asked.stream()
                        .mapToLong(question -> Tokens.of(question.prompt()))
                        .sum())
                .isLessThanOrEqualTo(LlamboTurn.TOKENS);
        assertThat(entry.turn().orElseThrow().isFallback()).isEqualTo(samples > 1);
        assertThat(entry.trial().origin()).isEqualTo(samples > 1 ? Origin.CMA_ES : Origin.LLM);
        assertThat(entry.turn().orElseThrow().invalid())
                .isEqualTo(Math.min(samples, 2) + (samples > 1 ? 0 : Math.min(ratings, 2 - samples)));
    }

    @Test
    void whereNothingIsForetoldTheModelsFirstIsRun() {
        script.garbledRatings = 9;
        Entry entry = study(BATCHED, WARMUP + 1).get(WARMUP);

        assertThat(entry.turn().orElseThrow().pick().orElseThrow().rank()).isEqualTo(1);
        assertThat(entry.turn().orElseThrow().forecast().isNone()).isTrue();
        assertThat(entry.turn().orElseThrow().rejected()).containsExactly("no JSON object was found in the reply");
    }

    @Test
    void whatIsFarFromAllThatWasMeasuredIsNoForecast() {
        script.garbledRatings = 9;
        script.garble = IntStream.rangeClosed(1, 10)
                .mapToObj(number -> "{\"candidate\": " + number + ", \"value\": -1e308, \"sd\": 1}")
                .collect(Collectors.joining(", ", "{\"ratings\": [", "]}"));
        Entry entry = study(BATCHED, WARMUP + 1).get(WARMUP);

        assertThat(entry.turn().orElseThrow().pick().orElseThrow().rank()).isEqualTo(1);
        assertThat(entry.turn().orElseThrow().forecast().isNone()).isTrue();
        assertThat(entry.turn().orElseThrow().rejected())
                .containsExactly("what it foretells is far from every value that was measured");
    }

    @Test
    void failedTrialsAreToldAsFailures() {
        study(settings(Llambo.Mode.BATCHED, Llambo.Surrogate.GENERATIVE), 20);

        String last = script.asked.get(script.asked.size() - 2).prompt();
        assertThat(last).contains("Configs wanted: 10").containsPattern("(?m)^out-of-memory -> ");
        assertThat(script.asked).noneMatch(question -> question.prompt().contains("SECRET"));
    }

    @ParameterizedTest
    @EnumSource(Llambo.Surrogate.class)
    void killedBetweenTwoCallsItGoesOnAsIfItHadNot(Llambo.Surrogate surrogate) {
        Llambo llambo = settings(Llambo.Mode.BATCHED, surrogate);
        List<Entry> whole = study("whole", llambo, 10, false);
        int calls = script.asked.size();
        script.asked.clear();
        script.seed = 0;

        study("cut", llambo, 6, false);
        script.cutsOff = true;
        study("cut", llambo, 10, false);
        assertThat(end).isEqualTo(End.INTERRUPTED);
        script.cutsOff = false;
        List<Entry> cut = study("cut", llambo, 10, false);

        assertThat(cut).isEqualTo(whole);
        assertThat(script.asked).as("the question that was cut off, once more").hasSize(calls + 1);
    }

    @ParameterizedTest
    @CsvSource({"false, DONE, 6", "true, MODEL_UNREACHABLE, 3"})
    void whoIsAwayLeavesTheTurnToTheOptimizerUnderItsName(boolean required, End expected, int trials) {
        script.away = true;
        List<Entry> entries = study("study", BATCHED, 6, required);

        assertThat(end).isEqualTo(expected);
        assertThat(entries)
                .hasSize(trials)
                .allMatch(entry -> !entry.trial().origin().isModel());
        assertThat(turns(entries)).allSatisfy(turn -> {
            assertThat(turn.fallback()).isEqualTo("nobody is there");
            assertThat(turn.parts()).extracting(ModelTurn.Part::questions).containsExactly(1);
        });
    }

    @Test
    void faithfullyEachReplyIsACallAsInThePaper() {
        ModelTurn turn = turns(study(FAITHFUL, WARMUP + 1)).get(0);

        assertThat(turn.parts()).extracting(ModelTurn.Part::questions).containsExactly(10, 10 * 2 * 10);
        assertThat(turn.pick().orElseThrow().offered()).isEqualTo(10);
        List<String> prompts =
                script.asked.stream().map(Question::prompt).distinct().toList();
        assertThat(prompts).as("two orders of examples for each question").hasSize(2 + 10 * 2);
        assertThat(prompts.get(0)).contains("Configs wanted: 1\n");
        assertThat(prompts.get(2)).contains("Candidates to rate: 1\n");
    }

    @Test
    void faithfullyBadRepliesAreLeftOutAndRoundsHaveAnEnd() {
        script.garbledSamples = 1000;
        List<Entry> entries = study(FAITHFUL, WARMUP + 1);
        ModelTurn turn = turns(entries).get(0);

        assertThat(turn.parts())
                .containsExactly(
                        new ModelTurn.Part("sampler", 40, 40, turn.usage().tokensIn(), 1600));
        assertThat(turn.fallback()).isEqualTo("40 replies could not be used");
        assertThat(turn.rejected()).as("each reason once").hasSize(1);
        assertThat(entries.get(WARMUP).trial().origin()).isEqualTo(Origin.CMA_ES);

        script.asked.clear();
        script.garbledSamples = 6;
        script.garbledRatings = 30;
        ModelTurn second = turns(study("second", FAITHFUL, WARMUP + 1, false)).get(0);
        assertThat(second.parts()).extracting(ModelTurn.Part::questions).containsExactly(20, 200);
        assertThat(second.invalid()).isEqualTo(36);
        assertThat(second.isFallback()).isFalse();
    }

    @Test
    void faithfullyTheShareOfTheRepliesIsTheChanceOfBeingAmongTheBest() {
        Llambo llambo = settings(Llambo.Mode.FAITHFUL, Llambo.Surrogate.GENERATIVE);
        Entry entry = study(llambo, WARMUP + 1).get(WARMUP);

        assertThat(entry.trial().config().get("x").asNumber().orElseThrow()).isLessThan(0.3);
        assertThat(entry.turn().orElseThrow().forecast().isNone())
                .as("no value is foretold")
                .isTrue();
    }

    @Test
    void notesReachTheSampler() {
        notes = List.of("Try a small x.");
        study(BATCHED, WARMUP + 1);

        assertThat(script.asked.get(0).prompt()).contains("- Try a small x.");
    }

    @Test
    void theJournalKeepsWhatThePartsTook() {
        Map<Integer, List<ModelTurn.Part>> parts = new LinkedHashMap<>();
        study(BATCHED, 6)
                .forEach(entry ->
                        entry.turn().ifPresent(turn -> parts.put(entry.trial().number(), turn.parts())));

        assertThat(parts)
                .hasSize(3)
                .allSatisfy((number, kinds) ->
                        assertThat(kinds).extracting(ModelTurn.Part::tokensOut).containsExactly(40L, 40L));
    }
}
