package dev.chiron.prompts.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.prompts.reply.PredictedLog.Point;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictedLogReaderTest {

    @Test
    void aLogIsReadInOrderAndWithoutItsEnd() {
        PredictedLogReader.Read read = PredictedLogReader.read("""
                <think>{"final": 9}</think>I expect {"log": [{"progress": 0.5, "value": 2}, {"progress": 0.1, "value": 3.5},
                {"progress": 1, "value": 1.6}], "final": 1.5, "low": 1.4, "high": 1.7}""");
        assertThat(read.log())
                .contains(new PredictedLog(1.5, 1.4, 1.7, List.of(new Point(0.1, 3.5), new Point(0.5, 2))));
        assertThat(read.log().orElseThrow().holds(1.7)).isTrue();
        assertThat(read.log().orElseThrow().holds(1.71)).isFalse();
    }

    @Test
    void theWayMayBeLeftOut() {
        assertThat(PredictedLogReader.read("{\"final\": -1, \"low\": -2, \"high\": 0}")
                        .log())
                .contains(new PredictedLog(-1, -2, 0, List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    about 1.5                                                                        | no JSON object
                    {"final": 1.5, "low": 1                                                          | not closed
                    {"final": 1.5, "low": 1}                                                         | "high" must be a number
                    {"final": 1e308, "low": -1e308, "high": 1e308}                                   | "final" is too large to be reckoned with: at most 1e100
                    {"final": 1, "low": -1e400, "high": 2}                                           | "low" is too large
                    {"final": 1, "low": 0, "high": 2, "log": [{"progress": 0.5, "value": -2e100}]}   | a "value" of "log" is too large
                    {"final": "1.5", "low": 1, "high": 2}                                            | "final" must be a number
                    {"final": NaN, "low": 1, "high": 2}                                              | "final" must be a number
                    {"final": 3, "low": 1, "high": 2}                                                | must lie between
                    {"final": 1, "low": 1, "high": 1}                                                | these must differ
                    {"final": 1, "low": 0, "high": 2, "log": [{"progress": 50, "value": 1}]}         | above 0 and up to 1
                    {"final": 1, "low": 0, "high": 2, "log": [{"progress": 0.5, "value": "1"}]}      | both numbers
                    {"final": 1, "low": 0, "high": 2, "log": [0.5, 1]}                               | above 0 and up to 1
                    """)
    void whatCannotBeUsedSaysWhy(String reply, String why) {
        PredictedLogReader.Read read = PredictedLogReader.read(reply);
        assertThat(read.log()).isEmpty();
        assertThat(read.problem()).contains(why);
    }
}
