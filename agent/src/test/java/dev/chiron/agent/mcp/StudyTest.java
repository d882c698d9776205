package dev.chiron.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chiron.agent.store.Prediction;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.prompts.reply.PredictedLog;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole studies through the SDK's own client and a real server process. */
class StudyTest {

    @TempDir
    Path folder;

    @Test
    void anAgentRunsOneTrialAfterTheOther() throws IOException {
        Bowl.in(folder);
        Path task = folder.resolve("chiron.yaml");
        Files.writeString(task, Files.readString(task) + "gpus: [0, 1]\n");
        try (Agent agent = Agent.in(folder)) {
            assertThat(agent.error("open_study", Map.of("task_file", "chiron.yaml")))
                    .contains("over MCP one trial is run after the other, and the task has 2 workers");
        }
        assertThat(folder.resolve("chiron-study")).doesNotExist();
    }

    @Test
    void anAgentTakesAStudyFromItsTaskToItsReport() throws IOException {
        Bowl.in(folder);
        try (Agent agent = Agent.in(folder)) {
            assertThat(agent.json("list_studies", Map.of())
                            .path("task_files")
                            .get(0)
                            .asText())
                    .isEqualTo("chiron.yaml");
            JsonNode opened = agent.json("open_study", Map.of("task_file", "chiron.yaml"));
            assertThat(opened.path("study").asText()).isEqualTo("chiron-study");
            assertThat(opened.path("parameters")).hasSize(3);
            assertThat(agent.error("best", Map.of())).contains("run_trial");
            assertThat(agent.text("status", Map.of()))
                    .contains("Study chiron-study: open, idle", "It has no trial yet: `run_trial` runs the baseline.");

            JsonNode baseline = agent.json("run_trial", Map.of());
            assertThat(baseline.path("ended_trials").get(0).path("origin").asText())
                    .isEqualTo("baseline");

            JsonNode suggested = agent.json("suggest", Map.of()).path("config");
            JsonNode ran =
                    agent.json("run_trial", Map.of()).path("ended_trials").get(0);
            assertThat(ran.path("config")).isEqualTo(suggested);
            assertThat(ran.path("origin").asText()).isEqualTo("cma-es");

            JsonNode several = agent.json("run_trials", Map.of("trials", 12));
            assertThat(several.path("study").asText()).isEqualTo("chiron-study");
            McpSchema.CallToolResult waited = agent.callWithProgress("wait", Map.of("wait_seconds", 100));
            assertThat(Agent.words(waited)).contains("\"running\": false");
            assertThat(agent.progress()).isNotEmpty();
            assertThat(agent.progress())
                    .extracting(McpSchema.ProgressNotification::progress)
                    .isSorted();

            assertThat(agent.json("best", Map.of()).path("trials").asInt()).isEqualTo(14);
            assertThat(agent.text("optimizer_state", Map.of())).contains("sigma");
            assertThat(agent.text("trials", Map.of("sort", "best", "limit", 2)).lines())
                    .hasSize(3);
            assertThat(agent.text("trials", Map.of("origin", "baseline")).lines())
                    .hasSize(2);
            assertThat(agent.text("compare", Map.of("trials", List.of(0, 1)))).contains("trial 1");
            assertThat(agent.text("show_trial", Map.of("trial", 1))).contains("loss: ");
            assertThat(agent.json("importance", Map.of()).path("parameters")).hasSize(3);
            assertThat(agent.text("report", Map.of()))
                    .contains("## Result", "## What mattered", "best trials against the baseline");
            assertThat(agent.text("read_script", Map.of())).contains("awk");
            assertThat(agent.text("status", Map.of())).contains("14 trials");

            McpSchema.ImageContent picture = (McpSchema.ImageContent)
                    agent.call("plot", Map.of("kind", "history")).content().get(0);
            assertThat(Base64.getDecoder().decode(picture.data())).startsWith(0x89, 'P', 'N', 'G');
        }
    }

