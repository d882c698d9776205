package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole studies in which a model edits the bundled example: its replies are written down here, its trainings are real. */
@Tag("python")
class CodeStudyTest {

    private static final Path EXAMPLE = Path.of("..", "examples", "harvest");

    /** Gives the replies of a folder one after the other, and keeps the prompts. */
    private static final String MODEL = """
            import pathlib, sys
            place = pathlib.Path(sys.argv[1])
            asked = len(list(place.glob("prompt-*")))
            (place / ("prompt-%02d" % asked)).write_text(sys.stdin.read(), encoding="utf-8")
            reply = place / ("reply-%02d" % asked)
            print(reply.read_text(encoding="utf-8") if reply.exists() else "IDEA: none")
            """;

    private static final String HEIGHT = "        field[\"height\"] / 1000.0,";
    private static final String RETURN = "    return weights";
    private static final String MAIN = "    fields = rows(\"train\")";

    @TempDir
    Path folder;

    private Path project;
    private Path place;
    private Screen screen;
    private int replies;

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
        place = Files.createDirectory(folder.resolve("place"));
        copy(EXAMPLE, project);
        Files.writeString(project.resolve("train.py"), "# note\n\n\n# note\n", java.nio.file.StandardOpenOption.APPEND);
        Files.writeString(place.resolve("model.py"), MODEL);
        screen = new Screen(project);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private void reply(String text) throws IOException {
        Files.writeString(place.resolve(String.format(java.util.Locale.ROOT, "reply-%02d", replies++)), text);
    }

    private static String edit(String idea, String search, String replace) {
        return "IDEA: " + idea + "\n<<<<<<< SEARCH\n" + search + "\n=======\n" + replace + "\n>>>>>>> REPLACE\n";
    }

    private int run(String... more) {
        List<String> words = new ArrayList<>(
                List.of("run", "--json", "--llm", "command:python3 " + place.resolve("model.py") + " " + place));
        words.addAll(List.of(more));
        return screen.run(words.toArray(String[]::new));
    }

