package dev.chiron.agent.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.exactly;
import static com.github.tomakehurst.wiremock.client.WireMock.moreThan;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which prompt a model reads. */
class SmallPromptTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              X: { type: float, low: 0.0, high: 1.0, default: 0.9 }
            llm: { share: 1.0, warmup: 2 }
            budget: { trials: 5 }
            """;
    private static final String SMALL = "You tune a training script.";
    private static final String FULL = "together with an optimizer.";

    @TempDir
    Path folder;

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().globalTemplating(true));
    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), "echo loss: $1\n");
        server.start();
        server.stubFor(post("/api/chat")
                .willReturn(aResponse()
                        .withBody("{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":"
                                + "\"{\\\"X\\\": 0.{{randomValue length=5 type='NUMERIC'}} }\"},\"done\":true,"
                                + "\"done_reason\":\"stop\",\"prompt_eval_count\":900,\"eval_count\":6}")));
        screen = new Screen(folder).with("OLLAMA_HOST", "127.0.0.1:" + server.port());
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private void served(String size) {
        server.stubFor(post("/api/show")
                .willReturn(aResponse().withBody("{\"details\":{\"parameter_size\":\"" + size + "\"}}")));
    }

    private void run(String... more) {
        List<String> line = new ArrayList<>(List.of("run", "--quiet"));
        line.addAll(List.of(more));
        assertThat(screen.run(line.toArray(String[]::new))).as(screen.err()).isZero();
    }

    private void assertRead(String words, int atLeast) {
        server.verify(
                atLeast == 0 ? exactly(0) : moreThan(atLeast - 1),
                postRequestedFor(urlEqualTo("/api/chat")).withRequestBody(containing(words)));
    }

    @ParameterizedTest
    @CsvSource({"qwen3:0.6b, 70B", "mine, 8.2B", "llama3.1:8b, ''"})
    void aModelOfUpToEightBillionParametersReadsTheSmallPrompt(String model, String size) throws IOException {
        served(size);
        run("--llm", "ollama:" + model);

        assertRead(SMALL, 3);
        assertRead(FULL, 0);
        assertRead("failure", 0); // nor is it in the schema of the reply
        assertThat(Files.readString(folder.resolve("chiron-study/journal.jsonl")))
                .contains("\"origin\":\"llm\"", "\"template\":\"centaur-small\"");
        assertThat(Files.readString(folder.resolve("chiron-study/study.yaml"))).contains("prompt: small");
    }

    @ParameterizedTest
    @CsvSource({"qwen3:30b-a3b, 3B", "mine, 14.8B", "mine, ''"})
    void aLargerModelAndOneOfUnknownSizeReadTheFullPrompt(String model, String size) throws IOException {
        served(size);
        run("--llm", "ollama:" + model);

        assertRead(FULL, 3);
        assertRead(SMALL, 0);
        assertThat(Files.readString(folder.resolve("chiron-study/journal.jsonl")))
                .contains("\"template\":\"centaur\"");
    }

    @Test
    void whatIsWrittenHoldsWhateverTheSize() {
        served("70B");
        run("--llm", "ollama:mine", "--set", "llm.prompt=small");
        assertRead(SMALL, 3);
        run("--llm", "ollama:qwen3:0.6b", "--set", "llm.prompt=full", "--fresh");
        assertRead(FULL, 3);
    }

    @Test
    void aStudyGoesOnWithThePromptThatItBeganWith() {
        served("3B");
        run("--llm", "ollama:mine", "--trials", "4");
        served("70B");
        run("--trials", "7");

        assertRead(SMALL, 5);
        assertRead(FULL, 0);
    }

    @Test
    void aRecordingIsReplayedWithThePromptThatWasRecorded() throws IOException {
        served("3B");
        run("--llm", "ollama:mine", "--study", "first");
        server.resetAll();
        run("--llm", "replay:" + folder.resolve("first"), "--study", "second");
        run("--llm", "replay:" + folder.resolve("first/llm"), "--study", "third");

        for (String study : List.of("second", "third")) {
            assertThat(Files.readString(folder.resolve(study).resolve("journal.jsonl")))
                    .contains("\"origin\":\"llm\"")
                    .doesNotContain("no recorded answer");
        }
    }

    @Test
    void theRulesOfThumbReadTheFullPrompt() throws IOException {
        run("--llm", "builtin");

        assertThat(Files.readString(folder.resolve("chiron-study/study.yaml"))).contains("prompt: full");
    }

    @Test
    void doctorSaysWhichPromptItWillBe() {
        served("3.2B");
        screen.run("doctor", "--llm", "ollama:mine");
        assertThat(screen.out()).contains("small: it has 3.2 billion parameters");
        screen.run("doctor", "--llm", "ollama:other:70b");
        assertThat(screen.out()).contains("full: it has 70 billion parameters");
    }

    @Test
    void anotherWordIsRefused() {
        assertThat(screen.run("run", "--set", "llm.prompt=tiny")).isEqualTo(2);
        assertThat(screen.err()).contains("llm.prompt").contains("auto").contains("small");
    }
}