    @Test
    @Tag("python")
    void theStatusHasTheScoreOfTheLogThatWasForetoldOfTheBaseline() throws IOException {
        String script = "X = 0.5\nfor step in range(1, 5):\n    print(f'step {step} loss: {X / step}')\n";
        Files.writeString(folder.resolve("train.py"), script);
        Files.writeString(folder.resolve("chiron.yaml"), """
                script: train.py
                run: python3 {script}
                metric: { name: loss, goal: minimize, from: stdout }
                limits: { time: 1m }
                space: { X: { type: float, low: 0.0, high: 1.0 } }
                method: random
                budget: { trials: 3 }
                """);
        Prediction.Of baseline = Prediction.Of.run("loss", Config.of(Map.of("X", Value.of(0.5))), 60, script);
        PredictedLog log = new PredictedLog(0.25, 0.2, 0.3, List.of(new PredictedLog.Point(0.5, 0.3)));
        new Prediction(baseline, "somebody", log).write(Prediction.beside(folder.resolve("chiron.yaml")));
        try (Agent agent = Agent.in(folder)) {
            agent.text("open_study", Map.of("task_file", "chiron.yaml"));
            agent.text("run_trial", Map.of());
            assertThat(agent.text("status", Map.of()).replaceAll("\\s+", " "))
                    .endsWith(
                            "somebody foretold loss 0.25 (0.2 to 0.3) of the baseline; it was 0.125, off by 0.125 (100.0 %), "
                                    + "outside its interval. The first value it printed, 0.5, is off by 0.375; on the way, at 1 point, "
                                    + "the model was off by 0.05 and that by 0.25 in the mean.");
        }
    }

