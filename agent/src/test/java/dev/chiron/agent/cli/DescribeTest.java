package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code chiron init --describe}, with models that are programs and a person who types. */
class DescribeTest {

    private static final String SCRIPT = """
            LEARNING_RATE = 0.1
            EMBED = 64
            ACTIVATION = "relu"
            SEED = 42
            for epoch in range(1, 11):
                print(f"epoch {epoch} val_loss: {1.5 + 2.5 * 0.7 ** epoch:.4f}")
            """;

    private static final String REQUEST = "Fine-tune the character model on Shakespeare; I care about validation loss, "
            + "one GPU with 24 GB, at most 5 minutes a trial";

    private static final String REPLY = """
            {"task": {"training": "Trains a character model on Shakespeare.", "data": "1.1 million characters.",
                      "model": "An embedding of 64.", "hardware": "One GPU with 80 GB.", "metric": "Validation loss."},
             "metric": {"name": "val_loss", "goal": "minimize"}, "minutes": 5,
             "space": {"LEARNING_RATE": {"low": 0.001, "high": 1, "log": true, "start": 0.03, "why": "two decades\\n# each"},
                       "EMBED": {"low": 32, "high": 16}, "ACTIVATION": {"options": ["relu", "gelu"]}, "WIDTH": {"low": 1, "high": 2}}}
            """;

    private static final String LOG = """
            {"log": [{"progress": 0.1, "value": 3}, {"progress": 0.5, "value": 2}, {"progress": 1, "value": 1.6}],
             "final": 1.6, "low": 1.5, "high": 1.9}
            """;

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void place() throws IOException {
        screen = new Screen(folder);
        Files.writeString(folder.resolve("train.py"), SCRIPT);
    }

    /** A model that answers with the texts one after the other, and keeps the prompts that it got. */
    private String model(String... replies) throws IOException {
        for (int i = 0; i < replies.length; i++) {
            Files.writeString(folder.resolve("reply" + i), replies[i]);
        }
        Files.writeString(
                folder.resolve("model.sh"),
                "n=$(ls \"$1\" | grep -c prompt)\ncat > \"$1/prompt$n\"\ncat \"$1/reply$n\"\n");
        return "command:sh " + folder.resolve("model.sh") + " " + folder;
    }

