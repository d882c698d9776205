package dev.chiron.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol on real standard streams of a real process. */
class StdioTest {

    @TempDir
    Path folder;

    @Test
    void theSdksClientFindsTheTools() {
        try (Agent agent = Agent.in(folder)) {
            assertThat(agent.client().getServerInfo().name()).isEqualTo("chiron");
            assertThat(agent.client().listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .contains("list_studies");
        }
    }

    @Test
    void linesThatAreNoMessagesAreAnsweredAndTheServerGoesOn() throws Exception {
        try (ServerProcess server = ServerProcess.ready(folder)) {
            assertThat(errorOf(server, "{bad")).isEqualTo(-32700);
            assertThat(errorOf(server, "{} {}")).isEqualTo(-32700);
            assertThat(errorOf(server, "[1, 2]")).isEqualTo(-32600);
            assertThat(errorOf(server, "{\"jsonrpc\":\"1.0\",\"method\":\"ping\",\"id\":1}"))
                    .isEqualTo(-32600);
            assertThat(errorOf(server, "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}"))
                    .isEqualTo(-32600);
            assertThat(errorOf(server, "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\",\"params\":[]}"))
                    .isEqualTo(-32600);
            assertThat(errorOf(server, "x".repeat(17 << 20))).isEqualTo(-32600);
            assertThat(errorOf(server, "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"no/such\"}"))
                    .isEqualTo(-32601);
            assertThat(errorOf(server, "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\"}"))
                    .isEqualTo(-32602);
            server.say("{\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"tools/call\",\"params\":{\"name\":\"best\","
                    + "\"arguments\":{\"study\":NaN}}}");
            assertThat(server.answer(6).has("error")).isTrue();
            server.say("");
            server.say("{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"ping\"}");

            assertThat(server.answer(4).has("result")).isTrue();
        }
    }

    private static int errorOf(ServerProcess server, String line) throws IOException {
        server.say(line);
        JsonNode answer = server.hear();
        return answer.path("error").path("code").asInt();
    }

    @Test
    void whatWasAskedBeforeTheEndOfInputIsAnswered() throws Exception {
        Bowl.in(folder);
        try (ServerProcess server = ServerProcess.ready(folder)) {
            server.call(1, "open_study", "{\"task_file\":\"chiron.yaml\"}");
            server.answer(1);
            server.call(2, "run_trial", "{}");
            server.answer(2);
            server.call(3, "run_trial", "{\"config\":{\"K\":64}}");
            while (!server.hear().toString().contains("running trial 1")) {
                // the trial begins, and would take a minute
            }
            server.callUnfinished(4, "best", "{}");
            assertThat(server.end()).isZero();

            assertThat(server.rest()).contains("\"id\":3,", "ended_trials", "\"id\":4,", "against_baseline");
        }
    }

    @Test
    void aSignalEndsTheServerAndItsTrial() throws Exception {
        Bowl.in(folder);
        try (ServerProcess server = ServerProcess.ready(folder)) {
            server.call(1, "open_study", "{\"task_file\":\"chiron.yaml\"}");
            server.answer(1);
            server.call(2, "run_trial", "{}");
            server.answer(2);
            server.call(3, "run_trial", "{\"config\":{\"K\":64}}");
            while (!server.hear().toString().contains("running trial 1")) {
                // the trial begins, and would take a minute
            }
            List<ProcessHandle> started = List.of();
            while (started.isEmpty() && server.process().isAlive()) { // said before its process is there
                started = server.process().descendants().toList();
            }
            server.process().destroy();
            server.process().onExit().get(2, TimeUnit.MINUTES);
            assertThat(started).isNotEmpty();
            for (ProcessHandle process : started) {
                process.onExit().get(2, TimeUnit.MINUTES);
            }
        }
        try (Agent agent = Agent.in(folder)) {
            agent.text("open_study", Map.of("task_file", "chiron.yaml"));
            assertThat(agent.json("best", Map.of()).path("trials").asInt()).isEqualTo(1);
            assertThat(agent.text("run_trial", Map.of("wait_seconds", 0))).contains("running");
        }
    }

    @Test
    void theEndOfInputEndsTheProcess() throws Exception {
        try (ServerProcess server = ServerProcess.ready(folder)) {
            assertThat(server.end()).isZero();
        }
        assertThat(folder.resolve("stderr.txt")).isEmptyFile();
        assertThat(Files.list(folder)).hasSize(1);
    }
}
