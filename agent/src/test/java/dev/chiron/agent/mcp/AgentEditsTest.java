package dev.chiron.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edits of the script that an agent proposes, in a study without a model of its own. */
@Tag("python")
class AgentEditsTest {

    private static final String TASK = """
            script: train.py
            run: python3 {script}
            metric: { name: loss, goal: minimize, from: stdout }
            evaluate: python3 score.py {artifacts}
            readonly: [score.py]
            space:
              X: { type: float, low: 0.0, high: 1.0 }
            method: centaur-code
            budget: { trials: 60 }
            seed: 5
            """;

    private static final String SCRIPT = """
            import os
            X = 0.9

            def value():
                return (X - 0.3) ** 2 + 1.0

            with open(os.environ["CHIRON_ARTIFACTS"] + "/value", "w") as file:
                file.write(repr(value()))
            """;

    private static final String SCORE = """
            import sys
            print("loss:", float(open(sys.argv[1] + "/value").read()))
            """;

    private static final Map<String, Object> HALVED = Map.of(
            "idea",
            "Halve the\n constant",
            "edits",
            List.of(Map.of(
                    "search", "    return (X - 0.3) ** 2 + 1.0\n", "replace", "    return (X - 0.3) ** 2 + 0.5\n")));

    @TempDir
    Path folder;

    @BeforeEach
    void task() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.py"), SCRIPT);
        Files.writeString(folder.resolve("score.py"), SCORE);
    }

    @Test
    void anEditIsRunInTheAgentsNameAndGoesOnWhereItLeftOff() throws IOException {
        try (Agent agent = Agent.in(folder)) {
            agent.text("open_study", Map.of("task_file", "chiron.yaml"));
            assertThat(agent.error("propose_edit", HALVED)).contains("run_trial");
            agent.text("run_trial", Map.of());

            JsonNode trial =
                    agent.json("propose_edit", HALVED).path("ended_trials").path(0);
            assertThat(trial.path("origin").asText()).isEqualTo("agent");
            assertThat(trial.path("value").asDouble()).isCloseTo(0.86, within(1e-9));
            assertThat(trial.path("script").path("idea").asText()).isEqualTo("Halve the constant");
            agent.text("run_trials", Map.of("trials", 8));
            agent.text("wait", Map.of("wait_seconds", 100));
            assertThat(agent.text("read_script", bestOf(agent))).contains("+ 0.5");
            assertThat(agent.text("show_trial", Map.of("trial", 1)))
                    .contains("an edit by agent (" + Agent.NAME + ")", "idea: Halve the constant");
        }
        assertThat(folder.resolve("train.py")).hasContent(SCRIPT);
        try (Agent agent = Agent.in(folder)) {
            agent.text("open_study", Map.of("task_file", "chiron.yaml"));
            assertThat(agent.error(
                            "propose_edit",
                            Map.of("idea", "Again", "script", agent.text("read_script", bestOf(agent)))))
                    .contains("changes nothing");
            String best = agent.text("read_script", bestOf(agent));
            JsonNode trial = agent.json(
                            "propose_edit", Map.of("idea", "None of it", "script", best.replace(" + 0.5", "")))
                    .path("ended_trials")
                    .path(0);
            assertThat(trial.path("trial").asInt()).isEqualTo(10);
            assertThat(trial.path("value").asDouble()).isLessThan(0.5);
        }
    }

    @Test
    void aResultIsWrittenIntoTheUsersScriptAndTakenBack() throws IOException {
        try (Agent agent = Agent.in(folder)) {
            agent.text("open_study", Map.of("task_file", "chiron.yaml"));
            agent.text("run_trial", Map.of());
            agent.text("propose_edit", HALVED);
            assertThat(agent.text("diff", Map.of("trial", 1)))
                    .contains("-    return (X - 0.3) ** 2 + 1.0", "+    return (X - 0.3) ** 2 + 0.5");
            assertThat(agent.error("undo", Map.of())).contains("nothing of this study was kept");

            assertThat(agent.json("keep", Map.of("trial", 1)).path("changed").asBoolean())
                    .isTrue();
            assertThat(folder.resolve("train.py")).content().contains("+ 0.5");
            assertThat(agent.text("undo", Map.of())).contains("as it was before trial 1");
            assertThat(folder.resolve("train.py")).hasContent(SCRIPT);
        }
    }

    private static Map<String, Object> bestOf(Agent agent) throws IOException {
        return Map.of("trial", agent.json("best", Map.of()).at("/best/trial").asInt());
    }

    @Test
    void theScriptKeepsItsEndsOfLines() throws IOException {
        Files.writeString(folder.resolve("train.py"), SCRIPT.replace("\n", "\r\n"));
        try (Agent agent = Agent.in(folder)) {
            agent.text("open_study", Map.of("task_file", "chiron.yaml"));
            agent.text("run_trial", Map.of());
            agent.text(
                    "propose_edit",
                    Map.of(
                            "idea",
                            "Halve the constant",
                            "edits",
                            List.of(Map.of(
                                    "search",
                                    "    return (X - 0.3) ** 2 + 1.0\r\n",
                                    "replace",
                                    "    # half\r\n    return (X - 0.3) ** 2 + 0.5\r\n"))));
            assertThat(agent.text("read_script", Map.of("trial", 1)))
                    .isEqualTo(SCRIPT.replace(
                                    "    return (X - 0.3) ** 2 + 1.0", "    # half\n    return (X - 0.3) ** 2 + 0.5")
                            .replace("\n", "\r\n"));
        }
    }

    @Test
    void whatCannotBeRunIsRefusedWithTheReasonAndIsNoTrial() throws IOException {
        try (Agent agent = Agent.in(folder)) {
            agent.text("open_study", Map.of("task_file", "chiron.yaml"));
            agent.text("run_trial", Map.of());
            assertThat(agent.error("propose_edit", Map.of("idea", "Both ways"))).contains("either `edits` or `script`");
            assertThat(agent.error(
                            "propose_edit",
                            Map.of("idea", "Half given", "edits", List.of(Map.of("search", "X = 0.9")))))
                    .contains("each of `edits` needs `replace`");
            assertThat(agent.error(
                            "propose_edit",
                            Map.of(
                                    "idea",
                                    "Nowhere",
                                    "edits",
                                    List.of(Map.of("search", "no such line", "replace", "x")))))
                    .contains("block 1 is not in the script");
            assertThat(agent.error("propose_edit", Map.of("idea", "Broken", "script", SCRIPT + "def (\n")))
                    .contains("does not parse");
            assertThat(agent.error("propose_edit", Map.of("idea", " ", "script", SCRIPT)))
                    .contains("`idea`");
            assertThat(agent.json("best", Map.of()).path("trials").asInt()).isEqualTo(1);
        }
    }

    @Test
    void aStudyThatRunsTheScriptAsItIsTakesNoEdit() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK.replace("centaur-code", "cma-es"));
        try (Agent agent = Agent.in(folder)) {
            agent.text("open_study", Map.of("task_file", "chiron.yaml"));
            agent.text("run_trial", Map.of());
            assertThat(agent.error("propose_edit", HALVED)).contains("runs the script as it is", "centaur-code");
        }
    }
}
