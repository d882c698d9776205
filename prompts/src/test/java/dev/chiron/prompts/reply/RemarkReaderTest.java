package dev.chiron.prompts.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.prompts.describe.Remark.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemarkReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"analysis\": \"It helped.\"}",
                "Here it is:\n```json\n{\"analysis\": \" It helped.\\n\"}\n```",
                "<think>{\"analysis\": \"draft\"}</think>{\"analysis\": \"It helped.\"}",
                "{\"analysis\": \"first\"} no, rather {\"analysis\": \"It helped.\"}"
            })
    void theTextIsRead(String reply) {
        assertThat(RemarkReader.read(reply, Kind.ANALYSIS)).contains("It helped.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "It helped.",
                "{\"analysis\": 3}",
                "{\"analysis\": \"  \"}",
                "{\"objective\": \"x\"}",
                "{\"analysis"
            })
    void nothingElseIsTakenForIt(String reply) {
        assertThat(RemarkReader.read(reply, Kind.ANALYSIS)).isEmpty();
    }

    @Test
    void itIsOneLineAndCut() {
        assertThat(RemarkReader.read("{\"objective\": \"one\\ntwo\"}", Kind.OBJECTIVE)
                        .orElseThrow())
                .doesNotContain("\n")
                .contains("one")
                .contains("two");
        assertThat(RemarkReader.read("{\"objective\": \"" + "x".repeat(5000) + "\"}", Kind.OBJECTIVE)
                        .orElseThrow())
                .hasSize(200);
    }

    @Test
    void whatLooksLikeAKeyIsHidden() {
        assertThat(RemarkReader.read("{\"analysis\": \"it used sk-ant-api03-abcdefgh12345678\"}", Kind.ANALYSIS))
                .contains("it used (hidden)");
    }

    @Test
    void theSchemaAsksForTheText() {
        assertThat(RemarkReader.schema(Kind.ANALYSIS))
                .isEqualTo(
                        "{\"type\":\"object\",\"properties\":{\"analysis\":{\"type\":\"string\"}},\"required\":[\"analysis\"],\"additionalProperties\":false}");
    }
}
