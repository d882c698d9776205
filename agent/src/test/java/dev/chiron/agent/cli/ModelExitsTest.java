package dev.chiron.agent.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a study whose model refuses, is away, or goes away; and where its key is afterwards. */
class ModelExitsTest {

    private static final String KEY = "sk-a-very-secret-key";

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              X: { type: float, low: 0.0, high: 1.0, default: 0.9 }
            llm: { share: 1.0, warmup: 2 }
            budget: { trials: 6 }
            """;

    @TempDir
    Path folder;

    private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());
    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), "env; echo loss: $1\n");
        server.start();
        screen = new Screen(folder)
                .with("OPENAI_API_KEY", KEY)
                .with("OPENAI_BASE_URL", "http://127.0.0.1:" + server.port() + "/v1");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private void answer(int status, String body) {
        server.resetMappings();
        server.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "application/json")
                        .withBody(body)));
    }

    @Test
    void aRefusedKeyIsExitFourBeforeAnythingIsRun() {
        answer(401, "{\"error\":{\"message\":\"Incorrect API key provided: " + KEY + "\"}}");
        assertThat(screen.run("run", "--llm", "openai:gpt")).isEqualTo(4);
        assertThat(screen.err()).contains("openai:gpt").doesNotContain(KEY);
        assertThat(folder.resolve("chiron-study")).doesNotExist();
    }

    @Test
    void anUnknownModelIsExitFour() {
        answer(404, "{\"error\":{\"message\":\"The model `gtp` does not exist\",\"code\":\"model_not_found\"}}");
        assertThat(screen.run("run", "--llm", "openai:gtp")).isEqualTo(4);
    }

    @Test
    void aModelThatIsAwayIsExitFiveOnlyWhenItIsRequired() {
        answer(400, "{\"error\":{\"message\":\"broken\"}}");
        assertThat(screen.run("run", "--llm", "openai:gpt", "--llm-required")).isEqualTo(5);
        assertThat(folder.resolve("chiron-study")).doesNotExist();
        assertThat(screen.run("run", "--llm", "openai:gpt")).isZero();
        assertThat(screen.err()).contains("does not answer", "the model's turn fell to the optimizer");
        assertThat(screen.out()).contains("gp 5", "4: turns of the model that the optimizer had to take");
    }

    @Test
    void aMissingKeyIsBadInput() {
        assertThat(screen.with("OPENAI_API_KEY", "").run("run", "--llm", "openai:gpt"))
                .isEqualTo(2);
        assertThat(screen.err()).contains("OPENAI_API_KEY");
    }

    @Test
    void noFileAndNoTrialEverSeesTheKey() throws IOException {
        answer(
                200,
                "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"{\\\"X\\\": 0.25}\"},"
                        + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}");
        assertThat(screen.run("run", "--llm", "openai:gpt")).isZero();
        assertThat(screen.out()).contains("llm 1");
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> files = walk.filter(Files::isRegularFile).toList();
            assertThat(files).anyMatch(file -> file.toString().contains("llm"));
            for (Path file : files) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(KEY);
            }
        }
    }

    private static String says(String content) {
        return "{\"id\":\"1\",\"object\":\"chat.completion\",\"model\":\"gpt\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\","
                + "\"message\":{\"role\":\"assistant\",\"content\":\"" + content + "\"}}],"
                + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}}";
    }

    @Test
    void halfACharacterInAReplyIsNoEndOfTheStudy() {
        answer(200, says("a half \\ud83d emoji"));
        assertThat(screen.run("run", "--llm", "openai:gpt")).as(screen.err()).isZero();
        assertThat(screen.err()).contains("the model's turn fell to the optimizer");
    }

    @Test
    void aKeyRevokedInTheNightEndsNoStudyUnlessTheModelIsRequired() {
        for (String required : List.of("", "--llm-required")) {
            server.resetAll();
            server.stubFor(any(anyUrl())
                    .inScenario("night")
                    .whenScenarioStateIs("Started")
                    .willReturn(aResponse()
                            .withHeader("Content-Type", "application/json")
                            .withBody(says("{}")))
                    .willSetStateTo("revoked"));
            server.stubFor(any(anyUrl())
                    .inScenario("night")
                    .whenScenarioStateIs("revoked")
                    .willReturn(aResponse().withStatus(403).withBody("{\"error\":{\"message\":\"revoked\"}}")));
            List<String> line = Stream.of("run", "--llm", "openai:gpt", "--study", "study" + required, required)
                    .filter(word -> !word.isEmpty())
                    .toList();
            assertThat(screen.run(line.toArray(String[]::new))).isEqualTo(required.isEmpty() ? 0 : 4);
        }
    }

    @Test
    void doctorShowsTheProviderWhoseKeyIsSetAndTheContextOfAServer() {
        answer(
                200,
                "{\"data\":[{\"id\":\"tiny\",\"max_model_len\":40960},{\"id\":\"b\"},{\"id\":\"c\"},{\"id\":\"d\"}]}");
        String spec = "openai-compatible:tiny@http://127.0.0.1:" + server.port() + "/v1";

        screen.run("doctor", "--llm", spec);

        assertThat(screen.out())
                .containsPattern("openai +ok +the key is taken; tiny, b, c, 1 more")
                .containsPattern("context +ok +40,960 tokens")
                .doesNotContain("anthropic", "gemini", KEY);
    }

    @Test
    void aVariableNamedForACommandReachesItAndAKeyInTheLineIsRefused() throws IOException {
        Files.writeString(
                folder.resolve("agent.sh"), "test \"$OPENAI_API_KEY\" || exit 9; echo '{\"X\": 0.2'$(wc -c)'}'\n");
        String spec = "command:sh " + folder.resolve("agent.sh");

        assertThat(screen.run("run", "--llm", spec, "--set", "llm.env=OPENAI_API_KEY", "--json"))
                .as(screen.err())
                .isZero();
        assertThat(screen.out()).contains("\"fallbacks\":0");
        assertThat(screen.run("run", "--fresh", "--llm", spec, "--json")).isZero();
        assertThat(screen.out()).contains("ended with status 9");

        for (String line : List.of("command:sh --key " + KEY, "command:sh -k sk-ant-0123456789abcdefgh")) {
            assertThat(screen.run("run", "--study", "other", "--llm", line)).isEqualTo(2);
            assertThat(screen.err()).contains("llm.env").doesNotContain("secret", "0123456789");
        }
        assertThat(screen.run(
                        "run", "--study", "other", "--llm", spec, "--set", "llm.env=" + "sk-ant-0123456789abcdefgh"))
                .isEqualTo(2);
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void whoOnlyRepeatsTheOptimizersSuggestionHasProposedNothing() throws IOException {
        Files.writeString(folder.resolve("copy.sh"), "sed -n 's/.* would try next: //p'\n");
        assertThat(screen.run("run", "--json", "--llm", "command:sh " + folder.resolve("copy.sh")))
                .isZero();
        assertThat(screen.out())
                .contains("\"by_origin\":{\"baseline\":1,\"gp\":5}")
                .contains("\"turns\":4");
    }
}
