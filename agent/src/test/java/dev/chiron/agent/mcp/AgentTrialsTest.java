package dev.chiron.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials that an agent proposes, queues, tells and gives up. */
class AgentTrialsTest {

    @TempDir
    Path folder;

    @Test
    void whatAnAgentProposesIsItsOwn() throws IOException {
        Bowl.in(folder);
        try (Agent agent = Agent.in(folder)) {
            agent.text("open_study", Map.of("task_file", "chiron.yaml"));
            assertThat(agent.error("run_trial", Map.of("config", Map.of("K", 20))))
                    .contains("baseline");
            agent.text("run_trial", Map.of());

            assertThat(ran(agent, "run_trial", Map.of("config", Map.of("K", 20), "why", "the middle"), 0))
                    .isEqualTo("agent 0.14");
            assertThat(agent.error("run_trial", Map.of("config", Map.of("K", 20))))
                    .contains("trial 1 ran exactly these values");
            assertThat(agent.error("run_trial", Map.of("config", Map.of("K", 60, "X", 1))))
                    .contains("X * K <= 40");

            int number = agent.json("enqueue", Map.of("config", Map.of("K", 21)))
                    .path("number")
                    .asInt();
            agent.text("cancel", Map.of("number", number));
            agent.text("enqueue", Map.of("config", Map.of("K", 22)));
            assertThat(ran(agent, "tell", Map.of("config", Map.of("X", 0.25), "value", 0.001), 1))
                    .isEqualTo("told 0.001");
            assertThat(ran(agent, "run_trial", Map.of(), 0)).startsWith("cma-es ");

            assertThat(agent.error("steer", Map.of("action", "model", "text", "ollama:qwen3:8b")))
                    .contains("over MCP a model may be none, builtin, perturb");
            assertThat(agent.error("steer", Map.of("action", "model", "text", "builtin")))
                    .contains("the method cma-es asks no model");
            agent.text("steer", Map.of("action", "pin", "parameter", "KIND", "value", "flat"));
            assertThat(agent.text("describe_study", Map.of())).contains("\"options\":[\"flat\"]");
            assertThat(agent.text("optimizer_state", Map.of())).contains("CMA-ES");
            assertThat(agent.json("suggest", Map.of()).at("/config/KIND").asText())
                    .isEqualTo("flat");
        }
        try (Agent agent = Agent.in(folder)) {
            agent.text("open_study", Map.of("task_file", "chiron.yaml"));
            assertThat(agent.text("optimizer_state", Map.of())).contains("CMA-ES");
            assertThat(agent.json("suggest", Map.of()).at("/config/KIND").asText())
                    .isEqualTo("flat");
        }
    }

    @Test
    void aConfigOfTheAgentsIsRunHoweverManyWereQueuedBefore() throws IOException {
        Bowl.in(folder);
        try (Agent agent = Agent.in(folder)) {
            agent.text("open_study", Map.of("task_file", "chiron.yaml"));
            assertThat(agent.error("optimizer_state", Map.of())).contains("nothing is known yet");
            assertThat(agent.error("run_trial", Map.of("config", Map.of("K", 20))))
                    .contains("baseline");
            agent.text("run_trial", Map.of());
            agent.text("enqueue", Map.of("config", Map.of("K", 22)));
            JsonNode ended =
                    agent.json("run_trial", Map.of("config", Map.of("K", 24))).path("ended_trials");
            assertThat(ended).hasSize(2);
            assertThat(ended.get(1).at("/config/K").asInt()).isEqualTo(24);

            assertThat(agent.error("cancel", Map.of("number", 99))).contains("undo 99");
            assertThat(agent.text("wait", Map.of())).contains("\"ended_trials\"");

            JsonNode told = agent.json("tell", Map.of("config", Map.of("K", 30), "value", 0.5, "why", "on the cluster"))
                    .path("ended_trials")
                    .get(0);
            assertThat(told.path("origin").asText()).isEqualTo("told");
            assertThat(agent.text("show_trial", Map.of("trial", 3)))
                    .contains("measured elsewhere and told by " + Agent.NAME, "why: on the cluster");

            agent.text("steer", Map.of("action", "range", "parameter", "K", "low", 40, "high", 60));
            assertThat(agent.json("propose", Map.of("config", Map.of("X", 0.2)))
                            .path("config")
                            .path("X")
                            .asDouble())
                    .isEqualTo(0.2);
        }
    }

    @Test
    void whatIsSteeredHoldsAgainstWhatTheStudyWasOpenedWith() throws IOException {
        Bowl.in(folder);
        try (Agent agent = Agent.in(folder)) {
            agent.text("open_study", Map.of("task_file", "chiron.yaml", "budget_trials", 50));
            agent.text("run_trial", Map.of());
            agent.text("steer", Map.of("action", "budget", "trials", 3));
            agent.text("run_trials", Map.of("trials", 8));
            agent.text("wait", Map.of("wait_seconds", 100));
            assertThat(agent.json("best", Map.of()).path("trials").asInt()).isEqualTo(3);
        }
    }

    private static String ran(Agent agent, String tool, Map<String, Object> arguments, int index) throws IOException {
        JsonNode trial = agent.json(tool, arguments).path("ended_trials").get(index);
        return trial.path("origin").asText() + " " + trial.path("value").asText();
    }

    @Test
    void theEndOfInputEndsARunningTrialAndTheStudyGoesOnLater() throws Exception {
        Bowl.in(folder);
        try (ServerProcess server = ServerProcess.ready(folder)) {
            server.call(1, "open_study", "{\"task_file\":\"chiron.yaml\"}");
            server.answer(1);
            server.call(2, "run_trial", "{}");
            server.answer(2);
            server.call(3, "run_trial", "{\"config\":{\"K\":64},\"wait_seconds\":0}");
            assertThat(server.answer(3).toString()).contains("\\\"running\\\": true");
            assertThat(server.end()).isZero();
        }
        try (Agent agent = Agent.in(folder)) {
            agent.text("open_study", Map.of("task_file", "chiron.yaml"));
            assertThat(agent.json("best", Map.of()).path("trials").asInt()).isEqualTo(1);
        }
    }

    @Test
    void aCallThatIsTakenBackGivesTheTrialUp() throws Exception {
        Bowl.in(folder);
        try (ServerProcess server = ServerProcess.ready(folder)) {
            server.call(1, "open_study", "{\"task_file\":\"chiron.yaml\"}");
            server.answer(1);
            server.call(2, "run_trial", "{}");
            server.answer(2);
            server.call(3, "run_trial", "{\"config\":{\"K\":64},\"wait_seconds\":100}");
            while (!server.hear().toString().contains("running trial 1")) {
                // the trial begins
            }
            server.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":3}}");
            server.call(4, "wait", "{}");
            assertThat(server.answer(4).toString()).contains("\\\"running\\\": false");
            while (true) { // nothing may be started as long as what was asked for is taken back
                server.call(5, "run_trial", "{}");
                String answer = server.answer(5).toString();
                if (!answer.contains("are being run")) {
                    assertThat(answer).contains("\\\"origin\\\":\\\"cma-es\\\"");
                    break;
                }
            }
        }
    }
}
