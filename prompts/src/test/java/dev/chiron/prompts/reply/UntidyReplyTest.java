package dev.chiron.prompts.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Config;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies as small models write them: the answer is there, but not where or how it was asked for. */
class UntidyReplyTest {

    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Real("LR", 1e-4, 1, true),
            new Parameter.Whole("BATCH", 16, 1024, true, 1, true),
            new Parameter.Choice("BIAS", List.of(new Value.Flag(true), new Value.Flag(false)), false));

    private static final Config SUGGESTION = config(0.02, 32, false);
    private static final Config GOOD_CONFIG = config(0.01, 512, true);
    private static final String GOOD = "{\"LR\": 0.01, \"BATCH\": 512, \"BIAS\": true}";
    private static final String WORSE = "{\"LR\": 0.5, \"BATCH\": 16, \"BIAS\": false}";

    private final ReplyReader reader = new ReplyReader(SPACE);

    private static Config config(double lr, long batch, boolean bias) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("LR", new Value.Real(lr));
        values.put("BATCH", new Value.Whole(batch));
        values.put("BIAS", new Value.Flag(bias));
        return SPACE.config(values);
    }

    private static History history(Config... configs) {
        History history = new History(new Objective("loss", Objective.Goal.MINIMIZE));
        for (Config config : configs) {
            history.add(new Trial(
                    history.trials().size(),
                    new Change.Settings(config),
                    Origin.RANDOM,
                    new Outcome.Measured(0.99213456),
                    Duration.ZERO));
        }
        return history;
    }

    private Reply read(String text) {
        return reader.read(text, SUGGESTION, history());
    }

    private String reason(String text) {
        assertThat(read(text)).as(text).isInstanceOf(Reply.Rejected.class);
        return ((Reply.Rejected) read(text)).reason();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A dict opens with { in Python. My answer:\n" + GOOD,
                "A dict opens with {\" in Python: " + GOOD,
                "Let me start: {\"LR\": 0.5, \"BA\nSorry, once more:\n" + GOOD,
                "Sets are {x | x < {y}.\n```json\n" + GOOD + "\n```",
                GOOD + "\nBraces like { need not be closed.",
                GOOD + "\n<think>Or should it have been " + WORSE + "?</think>",
                "<think>first " + WORSE + "</think>\n" + GOOD + "\n<think>or " + WORSE + "</think>",
                "<thinking>" + WORSE + "</thinking>" + GOOD + "<thinking>" + WORSE + "</thinking>",
                "thoughts whose start was cut away: " + WORSE + "</think>" + GOOD,
                "{\"response\": {\"config\": " + GOOD + "}}",
                "{\"configs\": [" + GOOD + "]}",
                "{\"config\": " + GOOD + ", \"why\": {\"LR\": \"lower is safer\"}}",
            })
    void theAnswerIsFoundInUntidySurroundings(String text) {
        assertThat(read(text)).isEqualTo(only(GOOD_CONFIG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'LR': 0.01, 'BATCH': 512, 'BIAS': True}",
                "{\"LR\": 0.01, \"BATCH\": 2**9, \"BIAS\": true}",
                "{\"LR\": 1e-2, \"BATCH\": 2 ^ 9, \"BIAS\": True, \"note\": None}",
                "{\"LR\": 0.01, \"BATCH\": 5_12, \"BIAS\": true}",
            })
    void valuesWrittenAsInPythonAreUnderstood(String text) {
        assertThat(read(text)).isInstanceOf(Reply.Candidates.class);
        assertThat(((Reply.Candidates) read(text)).candidates().get(0).config()).isEqualTo(GOOD_CONFIG);
    }

    @Test
    void anAnswerAmongManyObjectsOrAfterALongTextIsFound() {
        assertThat(read((WORSE + "\n").repeat(500) + GOOD)).isInstanceOf(Reply.Candidates.class);
        assertThat(read("x ".repeat(2_500_000) + GOOD)).isEqualTo(only(GOOD_CONFIG));
    }

    @Test
    void aDecimalCommaIsNotReadAsAThousand() {
        assertThat(reason(GOOD.replace("0.01", "\"0,01\""))).contains("LR must be", "0,01");
        assertThat(reason(GOOD.replace("0.01", "\"0,001\""))).contains("LR must be", "0,001");
        assertThat(reason(GOOD.replace("0.01", "\"1,000\""))).contains("LR must be", "1,000");
        assertThat(read(GOOD.replace("512", "\"1,024\""))).isEqualTo(only(config(0.01, 1024, true)));
    }

    @Test
    void numbersWithJavaSuffixesOrInHexadecimalAreNotGuessed() {
        assertThat(reason(GOOD.replace("0.01", "\"0.01f\""))).contains("LR must be");
        assertThat(reason(GOOD.replace("0.01", "\"0x1p-3\""))).contains("LR must be");
    }

    @Test
    void anotherHistoryIsAnotherStudy() {
        assertThat(reader.read(GOOD, SUGGESTION, history(GOOD_CONFIG))).isInstanceOf(Reply.Rejected.class);
        assertThat(reader.read(GOOD, SUGGESTION, history())).isInstanceOf(Reply.Candidates.class);
        assertThat(reader.read(GOOD.replace("0.01", "0.03"), SUGGESTION, history(config(0.0300001, 512, true))))
                .isEqualTo(
                        new Reply.Rejected("trial 0 ran exactly these settings before (value 0.9921); propose others"));
    }

    @Test
    void noReasonCarriesCharactersThatMoveACursorOrTurnText() {
        assertThat(reason(GOOD.replace("true", "\"\\u009b2J\\u202eevil\\u2028line\\ud83d\"")))
                .doesNotContain("\u009b", "\u202e", "\u2028")
                .contains("BIAS must be one of");
        assertThat(reason(GOOD.replace("0.01", "\"\u009b2J\u202e\""))).doesNotContain("\u009b", "\u202e");
    }

    @Test
    void ofManyProblemsEachIsToldShortly() {
        assertThat(reason("{\"LR\": \"" + "x".repeat(5_000) + "\", \"BATCH\": \"" + "y".repeat(5_000)
                        + "\", \"BIAS\": \"" + "z".repeat(5_000) + "\"}"))
                .contains("LR must", "BATCH must", "BIAS must");
    }

    @Test
    void aNumberOfManyUnderscoresEndsQuietly() {
        String number = "1" + "_1".repeat(45_000);
        assertThat(read(GOOD.replace("512", number))).isInstanceOf(Reply.Rejected.class);
        assertThat(read(GOOD.replace("512", "\"" + number + "\""))).isInstanceOf(Reply.Rejected.class);
    }

    @Test
    void hostileTextsAreReadOnce() {
        for (String part :
                List.of("{", "}", "{\"", "<think>", "</think>", "{'", "\\", "{\"LR\":", "{}{", ": ", "{a:1}{")) {
            assertThat(read(part.repeat(5_000_000 / part.length()))).as(part).isInstanceOf(Reply.Rejected.class);
        }
    }

    private static Reply only(Config config) {
        return new Reply.Candidates(List.of(new Candidate(config, List.of(), Forecast.NONE)), List.of());
    }
}