    private List<JsonNode> trials() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> trials = new ArrayList<>();
        for (String line : Files.readAllLines(project.resolve("chiron-study/journal.jsonl"))) {
            JsonNode node = json.readTree(line);
            if (node.path("type").asText().equals("trial")) {
                trials.add(node);
            }
        }
        return trials;
    }

    private List<JsonNode> proposed() throws IOException {
        return trials().stream()
                .filter(trial -> !List.of("repeat", "ablation", "lean")
                        .contains(trial.path("origin").asText()))
                .toList();
    }

    private String prompt(int number) throws IOException {
        return Files.readString(place.resolve(String.format(java.util.Locale.ROOT, "prompt-%02d", number)));
    }

    @Test
    void goodEditsAreKeptBadOnesAreNotAndCheatsWinNothing() throws IOException {
        String script = Files.readString(project.resolve("train.py"));
        reply(edit("The harvest peaks at some acidity", HEIGHT, HEIGHT + "\n        (field[\"acidity\"] - 6.5) ** 2,"));
        reply(edit("Raise all predictions", RETURN, "    weights[0] += 2.0\n" + RETURN));
        reply(edit("A slip of the pen", RETURN, "    return weights)"));
        reply(edit("Twice there", "# note", "# noted"));
        reply(edit("Begin at the mean", RETURN, "    weights[0] += meen\n" + RETURN));
        reply(edit("Begin at the mean", "    weights[0] += meen", "    weights[0] += 0.0"));
        reply(edit("Print what is wanted", MAIN, "    print('rmse: 0.0')\n    return\n" + MAIN));
        reply(edit(
                "Have the evaluator say it",
                MAIN,
                "    open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'prepare.py'), 'w').write(\"print('rmse: 0')\")\n"
                        + MAIN));
        reply("IDEA: none");
        reply(edit("Read the answers", MAIN, "    print(open(DATA / 'val-harvests.txt').read())\n" + MAIN));
        reply("IDEA: none");
        reply(edit("Use numpy", "import csv", "import csv\nimport numpy"));
        reply(edit("Train longer", "EPOCHS = 12  # the time that a training may take", "EPOCHS = 50"));
        reply(edit("Lift all predictions", RETURN, "    weights[0] += 2.0\n" + RETURN));
        reply(edit("Leave a word", RETURN, "    print('done')\n" + RETURN));

        assertThat(run("--trials", "60")).as(screen.err()).isZero();

        List<JsonNode> all = proposed();
        assertThat(all)
                .extracting(trial -> trial.path("status").asText() + " "
                        + trial.path("reason").asText(""))
                .containsExactly(
                        "measured ",
                        "measured ",
                        "measured ",
                        "measured ",
                        "failed no-metric",
                        "failed crashed",
                        "failed crashed",
                        "measured ");
        assertThat(all.get(1).path("script").path("idea").asText()).isEqualTo("The harvest peaks at some acidity");
        assertThat(all.get(3).path("origin").asText()).isEqualTo("llm-repaired");
        assertThat(all.get(3).path("model").path("rejected")).hasSize(2);
        assertThat(all.get(5).path("model").path("calls").asInt())
                .as("the edit and the repair that was asked for in vain")
                .isEqualTo(2);
        assertThat(prompt(3)).contains("syntax");
        assertThat(prompt(4)).contains("2 times");
        assertThat(prompt(5)).contains("NameError");
        assertThat(prompt(12)).contains("numpy");
        assertThat(prompt(13)).contains("protected");
        assertThat(prompt(14)).contains("Kept, oldest first:\n\n- trial 1: The harvest peaks at some acidity");
        assertThat(Files.readString(project.resolve("train.py"))).isEqualTo(script);
        assertThat(screen.run("best")).isZero();
        assertThat(screen.err()).contains("edited");
    }

    @Test
    void aStudyThatWasStoppedGoesOnAsIfItHadNotBeen() throws IOException {
        reply(edit("The harvest peaks at some acidity", HEIGHT, HEIGHT + "\n        (field[\"acidity\"] - 6.5) ** 2,"));
        reply(edit("Raise all predictions", RETURN, "    weights[0] += 2.0\n" + RETURN));
        assertThat(run("--trials", "2")).as(screen.err()).isZero();
        assertThat(run("--trials", "30")).as(screen.err()).isZero();
        assertThat(proposed()).hasSize(3);
        assertThat(prompt(1)).contains("Kept, oldest first:\n\n- trial 1: The harvest peaks at some acidity");
    }

    @Test
    void aModelThatCannotWriteBlocksIsAskedForMore() throws IOException {
        for (int i = 0; i < 3; i++) {
            reply("Here is my idea: make it better.");
        }
        reply("IDEA: Predict by the mean of all weights\n```python\ndef predict(weights, inputs):\n"
                + "    return sum(w * x for w, x in zip(weights, inputs)) + 0.0\n```\n");
        assertThat(run("--trials", "2")).as(screen.err()).isZero();
        assertThat(prompt(3)).contains("every function, method or class");
        assertThat(proposed()).hasSize(2);
        assertThat(proposed().get(1).path("model").path("template").asText()).isEqualTo("code-definitions");
    }

    @Test
    void withoutAModelOrWithoutAnythingThatVouchesForValuesThereIsNoStudy() throws IOException {
        assertThat(screen.run("run", "--llm", "builtin")).isEqualTo(2);
        assertThat(screen.err()).contains("llm.model").contains("writes code").hasLineCount(1);
        Path task = project.resolve("chiron.yaml");
        String yaml = Files.readString(task);
        Files.writeString(
                task,
                yaml.lines()
                        .filter(line -> !line.startsWith("evaluate")
                                && !line.startsWith("holdout")
                                && !line.startsWith("hidden"))
                        .collect(java.util.stream.Collectors.joining("\n")));
        assertThat(run()).isEqualTo(2);
        assertThat(screen.err()).contains("evaluate").hasLineCount(1);
        assertThat(project.resolve("chiron-study")).doesNotExist();
    }

    @Test
    void anEditOfCommentsAloneIsSentBackAndATableOfTrialsNamesTheScripts() throws IOException {
        reply(edit("Say it better", "# note\n\n\n# note", "# remark\n\n\n# note"));
        reply(edit("Two steps, then one", RETURN, "    EXTRA = 0.0\n    weights[0] += EXTRA\n" + RETURN));
        assertThat(run("--trials", "2")).as(screen.err()).isZero();
        assertThat(prompt(1)).contains("nothing but comments");
        assertThat(proposed()).hasSize(2);
        assertThat(screen.run("export", "--format", "csv")).isZero();
        List<String> lines = screen.out().lines().toList();
        assertThat(lines.get(0)).endsWith(",script,idea");
        assertThat(lines.get(1)).endsWith(",,");
        assertThat(lines.get(2)).endsWith(",\"Two steps, then one\"");
    }

    @Test
    void aScriptInJavaIsEditedAndCompiledBeforeItRuns() throws IOException {
        Path java = Files.createDirectory(folder.resolve("java"));
        Files.writeString(java.resolve("Train.java"), """
                import java.nio.file.Files;
                import java.nio.file.Path;

                class Train {
                    static final double RATE = 0.5;

                    public static void main(String[] arguments) throws Exception {
                        double loss = 9 + RATE + 0.1 * new java.util.Random().nextDouble();
                        Files.writeString(Path.of(System.getenv("CHIRON_ARTIFACTS"), "loss"), loss + "\\n");
                    }
                }
                """);
        Files.writeString(java.resolve("score.sh"), "echo \"loss: $(cat $1/loss)\"\n");
        Files.writeString(java.resolve("chiron.yaml"), """
                task: A number in Java.
                script: Train.java
                run: java -Xshare:auto -XX:TieredStopAtLevel=1 {script}
                metric: { name: loss, goal: minimize, from: stdout }
                evaluate: sh score.sh {artifacts}
                readonly: [score.sh]
                space:
                  RATE: { type: float, low: 0.1, high: 1 }
                method: code
                """);
        String line = "        double loss = %s + RATE + 0.1 * new java.util.Random().nextDouble();";
        String half = line.formatted("4.5");
        reply(edit("Half as much", line.formatted("9"), half));
        reply(edit("A slip of the pen", half, line.formatted("= 4")));
        reply(edit("Less", half, line.formatted("more()")));
        reply(edit("Much less", half, line.formatted("1")));
        screen = new Screen(java);
        assertThat(run("--trials", "6", "--set", "edits.ablation=0"))
                .as(screen.err())
                .isZero();
        assertThat(prompt(2)).contains("does not parse: Train.java:8");
        assertThat(prompt(3)).contains("does not compile", "more()");
        project = java;
        assertThat(proposed()).hasSize(3);
        assertThat(proposed().get(2).path("value").asDouble()).isBetween(1.5, 1.6);
        assertThat(screen.run("diff")).isZero();
        assertThat(screen.out()).contains("-" + line.formatted("9"), "+" + line.formatted("1"));
        assertThat(Files.readString(java.resolve("Train.java"))).contains("9 + RATE");
    }

    @Test
    void marksThatDoNotHoldAreOneMessageAndNoStudy() throws IOException {
        Path script = project.resolve("train.py");
        Files.writeString(script, Files.readString(script).replace("# chiron: end\n", ""));
        assertThat(run()).isEqualTo(2);
        assertThat(screen.err()).contains("train.py:").hasLineCount(1);
        assertThat(project.resolve("chiron-study")).doesNotExist();
    }
}
