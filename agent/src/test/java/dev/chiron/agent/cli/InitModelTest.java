package dev.chiron.agent.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code chiron init --llm} with models behind servers: what is asked, refused, and what becomes of the key. */
class InitModelTest {

    private static final String KEY = "sk-a-very-secret-key";

    @TempDir
    Path folder;

    private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());
    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("train.py"), "LR = 0.1\nprint('loss: 1')\n");
        server.start();
        screen = new Screen(folder)
                .with("OLLAMA_HOST", "127.0.0.1:" + server.port())
                .with("OPENAI_API_KEY", KEY)
                .with("OPENAI_BASE_URL", "http://127.0.0.1:" + server.port() + "/v1");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private void answer(int status, String body) {
        server.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "application/json")
                        .withBody(body)));
    }

    @Test
    void ollamaIsHeldToTheSchemaAndNamedInTheFile() throws IOException {
        answer(
                200,
                "{\"model\":\"small\",\"message\":{\"role\":\"assistant\",\"content\":"
                        + "\"{\\\"LR\\\": {\\\"low\\\": 0.02, \\\"high\\\": 0.5, \\\"log\\\": true}}\"},\"done\":true}");
        assertThat(screen.run("init", "train.py", "--llm", "ollama:small")).isZero();
        assertThat(Files.readString(folder.resolve("chiron.yaml")))
                .contains(
                        "LR: { type: float, low: 0.02, high: 0.5, log: true }    # line 1: 0.1; range by ollama:small\n");
        server.verify(
                postRequestedFor(urlEqualTo("/api/chat")).withRequestBody(containing("\"additionalProperties\"")));
        assertThat(screen.run("config")).isZero();
    }

    @Test
    void theModelIsToldWhatPapersSayUnlessItIsSwitchedOff() throws IOException {
        Files.writeString(folder.resolve("train.py"), "LR = 0.1\nBATCH_SIZE = 64\nprint('loss: 1')\n");
        answer(
                200,
                "{\"model\":\"small\",\"message\":{\"role\":\"assistant\",\"content\":"
                        + "\"{\\\"LR\\\": {\\\"low\\\": 0.02, \\\"high\\\": 0.5, \\\"log\\\": true}}\"},\"done\":true}");

        assertThat(screen.run("init", "train.py", "--llm", "ollama:small")).isZero();
        server.verify(1, postRequestedFor(urlEqualTo("/api/chat")).withRequestBody(containing("BATCH_SIZE 64 -> 128")));
        assertThat(screen.run("init", "train.py", "--llm", "ollama:small", "--force", "--facts", "none"))
                .isZero();
        server.verify(1, postRequestedFor(urlEqualTo("/api/chat")).withRequestBody(containing("What papers say")));
        server.verify(2, postRequestedFor(urlEqualTo("/api/chat")));
        assertThat(screen.run("init", "train.py", "--force", "--facts", "all")).isEqualTo(2);
        assertThat(screen.err()).contains("--facts all: neither auto nor none");
    }

    @Test
    void aRefusedKeyIsExitFourAndNothingIsWritten() throws IOException {
        answer(401, "{\"error\":{\"message\":\"Incorrect API key provided: " + KEY + "\"}}");
        assertThat(screen.run("init", "train.py", "--llm", "openai:gpt")).isEqualTo(4);
        assertThat(screen.err()).contains("openai:gpt").doesNotContain(KEY);
        assertThat(folder.resolve("chiron.yaml")).doesNotExist();
        Files.writeString(folder.resolve("chiron.yaml"), "mine");
        assertThat(screen.run("init", "train.py", "--force", "--llm", "openai:gpt"))
                .isEqualTo(4);
        assertThat(folder.resolve("chiron.yaml")).hasContent("mine");
    }

    @Test
    void aServerThatIsBrokenLeavesTheInferredRanges() throws IOException {
        answer(400, "{\"error\":{\"message\":\"broken\"}}");
        assertThat(screen.run("init", "train.py", "--llm", "openai:gpt")).isZero();
        assertThat(screen.err().lines().filter(line -> line.contains("does not answer")))
                .hasSize(1);
        assertThat(Files.readString(folder.resolve("chiron.yaml")))
                .contains("LR: { type: float, low: 0.01, high: 1, log: true }    # line 1: 0.1\n");
    }

    @Test
    void aTaskIsComposedByAModelBehindAServerAndItsLogAskedFor() throws IOException {
        server.stubFor(
                any(anyUrl())
                        .withRequestBody(containing("set up the tuning"))
                        .willReturn(
                                reply(
                                        "{\\\"task\\\": {\\\"training\\\": \\\"Trains it.\\\"}, \\\"space\\\": "
                                                + "{\\\"LR\\\": {\\\"low\\\": 0.02, \\\"high\\\": 0.5, \\\"why\\\": \\\"it is small\\\"} } }")));
        server.stubFor(any(anyUrl())
                .withRequestBody(containing("training log you expect"))
                .willReturn(reply("{\\\"log\\\": [], \\\"final\\\": 1, \\\"low\\\": 0.5, \\\"high\\\": 1.5}")));
        assertThat(screen.run("init", "--describe", "Train it. My key is " + KEY, "--llm", "ollama:small", "--yes"))
                .as(screen.err())
                .isZero();
        assertThat(Files.readString(folder.resolve("chiron.yaml")))
                .contains("  Trains it.\n\n  In the person's words: Train it. My key is ***\n")
                .contains(
                        "LR: { type: float, low: 0.02, high: 0.5 }    # line 1: 0.1; range by ollama:small: it is small\n");
        assertThat(Files.readString(folder.resolve("chiron.predicted.json"))).contains("\"model\" : \"ollama:small\"");
        server.verify(
                1,
                postRequestedFor(urlEqualTo("/api/chat"))
                        .withRequestBody(containing("\"hardware\""))
                        .withRequestBody(containing("\"minutes\"")));
        server.verify(0, postRequestedFor(urlEqualTo("/api/chat")).withRequestBody(containing(KEY)));

        assertThat(screen.run(
                        "init",
                        "--describe",
                        "Train it.",
                        "--llm",
                        "ollama:small",
                        "--yes",
                        "--force",
                        "--no-prediction"))
                .isZero();
        server.verify(
                1, postRequestedFor(urlEqualTo("/api/chat")).withRequestBody(containing("training log you expect")));
    }

    private static ResponseDefinitionBuilder reply(String content) {
        return aResponse()
                .withHeader("Content-Type", "application/json")
                .withBody("{\"model\":\"small\",\"message\":{\"role\":\"assistant\",\"content\":\"" + content
                        + "\"},\"done\":true}");
    }

    @Test
    void aRefusedKeyEndsADescriptionToo() {
        answer(401, "{\"error\":{\"message\":\"Incorrect API key provided: " + KEY + "\"}}");
        assertThat(screen.run("init", "--describe", "Train it.", "--llm", "openai:gpt", "--yes"))
                .isEqualTo(4);
        assertThat(screen.err()).contains("openai:gpt").doesNotContain(KEY);
        assertThat(folder.resolve("chiron.yaml")).doesNotExist();
        assertThat(folder.resolve(".chiron-draft.yaml")).doesNotExist();
    }
}
