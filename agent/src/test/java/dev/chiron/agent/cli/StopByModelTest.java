package dev.chiron.agent.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Studies in which a model says which runs are stopped: real scripts, and a server that answers. Each call costs two cents. */
@Timeout(120)
class StopByModelTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X}
            metric: { name: loss }
            space: { X: { type: float, low: 0.0, high: 1.0, default: 0.5 } }
            method: random
            seed: 5
            llm: { model: openai:gpt, max_tokens: 100 }
            prune: { by: model, startup: 3, grace: 2 }
            budget: { trials: 16 }
            """;
    private static final String SCRIPT = """
            awk -v x="$1" 'BEGIN { for (e = 1; e <= 9; e++) print "epoch " e " loss: " x + 1 / e }'
            """;

    /** What bound was passed is said in dollars, and checks are paid from the same purse. */
    private static final Comparator<ObjectNode> SAME =
            Comparator.comparing(trial -> trial.toString().replaceAll("\\$0\\.2[0-9]", "\\$"));

    @TempDir
    Path folder;

    private final Talker talker = new Talker();
    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().extensions(talker));
    private final ObjectMapper json = new ObjectMapper();
    private Screen screen;

    /** Reads the prompt like a model: what is above .6 without its 1 / epoch is not worth going on with. */
    private static final class Talker implements ResponseDefinitionTransformerV2 {

        private static final Pattern OWN = Pattern.compile("this run \\|(?:[^|]*\\|)* ([0-9.e-]+) \\| \\? \\|");
        private static final Pattern STEP = Pattern.compile("is at step (\\d+)");

        private volatile String instead = "";

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            String prompt = event.getRequest().getBodyAsString();
            Matcher own = OWN.matcher(prompt);
            Matcher step = STEP.matcher(prompt);
            String content = "ready";
            if (own.find() && step.find()) {
                double end = Double.parseDouble(own.group(1)) - 1 / Double.parseDouble(step.group(1)) + 1 / 9.0;
                content = !instead.isEmpty()
                        ? instead
                        : "{'decision': '" + (end > 0.6 ? "stop" : "continue") + "', 'expected': " + end
                                + ", 'reason': 'It flattens out.'}";
            }
            return new ResponseDefinitionBuilder()
                    .withHeader("Content-Type", "application/json")
                    .withBody(
                            "{\"id\":\"1\",\"object\":\"chat.completion\",\"model\":\"gpt\",\"choices\":[{\"index\":0,"
                                    + "\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\""
                                    + content
                                    + "\"}}],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":100,\"total_tokens\":1100}}")
                    .build();
        }

        @Override
        public String getName() {
            return "talker";
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }
    }

    @BeforeEach
    void project() throws IOException {
        Files.createDirectories(folder.resolve(".config/chiron"));
        Files.writeString(
                folder.resolve(".config/chiron/prices.yaml"), "openai:gpt: { input: 10, cached: 1, output: 100 }\n");
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), SCRIPT);
        server.start();
        server.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers("talker")));
        screen = new Screen(folder)
                .with("OPENAI_API_KEY", "sk-x")
                .with("OPENAI_BASE_URL", "http://127.0.0.1:" + server.port() + "/v1");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private JsonNode run(String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of("run", "--json"));
        words.addAll(List.of(more));
        assertThat(screen.run(words.toArray(String[]::new))).as(screen.err()).isZero();
        return json.readTree(screen.out().lines().reduce((a, b) -> b).orElseThrow());
    }

    private List<ObjectNode> trials(String study) throws IOException {
        assertThat(screen.run("trials", "--json", "--study", study)).isZero();
        List<ObjectNode> trials = new ArrayList<>();
        for (String line : screen.out().lines().toList()) {
            ObjectNode trial = (ObjectNode) json.readTree(line);
            trial.remove(List.of("seconds"));
            trials.add(trial);
        }
        return trials;
    }

    private static double x(JsonNode trial) {
        return trial.path("config").path("X").asDouble();
    }

    private static Stream<JsonNode> advice(List<ObjectNode> trials) {
        List<JsonNode> all = new ArrayList<>();
        trials.forEach(trial -> trial.path("advice").forEach(all::add));
        return all.stream();
    }

    @Test
    void theModelStopsWhatItThinksHopelessAndSaysWhy() throws IOException {
        JsonNode end = run();
        List<ObjectNode> trials = trials("chiron-study");
        List<ObjectNode> pruned = trials.stream()
                .filter(trial -> trial.path("status").asText().equals("pruned"))
                .toList();
        assertThat(pruned).hasSizeBetween(3, 12).allSatisfy(trial -> {
            assertThat(x(trial) + 1 / 9.0).isGreaterThan(0.6);
            assertThat(trial.path("step").asInt()).isEqualTo(2);
            assertThat(trial.path("pruned_by").asText()).isEqualTo("model");
            assertThat(trial.path("detail").asText()).startsWith("openai:gpt: It flattens out. (expected at its end: ");
            assertThat(trial.path("advice").get(0).path("stop").asBoolean()).isTrue();
            assertThat(trial.path("value").asDouble()).isCloseTo(x(trial) + 0.5, within(1e-4));
        });
        long asked = advice(trials).count();
        JsonNode stops = end.path("llm").path("stops");
        assertThat(stops.path("asked").asLong()).isEqualTo(asked);
        assertThat(stops.path("stopped").asInt()).isEqualTo(pruned.size());
        assertThat(stops.path("unanswered").asInt()).isZero();
        assertThat(end.path("llm").path("calls").asLong()).as("and the check").isEqualTo(asked + 1);
        assertThat(end.path("llm").path("usd").asDouble()).isCloseTo(0.02 * (asked + 1), within(1e-9));
        // three times a run at most: at steps 2, 4 and 8
        assertThat(trials).allMatch(trial -> trial.path("advice").size() <= 3);
        assertThat(trials.get(0).has("advice")).as("the baseline").isFalse();
        String number = pruned.get(0).path("trial").asText();
        assertThat(screen.run("why", number)).isZero();
        assertThat(screen.out())
                .contains("asked whether to stop it, at step 2 openai:gpt said stop, expecting ")
                .contains("It was stopped at step 2 by model, so it could not be kept: openai:gpt: It flattens out.");
        assertThat(screen.run("show", number)).isZero();
        assertThat(screen.out()).contains("Asked whether to stop it: 1 calls, 1,000 tokens in, 100 out, $0.02");
        assertThat(screen.run("status")).isZero();
        assertThat(screen.out()).containsPattern("asked to stop +" + asked + " times, " + pruned.size() + " stopped\n");
    }

    /** Cut off after any trial, and with the last answers taken from the record, it is the same study at the same cost. */
    @Test
    void aStudyThatWasInterruptedStopsTheSameRunsAtTheSameCost() throws IOException {
        run("--study", "whole", "--llm-usd", "0.2");
        run("--study", "parts", "--llm-usd", "0.24", "--trials", "8"); // two checks more are paid
        run("--study", "parts", "--llm-usd", "0.24", "--trials", "9");
        run("--study", "parts", "--llm-usd", "0.24");
        assertThat(trials("parts")).usingElementComparator(SAME).isEqualTo(trials("whole"));
        assertThat(trials("whole").toString()).contains("\"over_budget\":true");

        server.stop();
        String replay = "replay:" + folder.resolve("whole");
        assertThat(screen.run("run", "--quiet", "--study", "again", "--llm", replay, "--llm-usd", "0.2"))
                .isZero();
        assertThat(trials("again")).isEqualTo(trials("whole"));
    }

    /** What was answered about a run that was cut off with its study is not asked again, and counts once. */
    @Test
    void anAnswerThatIsThereIsTakenAgain() throws IOException {
        run("--study", "whole");
        int asked = server.getAllServeEvents().size();
        Path journal = folder.resolve("whole/journal.jsonl");
        List<String> lines = Files.readAllLines(journal);
        int last = lines.size() - 1;
        while (!lines.get(last).contains("\"advice\"")) {
            last--;
        }
        List<ObjectNode> before = trials("whole");
        Files.write(journal, lines.subList(0, last));
        Files.deleteIfExists(folder.resolve("whole/state.json"));
        JsonNode end = run("--study", "whole");
        assertThat(trials("whole")).isEqualTo(before);
        assertThat(server.getAllServeEvents()).as("but for a check").hasSize(asked + 1);
        assertThat(end.path("llm").path("stops").path("asked").asLong())
                .isEqualTo(advice(before).count());
    }

    @Test
    void withoutAnAnswerOfUseTheRunGoesOnAndThatIsCounted() throws IOException {
        talker.instead = "stop it";
        JsonNode end = run("--trials", "8");
        JsonNode stops = end.path("llm").path("stops");
        assertThat(stops.path("asked").asInt()).isPositive();
        assertThat(stops.path("unanswered").asInt())
                .isEqualTo(stops.path("asked").asInt());
        assertThat(end.path("pruned").asInt()).isZero();
        assertThat(advice(trials("chiron-study"))).allSatisfy(advice -> {
            assertThat(advice.path("calls").asInt()).as("asked once more").isEqualTo(2);
            assertThat(advice.path("failure").asText())
                    .isEqualTo("no reply could be used: there is no JSON object with a \"decision\" in it");
        });
        assertThat(screen.run("status")).isZero();
        assertThat(screen.out()).contains("without an answer of use, so the run went on");
        server.stop();
        assertThat(screen.run("run", "--quiet", "--trials", "10")).isZero();
        assertThat(trials("chiron-study")).hasSize(10);
    }

    /** A patient rule asks about what gets no better; these losses fall all the time. */
    @Test
    void anotherRuleMaySayWhenTheModelIsAsked() throws IOException {
        Files.writeString(
                folder.resolve("chiron.yaml"),
                TASK.replace("{ by: model,", "{ by: patient, then: model, patience: 1,"));
        assertThat(run("--trials", "8").path("llm").has("stops")).isFalse();
        Files.writeString(folder.resolve("train.sh"), SCRIPT.replace("x + 1 / e", "x + e / 9"));
        assertThat(run("--trials", "16", "--fresh")
                        .path("llm")
                        .path("stops")
                        .path("asked")
                        .asInt())
                .isPositive();
    }

    /** Several workers, each with a run about which the model thinks. */
    @Test
    void workersAreStoppedAlike() throws IOException {
        run("--study", "many", "--workers", "3", "--deterministic");
        List<ObjectNode> many = trials("many");
        assertThat(many.stream().filter(trial -> trial.has("advice"))).isNotEmpty();
        assertThat(many)
                .filteredOn(trial -> trial.path("status").asText().equals("pruned"))
                .isNotEmpty()
                .allMatch(trial -> trial.path("advice").size() == 1);
        run("--study", "again", "--workers", "3", "--deterministic");
        assertThat(trials("again")).isEqualTo(many);
    }

    @Test
    void aModelIsNeeded() {
        for (String model : List.of("none", "perturb")) {
            assertThat(screen.run("run", "--llm", model)).isEqualTo(2);
            assertThat(screen.err())
                    .contains(
                            "prune (--prune): model asks a model whether a run is worth going on with, and llm.model is "
                                    + model + "; name one with --llm");
        }
        assertThat(folder.resolve("chiron-study")).doesNotExist();
    }

    @Test
    void theRulesOfThumbAnswerToo() throws IOException {
        JsonNode end = run("--llm", "builtin", "--trials", "24");
        assertThat(end.path("pruned").asInt()).isBetween(3, 20);
        assertThat(end.path("llm").path("stops").path("unanswered").asInt()).isZero();
        assertThat(trials("chiron-study").toString()).contains("were better at this step, and gained");
    }
}
