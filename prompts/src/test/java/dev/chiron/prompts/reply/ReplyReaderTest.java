package dev.chiron.prompts.reply;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {

    private static final SearchSpace SPACE = new SearchSpace(
            List.of(
                    new Parameter.Real("LR", 1e-4, 1, true),
                    new Parameter.Whole("DEPTH", 2, 24),
                    new Parameter.Whole("BATCH", 16, 256, true, 1, true),
                    Parameter.Choice.of("KIND", "relu", "tanh"),
                    new Parameter.Choice("BIAS", List.of(new Value.Flag(true), new Value.Flag(false)), false)),
            List.of(Constraint.parse("DEPTH * BATCH <= 2048")));

    private static final Config SUGGESTION = config(0.02, 5, 32, "tanh", false);

    private final ReplyReader reader = new ReplyReader(SPACE);
    private final History history = new History(new Objective("loss", Objective.Goal.MINIMIZE));

    private static Config config(double lr, long depth, long batch, String kind, boolean bias) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("LR", new Value.Real(lr));
        values.put("DEPTH", new Value.Whole(depth));
        values.put("BATCH", new Value.Whole(batch));
        values.put("KIND", new Value.Text(kind));
        values.put("BIAS", new Value.Flag(bias));
        return SPACE.config(values);
    }

    private Reply read(String text) {
        return reader.read(text, SUGGESTION, history);
    }

    private void assertSettings(String text, Config config) {
        assertThat(read(text)).isEqualTo(only(config));
    }

    private String reason(String text) {
        assertThat(read(text)).as(text).isInstanceOf(Reply.Rejected.class);
        return ((Reply.Rejected) read(text)).reason();
    }

    private Reply changed(String text) {
        return ReplyReader.ofChanges(SPACE).read(text, SUGGESTION, history);
    }

    @Test
    void whatAChangeLeavesOutStaysAndIsNotMended() {
        String text =
                "{\"reasoning\": \"LR {was} low\", \"answer\": \"less\", \"suggestion\": {\"LR\": 0.5, \"DEPTH\": 6}}";

        assertThat(changed(text)).isEqualTo(only(config(0.5, 6, 32, "tanh", false)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TERMINATE", "{\"reasoning\": \"all is well\", \"answer\": \"\", \"suggestion\": {}}", "No."})
    void noChangeIsSentBackSinceTheStudyGoesOn(String text) {
        assertThat(changed(text)).isInstanceOf(Reply.Rejected.class);
        assertThat(((Reply.Rejected) changed(text)).reason())
                .startsWith("nothing was changed, and the study goes on: suggest values that have not run together");
    }

    @Test
    void aChangeToWhatHasRunIsSentBack() {
        history.add(new Trial(
                0, new Change.Settings(SUGGESTION), Origin.LLM, new Outcome.Measured(0.5), Duration.ofSeconds(1)));

        assertThat(((Reply.Rejected) changed("{\"suggestion\": {\"LR\": 0.02}}")).reason())
                .contains("trial 0 ran exactly these settings before");
        assertThat(((Reply.Rejected) changed("{\"suggestion\": {\"LR\": 7}}")).reason())
                .contains("LR");
        assertThat(((Reply.Rejected) changed("{\"suggestion\": {\"LR\": 0.")).reason())
                .contains("cut off");
    }

    private static final String GOOD =
            "{\"LR\": 0.01, \"DEPTH\": 8, \"BATCH\": 64, \"KIND\": \"relu\", \"BIAS\": true}";
    private static final Config GOOD_CONFIG = config(0.01, 8, 64, "relu", true);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'KIND': 'adam', 'BETA': 0.95} | KIND=adam BETA=0.95 | ",
                "{'KIND': 'adam', 'BETA': 0.95, 'MOMENTUM': 'high'} | KIND=adam BETA=0.95 | ",
                "{'KIND': 'sgd', 'MOMENTUM': null, 'BETA': 17} | MOMENTUM must be float in [0, 1], not null | ",
                "{'KIND': 'sgd'} | KIND=sgd MOMENTUM=0.8 | MOMENTUM was missing and taken from the script",
                "{'KIND': 'adam'} | KIND=adam BETA=0.99 | BETA was missing and taken from the optimizer",
                "{'MOMENTUM': 0.3} | KIND=adam BETA=0.99 | KIND was missing and taken from the optimizer"
            })
    void whatIsNotActiveIsNeitherNeededNorLookedAt(String reply, String expected, String repair) {
        SearchSpace space = new SearchSpace(
                        List.of(
                                Parameter.Choice.of("KIND", "adam", "sgd"),
                                new Parameter.Real("BETA", 0.9, 1, false),
                                new Parameter.Real("MOMENTUM", 0, 1, false)),
                        List.of(),
                        List.of(
                                new Condition("BETA", "KIND", List.of(Value.of("adam"))),
                                new Condition("MOMENTUM", "KIND", List.of(Value.of("sgd")))))
                .restingAt(Map.of("MOMENTUM", Value.of(0.8)));
        Config suggestion = space.config(Map.of("KIND", Value.of("adam"), "BETA", Value.of(0.99)));
        Reply read = new ReplyReader(space).read(reply.replace('\'', '"'), suggestion, history);
        if (read instanceof Reply.Candidates candidates) {
            Candidate candidate = candidates.candidates().get(0);
            assertThat(candidate.config()).hasToString(expected);
            assertThat(String.join("; ", candidate.repairs())).startsWith(repair == null ? "" : repair);
            assertThat(candidate.repairs().isEmpty()).isEqualTo(repair == null);
        } else {
            assertThat(((Reply.Rejected) read).reason()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                GOOD,
                "```json\n" + GOOD + "\n```",
                "Sure! I would try this:\n\n```\n" + GOOD + "\n```\nIt lowers the rate {a bit}.",
                "<think>maybe {\"LR\": 0.5} or {x}</think>\n" + GOOD,
                "<think>The best is " + GOOD + "</think>",
                "<think>unfinished thoughts about " + GOOD,
                "{\"LR\": 0.9}\nNo, wait:\n" + GOOD,
                "{\"reasoning\": \"lower {rate}\", \"config\": " + GOOD + "}",
                "{\"LR\": 1e-2, \"DEPTH\": 8.0, \"BATCH\": 64, \"KIND\": \"relu\", \"BIAS\": true, \"why\": \"a } in text\"}",
                "{'LR': +.01, 'DEPTH': 8, 'BATCH': '2**6', 'KIND': 'relu', 'BIAS': true,} // mine",
                "{LR: \"0.01\", DEPTH: \"8\", BATCH: 64, /* small */ KIND: \"relu\", BIAS: true}",
                "\uFEFF" + GOOD + "\u0000",
                "From the set {0.01, 0.02 I take the first.\n" + GOOD,
                "{\"LR\": 0.5} is worse.\nif (x) { y; }\n" + GOOD + "\nBye {",
                "{ so my answer is " + GOOD + " }",
                "<thinking>{\"LR\": 0.5}</thinking>" + GOOD,
                "{'LR': 0.01, 'DEPTH': 8, 'BATCH': 2**6, 'KIND': 'relu', 'BIAS': true}",
                "{\"LR\": 1.e-2, \"DEPTH\": 8., \"BATCH\": 6_4, \"KIND\": \"relu\", \"BIAS\": true}"
            })
    void theAnswerIsFoundWhateverStandsAroundIt(String text) {
        assertSettings(text, GOOD_CONFIG);
    }

    @Test
    void theLastOfVeryManyObjectsIsTheAnswer() {
        assertSettings("{\"LR\": 0.5}\n".repeat(200) + GOOD, GOOD_CONFIG);
    }

    @Test
    void ofSeveralWholeAnswersTheFirstThatIsNewIsMeant() {
        String other = GOOD.replace("0.01", "0.02");
        assertSettings(GOOD + "\nFor comparison, this is worse: " + other, GOOD_CONFIG);
        history.add(new Trial(
                0,
                new Change.Settings(config(0.02, 8, 64, "relu", true)),
                Origin.BASELINE,
                new Outcome.Measured(1),
                Duration.ZERO));
        assertSettings("The baseline is " + other + ", and I propose " + GOOD, GOOD_CONFIG);
    }

    @Test
    void aDraftInTheReasoningDoesNotStandInForAnAnswerThatWasCutOff() {
        assertThat(reason("<think>" + GOOD + "</think>{\"LR\": 0.02, \"DEP")).contains("cut off");
    }

    @Test
    void oneReaderServesSeveralHistories() {
        History other = new History(history.objective());
        other.add(new Trial(0, new Change.Settings(GOOD_CONFIG), Origin.LLM, new Outcome.Measured(1), Duration.ZERO));
        assertThat(reader.read(GOOD, SUGGESTION, other)).isInstanceOf(Reply.Rejected.class);
        assertSettings(GOOD, GOOD_CONFIG);
    }

    @Test
    void whatIsMissingIsTheOptimizersAndTheRepairsSaySo() {
        Reply reply = read("{\"LR\": 0.01, \"KIND\": \"relu\"}");
        assertThat(reply).isInstanceOf(Reply.Candidates.class);
        Candidate settings = ((Reply.Candidates) reply).candidates().get(0);
        assertThat(settings.config()).isEqualTo(config(0.01, 5, 32, "relu", false));
        assertThat(settings.repairs())
                .containsExactly(
                        "DEPTH was missing and taken from the optimizer",
                        "BATCH was missing and taken from the optimizer",
                        "BIAS was missing and taken from the optimizer");
    }

    @Test
    void nearMissesAreMendedAndTheRepairsSaySo() {
        Candidate settings =
                first(read("{\"lr\": 0.01, \"DEPTH\": 8, \"BATCH\": 60, \"KIND\": \"ReLU\", \"BIAS\": \"true\"}"));
        assertThat(settings.config()).isEqualTo(GOOD_CONFIG);
        assertThat(settings.repairs()).hasSize(4).anyMatch(repair -> repair.contains("BATCH 60 was read as 64"));
        assertThat(read(GOOD.replace("true", "True")))
                .isEqualTo(new Reply.Candidates(
                        List.of(new Candidate(GOOD_CONFIG, List.of("BIAS \"True\" was read as true"), Forecast.NONE)),
                        List.of()));
    }

    @Test
    void aBrokenConstraintIsMendedAndTheRepairsSaySo() {
        Candidate settings =
                first(read("{\"LR\": 0.01, \"DEPTH\": 24, \"BATCH\": 256, \"KIND\": \"relu\", \"BIAS\": true}"));
        assertThat(SPACE.broken(settings.config())).isEmpty();
        assertThat(settings.repairs()).containsExactly("moved to keep DEPTH * BATCH <= 2048");
    }

    /** Moving DEPTH back would give the incumbent again, and the model could never leave the border. */
    @Test
    void aRepairDoesNotUndoWhatTheModelChanged() {
        history.add(new Trial(
                0,
                new Change.Settings(config(0.01, 8, 256, "relu", true)),
                Origin.BASELINE,
                new Outcome.Measured(0.5),
                Duration.ofSeconds(1)));
        Candidate settings =
                first(read("{\"LR\": 0.01, \"DEPTH\": 16, \"BATCH\": 256, \"KIND\": \"relu\", \"BIAS\": true}"));
        assertThat(settings.config()).isEqualTo(config(0.01, 16, 128, "relu", true));
    }

    @Test
    void valuesThatCannotBeMeantAreSentBackWithTheReason() {
        assertThat(reason(GOOD.replace("0.01", "5"))).isEqualTo("LR must lie in [0.0001, 1], not 5");
        assertThat(reason(GOOD.replace("0.01", "1e400"))).contains("LR must be float");
        assertThat(reason(GOOD.replace("0.01", "NaN"))).contains("LR must be float");
        assertThat(reason(GOOD.replace("0.01", "null"))).contains("LR must be float");
        assertThat(reason(GOOD.replace("0.01", "[0.01]"))).contains("LR must be float");
        assertThat(reason(GOOD.replace("0.01", "true"))).contains("LR must be float");
        assertThat(reason(GOOD.replace("0.01", "\"small\""))).contains("LR must be float", "small");
        assertThat(reason(GOOD.replace(": 8", ": 8.5"))).contains("DEPTH must be a whole number, not 8.5");
        assertThat(reason(GOOD.replace("relu", "swish"))).contains("KIND must be one of {relu, tanh}, not swish");
        assertThat(reason(GOOD.replace("0.01", "7").replace(": 8", ": 99"))).contains("LR must", "DEPTH must");
        assertThat(reason(GOOD.replace("\"relu\"", "3"))).contains("KIND must be one of");
    }

    @Test
    void repliesWithoutAnAnswerSayWhatWasMissing() {
        assertThat(reason("")).contains("empty");
        assertThat(reason("  \n")).contains("empty");
        assertThat(reason("I would lower the learning rate.")).contains("no JSON object");
        assertThat(reason("<html><body>502</body></html>")).contains("no JSON object");
        assertThat(reason("{\"LR\": 0.01, \"DEP")).contains("cut off");
        assertThat(reason("{\"answer\": 42}")).contains("names no parameter");
        assertThat(reason("[1, 2]")).contains("no JSON object");
        assertThat(reason("{}")).contains("names no parameter");
    }

    @Test
    void aTrialIsNotRepeatedNeitherExactlyNorInTheDigitsThatAPromptShows() {
        history.add(new Trial(
                0,
                new Change.Settings(config(0.0123456789, 8, 64, "relu", true)),
                Origin.BASELINE,
                new Outcome.Measured(0.5),
                Duration.ZERO));
        history.add(new Trial(
                1,
                new Change.Settings(config(0.03, 8, 64, "relu", true)),
                Origin.LLM,
                new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, ""),
                Duration.ZERO));
        assertThat(reason(GOOD.replace("0.01", "0.0123456789"))).contains("trial 0", "value 0.5");
        assertThat(reason(GOOD.replace("0.01", "0.01235"))).contains("trial 0");
        assertThat(reason(GOOD.replace("0.01", "0.03"))).contains("trial 1", "failed");
        assertThat(read(GOOD.replace("0.01", "0.01234"))).isInstanceOf(Reply.Candidates.class);
    }

    @Test
    void hostileRepliesEndSoonAndQuietly() {
        assertThat(read("{".repeat(3_000_000))).isInstanceOf(Reply.Rejected.class);
        assertThat(read("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000))).isInstanceOf(Reply.Rejected.class);
        assertThat(read("{}".repeat(1_000_000))).isInstanceOf(Reply.Rejected.class);
        assertSettings("\"".repeat(2_000_000) + GOOD, GOOD_CONFIG);
        String reason = reason(GOOD.replace("relu", "x\\n\\u0007y".repeat(10_000)));
        assertThat(read("</think>".repeat(300_000))).isInstanceOf(Reply.Rejected.class);
        assertThat(reason(GOOD.replace("0.01", "\"\\ud800\"")))
                .isEqualTo(
                        new String(reason(GOOD.replace("0.01", "\"\\ud800\"")).getBytes(UTF_8), UTF_8));
        assertThat(reason).hasSizeLessThanOrEqualTo(300).doesNotContain("\n", "\u0007");
    }

    @Test
    void aListThatIsTooLongIsRefusedAndNotReadFromItsEnd() {
        String last = GOOD.replace("0.01", "0.09");
        String list = "{\"candidates\": [" + (GOOD + ", ").repeat(2_000) + last + "]}";

        assertThat(list).hasSizeGreaterThan(100_000);
        assertThat(reason(list)).contains("more than 100,000 characters");
        assertThat(reason("Here they are:\n" + list + "\nThese will do.")).contains("more than 100,000 characters");
        assertSettings("{ a brace in prose" + " and more of it".repeat(10_000) + GOOD + "}", GOOD_CONFIG);
    }

    @Test
    void namesThatDifferByCaseAloneAreKeptApart() {
        SearchSpace twins = SearchSpace.of(new Parameter.Real("a", 0, 1, false), new Parameter.Real("A", 0, 1, false));
        Map<String, Value> half = new LinkedHashMap<>();
        half.put("a", new Value.Real(0.5));
        half.put("A", new Value.Real(0.5));
        Reply reply = new ReplyReader(twins).read("{\"A\": 0.25}", twins.config(half), history);
        assertThat(((Reply.Candidates) reply).candidates().get(0).config().get("a"))
                .isEqualTo(new Value.Real(0.5));
    }

    private static Reply only(Config config) {
        return new Reply.Candidates(List.of(new Candidate(config, List.of(), Forecast.NONE)), List.of());
    }

    private static Candidate first(Reply reply) {
        return ((Reply.Candidates) reply).candidates().get(0);
    }

    private static final String OTHER =
            "{\"LR\": 0.02, \"DEPTH\": 5, \"BATCH\": 64, \"KIND\": \"relu\", \"BIAS\": true}";

    @Test
    void candidatesKeepTheirOrderAndTheirForecasts() {
        Reply reply = read("{\"candidates\": [{\"config\": " + GOOD
                + ", \"value\": 0.97, \"failure\": 0.1}, {\"config\": " + OTHER + ", \"value\": 1.5}]}");
        List<Candidate> candidates = ((Reply.Candidates) reply).candidates();
        assertThat(candidates).hasSize(2);
        assertThat(candidates.get(0).config()).isEqualTo(GOOD_CONFIG);
        assertThat(candidates.get(0).forecast())
                .isEqualTo(new Forecast(OptionalDouble.of(0.97), OptionalDouble.of(0.1)));
        assertThat(candidates.get(1).config().get("LR").text()).isEqualTo("0.02");
        assertThat(candidates.get(1).forecast())
                .isEqualTo(new Forecast(OptionalDouble.of(1.5), OptionalDouble.empty()));
    }

    @Test
    void whatIsNoConfigInAListLeavesTheOthersTheirOrder() {
        Reply.Candidates reply = (Reply.Candidates) read("{\"candidates\": [{\"config\": " + GOOD
                + ", \"value\": 0.97}, {\"config\": " + OTHER + "}, null, 7, {}]}");
        assertThat(reply.candidates()).hasSize(2);
        assertThat(first(reply).config()).isEqualTo(GOOD_CONFIG);
        assertThat(first(reply).forecast().value()).hasValue(0.97);
    }

    @Test
    void candidatesAreNotMistakenForTheTrialsThatAModelListsBeforeThem() {
        history.add(
                new Trial(0, new Change.Settings(SUGGESTION), Origin.BASELINE, new Outcome.Measured(1), Duration.ZERO));
        String tried = "{\"LR\": 0.02, \"DEPTH\": 5, \"BATCH\": 32, \"KIND\": \"tanh\", \"BIAS\": false}";
        Reply reply = read("{\"tried\": [" + tried + "], \"candidates\": [{\"config\": " + GOOD + "}]}");
        assertThat(first(reply).config()).isEqualTo(GOOD_CONFIG);
        Reply other = read("{\"tried\": [" + tried + "], \"next\": [{\"config\": " + GOOD + "}]}");
        assertThat(first(other).config()).isEqualTo(GOOD_CONFIG);
    }

    @Test
    void aForecastStandsBesideItsConfigHoweverDeepThatIs() {
        Reply reply = read("{\"answer\": {\"config\": " + GOOD + ", \"value\": 1.5, \"failure\": 0.1}}");
        assertThat(first(reply).forecast()).isEqualTo(new Forecast(OptionalDouble.of(1.5), OptionalDouble.of(0.1)));
    }

    @Test
    void aBareListOfConfigsIsReadLikeCandidates() {
        Reply.Candidates reply = (Reply.Candidates) read("Here they are:\n{\"ideas\": [" + GOOD + ", " + OTHER + "]}");
        assertThat(reply.candidates()).extracting(Candidate::forecast).containsExactly(Forecast.NONE, Forecast.NONE);
    }

    @Test
    void whatIsWrongWithOneCandidateDoesNotHurtTheOthersAndEqualOnesAreOne() {
        Reply.Candidates reply =
                (Reply.Candidates) read("{\"candidates\": [{\"config\": {\"LR\": 99, \"DEPTH\": 5}}, {\"config\": "
                        + GOOD + ", \"failure\": 7, \"value\": \"low\"}, {\"config\": " + GOOD + "}]}");
        assertThat(reply.candidates()).hasSize(1);
        assertThat(first(reply).config()).isEqualTo(GOOD_CONFIG);
        assertThat(first(reply).forecast()).isEqualTo(Forecast.NONE);
        assertThat(reply.dropped()).hasSize(1);
        assertThat(reply.dropped().get(0)).contains("LR");
    }

    @Test
    void candidatesOfWhichNoneCanBeUsedAreSentBackWithEachReason() {
        Reply reply = read("{\"candidates\": [{\"config\": {\"LR\": 99}}, {\"config\": {\"DEPTH\": -5}}]}");
        assertThat(((Reply.Rejected) reply).reason()).contains("LR").contains("DEPTH");
    }

    @Test
    void aParameterThatIsCalledValueIsNoForecast() {
        SearchSpace space =
                SearchSpace.of(new Parameter.Real("value", 0, 1, false), new Parameter.Real("failure", 0, 1, false));
        Config suggestion = space.decode(new double[] {0.5, 0.5});
        Reply reply = new ReplyReader(space)
                .read(
                        "{\"value\": 0.25, \"failure\": 0.75}",
                        suggestion,
                        new History(new Objective("loss", Objective.Goal.MINIMIZE)));
        assertThat(first(reply).forecast()).isEqualTo(Forecast.NONE);
        assertThat(first(reply).config()).isEqualTo(space.decode(new double[] {0.25, 0.75}));
    }
}
