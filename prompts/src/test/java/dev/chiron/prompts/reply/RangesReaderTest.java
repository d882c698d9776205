package dev.chiron.prompts.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.prompts.describe.Tunable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangesReaderTest {

    private final RangesReader reader = new RangesReader(List.of(
            new Tunable("LR", Value.of(0.1), 1, Optional.empty()),
            new Tunable("DEPTH", Value.of(8L), 2, Optional.empty()),
            new Tunable("BATCH", Value.of(64L), 3, Optional.of(new Parameter.Whole("BATCH", 16, 256, false, 1, true))),
            new Tunable("KIND", Value.of("relu"), 4, Optional.empty())));

    @Test
    void rangesOptionsAndReasonsAreRead() {
        RangesReader.Ranges ranges = reader.read("""
                Sure! ```json
                {"LR": {"low": 0.01, "high": 1, "log": true}, "BATCH": {"low": 32.0, "high": 128},
                 "KIND": {"options": ["relu", "gelu", "gelu"]}, "DEPTH": {"leave": "it is\\nfixed"}}
                ```""");
        assertThat(ranges.problems()).isEmpty();
        assertThat(ranges.advice())
                .containsEntry("LR", new Advice.Search(new Parameter.Real("LR", 0.01, 1, true)))
                .containsEntry("BATCH", new Advice.Search(new Parameter.Whole("BATCH", 32, 128, false, 1, true)))
                .containsEntry("KIND", new Advice.Search(Parameter.Choice.of("KIND", "relu", "gelu")))
                .containsEntry("DEPTH", new Advice.Leave("it is fixed"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"LR": {"low": 0.2, "high": 1}}               | does not hold the script's own 0.1
                    {"LR": {"low": 1, "high": 0.01}}              | LR
                    {"LR": {"low": 0, "high": 1, "log": true}}    | log scale needs low above 0
                    {"LR": {"low": "a", "high": 1}}               | low and high must be finite numbers
                    {"LR": {"low": 0, "high": 1e400}}             | low and high must be finite numbers
                    {"LR": {"options": ["0.1", "1"]}}             | is a number in the script, so it has low and high
                    {"LR": {"why": "x"}}                          | neither low and high, nor options, nor leave
                    {"LR": 3}                                     | neither low and high
                    {"DEPTH": {"low": 1.5, "high": 9}}            | low and high must be whole numbers
                    {"DEPTH": {"low": 1, "high": 1e300}}          | low and high must be whole numbers of at most 64 bits
                    {"KIND": {"options": ["gelu", "tanh"]}}       | does not hold the script's own text
                    {"KIND": {"options": ["relu"]}}               | only one value
                    {"KIND": {"low": 1, "high": 2}}               | is no number in the script, so it has options
                    """)
    void whatCannotBeUsedIsLeftOutWithTheReason(String reply, String reason) {
        RangesReader.Ranges ranges = reader.read(reply);
        assertThat(ranges.advice()).isEmpty();
        assertThat(ranges.problems()).singleElement().asString().contains(reason);
    }

    @Test
    void aBadRangeTakesNoGoodOneWithIt() {
        RangesReader.Ranges ranges =
                reader.read("{\"LR\": {\"low\": 5, \"high\": 1}, \"DEPTH\": {\"low\": 2, \"high\": 12}, \"X\": {}}");
        assertThat(ranges.advice()).containsOnlyKeys("DEPTH");
        assertThat(ranges.problems()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "I would not change a thing.", "{\"OTHER\": {\"low\": 1}}"})
    void aReplyWithoutAdviceSaysSo(String reply) {
        RangesReader.Ranges ranges = reader.read(reply);
        assertThat(ranges.advice()).isEmpty();
        assertThat(ranges.problems()).singleElement().asString().contains("no JSON object");
    }

    @Test
    void aReplyThatWasCutOffIsToldSo() {
        RangesReader.Ranges ranges = reader.read("{\"LR\": {\"low\": 0.01, \"high\": 1}, \"DEPTH\": {\"low\":");
        assertThat(ranges.advice()).isEmpty();
        assertThat(ranges.problems()).singleElement().asString().contains("cut off");
    }

    @Test
    void theSchemaNamesEveryConstant() {
        assertThat(reader.schema()).contains("\"LR\"", "\"DEPTH\"", "\"KIND\"", "\"options\"", "\"log\"", "\"leave\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "null", "\"\"", "\"false\""})
    void aRangeThatIsNotLeftIsARange(String leave) {
        RangesReader.Ranges ranges =
                reader.read("{\"LR\": {\"low\": 0.01, \"high\": 1, \"log\": true, \"leave\": " + leave + "}}");
        assertThat(ranges.advice()).containsEntry("LR", new Advice.Search(new Parameter.Real("LR", 0.01, 1, true)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"LR": {"leave": true}}        | no reason given
                    {"LR": {"leave": ""}}          | no reason given
                    {"LR": {"leave": "a path"}}    | a path
                    """)
    void aConstantIsLeftWithOrWithoutAReason(String reply, String reason) {
        assertThat(reader.read(reply).advice()).containsEntry("LR", new Advice.Leave(reason));
    }

    @Test
    void rangesInsideAnotherObjectAreFound() {
        assertThat(reader.read("{\"ranges\": {\"LR\": {\"low\": 0.01, \"high\": 1}}}")
                        .advice())
                .containsOnlyKeys("LR");
    }

    @Test
    void halfACharacterIsNoOption() {
        assertThat(reader.read("{\"KIND\": {\"options\": [\"relu\", \"\\ud800\", \"gelu\"]}}")
                        .advice())
                .containsEntry("KIND", new Advice.Search(Parameter.Choice.of("KIND", "relu", "gelu")));
    }

    @Test
    void aProblemNeverRepeatsATextOfTheScript() {
        assertThat(reader.read("{\"KIND\": {\"options\": [\"gelu\", \"tanh\"]}}")
                        .problems())
                .singleElement()
                .asString()
                .doesNotContain("relu");
    }
}