    private int describe(String... more) {
        String[] all = {"init", "--describe", REQUEST};
        String[] arguments = Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, arguments, all.length, more.length);
        return screen.run(arguments);
    }

    private String yaml() throws IOException {
        return Files.readString(folder.resolve("chiron.yaml"));
    }

    private String prompt(int number) throws IOException {
        return Files.readString(folder.resolve("prompt" + number));
    }

    @Test
    void whatStandsUpOfAModelsWordsIsWrittenAndTheRestIsSaid() throws IOException {
        Files.writeString(folder.resolve("data.md"), "# Shakespeare\n1,115,394 characters.\ntoken: hunter2hunter2\n");
        assertThat(describe("--data-card", "data.md", "--llm", model(REPLY, LOG), "--yes"))
                .as(screen.err())
                .isZero();
        assertThat(yaml())
                .startsWith("# Written by `chiron init --describe`: composed by command:sh ")
                .contains("# NOT REVIEWED: nobody has looked it over yet.")
                .contains(
                        "  Trains a character model on Shakespeare.\n\n  In the person's words: Fine-tune the character")
                .contains("\n\n  Data (from data.md, in a model's words): 1.1 million characters.\n")
                .contains("\n\n  Model (guessed from the script, in a model's words): An embedding of 64.\n")
                .doesNotContain("80 GB", "hunter2")
                .contains("metric: { name: val_loss, goal: minimize", "limits: { time: 5m }")
                .contains(
                        "LEARNING_RATE: { type: float, low: 0.001, high: 1, log: true, default: 0.03 }    # line 1: 0.1; range by ")
                .contains(": two decades # each\n")
                .contains("EMBED: { type: int, low: 16, high: 256, log: true }    # line 2: 64; range inferred\n");
        assertThat(screen.err())
                .contains("The script is train.py.")
                .contains("task.hardware: it says 80, which stands nowhere", "EMBED: low must not be above high")
                .contains("WIDTH: is no constant of the table");
        assertThat(screen.out())
                .contains("LEARNING_RATE  0.1", "model  two decades # each", "Wrote chiron.yaml with 3 parameters.");
        assertThat(prompt(0))
                .contains(REQUEST, "1,115,394 characters", "| EMBED | 2 | 64 |")
                .doesNotContain("hunter2");
        assertThat(prompt(1))
                .contains("{\"LEARNING_RATE\":0.03,", "stopped after 5 min 0 s", "Trains a character model");
        assertThat(screen.run("config")).as(screen.err()).isZero();
    }

    @Test
    @Tag("python")
    @Tag("bubblewrap")
    void theLogThatIsForetoldIsScoredWhenTheBaselineHasRun() throws IOException {
        assertThat(describe("--llm", model(REPLY, LOG), "--yes")).isZero();
        assertThat(screen.run("run", "--trials", "1", "--json"))
                .as(screen.err())
                .isZero();
        String[] events = screen.out().split("\n");
        JsonNode end = new ObjectMapper().readTree(events[events.length - 1]);
        assertThat(screen.run("status")).isZero();
        assertThat(screen.out().replaceAll("\\s+", " "))
                .contains(
                        "foretold val_loss 1.6 (1.5 to 1.9) of the baseline; it was 1.5706, off by 0.0294 (1.9 %), inside")
                .contains(
                        "The first value it printed, 3.25, is off by 1.68; on the way, at 1 point, the model was off by 0.0798");
        assertThat(screen.run("show", "0")).isZero();
        assertThat(screen.out()).contains("  50 %        2         1.9202\n", "  the end     1.6       1.5706\n");
        assertThat(screen.run("status", "--json")).isZero();
        JsonNode prediction = new ObjectMapper().readTree(screen.out()).path("prediction");
        assertThat(prediction.path("inside").asBoolean()).isTrue();
        assertThat(prediction.path("interval_score").asDouble()).isEqualTo(1.9 - 1.5);
        assertThat(end.path("prediction")).isEqualTo(prediction);
        assertThat(screen.run("show", "0", "--json")).isZero();
        assertThat(new ObjectMapper().readTree(screen.out()).path("prediction")).isEqualTo(prediction);
    }

    @Test
    @Tag("python")
    void aSessionsStatusHasWhatIsForetoldAndThenItsScore() throws IOException {
        assertThat(describe("--llm", model(REPLY, LOG), "--yes")).isZero();
        Files.writeString(folder.resolve("chiron.yaml"), yaml() + "sandbox: { level: off }\n");
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        String typed = "/status\n/step 1\n/wait\n/status\n/quit\n";
        Console console = new Console(
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                out,
                out,
                false,
                folder,
                Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString()),
                InstantSource.system());
        assertThat(Main.execute(console, "session", "--paused", "--yes"))
                .as(shown.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(shown.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " "))
                .containsSubsequence(
                        "foretold val_loss 1.6 (1.5 to 1.9) of the baseline, which has not run yet.",
                        "foretold val_loss 1.6 (1.5 to 1.9) of the baseline; it was 1.5706, off by 0.0294 (1.9 %), inside "
                                + "its interval. The first value it printed, 3.25, is off by 1.68;");
    }

    @Test
    @Tag("python")
    @Tag("bubblewrap")
    void aLogOfOtherValuesIsNotScored() throws IOException {
        assertThat(describe("--llm", model(REPLY, LOG), "--yes")).isZero();
        Files.writeString(folder.resolve("chiron.yaml"), yaml().replace("default: 0.03", "default: 0.05"));
        assertThat(screen.run("run", "--trials", "1", "--quiet"))
                .as(screen.err())
                .isZero();
        assertThat(screen.err()).contains("chiron.predicted.json foretells is of other values, so it is not scored");
        assertThat(screen.run("status")).isZero();
        assertThat(screen.out()).doesNotContain("foretold");
    }

    @Test
    void withoutAModelTheTaskIsThePersonsWordsAndTheirCards() throws IOException {
        Files.writeString(folder.resolve("README.md"), "# Plays\n\nA small model of plays.\n");
        assertThat(describe("--yes")).as(screen.err()).isZero();
        assertThat(screen.err()).contains("No language model is asked");
        assertThat(yaml())
                .contains("composed by rules, without a language model")
                .contains(
                        "task: |-                  # a model reads this\n  Fine-tune the character model on Shakespeare;")
                .contains("\n\n  From README.md: A small model of plays.\n")
                .contains("limits: { time: 5m }", "name: val_loss, goal: minimize");
        assertThat(folder.resolve("chiron.predicted.json")).doesNotExist();
        assertThat(screen.run("config")).as(screen.err()).isZero();
    }

    @Test
    void whatTheWordsSurelySayOfAConstantIsHeededAndTheRestIsSaid() throws IOException {
        String words =
                "Train it; do not tune the embed. Learning rate between 0.01 and 0.5, keep the activation at gelu. "
                        + "The learning rate should not be small.";
        assertThat(screen.answering("y\n").run("init", "--describe", words))
                .as(screen.err())
                .isZero();
        assertThat(screen.out())
                .contains(
                        "LEARNING_RATE  0.1  now    0.01 to 0.5  log    you  \"Learning rate between 0.01 and 0.5\"\n")
                .contains("EMBED: left alone by a person: \"do not tune the embed\"\n")
                .contains("ACTIVATION: left alone by a person: \"keep the activation at gelu\"\n");
        assertThat(screen.err())
                .contains("Of your words, keep the activation at gelu: the script has relu: set it there")
                .contains("Not understood without a model: \"The learning rate should not be small\".");
        assertThat(yaml())
                .contains(
                        "  LEARNING_RATE: { type: float, low: 0.01, high: 0.5, log: true }    # line 1: 0.1; range by "
                                + "a person: \"Learning rate between 0.01 and 0.5\"\n")
                .contains("  # EMBED: {", "left alone by a person: \"do not tune the embed\"\n");
        assertThat(screen.run("config")).as(screen.err()).isZero();
    }

    @Test
    void whatTheWordsSurelySayHoldsAgainstTheModelUntilThePersonChangesIt() throws IOException {
        String reply = """
                {"minutes": 5, "space": {"LEARNING_RATE": {"leave": "x"}, "EMBED": {"low": 10, "high": 100},
                                         "ACTIVATION": {"options": ["relu", "gelu"]}}}""";
        String words = "At most 5 minutes a trial. Powers of two for EMBED, do not tune the activation, "
                + "learning rate not above 1.";
        assertThat(screen.answering("ACTIVATION relu|tanh\ny\n")
                        .run("init", "--describe", words, "--llm", model(reply, LOG)))
                .as(screen.err())
                .isZero();
        assertThat(screen.err()).doesNotContain("Not understood");
        assertThat(screen.out()).contains("ACTIVATION: left alone by a person: \"do not tune the activation\"\n");
        assertThat(yaml())
                .contains(
                        "  EMBED: { type: int, low: 16, high: 64, powers_of_two: true }    # line 2: 64; range by a person")
                .contains("  # LEARNING_RATE: {", "left alone by command:sh ")
                .contains("  ACTIVATION: { type: choice, options: [\"relu\", \"tanh\"] }    # line 3: ");
    }

    @Test
    void wordsThatLeaveNothingToTuneAreSentBackBeforeAnybodyIsAsked() throws IOException {
        assertThat(screen.run(
                        "init",
                        "--describe",
                        "Do not tune the learning rate or the embed.",
                        "--llm",
                        model(REPLY, LOG),
                        "--yes"))
                .isEqualTo(2);
        assertThat(screen.err())
                .contains("--describe leaves nothing to tune:\n  LEARNING_RATE: left alone by a person: \"Do not tune");
        assertThat(folder.resolve("prompt0")).doesNotExist();
        assertThat(folder.resolve("chiron.yaml")).doesNotExist();
    }

    @Test
    void aModelOfNoUseIsAskedOnceMoreAndThenTheRulesHold() throws IOException {
        assertThat(describe("--llm", model("I like it.", "{\"minutes\": 99}"), "--yes"))
                .isZero();
        assertThat(prompt(1))
                .contains("I like it.", "It could not be used: there is no JSON object in it with the fields");
        assertThat(screen.err())
                .contains(
                        "gave no usable reply: minutes: neither the request nor a card speaks of 99. The task is your words");
        assertThat(yaml()).contains("composed by rules", "EMBED: { type: int, low: 16, high: 256, log: true }");
        assertThat(folder.resolve("prompt2")).doesNotExist();

        assertThat(describe("--force", "--llm", "command:sh -c 'exit 3'", "--yes"))
                .isZero();
        assertThat(screen.err()).contains("does not answer");
    }

    @Test
    void aLogOfNoUseLeavesTheTaskAsItIs() throws IOException {
        assertThat(describe("--llm", model(REPLY, "{\"final\": 3, \"low\": 4, \"high\": 5}", "no"), "--yes"))
                .isZero();
        assertThat(prompt(2)).contains("\"final\" must lie between");
        assertThat(screen.err())
                .contains("gave no usable reply: there is no JSON object with the fields", ". Nothing is foretold.");
        assertThat(folder.resolve("chiron.predicted.json")).doesNotExist();
        assertThat(yaml()).contains("default: 0.03");
    }

    @Test
    void aMetricThatIsRefusedTakesItsWordsWithIt() throws IOException {
        String reply = """
                {"task": {"training": "Trains it.", "metric": "f1, higher is better."},
                 "metric": {"name": "f1", "goal": "maximize"}}""";
        assertThat(describe("--llm", model(reply, LOG), "--yes"))
                .as(screen.err())
                .isZero();
        assertThat(screen.err())
                .contains("metric: the script never names f1", "task.metric: no metric with a goal was taken");
        assertThat(yaml())
                .contains("  Trains it.\n", "metric: { name: val_loss, goal: minimize")
                .doesNotContain("higher is better");
    }

    @Test
    void aGoalThatThePersonGivesTakesTheModelsWordsOnTheMetric() throws IOException {
        assertThat(describe("--llm", model(REPLY, LOG), "--yes", "--goal", "maximize"))
                .isZero();
        assertThat(screen.err()).contains("task.metric: the metric or the goal that it speaks of is not the one");
        assertThat(yaml()).contains("goal: maximize").doesNotContain("  Metric: ");
        assertThat(describe("--force", "--llm", model(REPLY, LOG), "--yes", "--goal", "minimize"))
                .isZero();
    }

    @Test
    void theMetricThatTheWordsNameIsTaken() throws IOException {
        Files.writeString(
                folder.resolve("train.py"), "LEARNING_RATE = 0.1\nprint('epoch 1\\nacc: 0.5 loss: 2 val_mse: 1')\n");
        assertThat(screen.run("init", "--describe", "Train it; accuracy counts.", "--yes"))
                .isZero();
        assertThat(screen.out())
                .contains("Metric  acc (by rule: the words name it), maximize (by rule, from the metric's name)");
        assertThat(screen.run("init", "--describe", "Lower the loss.", "--yes", "--force"))
                .isZero();
        assertThat(screen.out()).contains("Metric  loss (by rule: the words name it), minimize");
        assertThat(screen.run("init", "--describe", "Train it.", "--yes", "--force"))
                .isZero();
        assertThat(screen.out())
                .contains("Metric  acc (by rule: it stands in the script, and so do others: loss), maximize");
        assertThat(screen.run("config")).as(screen.err()).isZero();
    }

    @Test
    void aLineThatIsRefusedChangesNothingAndAStartStaysWhereItCan() throws IOException {
        assertThat(screen.answering("LEARNING_RATE 0.001..0.4 log start 5\nLEARNING_RATE 0.01..0.5 log\ny\n")
                        .run("init", "--describe", REQUEST, "--llm", model(REPLY, LOG)))
                .as(screen.err())
                .isZero();
        assertThat(screen.err()).contains("LEARNING_RATE: start: ");
        assertThat(screen.out()).doesNotContain("0.001 to 0.4");
        assertThat(yaml()).contains("LEARNING_RATE: { type: float, low: 0.01, high: 0.5, log: true, default: 0.03 }");

        assertThat(screen.answering("LEARNING_RATE 0.05..0.5 log\ny\n")
                        .run("init", "--force", "--describe", REQUEST, "--llm", model(REPLY, LOG, REPLY, LOG)))
                .isZero();
        assertThat(screen.err()).contains("LEARNING_RATE: the start 0.03 is dropped, as the range does not hold it");
        assertThat(yaml()).contains("LEARNING_RATE: { type: float, low: 0.05, high: 0.5, log: true }");

        assertThat(screen.answering("LEARNING_RATE 0.01..0.5 log start 0.1\ny\n")
                        .run(
                                "init",
                                "--force",
                                "--describe",
                                REQUEST,
                                "--llm",
                                model(REPLY, LOG, REPLY, LOG, REPLY, LOG)))
                .isZero();
        assertThat(yaml())
                .as("a start at the script's own value is none")
                .contains("LEARNING_RATE: { type: float, low: 0.01, high: 0.5, log: true }");
    }

    @Test
    void whatIsWrongWithALineIsSaidAsThePersonTypesIt() throws IOException {
        assertThat(screen.answering(
                                "EMBED 1..99.5\nEMBED 1..1e30\nLEARNING_RATE 1e400..5\nACTIVATION 1..2\nEMBED a|b\nn\n")
                        .run("init", "--describe", REQUEST))
                .isZero();
        assertThat(screen.err())
                .contains(
                        "EMBED: low and high must be whole numbers of at most 64 bits, as the script's own 64 is",
                        "LEARNING_RATE: low and high must be finite numbers",
                        "ACTIVATION: is no number in the script, so it has options, not low and high",
                        "EMBED: is a number in the script, so it has low and high, not options")
                .doesNotContain("leave");
    }

    @Test
    void aPersonChangesRangesAndAccepts() throws IOException {
        String model = model(REPLY, LOG);
        assertThat(screen.answering(
                                "LEARNING_RATE 0.05..0.4 log start 0.2\nEMBED 1..2\nwhat?\nACTIVATION off\nEMBED off\nLR 1..2\ny\n")
                        .run("init", "--describe", REQUEST, "--llm", model))
                .as(screen.err())
                .isZero();
        assertThat(screen.err())
                .contains("EMBED: int in [1, 2] does not hold the script's own 64")
                .contains("Say yes, no or edit, or NAME LOW..HIGH")
                .contains("LR: is no constant of the script that can be set; these are: LEARNING_RATE, EMBED");
        assertThat(screen.out())
                .contains(
                        "LEARNING_RATE  0.1     0.2    0.05 to 0.4  log",
                        "ACTIVATION: left alone by a person: at the terminal");
        assertThat(yaml())
                .contains("# Looked over at a terminal and accepted, with changes.\n")
                .contains(
                        "LEARNING_RATE: { type: float, low: 0.05, high: 0.4, log: true, default: 0.2 }    # line 1: 0.1; range by a person\n")
                .contains("  # EMBED: {");
        assertThat(Files.readString(folder.resolve("chiron.predicted.json"))).contains("\"LEARNING_RATE\" : 0.2");
    }

    @Test
    void aPersonRefusesAndNothingIsWritten() throws IOException {
        for (String answer : new String[] {"n\n", "", "q\n"}) {
            assertThat(screen.answering(answer).run("init", "--describe", REQUEST))
                    .isZero();
            assertThat(screen.err()).contains("Nothing was written.");
        }
        assertThat(folder.toFile().list()).containsExactly("train.py");
    }

    @Test
    void aPersonsEditorHasTheWholeFileAndWhatIsWrongInItIsSaid() throws IOException {
        Files.writeString(folder.resolve("editor.sh"), """
                n=$(cat "$1/n" 2>/dev/null || echo 0); echo $((n + 1)) > "$1/n"; env > "$1/env"
                case $n in
                  0) sed -i 's/trials: 100/trials: many/' "$2";;
                  1) exit 1;;
                  2) sed -i 's/trials: many/trials: 7/' "$2";;
                esac
                """);
        screen.with("EDITOR", "sh " + folder.resolve("editor.sh") + " " + folder)
                .with("OPENAI_API_KEY", "sk-a-secret");
        assertThat(screen.answering("edit\ny\ne\nEMBED 32..128\ne\ny\n").run("init", "--describe", REQUEST))
                .as(screen.err())
                .isZero();
        assertThat(screen.err())
                .contains("chiron: chiron.yaml:", "trials")
                .contains("sh ended with an error; the text is as it was.")
                .contains("Say yes, no or edit.")
                .contains("It has 2 parameters now, and val_loss to minimize.");
        assertThat(yaml()).contains("budget: { trials: 7 }");
        assertThat(Files.readString(folder.resolve("env"))).doesNotContain("sk-a-secret");
        assertThat(folder.resolve(".chiron-draft.yaml")).doesNotExist();
    }

    @Test
    void whatIsRecordedCanBeReplayed() throws IOException {
        assertThat(describe("--llm", model(REPLY, LOG), "--record", "kept", "--yes"))
                .isZero();
        String first = yaml();
        String foretold = Files.readString(folder.resolve("chiron.predicted.json"));
        assertThat(describe("--llm", "replay:" + folder.resolve("kept"), "--yes", "--force"))
                .as(screen.err())
                .isZero();
        assertThat(yaml()).isEqualTo(first);
        assertThat(Files.readString(folder.resolve("chiron.predicted.json"))).isEqualTo(foretold);
        assertThat(folder.resolve("prompt2")).doesNotExist();
    }

    @Test
    void oneScriptIsFoundAndOfSeveralThePersonIsAsked() throws IOException {
        Files.writeString(folder.resolve("config.py"), "WIDTH = 3\n");
        Files.writeString(folder.resolve("broken.py"), "def (\n");
        assertThat(describe("--yes")).isZero();
        assertThat(screen.err()).contains("The script is train.py.");
        Files.writeString(folder.resolve("other.py"), SCRIPT);
        assertThat(describe("--yes", "--force")).isEqualTo(2);
        assertThat(screen.err()).contains("which script is to be tuned? other.py, train.py could be: name it");
        Files.delete(folder.resolve("train.py"));
        Files.delete(folder.resolve("other.py"));
        Files.delete(folder.resolve("config.py"));
        assertThat(describe("--yes", "--force")).isEqualTo(2);
        assertThat(screen.err()).contains("no script with a constant to tune is in this folder");
        assertThat(screen.run("init")).isEqualTo(2);
        assertThat(screen.err()).contains("which script? Name it");
    }

    @Test
    void badInputIsSaidBeforeAnybodyIsAsked() throws IOException {
        String model = model(REPLY, LOG);
        Files.write(folder.resolve("card.bin"), new byte[] {80, 75, 0, 1, 2});
        Files.write(folder.resolve("latin.md"), new byte[] {(byte) 0xe9, 32});
        Files.writeString(folder.resolve("huge.md"), "x".repeat(2 << 20));
        Files.writeString(folder.resolve("empty.md"), "\n \n");
        Files.createDirectory(folder.resolve("cards"));
        expect("--data-card gone.md: no such file", "--data-card", "gone.md", "--yes", "--llm", model);
        expect("--model-card card.bin: is no text in UTF-8", "--model-card", "card.bin", "--yes", "--llm", model);
        expect("--model-card latin.md: is no text", "--model-card", "latin.md", "--yes", "--llm", model);
        expect("--data-card huge.md: has 2048 KiB, and a card at most 1024", "--data-card", "huge.md", "--yes");
        expect("--data-card empty.md: is empty", "--data-card", "empty.md", "--yes");
        expect("--data-card cards: is a folder", "--data-card", "cards", "--yes");
        expect("nobody can be asked here whether the task is right", "--llm", model);
        expect("--llm builtin: its rules of thumb cannot read a script", "--yes", "--llm", "builtin");
        assertThat(screen.run("init", "train.py", "--describe", "  ", "--yes")).isEqualTo(2);
        assertThat(screen.err()).contains("--describe says nothing: give a sentence or two");
        assertThat(screen.run("init", "train.py", "--describe", "x".repeat(4001), "--yes"))
                .isEqualTo(2);
        assertThat(screen.err()).contains("--describe has more than 4000 characters");
        assertThat(screen.run("init", "train.py", "--data-card", "empty.md")).isEqualTo(2);
        assertThat(screen.err()).contains("--data-card is for --describe WORDS");
        assertThat(folder.resolve("prompt0")).doesNotExist();
        assertThat(folder.resolve("chiron.yaml")).doesNotExist();
    }

    private void expect(String message, String... more) {
        assertThat(describe(more)).isEqualTo(2);
        assertThat(screen.err()).contains(message);
    }

    @Test
    void aTaskThatIsThereStays() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), "mine");
        assertThat(describe("--yes", "--llm", model(REPLY, LOG))).isEqualTo(2);
        assertThat(folder.resolve("chiron.yaml")).hasContent("mine");
        assertThat(folder.resolve("prompt0")).doesNotExist();
    }

    @Test
    void nothingOnTheMetricIsSaidWhereTheScriptNamesNone() throws IOException {
        Files.writeString(folder.resolve("train.py"), "LEARNING_RATE = 0.1\nprint(LEARNING_RATE)\n");
        assertThat(screen.run("init", "--describe", "Train it.", "--yes")).isZero();
        assertThat(screen.out())
                .contains(
                        "Metric  loss (a guess: the script names no metric that is known; it must print `loss: VALUE`)");
        assertThat(yaml()).contains("metric a guess: the script names no metric");
        assertThat(screen.run("init", "--describe", "Train it.", "--yes", "--force", "--metric", "f1"))
                .isZero();
        assertThat(screen.out()).contains("Metric  f1 (by --metric), maximize (by rule, from the metric's name)");
    }

    @Test
    void whatAPersonWritesIsReadBackWhateverIsInIt() throws IOException {
        String words = "- \"Train\": it's # the {model}\n\n--- & *more* %\u0007\u2028\uffff \ud83d\ude00 'x'";
        assertThat(screen.run("init", "--describe", words, "--yes")).isZero();
        assertThat(screen.run("config")).as(screen.err()).isZero();
        assertThat(screen.out())
                .contains("- \"Train\": it's # the {model} --- & *more* %")
                .contains("\ud83d\ude00 'x'");
        assertThat(screen.run("init", "--describe", "\u200b \u0007", "--yes", "--force"))
                .isEqualTo(2);
        assertThat(screen.err()).contains("--describe says nothing");
    }

    @Test
    void whatAPersonSaysOfTheMetricHoldsAgainstTheModel() throws IOException {
        assertThat(describe("--llm", model(REPLY, LOG), "--yes", "--metric", "val_acc"))
                .isZero();
        assertThat(yaml()).contains("metric: { name: val_acc, goal: maximize").doesNotContain("  Metric: ");
    }

    @Test
    void aModelThatWouldTuneNothingIsNotHeardOnThat() throws IOException {
        String reply = """
                {"space": {"LEARNING_RATE": {"leave": "x"}, "EMBED": {"leave": "x"}}}""";
        assertThat(describe("--llm", model(reply, LOG), "--yes")).isZero();
        assertThat(screen.err()).contains("would tune nothing");
        assertThat(screen.out()).contains("Wrote chiron.yaml with 2 parameters.");
    }

    @Test
    void noKeyOfTheEnvironmentReachesAPromptOrAFile() throws IOException {
        screen.with("HF_TOKEN", "plain-looking-words-1234");
        Files.writeString(folder.resolve("data.md"), "Load it with plain-looking-words-1234.\n");
        assertThat(screen.run(
                        "init",
                        "--describe",
                        "Train it with plain-looking-words-1234.",
                        "--data-card",
                        "data.md",
                        "--llm",
                        model(REPLY, LOG),
                        "--yes"))
                .isZero();
        assertThat(prompt(0) + prompt(1) + yaml() + screen.out() + screen.err()).doesNotContain("plain-looking-words");
    }
}
