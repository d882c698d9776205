package dev.chiron.agent.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private final Gate local = new Gate("127.0.0.1", true, 8420, Optional.empty());
    private final Gate open = new Gate("tower.example", false, 8420, Optional.of(TOKEN));

    private static Headers headers(String... all) {
        Headers headers = new Headers();
        for (int k = 0; k < all.length; k += 2) {
            headers.add(all[k], all[k + 1]);
        }
        return headers;
    }

    private static Gate.Verdict judge(Gate gate, String address, String... headers) {
        return gate.judge(headers(headers), URI.create(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8420", "localhost:8420", "LOCALHOST:8420", "[::1]:8420"})
    void thisMachinesOwnNamesAreWelcome(String host) {
        assertThat(judge(local, "/", "Host", host)).isEqualTo(Gate.Verdict.WELCOME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:8420",
                "evil.example",
                "127.0.0.1.evil.example:8420",
                "localhost.evil.example:8420",
                "192.168.0.7:8420",
                ""
            })
    void noOtherNameIs(String host) {
        assertThat(judge(local, "/", "Host", host)).isEqualTo(Gate.Verdict.WRONG_NAME);
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, WRONG_NAME",
        "null, WRONG_NAME",
        "https://127.0.0.1:8420, WRONG_NAME",
        "http://127.0.0.1:8420, WELCOME"
    })
    void aPageOfAnotherSiteIsNot(String origin, Gate.Verdict verdict) {
        assertThat(judge(local, "/api/studies", "Host", "127.0.0.1:8420", "Origin", origin))
                .isEqualTo(verdict);
    }

    @Test
    void theTokenIsShownInTheAddressOnceAndThenAsACookie() {
        assertThat(judge(open, "/", "Host", "tower.example:8420")).isEqualTo(Gate.Verdict.NO_TOKEN);
        assertThat(judge(open, "/?token=" + TOKEN, "Host", "tower.example:8420"))
                .isEqualTo(Gate.Verdict.ARRIVES);
        assertThat(open.cookie()).isEqualTo("chiron8420=" + TOKEN + "; HttpOnly; SameSite=Strict; Path=/");
        assertThat(judge(open, "/", "Host", "tower.example:8420", "Cookie", "a=b; chiron8420=" + TOKEN))
                .isEqualTo(Gate.Verdict.WELCOME);
        assertThat(judge(open, "/", "Host", "tower.example:8420", "Authorization", "Bearer " + TOKEN))
                .isEqualTo(Gate.Verdict.WELCOME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0123456789abcdef", "0123456789abcdef0123456789abcdeF", "0123456789abcdef0123456789abcdef0"})
    void anotherTokenIsNone(String token) {
        assertThat(judge(open, "/?token=" + token, "Host", "tower.example:8420"))
                .isEqualTo(Gate.Verdict.NO_TOKEN);
        assertThat(judge(open, "/", "Host", "tower.example:8420", "Cookie", "chiron8420=" + token))
                .isEqualTo(Gate.Verdict.NO_TOKEN);
        assertThat(judge(open, "/", "Host", "tower.example:8420", "Authorization", "Bearer " + token))
                .isEqualTo(Gate.Verdict.NO_TOKEN);
    }

    @Test
    void anOpenServerAnswersByItsNumberAndItsNameAndNoOther() {
        assertThat(judge(open, "/?token=" + TOKEN, "Host", "192.168.0.7:8420")).isEqualTo(Gate.Verdict.ARRIVES);
        assertThat(judge(open, "/?token=" + TOKEN, "Host", "evil.example:8420")).isEqualTo(Gate.Verdict.WRONG_NAME);
    }
}
