package dev.chiron.prompts.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

    @Test
    void theLastObjectWithADecisionIsMeant() {
        assertThat(Verdict.read(
                        "<think>{\"decision\": \"stop\"}</think> Well. {\"note\": 1} {\"decision\": \"continue\","
                                + " \"expected\": 0.5, \"reason\": \"It still\\nfalls.\"}"))
                .isEqualTo(new Verdict.Given(false, OptionalDouble.of(0.5), "It still falls."));
        assertThat(Verdict.read("```json\n{'decision': 'STOP', 'reason': 'diverging',}\n```"))
                .isEqualTo(new Verdict.Given(true, OptionalDouble.empty(), "diverging"));
        assertThat(Verdict.read("{\"decision\": \"stop\", \"expected\": NaN, \"reason\": \"NaN\"}"))
                .isEqualTo(new Verdict.Given(true, OptionalDouble.empty(), "NaN"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stop it | there is no JSON object with a \"decision\" in it",
                "{\"reason\": \"x\"} | there is no JSON object with a \"decision\" in it",
                "{\"decision\": \"kill\", \"reason\": \"x\"} | \"decision\" is neither \"stop\" nor \"continue\"",
                "{\"decision\": true, \"reason\": \"x\"} | \"decision\" is neither \"stop\" nor \"continue\"",
                "{\"decision\": \"stop\"} | \"reason\" is missing or empty; say in a sentence what you see in the curve",
                "{\"decision\": \"stop\", \"reason\": \" \"} | \"reason\" is missing or empty; say in a sentence what you see in the curve",
            })
    void whatCannotBeUsedSaysWhy(String reply, String reason) {
        assertThat(Verdict.read(reply)).isEqualTo(new Verdict.Rejected(reason));
    }

    @Test
    void aReasonIsOneShortLine() {
        Verdict.Given given =
                (Verdict.Given) Verdict.read("{\"decision\": \"stop\", \"reason\": \"" + "long ".repeat(200) + "\"}");
        assertThat(given.reason().length()).isLessThanOrEqualTo(Verdict.LONGEST_REASON);
        assertThat(Verdict.schema()).contains("\"enum\":[\"continue\",\"stop\"]");
    }
}
