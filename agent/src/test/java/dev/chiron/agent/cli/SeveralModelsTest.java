package dev.chiron.agent.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies in which several models share the model's turns. */
class SeveralModelsTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X} {Y}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              X: { type: float, low: 0.0, high: 1.0, default: 0.9 }
              Y: { type: int, low: 1, high: 64, default: 8 }
            llm: { share: 0.5, warmup: 2 }
            budget: { trials: 30 }
            seed: 3
            """;

    /** Halves the incumbent's X: every trial is better than all before. */
    private static final String GOOD = """
            x=$(grep -o 'Incumbent: .*' | grep -o '"X":[ ]*[0-9.e-]*' | grep -o '[0-9.e-]*$')
            x=$(awk "BEGIN { printf \\"%.9f\\", $x / 2 }")
            echo '{"candidates": [{"config": {"X": '$x', "Y": 8}, "value": 0.1, "failure": 0.01}]}'
            """;

    /** The other end of the range. */
    private static final String BAD = """
            n=$(cat | wc -c)
            echo '{"X": 0.9'$((n % 89 + 10))', "Y": '$((n % 64 + 1))'}'
            """;

    private static final String PRICES = """
            command:sh good.sh*: { input: 1, output: 1 }
            command:sh dear.sh*: { input: 1000, output: 1000 }
            command:sh bad.sh*: { input: 1, output: 1 }
            """;

    @TempDir
    Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private Screen screen;
    private String good = "";
    private String bad = "";
    private String dear = "";

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), "echo loss: $1\n");
        good = program("good", GOOD);
        bad = program("bad", BAD);
        dear = program("dear", GOOD);
        Files.createDirectories(folder.resolve(".config/chiron"));
        Files.writeString(folder.resolve(".config/chiron/prices.yaml"), PRICES.replace("sh ", "sh " + folder + "/"));
        screen = new Screen(folder);
    }

    private String program(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".sh"), text);
        return "command:sh " + file;
    }

    private JsonNode run(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("run", "--json"));
        all.addAll(List.of(arguments));
        assertThat(screen.run(all.toArray(String[]::new))).as(screen.err()).isZero();
        List<String> lines = screen.out().lines().toList();
        return json.readTree(lines.get(lines.size() - 1));
    }

    private List<String> trials(String study) {
        assertThat(screen.run("trials", "--json", "--study", study)).isZero();
        return screen.out()
                .lines()
                .map(line -> line.replaceAll(",\"seconds\":[0-9.]+", ""))
                .toList();
    }

    /** Trials by author: of those that a model proposed. */
    private Map<String, Integer> authors(String study) throws IOException {
        Map<String, Integer> authors = new LinkedHashMap<>();
        for (String line : trials(study)) {
            JsonNode trial = json.readTree(line);
            if (trial.path("origin").asText().startsWith("llm")) {
                authors.merge(trial.path("model").path("author").asText(), 1, Integer::sum);
            }
        }
        return authors;
    }

    private static List<String> said(Path study) throws IOException {
        try (Stream<Path> files = Files.list(study.resolve("llm"))) {
            List<String> said = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                said.add(file.getFileName() + " " + Files.readString(file));
            }
            return said;
        }
    }

    @Test
    void theOneThatGainsHasTheTurnsAndTheJournalSaysWhoseEachIs() throws IOException {
        JsonNode end = run("--llm", bad, "--llm", good);

        Map<String, Integer> authors = authors("chiron-study");
        assertThat(authors).containsOnlyKeys(bad, good);
        assertThat(authors.get(good)).isGreaterThan(2 * authors.get(bad));
        JsonNode models = end.path("llm").path("models");
        assertThat(models.size()).isEqualTo(2);
        assertThat(models.get(0).path("model").asText())
                .as("the first comes first")
                .isEqualTo(bad);
        assertThat(models.get(1).path("trials").asInt()).isEqualTo(authors.get(good));
        assertThat(models.get(1).path("gain").asDouble())
                .isGreaterThan(models.get(0).path("gain").asDouble());
        assertThat(models.get(0).path("turns").asInt()
                        + models.get(1).path("turns").asInt())
                .isEqualTo(end.path("llm").path("turns").asInt());
        assertThat(models.get(0).path("usd").asDouble()
                        + models.get(1).path("usd").asDouble())
                .isEqualTo(end.path("llm").path("usd").asDouble());
        assertThat(screen.run("status")).isZero();
        assertThat(screen.out())
                .contains(bad + ", " + good)
                .containsPattern("of it +" + bad + ": \\d+ turns, \\d+ trials, none the best, worth 0")
                .containsPattern("of it +" + good + ": \\d+ turns, \\d+ trials, \\d+ the best, [0-9.e-]+ gained");
        assertThat(screen.run("show", "3")).isZero();
        assertThat(screen.out()).contains("asked: " + bad);
    }

    @Test
    void ofTwoThatGainTheSameTheCheapOneHasTheTurns() throws IOException {
        JsonNode models = run("--llm", dear + "," + good).path("llm").path("models");

        assertThat(models.get(1).path("turns").asInt())
                .isGreaterThan(2 * models.get(0).path("turns").asInt());
    }

    @Test
    void withAWarmStartAllOfThemAreNamed() throws IOException {
        run("--llm", good + "," + bad, "--warm-start", "2", "--trials", "6");

        JsonNode start = json.readTree(screen.out().lines().findFirst().orElseThrow());
        assertThat(start.path("llm").asText()).isEqualTo(good + ", " + bad);
    }

    @Test
    void ofThemOnlyTheOneWithoutAPriceIsSaidToHaveNone() throws IOException {
        run("--llm", program("unpriced", GOOD) + "," + good, "--trials", "10");

        assertThat(screen.run("status")).isZero();
        assertThat(screen.out()).containsPattern("cost +unknown: no price is known for command:sh \\S+unpriced.sh\\R");
    }

    @Test
    void promptsThatAreNotOneForEachAreRefused() {
        assertThat(screen.run("run", "--llm", good, "--set", "llm.prompt=full,small"))
                .isEqualTo(2);
        assertThat(screen.err()).contains("llm.prompt", "2 prompts for 1 model; give one for all, or one for each");
    }

    @Test
    void aTrialThatCostsMoreThanAnyModelMakesThePriceUnimportant() throws IOException {
        JsonNode models = run("--llm", dear + "," + good, "--set", "llm.trial_usd=1000")
                .path("llm")
                .path("models");

        assertThat(models.get(0).path("turns").asInt()).isGreaterThan(4);
    }

    @Test
    void aStudyThatWasExtendedIsTheSameAndSoIsItsReplay() throws IOException {
        run("--llm", good + "," + bad, "--study", "whole");
        run("--llm", good + "," + bad, "--study", "parts", "--trials", "13");
        run("--study", "parts", "--trials", "21");
        Files.delete(folder.resolve("parts/state.json"));
        run("--study", "parts", "--trials", "30");

        List<String> whole = trials("whole");
        assertThat(trials("parts")).isEqualTo(whole);
        assertThat(said(folder.resolve("parts"))).isEqualTo(said(folder.resolve("whole")));

        Files.delete(folder.resolve("good.sh"));
        Files.delete(folder.resolve("bad.sh"));
        run("--llm", "replay:" + folder.resolve("whole"), "--study", "again");
        assertThat(trials("again")).isEqualTo(whole);
        assertThat(said(folder.resolve("again"))).isEqualTo(said(folder.resolve("whole")));
        run("--llm", "replay:" + folder.resolve("again"), "--study", "once more");
        assertThat(trials("once more")).isEqualTo(whole);
    }

    @Test
    void aReplayKnowsWhoseTurnItWasWhenTheModelsChangedMeanwhile() throws IOException {
        run("--llm", good, "--study", "first", "--trials", "12");
        run("--llm", bad, "--study", "first", "--trials", "24");
        List<String> first = trials("first");
        assertThat(authors("first")).containsOnlyKeys(good, bad);

        run("--llm", "replay:" + folder.resolve("first"), "--study", "second", "--trials", "24");
        assertThat(trials("second")).isEqualTo(first);
    }

    @Test
    void aReplayOfSeveralThatMissesATurnIsNobodyElse() throws IOException {
        run("--llm", good + "," + bad, "--study", "whole", "--trials", "8");

        String replay = "replay:" + folder.resolve("whole");
        assertThat(screen.run("run", "--llm", replay, "--study", "again", "--trials", "12", "--llm-required"))
                .isEqualTo(5);
    }

    @Test
    void oneThatAlwaysFailsStopsNobodyAndHasFewTurns() throws IOException {
        String failing = program("failing", "cat > /dev/null; echo no >&2; exit 3\n");
        JsonNode models =
                run("--llm", failing + "," + good, "--llm-required").path("llm").path("models");

        assertThat(models.get(0).path("model").asText()).isEqualTo(failing);
        assertThat(models.get(0).path("trials").asInt()).isZero();
        assertThat(models.get(0).path("fallbacks").asInt())
                .isEqualTo(models.get(0).path("turns").asInt());
        assertThat(models.get(1).path("turns").asInt())
                .isGreaterThan(2 * models.get(0).path("turns").asInt());
    }

    @Test
    void whereAllOfThemAreAwayAndOneIsRequiredTheStudyPauses() throws IOException {
        String failing = program("failing", "cat > /dev/null; exit 3\n");
        String other = program("other", "cat > /dev/null; exit 4\n");

        assertThat(screen.run("run", "--llm", failing + "," + other, "--llm-required"))
                .isEqualTo(5);
        assertThat(screen.run("run", "--fresh", "--llm", failing + "," + other)).isZero();
        assertThat(screen.out()).contains("turns of the model that the optimizer had to take");
    }

    @Test
    void aWrongKeyOfOneIsSaidAndTheOthersTakePart() throws IOException {
        WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());
        server.start();
        try {
            server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401).withBody("{}")));
            screen.with("OPENAI_API_KEY", "sk-x").with("OPENAI_BASE_URL", "http://127.0.0.1:" + server.port() + "/v1");
            JsonNode models = run("--llm", "openai:gpt," + good).path("llm").path("models");

            assertThat(models.get(0).path("trials").asInt()).isZero();
            assertThat(models.get(1).path("trials").asInt()).isGreaterThan(4);
            assertThat(screen.err()).contains("chiron: openai:gpt: ");
            assertThat(screen.run("run", "--fresh", "--llm", "openai:gpt,openai:other"))
                    .isEqualTo(4);
        } finally {
            server.stop();
        }
    }

    @Test
    void theCapHoldsForAllOfThemTogether() throws IOException {
        JsonNode llm = run("--llm", good + "," + bad, "--llm-calls", "7").path("llm");

        assertThat(llm.path("calls").asInt()).isEqualTo(7);
        assertThat(llm.path("over_budget").asInt()).isPositive();
        run("--llm", "replay:" + folder.resolve("chiron-study"), "--study", "again");
        assertThat(trials("again"))
                .as("also whose the turns were on which nobody was asked any more")
                .isEqualTo(trials("chiron-study"));
    }

    @Test
    void whatTheyMayCostIsSaidBeforeTheStart() throws IOException {
        Files.writeString(folder.resolve("train.sh"), "exit 1\n");

        screen.run("run", "--llm", good + "," + dear);
        assertThat(screen.err())
                .containsPattern(
                        "14 turns will take about [0-9,]+ tokens in and 7,000 out, shared evenly, about \\$\\d+\\.\\d\\d "
                                + "\\(\\$\\d+\\.\\d\\d if the dearest of them has all\\)");
    }

    @Test
    void aSmallModelReadsItsPromptBesideALargeOne() throws IOException {
        WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());
        server.start();
        try {
            String reply = "{\\\"X\\\": 0.31}";
            server.stubFor(any(anyUrl())
                    .willReturn(aResponse()
                            .withHeader("Content-Type", "application/json")
                            .withBody("{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"" + reply
                                    + "\"},\"finish_reason\":\"stop\"}],"
                                    + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}")));
            String small = "openai-compatible:qwen3-0.6b@http://127.0.0.1:" + server.port() + "/v1";
            run("--llm", good + "," + small);
            List<String> whole = trials("chiron-study");

            assertThat(whole.toString()).contains("\"template\":\"centaur\"", "\"template\":\"centaur-small\"");
            assertThat(Files.readString(folder.resolve("chiron-study/study.yaml")))
                    .contains("prompt: \"full, small\"");
            run("--llm", "replay:" + folder.resolve("chiron-study"), "--study", "again");
            assertThat(trials("again")).isEqualTo(whole);
        } finally {
            server.stop();
        }
    }
}
