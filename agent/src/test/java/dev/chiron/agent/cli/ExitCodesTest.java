package dev.chiron.agent.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each exit code of {@code chiron run}, as another program sees it. */
@Timeout(180)
class ExitCodesTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X}
            metric: { name: loss }
            space: { X: { type: float, low: 0, high: 1, default: 0.9 } }
            method: centaur
            budget: { trials: 4 }
            """;

    @TempDir
    Path folder;

    private final EventSchema schema = new EventSchema();

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), "echo loss: $1\n");
    }

    private void requireExit(int code, String says, String... arguments) throws Exception {
        requireExit(code, says, Map.of(), arguments);
    }

    private void requireExit(int code, String says, Map<String, String> variables, String... arguments)
            throws Exception {
        try (Started chiron = Started.in(folder, variables, arguments)) {
            assertThat(chiron.exitCode()).as(chiron.out() + chiron.err()).isEqualTo(code);
            assertThat(chiron.out() + chiron.err()).contains(says);
            if (List.of(arguments).contains("--json")) {
                schema.requireEvents(chiron.out());
            }
        }
    }

    @Test
    void zeroIsDone() throws Exception {
        requireExit(0, "\"end\":\"done\"", "run", "--json");
        requireExit(0, "\"trials_done\":4", "run", "--json");
    }

    @Test
    void oneIsAMachineThatFailsTrialAfterTrial() throws Exception {
        Path project = Files.createDirectory(folder.resolve("project"));
        for (String file : List.of("chiron.yaml", "train.sh")) {
            Files.move(folder.resolve(file), project.resolve(file));
        }
        Files.writeString(project.resolve("train.sh"), "sleep 0.2; echo loss: $1\n");
        try (Started chiron =
                Started.in(folder, "run", "project/chiron.yaml", "--study", "study", "--json", "--trials", "500")) {
            chiron.until("\"trial\":0");
            Files.move(project, folder.resolve("a disk that is gone"));

            assertThat(chiron.exitCode()).as(chiron.err()).isEqualTo(1);

            assertThat(chiron.out()).contains("\"event\":\"retry\"", "\"end\":\"broken-machine\"");
            schema.requireEvents(chiron.out());
        }
    }

    @Test
    void oneIsAFolderThatCannotBeWritten() throws Exception {
        requireExit(1, "/proc/study", "run", "--study", "/proc/study");
    }

    @Test
    void twoIsBadInput() throws Exception {
        requireExit(2, "Unknown option", "run", "--trails", "3");
        Files.writeString(folder.resolve("chiron.yaml"), TASK.replace("method", "methed"));
        requireExit(2, "chiron.yaml:5: unknown key `methed`, did you mean `method`?", "run", "--json");
    }

    @Test
    void threeIsNothingMeasured() throws Exception {
        Files.writeString(folder.resolve("train.sh"), "exit 3\n");
        requireExit(6, "crashed", "run");
        requireExit(3, "nothing was measured", "best");
    }

    @Test
    void fourIsAModelThatRefusesTheKey() throws Exception {
        WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());
        server.start();
        try {
            server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401)));
            requireExit(
                    4,
                    "openai:gpt",
                    Map.of("OPENAI_API_KEY", "sk-wrong", "OPENAI_BASE_URL", server.baseUrl() + "/v1"),
                    "run",
                    "--llm",
                    "openai:gpt");
        } finally {
            server.stop();
        }
    }

    @Test
    void fiveIsARequiredModelThatIsAway() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        requireExit(
                5,
                "does not answer",
                Map.of("OLLAMA_HOST", "127.0.0.1:" + port),
                "run",
                "--llm",
                "ollama:qwen3:0.6b",
                "--llm-required");
    }

    @Test
    void sixIsABaselineThatFails() throws Exception {
        Files.writeString(folder.resolve("train.sh"), "exit 3\n");
        requireExit(6, "\"end\":\"baseline-failed\"", "run", "--json");
    }

    @Test
    void sevenIsAStudyThatIsInUseOrDamaged() throws Exception {
        Files.writeString(folder.resolve("train.sh"), "sleep 0.2; echo loss: $1\n");
        try (Started chiron = Started.in(folder, "run", "--json", "--trials", "500")) {
            chiron.until("\"trial\":0");
            requireExit(7, "is being written by process", "run");
        }
        Path journal = folder.resolve("chiron-study/journal.jsonl");
        Files.writeString(journal, Files.readString(journal).replace("\"value\":0.9", "\"value\":0.1"));
        requireExit(7, "journal.jsonl:3", "run");
    }

    @Test
    void aHundredAndThirtyIsAStudyThatWasInterruptedAndGoesOn() throws Exception {
        Files.writeString(folder.resolve("train.sh"), "sleep 0.2; echo loss: $1\n");
        try (Started chiron = Started.in(folder, "run", "--json", "--trials", "500")) {
            chiron.until("\"trial\":1");
            chiron.signal("INT");
            assertThat(chiron.exitCode()).as(chiron.err()).isEqualTo(130);
            assertThat(chiron.out()).contains("\"end\":\"interrupted\"");
            schema.requireEvents(chiron.out());
        }
        requireExit(0, "\"resumed\":true", "run", "--json", "--trials", "4");
    }
}
