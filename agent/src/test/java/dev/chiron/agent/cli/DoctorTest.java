package dev.chiron.agent.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {

    private static final String KEY = "sk-a-very-secret-key";

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X}
            metric: { name: loss }
            space: { X: { type: float, low: 0, high: 1, default: 0.9 } }
            budget: { trials: 30 }
            """;

    private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void start() {
        server.start();
        screen = new Screen(folder).with("OLLAMA_HOST", "127.0.0.1:" + server.port());
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private void task(String script) throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), script);
    }

    /** Findings by what they are of; of several the last. */
    private Map<String, JsonNode> findings() throws IOException {
        Map<String, JsonNode> findings = new LinkedHashMap<>();
        new ObjectMapper().readTree(screen.out()).forEach(one -> {
            assertThat(one.path("state").asText()).isIn("ok", "note", "absent", "broken");
            assertThat(one.path("state").asText().equals("ok") || one.has("advice"))
                    .as(one.toString())
                    .isTrue();
            findings.put(one.path("what").asText(), one);
        });
        return findings;
    }

    private String detail(String what) throws IOException {
        JsonNode finding = findings().get(what);
        return finding == null
                ? "none"
                : finding.path("state").asText() + ": " + finding.path("detail").asText();
    }

    @Test
    void withoutATaskItLooksAtTheMachine() throws IOException {
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404)));

        assertThat(screen.run("doctor", "--json")).as(screen.err()).isZero();

        assertThat(findings().keySet())
                .contains("java", "disk", "sandbox", "git", "python3", "gpu", "slurm", "task", "ollama", "keys");
        assertThat(detail("task")).startsWith("absent: there is no chiron.yaml");
        assertThat(detail("ollama")).startsWith("absent: no answer");
        assertThat(detail("keys")).startsWith("absent");
    }

    @Test
    void whatRunWouldRefuseOfTheTaskIsFound() throws IOException {
        task("echo loss: $1\n");
        Files.writeString(folder.resolve("chiron.yaml"), TASK + "method: code\n");

        assertThat(screen.run("doctor", "--json")).isEqualTo(2);

        assertThat(detail("task"))
                .startsWith("broken: llm.model: the method code needs a language model that writes code");
    }

    @Test
    void theBaselineIsRunOnceAndNothingIsLeft() throws IOException {
        task("echo accuracy: 0.7; echo loss: 1.5; echo loss: 1.2; echo loss: $1\n");

        assertThat(screen.run("doctor", "--json")).as(screen.out()).isZero();

        assertThat(detail("task")).contains("chiron.yaml: minimize loss, 1 parameter, 0 constraints");
        assertThat(detail("script")).contains("train.sh: 0 of the parameters are its constants, 1 reach it");
        assertThat(detail("program")).contains("sh {script} {X}, with /");
        assertThat(detail("metric"))
                .startsWith("ok: the baseline's loss is 0.9, from what it prints in ")
                .contains("(sandbox: ", "beside it accuracy", "a curve of ", "30 trials like it take");
        assertThat(folder.resolve("chiron-study")).doesNotExist();
        assertThat(screen.err()).contains("Running the baseline once, for 1 h 0 min at most");
    }

    @ParameterizedTest
    @CsvSource({
        "echo ready, no-metric, on a line of its own, 6",
        "echo 'No module named torch' >&2; exit 1, No module named torch, --sandbox-shell, 6",
        "echo loss: nan, diverged, default:, 6"
    })
    void whyTheBaselineFailsAndWhatToDoIsSaid(String script, String why, String advice, int exit) throws IOException {
        task(script.replace(';', '\n') + "\n");

        assertThat(screen.run("doctor", "--json")).isEqualTo(exit);

        assertThat(detail("metric")).startsWith("broken: the baseline failed").contains(why);
        assertThat(findings().get("metric").path("advice").asText()).contains(advice);
        assertThat(screen.run("doctor", "--no-baseline")).isZero();
    }

    @Test
    void aBrokenTaskIsAFindingBesideTheOthers() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK.replace("metric:", "metrik:"));

        assertThat(screen.run("doctor", "--json")).isEqualTo(2);

        assertThat(detail("task")).isEqualTo("broken: chiron.yaml:3: unknown key `metrik`, did you mean `metric`?");
        assertThat(findings()).containsKey("ollama").doesNotContainKey("metric");
        assertThat(screen.run("doctor", "other.yaml")).isEqualTo(2);
        task("echo loss: 1\n");
        Files.writeString(folder.resolve("chiron.yaml"), TASK.replace("run: sh", "run: no-such-program"));
        assertThat(screen.run("doctor", "--json", "--no-baseline")).isEqualTo(6);
        assertThat(detail("program")).contains("there is no no-such-program on the PATH");
    }

    private void ollama() {
        server.stubFor(get("/api/version").willReturn(aResponse().withBody("{\"version\":\"0.13.2\"}")));
        server.stubFor(get("/api/tags")
                .willReturn(aResponse().withBody("{\"models\":[{\"name\":\"tiny:4b\",\"size\":2600000000}]}")));
        server.stubFor(post("/api/show").willReturn(aResponse().withBody("""
                                {"capabilities":["completion","thinking"],"details":{"parameter_size":"4.0B"},
                                 "model_info":{"general.architecture":"qwen3","qwen3.context_length":40960}}""")));
        server.stubFor(get("/api/ps").willReturn(aResponse().withBody("""
                                {"models":[{"name":"tiny:4b","size":4000000000,"size_vram":3000000000,"context_length":4096}]}""")));
        server.stubFor(post("/api/chat").willReturn(says("{\\\"ready\\\": true}", 9)));
        server.stubFor(post("/api/chat")
                .withRequestBody(containing("from 1 to 60"))
                .willReturn(says("one, two, three", 180).withFixedDelay(500)));
    }

    private static ResponseDefinitionBuilder says(String text, int tokens) {
        return aResponse()
                .withHeader("Content-Type", "application/json")
                .withBody("{\"model\":\"tiny:4b\",\"message\":{\"role\":\"assistant\",\"content\":\"" + text
                        + "\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":30,\"eval_count\":" + tokens
                        + "}");
    }

    @Test
    void whatAModelOfOllamaCanDoIsFoundOut() throws IOException {
        ollama();

        assertThat(screen.run("doctor", "--json", "--llm", "ollama:tiny:4b"))
                .as(screen.out())
                .isZero();

        assertThat(detail("ollama")).contains("version 0.13.2, models: tiny:4b (2.6 GB)");
        assertThat(detail("model")).startsWith("ok: ollama:tiny:4b answered in ");
        assertThat(detail("context")).isEqualTo("ok: 40,960 tokens at most; each request asks for what it needs");
        assertThat(detail("prompt")).startsWith("ok: small: it has 4 billion parameters");
        assertThat(detail("json")).startsWith("ok");
        assertThat(detail("thinking")).startsWith("ok: it can reason");
        assertThat(detail("speed")).containsPattern("ok: \\d+ tokens a second \\(180 in ");
        assertThat(detail("loaded")).isEqualTo("note: it runs with a window of 4,096 tokens, 75 % of it on a GPU");
        assertThat(detail("price")).isEqualTo("ok: free");
    }

    @Test
    void theTasksOwnModelIsLookedAt() throws IOException {
        ollama();
        task("echo loss: 1\n");
        Files.writeString(folder.resolve("chiron.yaml"), TASK + "llm: { model: [ollama:tiny:4b, builtin] }\n");

        assertThat(screen.run("doctor")).as(screen.out()).isZero();

        assertThat(screen.out()).contains("ollama:tiny:4b answered", "builtin answered");
    }

    @Test
    void aModelThatIsNotThereIsBroken() throws IOException {
        ollama();
        server.stubFor(post("/api/chat")
                .willReturn(aResponse().withStatus(404).withBody("{\"error\":\"model 'none' not found\"}")));
        assertThat(screen.run("doctor", "--json", "--llm", "ollama:gone")).isEqualTo(4);
        assertThat(findings().get("model").path("detail").asText()).contains("ollama pull gone");
        assertThat(screen.run("doctor", "--llm", "olama:gone")).isEqualTo(2);
        assertThat(screen.out()).contains("olama:gone: unknown model");
        assertThat(screen.run("doctor", "--llm", "none")).isEqualTo(2);
        server.stop();
        assertThat(screen.run("doctor", "--llm", "ollama:gone")).isEqualTo(5);
    }

    @Test
    void keysAreNamedAndNeverShownAndAStaleOneIsWorthANote() throws IOException {
        server.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(401)
                        .withBody("{\"error\":{\"message\":\"Incorrect API key provided: " + KEY + "\"}}")));
        screen.with("OPENAI_API_KEY", KEY).with("OPENAI_BASE_URL", server.baseUrl() + "/v1");

        assertThat(screen.run("doctor", "--json")).as("no task wants it").isZero();

        assertThat(detail("keys")).isEqualTo("ok: set: OPENAI_API_KEY");
        assertThat(detail("openai")).startsWith("note: the key is refused");
        assertThat(screen.out() + screen.err()).doesNotContain(KEY);
        assertThat(screen.run("doctor", "--llm", "openai:gpt-6-luna", "--json")).isEqualTo(4);
        assertThat(screen.out() + screen.err()).doesNotContain(KEY);
        assertThat(detail("price")).contains("$0.1 in, $0.5 out", "as of 2026-09-22");
        screen.run("doctor", "--llm", "openai:gpt-none", "--json");
        assertThat(detail("price")).startsWith("note: what openai:gpt-none costs is not known");
        assertThat(findings().get("price").path("advice").asText())
                .contains(folder.resolve(".config/chiron/prices.yaml").toString());
    }

    @Test
    void gpusAreShownWithTheirMemory() throws IOException {
        program(
                "nvidia-smi",
                "echo '0, NVIDIA H200, 143771, 143000, 570.86.15'\necho '1, NVIDIA H200, 143771, 700, 570.86.15'");
        screen.with("PATH", folder + ":" + System.getenv("PATH"));

        assertThat(screen.run("doctor")).isZero();

        assertThat(screen.out())
                .containsPattern("gpu +ok +0: NVIDIA H200, 140\\.4 GiB, 139\\.6 free, driver 570.86.15")
                .containsPattern("gpu +note +1: NVIDIA H200, 140\\.4 GiB, 0\\.7 free")
                .contains("CUDA_VISIBLE_DEVICES");
        program("nvidia-smi", "echo '0, Old, [N/A], [N/A], 1'");
        screen.run("doctor");
        assertThat(screen.out()).containsPattern("gpu +note +0, Old, ");
    }

    private void program(String name, String body) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