    @Test
    void aConfigIsCheckedBeforeItIsRun() throws IOException {
        Bowl.in(folder);
        try (Agent agent = Agent.in(folder)) {
            agent.text("open_study", Map.of("task_file", "chiron.yaml"));
            agent.text("run_trial", Map.of());

            JsonNode broken = agent.json("propose", Map.of("config", Map.of("X", 0.9, "K", 60)));
            assertThat(broken.path("accepted").asBoolean()).isFalse();
            assertThat(broken.path("objections").get(0).asText()).contains("X * K <= 40");
            assertThat(broken.path("nearest_that_keeps_them").path("K").asInt()).isEqualTo(60);

            JsonNode again = agent.json("propose", Map.of("config", Map.of("K", "8")));
            assertThat(again.path("objections").get(0).asText()).contains("trial 0 ran exactly these values");

            assertThat(agent.error("propose", Map.of("config", Map.of("KINDS", "round", "K", 65))))
                    .contains("did you mean `KIND`?")
                    .contains("K must lie in [1, 64]");
            assertThat(agent.json("propose", Map.of("config", Map.of("K", 20)))
                            .path("accepted")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void errorsOfTheUserAreOneClearMessage() throws IOException {
        Path project = folder.resolve("project");
        Bowl.in(project);
        Files.writeString(folder.resolve("chiron.yaml"), "task: outside\n");
        Files.createSymbolicLink(project.resolve("way-out"), folder);
        try (Agent agent = Agent.in(project)) {
            assertThat(agent.error("open_study", Map.of("task_file", "../chiron.yaml")))
                    .contains("is outside");
            assertThat(agent.error("open_study", Map.of("task_file", "way-out/chiron.yaml")))
                    .contains("is outside");
            assertThat(agent.error("open_study", Map.of("task_file", "/etc/passwd")))
                    .contains("is outside");
            assertThat(agent.error("open_study", Map.of("task_fill", "x"))).contains("did you mean `task_file`?");
            assertThat(agent.error("open_study", Map.of())).contains("needs `task_file`");
            assertThat(agent.error("open_study", Map.of("task_file", "chiron.yaml", "model", "command:touch x")))
                    .contains("none, builtin, perturb");
            assertThat(agent.error("open_study", Map.of("task_file", "chiron.yaml", "method", "cma-se")))
                    .contains("did you mean `cma-es`?");
            assertThat(agent.error("best", Map.of("study", "way-out"))).contains("is outside");
            assertThat(agent.error("trials", Map.of("limit", 0))).contains("1 to 200");
            assertThat(agent.error("run_trial", Map.of())).contains("open_study");
        }
    }

    @Test
    void aTaskThatWouldLeaveTheSandboxIsRefused() throws IOException {
        Bowl.in(folder);
        String task = Files.readString(folder.resolve("chiron.yaml"));
        Files.writeString(folder.resolve("open.yaml"), task + "sandbox: { level: off }\n");
        try (Agent agent = Agent.in(folder)) {
            assertThat(agent.error("open_study", Map.of("task_file", "open.yaml")))
                    .contains("--allow-sandbox-off");
            assertThat(agent.error(
                            "create_task",
                            Map.of(
                                    "script",
                                    "train.sh",
                                    "replace",
                                    true,
                                    "yaml",
                                    task + "llm: { model: \"command:touch x\" }\n")))
                    .contains("by the person");
            assertThat(Files.readString(folder.resolve("chiron.yaml"))).isEqualTo(task);
        }
    }

    @Test
    void twoStudiesAreOpenAtOnce() throws IOException {
        Bowl.in(folder.resolve("a"));
        Bowl.in(folder.resolve("b"));
        try (Agent agent = Agent.in(folder)) {
            agent.text("open_study", Map.of("task_file", "a/chiron.yaml"));
            agent.text("open_study", Map.of("task_file", "b/chiron.yaml", "method", "tpe"));
            assertThat(agent.error("run_trial", Map.of())).contains("a/chiron-study, b/chiron-study");

            agent.text("run_trials", Map.of("study", "a/chiron-study", "trials", 3));
            agent.text("run_trials", Map.of("study", "b/chiron-study", "trials", 4));
            agent.text("wait", Map.of("study", "a/chiron-study", "wait_seconds", 100));
            agent.text("wait", Map.of("study", "b/chiron-study", "wait_seconds", 100));

            JsonNode studies = agent.json("list_studies", Map.of()).path("studies");
            assertThat(studies.get(0).path("trials").asInt()).isEqualTo(3);
            assertThat(studies.get(1).path("trials").asInt()).isEqualTo(4);
            assertThat(studies.get(1).path("method").asText()).isEqualTo("tpe");
        }
    }

    @Test
    void aTaskFileIsWrittenForAScript() throws IOException {
        Files.writeString(folder.resolve("train.py"), "LEARNING_RATE = 0.01\nprint('val_loss: 1')\n");
        try (Agent agent = Agent.in(folder)) {
            assertThat(agent.text("create_task", Map.of("script", "train.py"))).contains("LEARNING_RATE: {");
            assertThat(folder.resolve("chiron.yaml")).exists();
            assertThat(agent.error("create_task", Map.of("script", "train.py"))).contains("replace: true");
        }
    }

    @Test
    void resourcesAndThePromptAreThere() throws IOException {
        Bowl.in(folder);
        try (Agent agent = Agent.in(folder)) {
            agent.text("open_study", Map.of("task_file", "chiron.yaml"));
            agent.text("run_trial", Map.of());

            assertThat(agent.client().listResourceTemplates().resourceTemplates())
                    .extracting(McpSchema.ResourceTemplate::name)
                    .containsExactlyInAnyOrder("summary", "journal", "prompts");
            assertThat(read(agent, "chiron://studies/chiron-study/summary")).contains("1 trial");
            assertThat(read(agent, "chiron://studies/chiron-study/journal")).contains("\"baseline\"");
            assertThat(agent.client().listPrompts().prompts())
                    .extracting(McpSchema.Prompt::name)
                    .containsExactly("tune_script");
            McpSchema.GetPromptResult prompt = agent.client()
                    .getPrompt(McpSchema.GetPromptRequest.builder("tune_script")
                            .arguments(Map.of("script", "fit.py", "trials", "12"))
                            .build());
            assertThat(((McpSchema.TextContent) prompt.messages().get(0).content()).text())
                    .contains("fit.py")
                    .contains("12 trials");
        }
    }

    private static String read(Agent agent, String uri) {
        McpSchema.ReadResourceResult result = agent.client()
                .readResource(McpSchema.ReadResourceRequest.builder(uri).build());
        return ((McpSchema.TextResourceContents) result.contents().get(0)).text();
    }
}
