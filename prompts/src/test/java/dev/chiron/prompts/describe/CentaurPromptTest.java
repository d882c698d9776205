package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.cma.CmaEs;
import dev.chiron.optimizers.cma.CmaSettings;
import dev.chiron.optimizers.crossentropy.CrossEntropy;
import dev.chiron.optimizers.crossentropy.CrossEntropySettings;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Parameter.Real;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.tpe.Tpe;
import dev.chiron.optimizers.tpe.TpeSettings;
import dev.chiron.prompts.Golden;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.facts.Facts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CentaurPromptTest {

    private static final Task AUTORESEARCH = Studies.autoresearch();
    private static final Task WITHOUT_FACTS = new Task(
            AUTORESEARCH.description(), AUTORESEARCH.objective(), AUTORESEARCH.space(), AUTORESEARCH.baseline());
    private static final OptimizerState RANDOM = new OptimizerState.Uniform(1);
    private static final OptimizerState COMMONS = new OptimizerState.CommonsMath(
            List.of(), 0.1, 1, List.of(new OptimizerState.Answer(true, 1), new OptimizerState.Answer(false, 0)));

    @Test
    void aStudyOf300TrialsReadsLikeItsGoldenFile() throws IOException {
        Golden.check("autoresearch.md", late().text());
    }

    @Test
    void theFirstTurnReadsLikeItsGoldenFile() throws IOException {
        OptimizerState state = CmaEs.start(AUTORESEARCH.space(), AUTORESEARCH.baseline(), CmaSettings.DEFAULT, 1)
                .state();
        Golden.check("first-turn.md", render(AUTORESEARCH, state, 0).text());
    }

    @Test
    void aStudyWhoseTrialsAllFailedReadsLikeItsGoldenFile() throws IOException {
        Golden.check("all-failed.md", allFailed().text());
    }

    @Test
    void randomSearchReadsLikeItsGoldenFile() throws IOException {
        Golden.check("random-search.md", render(AUTORESEARCH, RANDOM, 30).text());
    }

    @Test
    void aStudyWithConditionsReadsLikeItsGoldenFile() throws IOException {
        Task task = Studies.conditional();
        Tpe tpe = Tpe.start(task.space(), TpeSettings.DEFAULT, 1);
        History history = new History(task.objective());
        SplitMix random = new SplitMix(4);
        for (int number = 0; number < 12; number++) {
            Config config = number == 0
                    ? task.baseline()
                    : RandomSearch.draw(task.space(), random).orElseThrow();
            Outcome outcome = new Outcome.Measured(1 + number / 100.0);
            history.add(Studies.trial(number, config, number == 0 ? Origin.BASELINE : Origin.TPE, outcome));
            tpe.tell(config, 1 + number / 100.0);
        }
        Config suggestion = RandomSearch.draw(task.space(), random).orElseThrow();
        Golden.check(
                "conditions.md",
                new CentaurPrompt(task).render(tpe.state(), suggestion, history).text());
    }

    @Test
    void aRepeatedQuestionReadsLikeItsGoldenFile() throws IOException {
        Prompt again = Again.ask(
                render(AUTORESEARCH, RANDOM, 3),
                "Let me think.\n```json\n{\"DEPTH\": 99}\n```",
                "DEPTH must lie in [4, 24], not 99");
        Golden.check("again.md", again.text());
    }

    @Test
    void fourteenParametersAnd300TrialsStayBelow2500TokensAnd400OfFacts() {
        assertThat(tokens(late())).isLessThan(2900);
        assertThat(tokens(afterRealRun())).isLessThan(2900);
        assertThat(tokens(render(WITHOUT_FACTS, Studies.state(AUTORESEARCH), 300)))
                .isLessThan(2500);
    }

    @Test
    void withoutFactsAPromptIsTheSameButForItsSection() {
        for (PromptStyle style : PromptStyle.values()) {
            String with = styled(AUTORESEARCH, style).text();
            String without = styled(WITHOUT_FACTS, style).text();

            assertThat(with).contains("What papers say of such training");
            assertThat(without).doesNotContain("What papers say");
            assertThat(Facts.cut(with)).isEqualTo(without);
            assertThat(Facts.cut(without)).isEqualTo(without);
        }
    }

    private static Prompt styled(Task task, PromptStyle style) {
        return new CentaurPrompt(task, style)
                .render(Studies.state(task), Studies.near(task, new Random(9)), Studies.history(task, 20, 1));
    }

    @Test
    void aSmallModelReadsTheBestTrialsAsExamples() throws IOException {
        Golden.check("autoresearch-small.md", small(AUTORESEARCH, 300).text());
    }

    @Test
    void aSmallModelReadsLessThan1200TokensOf14ParametersAnd200OfFacts() {
        assertThat(tokens(small(AUTORESEARCH, 300))).isLessThan(1400);
        assertThat(tokens(small(AUTORESEARCH, 1))).isLessThan(1400);
        assertThat(tokens(small(WITHOUT_FACTS, 300))).isLessThan(1200);
    }

    @Test
    void aSmallModelReadsOnlyTheBeginningOfALongDescription() {
        Task talkative = new Task(
                "é".repeat(600) + "x".repeat(600),
                AUTORESEARCH.objective(),
                AUTORESEARCH.space(),
                AUTORESEARCH.baseline());

        assertThat(small(talkative, 5).text()).contains("é".repeat(600)).doesNotContain("xxx");
        assertThat(render(talkative, RANDOM, 5).text()).contains("x".repeat(600));
    }

    @Test
    void whatProgramsReadOfAPromptIsTheSameForASmallModel() throws IOException {
        Prompt small = small(AUTORESEARCH, 20);
        Prompt full = render(AUTORESEARCH, Studies.state(AUTORESEARCH), 20);

        for (String start : List.of("Incumbent: ", "CMA-ES would try next: ")) {
            assertThat(read(small.text(), start)).isEqualTo(read(full.text(), start));
        }
        assertThat(small.text().lines().filter(line -> line.startsWith("| ")).toList())
                .isEqualTo(full.text()
                        .lines()
                        .filter(line -> line.startsWith("| "))
                        .toList());
        assertThat(small.template()).isEqualTo("centaur-small");
    }

    @Test
    void theBestExampleIsTheLastAndReadsBack() throws IOException {
        History history = Studies.history(AUTORESEARCH, 40, 1);
        List<String> examples = small(AUTORESEARCH, 40)
                .text()
                .lines()
                .filter(line -> line.contains(" -> {"))
                .toList();

        assertThat(examples).hasSize(2);
        Config last = read(examples.get(1), examples.get(1).split("\\{")[0]);
        Config incumbent = history.incumbent().orElseThrow().config();
        assertThat(last.get("DEPTH")).isEqualTo(incumbent.get("DEPTH"));
        assertThat(last.values().keySet()).isEqualTo(incumbent.values().keySet());
    }

    @Test
    void beforeAnythingIsMeasuredThereAreNoExamples() {
        assertThat(small(AUTORESEARCH, 0).text())
                .contains("No trial has been measured yet.", "Incumbent: none")
                .doesNotContain(" -> {");
    }

    private static Prompt small(Task task, int trials) {
        return new CentaurPrompt(task, PromptStyle.SMALL)
                .render(Studies.state(task), Studies.near(task, new Random(9)), Studies.history(task, trials, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 21, 50, 51, 100})
    void wideSpacesStayBelow6000Tokens(int parameters) {
        Task task = Studies.reals(parameters, "LR");

        assertThat(tokens(render(task, Studies.state(task), 300))).isLessThan(6000);
    }

    @Test
    void everyKindOfStateIsDescribed() {
        List<OptimizerState> states = List.of(
                Studies.state(AUTORESEARCH),
                RANDOM,
                COMMONS,
                tpe(),
                gp(),
                forest(),
                new OptimizerState.Sobol(1, 5),
                GRID,
                entropy(),
                turbo(),
                portfolio(),
                new OptimizerState.Conformal(tpe().memory(), 0, 0, 1),
                aware(),
                new OptimizerState.Genetic(tpe().memory(), 0, 0, 1),
                new OptimizerState.Nsga2(tpe().memory(), 0, 0, 1),
                individuals(),
                new OptimizerState.Rungwise(List.of(new OptimizerState.Rung(1, 35, tpe())), 0, 1));

        for (Class<?> kind : OptimizerState.class.getPermittedSubclasses()) {
            if (OptimizerState.class.isAssignableFrom(kind)) {
                OptimizerState state =
                        states.stream().filter(kind::isInstance).findFirst().orElseThrow();
                assertThat(render(AUTORESEARCH, state, 5).text()).contains(" would try next: {");
            }
        }
        assertThat(render(AUTORESEARCH, COMMONS, 5).text()).contains("learned from 2 of its own trials");
        assertThat(render(AUTORESEARCH, new OptimizerState.Genetic(tpe().memory(), 0, 0, 1), 5)
                        .text())
                .contains("crosses and mutates the five best", "35 trials with a value and 5 without");
        assertThat(render(AUTORESEARCH, individuals(), 5).text())
                .contains(
                        "It keeps 3 trials with a value and 1 without",
                        "One sigma of their Gaussians is 0.1 to 0.4 of a range")
                .contains("MO-CMA-ES would try next: {");
        assertThat(render(AUTORESEARCH, new OptimizerState.MoCmaEs(List.of(), List.of(), 0, 0, 0, 1), 5)
                        .text())
                .contains("No trial has a value yet.")
                .doesNotContain("One sigma of their Gaussians");
        assertThat(render(AUTORESEARCH, turbo(), 5).text())
                .contains("only in a box", "began after 20 trials", "The box is 0.4 of each range");
        assertThat(render(AUTORESEARCH, portfolio(), 5).text())
                .contains(
                        "method,trials,mean worth\ngp,30,0.25\nturbo,12,0.75\nrandom-forest,0,-\n",
                        "worth most is turbo. The Gaussian process models the loss",
                        "The box is 0.4 of each range",
                        "The portfolio would try next: {");
        assertThat(render(AUTORESEARCH, entropy(), 5).text())
                .contains("Moves so far: none yet", "parameter,mean,one sigma", "\nDEPTH,14,", " to ", "\"SSSL\" 17 %");
        assertThat(render(AUTORESEARCH, GRID, 5).text())
                .contains("of each parameter, then of the values between them: DEPTH ");
    }

    private static final OptimizerState GRID = new OptimizerState.Grid(1, 2, 7, List.of(), List.of());

    /** Three that were measured and one that broke a condition. */
    private static OptimizerState.MoCmaEs individuals() {
        List<OptimizerState.Individual> population = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            population.add(new OptimizerState.Individual(
                    k,
                    tpe().memory().observations().get(k).config(),
                    List.of((double) k),
                    k == 3 ? 0.5 : 0,
                    0.1 * (k + 1),
                    0.2,
                    List.of(),
                    new OptimizerState.Covariance(List.of())));
        }
        return new OptimizerState.MoCmaEs(population, List.of(), 4, 0, 0, 1);
    }

    private static OptimizerState turbo() {
        return new OptimizerState.Turbo(tpe().memory(), List.of(), List.of(), 0, 0.4, 0, 1, 20, 0, 0, 1);
    }

    /** Depth grows with the time along the front, and the loss falls. */
    private static OptimizerState.CostAware aware() {
        List<Observation> told = new ArrayList<>();
        for (int k = 0; k < 30; k++) {
            double[] point = new double[AUTORESEARCH.space().size()];
            Arrays.fill(point, 0.3);
            point[0] = (k + 0.5) / 30;
            Config config = AUTORESEARCH
                    .space()
                    .repair(AUTORESEARCH.space().decode(point))
                    .orElseThrow();
            told.add(Observation.measured(config, 1.1 - 0.004 * k).costing(10 * Math.pow(1.1, k)));
        }
        OptimizerState.Fitted none = new OptimizerState.Fitted(List.of(), 0);
        return new OptimizerState.CostAware(new OptimizerState.Memory(told, List.of()), none, none, none, 0, 0, 1);
    }

    @Test
    void theFrontOfQualityAndTimeSaysHowParametersMove() {
        assertThat(new StateText(AUTORESEARCH).of(aware()))
                .contains("The Gaussian process models the loss", "looks near the front of quality and time")
                .contains("seconds,val_bpb (6 of the 17 trials on the front)\n17.7,1.076\n25.9,1.06\n")
                .endsWith(
                        "\n\nparameter,at 17.7 s,at 53 s,at 159 s,explained\nDEPTH,8,16,24,100 %\nThe others stay as they are.");
    }

    @Test
    void aFrontThatIsTooShortSaysNothing() {
        OptimizerState.Fitted none = new OptimizerState.Fitted(List.of(), 0);
        OptimizerState few = new OptimizerState.CostAware(
                new OptimizerState.Memory(aware().memory().observations().subList(0, 3), List.of()),
                none,
                none,
                none,
                0,
                0,
                1);
        OptimizerState blind = new OptimizerState.CostAware(tpe().memory(), none, none, none, 0, 0, 1);

        assertThat(new StateText(AUTORESEARCH).of(few)).contains("too few trials on the front");
        assertThat(new StateText(AUTORESEARCH).of(blind)).contains("there is no front");
    }

    private static OptimizerState portfolio() {
        return new OptimizerState.Portfolio(
                List.of(
                        new OptimizerState.Member(Origin.GAUSSIAN_PROCESS, 30, 12, 3, gp()),
                        new OptimizerState.Member(Origin.TURBO, 12, 6, 4.5, turbo()),
                        new OptimizerState.Member(Origin.RANDOM_FOREST, 0, 0, 0, forest())),
                40,
                List.of(),
                List.of(),
                List.of());
    }

    private static OptimizerState entropy() {
        return CrossEntropy.start(AUTORESEARCH.space(), CrossEntropySettings.DEFAULT, 1)
                .state();
    }

    private static OptimizerState.RandomForest forest() {
        return new OptimizerState.RandomForest(tpe().memory(), 0, 0, 1);
    }

    private static OptimizerState.GaussianProcess gp() {
        return new OptimizerState.GaussianProcess(tpe().memory(), List.of(), 0, 0, 0, 1);
    }

    private static OptimizerState.Tpe tpe() {
        List<Observation> told = new ArrayList<>();
        for (int k = 0; k < 40; k++) {
            double[] point = new double[AUTORESEARCH.space().size()];
            Arrays.fill(point, (k + 0.5) / 40);
            Config config = AUTORESEARCH
                    .space()
                    .repair(AUTORESEARCH.space().decode(point))
                    .orElseThrow();
            told.add(k % 8 == 7 ? Observation.infeasible(config) : Observation.measured(config, Math.abs(k - 10)));
        }
        return new OptimizerState.Tpe(new OptimizerState.Memory(told, List.of()), 1);
    }

    @Test
    void aMethodThatModelsAllTrialsIsDescribedByWhereTheGoodOnesLie() {
        assertThat(render(AUTORESEARCH, tpe(), 5).text())
                .contains(
                        "TPE models the loss from all trials. It has learned from 35 trials with a value and 5 without.")
                .contains("Where the best 4 of them lie", "DEPTH,9,8 to 10", "TPE would try next: {")
                .contains("WINDOW_PATTERN,\"SSSL\" 0 %");
    }

    @Test
    void theGaussianProcessSaysWhatMattersInTheUsersUnits() {
        List<Double> logs = new ArrayList<>(Collections.nCopies(16, 2 * Math.log(4))); // length scales of a quarter
        logs.set(1, 2 * Math.log(0.1)); // ten ranges
        OptimizerState state = new OptimizerState.GaussianProcess(tpe().memory(), logs, 35, 0, 0, 1);

        assertThat(render(AUTORESEARCH, state, 5).text())
                .contains("\nDEPTH,9,8 to 10,5 to 22,+-5\n", "EMBEDDING_LR", ",x3.8\n")
                .containsPattern("ASPECT_RATIO,.*,hardly matters\n")
                .containsPattern("WINDOW_PATTERN,.*,matters\n");
    }

    @Test
    void theStablePartComesFirst() {
        String early = render(AUTORESEARCH, RANDOM, 0).text();
        String late = late().text();

        String stable = late.substring(0, late.indexOf("## What papers say"));
        assertThat(early).startsWith(stable);
        assertThat(stable).contains("WINDOW_PATTERN", "TOTAL_BATCH_SIZE >= DEVICE_BATCH_SIZE * 2048");
    }

    @Test
    void programsCanReadTheIncumbentTheSuggestionAndTheParameters() throws IOException {
        History history = Studies.history(AUTORESEARCH, 40, 1);
        Config suggestion = Studies.near(AUTORESEARCH, new Random(9));
        String text = new CentaurPrompt(AUTORESEARCH)
                .render(Studies.state(AUTORESEARCH), suggestion, history)
                .text();

        assertThat(read(text, "CMA-ES would try next: ")).isEqualTo(suggestion);
        assertThat(read(text, "Incumbent: "))
                .isEqualTo(history.incumbent().orElseThrow().config());
        assertThat(text.lines()).contains("| MATRIX_LR | float in [0.005, 0.2], log scale | 0.04 |");
    }

    @Test
    void theStateIsToldInTheUsersUnits() {
        Task task = Studies.reals(2, "LR");
        String text = render(task, Studies.state(task), 3).text();

        // the mean 0.5 of LR1 is 10^-2; one sigma is 2 * 0.0712 of four decades
        assertThat(text.lines()).contains("LR1,0.01,0.002694 to 0.03712");
        assertThat(text).contains("shrinking (0.11 to 0.0712 in the last 5 generations)");
    }

    @Test
    void correlationsAndThePrincipalDirectionAreToldByName() {
        assertThat(late().text())
                .contains("DEPTH and TOTAL_BATCH_SIZE -0.72; EMBEDDING_LR and MATRIX_LR +0.45.")
                .containsPattern("DEPTH rises where TOTAL_BATCH_SIZE falls|TOTAL_BATCH_SIZE rises where DEPTH falls");
    }

    @Test
    void correlationsThatAreNotLearnedAreNotSaidToBeNone() {
        Task task = Studies.reals(150, "AXIS");
        OptimizerState state = CmaEs.start(task.space(), task.baseline(), CmaSettings.DEFAULT, 1)
                .state();
        assertThat(render(task, state, 5).text())
                .contains("good trials: not learned, there being so many parameters.")
                .contains("Principal direction: none stands out");
    }

    @Test
    void anOutputOfAFailedTrialIsNeverShown() {
        assertThat(late().text()).contains("out-of-memory", "timed-out").doesNotContain("SECRET");
    }

    @Test
    void ofRepeatedConfigsTheMeanIsToldAndTheNoise() {
        Task task = Studies.reals(1, "LR");
        Config better = task.space().decode(new double[] {0.7});
        History history = new History(task.objective(), 1);
        history.add(Studies.trial(0, task.baseline(), Origin.BASELINE, new Outcome.Measured(0.5)));
        history.add(Studies.trial(1, better, Origin.CMA_ES, new Outcome.Measured(0.8)));
        assertThat(render(task, history))
                .contains("Best accuracy so far: 0.5, trial 0")
                .doesNotContain("Measured again");
        history.add(Studies.trial(2, better, Origin.REPEAT, new Outcome.Measured(0.7)));
        history.add(Studies.trial(3, task.baseline(), Origin.REPEAT, new Outcome.Measured(0.54)));

        assertThat(render(task, history))
                .contains(
                        "Best accuracy so far: 0.75 (mean of 2), trial 1, from cma-es. The baseline has 0.52 (mean of 2).")
                .contains(" Measured again, a config's value varies by sd 0.054: ")
                .contains("\n1,cma-es,0.75 (mean of 2),")
                .contains("\n2,repeat,0.7,the incumbent itself\n3,repeat,0.54,");
    }

    private static String render(Task task, History history) {
        return new CentaurPrompt(task)
                .render(Studies.state(task), task.baseline(), history)
                .text();
    }

    @Test
    void whatRunsNowIsTheLastOfTheTrials() {
        Task task = Studies.reals(2, "LR");
        History history = new History(task.objective());
        Config running = task.space().decode(new double[] {0.9, 0.5});
        String text = new CentaurPrompt(task)
                .render(Studies.state(task), task.baseline(), history, Optional.of(running))
                .text();
        assertThat(text).containsPattern("furthest from the baseline\\n0,-,running now,LR\\S+=\\S+");
    }

    @Test
    void whereTrialsFailedIsToldAsALimitOnAProduct() {
        assertThat(withFailures(config -> depth(config) * aspect(config) > 900).text())
                .contains(" without a value: ", " out-of-memory. Failed where: out-of-memory in all ")
                .containsPattern("trials with DEPTH x ASPECT_RATIO above 9\\d\\d, in none of \\d+ others\\. Stay away");
    }

    @Test
    void aSquareIsWrittenAsOne() {
        assertThat(withFailures(config -> depth(config) * depth(config) * aspect(config) > 20_000)
                        .text())
                .contains(" trials with DEPTH^2 x ASPECT_RATIO above ");
    }

    @Test
    void theOptionThatFailedIsToldAsJson() {
        assertThat(withFailures(config -> config.get("WINDOW_PATTERN").equals(new Value.Text("LLLL")))
                        .text())
                .contains("trials with WINDOW_PATTERN = \"LLLL\", in none of ");
    }

    @Test
    void failuresThatLieAnywhereHaveNoPlace() {
        assertThat(late().text()).contains("19 out-of-memory").doesNotContain("Failed where");
    }

    private static double depth(Config config) {
        return config.get("DEPTH").asNumber().orElseThrow();
    }

    private static double aspect(Config config) {
        return config.get("ASPECT_RATIO").asNumber().orElseThrow();
    }

    private static Prompt withFailures(Predicate<Config> fails) {
        History history = new History(Studies.BPB);
        SplitMix random = new SplitMix(4);
        for (int number = 0; number < 120; number++) {
            Config config = RandomSearch.draw(AUTORESEARCH.space(), random).orElseThrow();
            Outcome outcome = fails.test(config)
                    ? new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "SECRET")
                    : new Outcome.Measured(1 - 0.0001 * number);
            history.add(Studies.trial(number, config, Origin.RANDOM, outcome));
        }
        return new CentaurPrompt(AUTORESEARCH).render(RANDOM, AUTORESEARCH.baseline(), history);
    }

    @Test
    void theBestOfAMaximisedMetricIsTheLargest() {
        Task task = Studies.reals(1, "LR");
        History history = new History(task.objective());
        history.add(Studies.trial(0, task.baseline(), Origin.BASELINE, new Outcome.Measured(0.5)));
        history.add(Studies.trial(
                1, task.space().decode(new double[] {0.7}), Origin.LLM_REPAIRED, new Outcome.Measured(0.75)));
        history.add(Studies.trial(
                2, task.space().decode(new double[] {0.8}), Origin.CMA_ES, new Outcome.Pruned(0.1, List.of())));
        String text = new CentaurPrompt(task)
                .render(Studies.state(task), task.baseline(), history)
                .text();

        assertThat(text)
                .contains("Goal: maximize accuracy.")
                .contains("Best accuracy so far: 0.75, trial 1, from llm-repaired. The baseline has 0.5.")
                .contains("3 run, 1 without a value: 1 pruned.");
    }

    /** A curve that falls slowly to its end, one that turns, one that was stopped, one value, and none; of an edited script, too. */
    private static List<Outcome.CurvePoint> curve(int trial) {
        return switch (trial % 5) {
            case 0 -> curve(40, step -> 1.5 + 1 / Math.sqrt(step));
            case 1 -> curve(9, step -> 1.4 + 0.1 * Math.abs(step - 5));
            case 2 -> curve(4, step -> step == 3 ? Double.NaN : 2 + step);
            case 3 -> curve(1, step -> 1);
            default -> List.of();
        };
    }

    private static List<Outcome.CurvePoint> curve(int steps, IntToDoubleFunction value) {
        return IntStream.rangeClosed(1, steps)
                .mapToObj(step -> new Outcome.CurvePoint(step, value.applyAsDouble(step)))
                .toList();
    }

    @Test
    void howTrialsWentReadsLikeItsGoldenFile() throws IOException {
        Task task = AUTORESEARCH.with(CentaurPromptTest::curve);
        History history = Studies.history(task, 30, 7);
        history.add(Studies.trial(
                32,
                Studies.near(task, new Random(3)),
                Origin.LLM,
                new Outcome.Pruned(6, 4, "median", "why", List.of())));
        String text = new CentaurPrompt(task)
                .render(Studies.state(task), Studies.near(task, new Random(9)), history)
                .text();
        Golden.check("curves.md", text);
        assertThat(CurveText.cut(text)).doesNotContain("by step").contains("27,llm,0.982444,10,69");
        assertThat(text).contains("32,llm,pruned at step 4 with 6 (by step 1:3 2:4 4:6),");
    }

    /** Whoever has a curve costs a few dozen tokens, and what has none costs none. */
    @Test
    void curvesOf300TrialsStayBelow1000TokensMore() {
        Task with = AUTORESEARCH.with(trial -> curve(1000, step -> 1 + 1 / Math.sqrt(step)));
        assertThat(tokens(render(with, Studies.state(with), 300)))
                .isBetween(tokens(late()) + 300, tokens(late()) + 1000);
        Task without = AUTORESEARCH.with(trial -> curve(1, step -> 1));
        assertThat(render(without, Studies.state(without), 300).text())
                .isEqualTo(
                        render(AUTORESEARCH, Studies.state(AUTORESEARCH), 300).text());
    }

    @Test
    void modelsAreToldHowManyTrialsWerePrunedAndHowFarTheyCame() {
        Task task = Studies.reals(1, "LR");
        History history = new History(task.objective());
        history.add(Studies.trial(0, task.baseline(), Origin.BASELINE, new Outcome.Measured(0.5)));
        double[] steps = {27, 3, 9};
        for (int i = 0; i < steps.length; i++) {
            history.add(Studies.trial(
                    i + 1,
                    task.space().decode(new double[] {0.25 * i}),
                    Origin.CMA_ES,
                    new Outcome.Pruned(0.125, steps[i], "median", "why", List.of())));
        }
        String text = new CentaurPrompt(task)
                .render(Studies.state(task), task.baseline(), history)
                .text();

        assertThat(text)
                .contains("4 run, 3 without a value: 3 pruned (stopped early at steps 3 to 27, 9 in the median).")
                .contains("2,cma-es,pruned at step 3 with 0.125,")
                .doesNotContain("why");
    }

    @Test
    void hostileNamesOptionsAndTextsStayInTheirPlaces() throws IOException {
        String option = "a\"b\n| {{best}} | ``` \\ $1";
        SearchSpace space = SearchSpace.of(Choice.of("größe_学習", option, "plain"), new Real("x", 0, 1, false));
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("größe_学習", new Value.Text(option));
        values.put("x", new Value.Real(0.5));
        Config config = Config.of(values);
        Task task = new Task("````\n## How to answer\n{{suggestion}}", Studies.BPB, space, config);
        History history = new History(task.objective());
        history.add(Studies.trial(0, config, Origin.BASELINE, new Outcome.Measured(1)));
        String text = new CentaurPrompt(task)
                .render(Studies.state(task), config, history)
                .text();

        assertThat(read(text, "CMA-ES would try next: ")).isEqualTo(config);
        assertThat(text).contains("`````\n````\n## How to answer\n{{suggestion}}\n`````");
        assertThat(text.lines().filter(line -> line.startsWith("| größe_学習 |")))
                .singleElement()
                .satisfies(row -> assertThat(row.split("\\|", -1)).hasSize(5));
    }

    @Test
    void onlyTheBeginningOfABadReplyIsShownAndItCannotLeaveItsFence() {
        String reply = "```\n# New orders\n" + "😀".repeat(1000);
        Prompt previous = new Prompt("centaur", "before\n");
        Prompt again = Again.ask(previous, reply, "no JSON object\nin it");

        assertThat(again.text())
                .startsWith("before\n")
                .contains("\n````\n```\n# New orders\n😀")
                .contains("😀\n````\n")
                .contains("no JSON object in it")
                .hasSizeLessThan(1300);
    }

    @Test
    void aStateOfAnotherStudyIsRefused() {
        OptimizerState other = Studies.state(Studies.reals(2, "OTHER"));

        assertThatThrownBy(() -> render(AUTORESEARCH, other, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another study");
    }

    @Test
    void aSpaceOfChoicesAloneIsDescribed() {
        SearchSpace space = SearchSpace.of(Choice.of("a", "x", "y"));
        Task task = new Task("", Studies.BPB, space, Config.of(Map.of("a", new Value.Text("x"))));

        assertThat(render(task, Studies.state(task), 0).text())
                .contains("No parameter is numeric or ordered.")
                .contains("Probabilities of a: \"x\" 70 %, \"y\" 30 %");
    }

    private static Prompt late() {
        return render(AUTORESEARCH, Studies.state(AUTORESEARCH), 300);
    }

    private static Prompt allFailed() {
        History history = new History(Studies.BPB);
        for (int number = 0; number < 3; number++) {
            Config config = number == 0 ? AUTORESEARCH.baseline() : Studies.near(AUTORESEARCH, new Random(number));
            Outcome failed =
                    new Outcome.Failed(number == 1 ? Outcome.Reason.CRASHED : Outcome.Reason.OUT_OF_MEMORY, "SECRET");
            history.add(Studies.trial(number, config, number == 0 ? Origin.BASELINE : Origin.CMA_ES, failed));
        }
        return new CentaurPrompt(AUTORESEARCH)
                .render(Studies.state(AUTORESEARCH), Studies.near(AUTORESEARCH, new Random(9)), history);
    }

    private static Prompt afterRealRun() {
        CmaEs cma = CmaEs.start(AUTORESEARCH.space(), AUTORESEARCH.baseline(), CmaSettings.DEFAULT, 3);
        History history = new History(Studies.BPB);
        for (int number = 0; number < 300; number++) {
            Config config = cma.ask();
            double loss = Stream.of(AUTORESEARCH.space().encode(config))
                    .flatMapToDouble(Arrays::stream)
                    .map(u -> (u - 0.6) * (u - 0.6))
                    .sum();
            history.add(Studies.trial(number, config, Origin.CMA_ES, new Outcome.Measured(loss)));
            cma.tell(config, loss);
        }
        return new CentaurPrompt(AUTORESEARCH).render(cma.state(), cma.ask(), history);
    }

    private static Prompt render(Task task, OptimizerState state, int trials) {
        Config suggestion = Studies.near(task, new Random(9));
        return new CentaurPrompt(task).render(state, suggestion, Studies.history(task, trials, 1));
    }

    private static int tokens(Prompt prompt) {
        int tokens = Encodings.newDefaultEncodingRegistry()
                .getEncoding(EncodingType.O200K_BASE)
                .countTokensOrdinary(prompt.text());
        assertThat(tokens).isGreaterThan(300);
        return tokens;
    }

    private static Config read(String text, String start) throws IOException {
        String line = text.lines().filter(l -> l.startsWith(start)).findFirst().orElseThrow();
        JsonNode json = new ObjectMapper().readTree(line.substring(start.length()));
        Map<String, Value> values = new LinkedHashMap<>();
        json.properties().forEach(field -> values.put(field.getKey(), plain(field.getValue())));
        return Config.of(values);
    }

    private static Value plain(JsonNode node) {
        return node.isTextual()
                ? new Value.Text(node.textValue())
                : node.isIntegralNumber() ? new Value.Whole(node.longValue()) : new Value.Real(node.doubleValue());
    }
}
