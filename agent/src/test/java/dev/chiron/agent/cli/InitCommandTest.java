package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.start.TaskFile;
import dev.chiron.optimizers.space.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {

    private static final String SCRIPT = """
            LEARNING_RATE = 0.04   # of the optimizer
            DEPTH = 8
            TOTAL_BATCH_SIZE = 2**19
            USE_BIAS = True
            WINDOW_PATTERN = "SSSL"
            SEED = 42
            for i in range(3):
                INNER = 3
            print(f"val_accuracy: {LEARNING_RATE}")
            """;

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void place() throws IOException {
        screen = new Screen(folder);
        Files.writeString(folder.resolve("train.py"), SCRIPT);
    }

    @Test
    void itWritesATaskThatTheReaderTakes() throws IOException {
        assertThat(screen.run("init", "train.py")).isZero();
        String yaml = Files.readString(folder.resolve("chiron.yaml"));
        assertThat(yaml)
                .contains("script: train.py", "run: python3 {script}", "val_accuracy, goal: maximize")
                .contains("DEPTH: { type: int, low: 4, high: 24 }", "powers_of_two: true", "options: [true, false]")
                .doesNotContain("SEED", "INNER:");
        assertThat(screen.err()).contains("INNER", "chiron run chiron.yaml");
        assertThat(screen.run("config")).isZero();
    }

    private static final String FLAGS = """
            import argparse
            parser = argparse.ArgumentParser()
            parser.add_argument("--lr", type=float, default=0.05)
            parser.add_argument("--batch-size", type=int, default=16)
            parser.add_argument("--seed", type=int, default=1)
            parser.add_argument("--opt", choices=["sgd", "adam"], default="sgd")
            args = parser.parse_args()
            print("loss:", args.lr * args.batch_size + (args.opt == "sgd"))
            """;

    @Test
    void valuesThatAScriptTakesAsFlagsAreGivenAsFlags() throws IOException {
        Files.writeString(folder.resolve("fit.py"), FLAGS);
        assertThat(screen.run("init", "fit.py")).as(screen.err()).isZero();
        assertThat(screen.out()).contains("with 3 parameters");
        assertThat(screen.err()).doesNotContain("Left alone");
        assertThat(Files.readString(folder.resolve("chiron.yaml")))
                .contains("run: python3 {script} --lr {LR} --batch-size {BATCH_SIZE} --opt {OPT}\n")
                .contains("LR: { type: float, low: 0.005, high: 0.5, log: true, default: 0.05 }")
                .contains("OPT: { type: choice, options: [\"sgd\", \"adam\"], default: \"sgd\" }")
                .doesNotContain("SEED");
        assertThat(screen.run("config")).isZero();
    }

    @Test
    void constantsAndFlagsOfOneScriptAreBothFound() throws IOException {
        Files.writeString(
                folder.resolve("fit.py"),
                "HIDDEN = 32\n"
                        + FLAGS.replace("args = ", "parser.add_argument('--amp', action='store_true')\nargs = "));
        assertThat(screen.run("init", "fit.py")).as(screen.err()).isZero();
        assertThat(screen.out()).contains("with 4 parameters");
        assertThat(screen.err())
                .contains("Left alone: the flag --amp (line 8): takes no value", "write it into `run:`");
        assertThat(Files.readString(folder.resolve("chiron.yaml")))
                .contains("run: python3 {script} --lr {LR} --batch-size {BATCH_SIZE} --opt {OPT}\n")
                .contains("HIDDEN: { type: int, low: 8, high: 128, log: true }    # line 1: 32\n");
        assertThat(screen.run("config")).isZero();
        assertThat(screen.run("init", "fit.py", "--force", "--describe", "Train it.", "--yes"))
                .as(screen.err())
                .isZero();
        assertThat(screen.out()).contains("with 4 parameters");
        assertThat(screen.run("config")).isZero();
    }

    @Test
    void aModelSpeaksOfFlagsAsOfConstants() throws IOException {
        Files.writeString(folder.resolve("fit.py"), FLAGS);
        String reply = """
                {"LR": {"low": 0.001, "high": 1, "log": true, "start": 0.1}, "BATCH_SIZE": {"leave": "the GPU is small"},
                 "OPT": {"options": ["sgd", "lion"]}}
                """;
        assertThat(screen.run("init", "fit.py", "--llm", model(reply))).isZero();
        assertThat(Files.readString(folder.resolve("chiron.yaml")))
                .contains("run: python3 {script} --lr {LR} --opt {OPT}\n")
                .contains(
                        "  LR: { type: float, low: 0.001, high: 1, log: true, default: 0.1 }    # line 3: 0.05; range by")
                .contains("  # BATCH_SIZE: ")
                .contains(
                        "OPT: { type: choice, options: [\"sgd\", \"adam\"], default: \"sgd\" }    # line 6: \"sgd\"; range inferred");
        assertThat(screen.run("config")).as(screen.err()).isZero();
    }

    @Test
    void aScriptWhoseMetricIsNotKnownIsSaidToNeedOne() throws IOException {
        Files.writeString(folder.resolve("fit.py"), "LR = 0.1\nprint('gain of it', LR)\n");
        assertThat(screen.run("init", "fit.py")).isZero();
        assertThat(screen.err())
                .contains(
                        "No metric that is known stands in the script",
                        "print a line such as `loss: 0.42`",
                        "--metric");
        assertThat(screen.run("init", "fit.py", "--force", "--metric", "gain of it"))
                .isZero();
        assertThat(screen.err()).doesNotContain("No metric");
        Files.writeString(folder.resolve("fit.py"), "LR = 0.1\nprint('Mean accuracy = %.3f' % LR)\n");
        assertThat(screen.run("init", "fit.py", "--force")).isZero();
        assertThat(screen.err()).doesNotContain("No metric");
        assertThat(Files.readString(folder.resolve("chiron.yaml")))
                .contains("metric: { name: Mean accuracy, goal: maximize, from: stdout }");
        assertThat(screen.run("config")).as(screen.err()).isZero();
    }

    @Test
    void whatMeasuresIsNotTuned() throws IOException {
        Files.writeString(
                folder.resolve("fit.py"),
                "LR = 0.1\nN_FOLDS = 5\nTEST_SIZE = 0.2\nNUM_CLASSES = 10\nNUM_WORKERS = 4\nEVAL_STEPS = 50\nVAL_FRAC = 0.1\n"
                        + "RANDOM_STATE = 7\nLOG_INTERVAL = 10\nTRAIN_SPLIT = 0.8\nLATEST = 3\nprint('loss:', LR)\n");
        assertThat(screen.run("init", "fit.py")).isZero();
        assertThat(Files.readString(folder.resolve("chiron.yaml")).lines().filter(line -> line.matches("  [A-Z].*")))
                .extracting(line -> line.strip().split(":")[0])
                .containsExactly("LR", "LATEST");
    }

    @Test
    void aTaskThatIsThereIsNotOverwritten() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), "mine");
        assertThat(screen.run("init", "train.py")).isEqualTo(2);
        assertThat(folder.resolve("chiron.yaml")).hasContent("mine");
        assertThat(screen.run("init", "train.py", "--force", "--metric", "f1", "--goal", "maximize"))
                .isZero();
        assertThat(Files.readString(folder.resolve("chiron.yaml"))).contains("name: f1, goal: maximize");
    }

    @Test
    void aScriptWithoutConstantsAndAMissingOneAreExplained() throws IOException {
        Files.writeString(folder.resolve("empty.py"), "print('loss: 1')\n");
        assertThat(screen.run("init", "empty.py")).isEqualTo(2);
        assertThat(screen.err()).contains("no constant to tune");
        assertThat(screen.run("init", "gone.py")).isEqualTo(2);
        assertThat(screen.err()).contains("gone.py: no such file");
        assertThat(folder.resolve("chiron.yaml")).doesNotExist();
    }

    /** A model that answers with the text of a file, and keeps the prompts that it got. */
    private String model(String... replies) throws IOException {
        for (int i = 0; i < replies.length; i++) {
            Files.writeString(folder.resolve("reply" + i), replies[i]);
        }
        Files.writeString(
                folder.resolve("model.sh"),
                "n=$(ls \"$1\" | grep -c prompt)\ncat > \"$1/prompt$n\"\ncat \"$1/reply$n\"\n");
        return "command:sh " + folder.resolve("model.sh") + " " + folder;
    }

    @Test
    void aModelSuggestsRangesAndLeavesConstantsAlone() throws IOException {
        String reply = """
                <think>{"DEPTH": {"low": 1, "high": 2}}</think>
                {"LEARNING_RATE": {"low": 0.001, "high": 1, "log": true}, "DEPTH": {"low": 2, "high": 12},
                 "USE_BIAS": {"leave": "it hardly matters"}, "WINDOW_PATTERN": {"options": ["SSSL", "LLLL"]},
                 "TOTAL_BATCH_SIZE": {"low": 1048576, "high": 2097152}, "NOT_THERE": {"low": 1, "high": 2}}
                """;
        assertThat(screen.run("init", "train.py", "--llm", model(reply))).isZero();
        assertThat(Files.readString(folder.resolve("chiron.yaml")))
                .contains(
                        "  LEARNING_RATE: { type: float, low: 0.001, high: 1, log: true }    # line 1: 0.04; range by command:")
                .contains("  DEPTH: { type: int, low: 2, high: 12 }    # line 2: 8; range by command:")
                .contains(
                        "  # USE_BIAS: { type: choice, options: [true, false] }    # line 4: True; left alone by command:")
                .contains(": it hardly matters\n")
                .contains("options: [\"SSSL\", \"LLLL\"] }    # line 5: \"SSSL\"; range by")
                .contains(
                        "  TOTAL_BATCH_SIZE: { type: int, low: 65536, high: 2097152, powers_of_two: true }    # line 3: 2**19; range inferred\n");
        assertThat(screen.err())
                .contains("TOTAL_BATCH_SIZE: ", "does not hold the script's own 524288", "NOT_THERE: is no constant");
        assertThat(Files.readString(folder.resolve("prompt0")))
                .contains("| DEPTH | 2 | 8 | int in [4, 24] |", SCRIPT.strip());
        assertThat(screen.run("config")).isZero();
    }

    @Test
    void aModelThatTalksNonsenseIsAskedOnceMoreAndThenLeftOut() throws IOException {
        assertThat(screen.run("init", "train.py", "--llm", model("I like it.", "{\"DEPTH\": 3}")))
                .isZero();
        assertThat(Files.readString(folder.resolve("prompt1"))).contains("I like it.", "no JSON object");
        assertThat(screen.err()).contains("gave no usable reply");
        assertThat(Files.readString(folder.resolve("chiron.yaml"))).contains("DEPTH: { type: int, low: 4, high: 24 }");
    }

    @Test
    void aModelThatIsAwayOrWouldTuneNothingLeavesTheRangesAsTheyAre() throws IOException {
        assertThat(screen.run("init", "train.py", "--llm", "command:sh -c 'exit 3'"))
                .isZero();
        assertThat(screen.err()).contains("does not answer");
        String reply = """
                {"LEARNING_RATE": {"leave": ""}, "DEPTH": {"leave": "x"}, "TOTAL_BATCH_SIZE": {"leave": "x"},
                 "USE_BIAS": {"leave": "x"}, "WINDOW_PATTERN": {"leave": "x"}}""";
        assertThat(screen.run("init", "train.py", "--force", "--llm", model(reply)))
                .isZero();
        assertThat(screen.err()).contains("would tune nothing");
        assertThat(screen.run("config")).isZero();
    }

    @Test
    void aModelThatCannotBeAskedIsSaidAndNothingIsWritten() {
        assertThat(screen.run("init", "train.py", "--llm", "builtin")).isEqualTo(2);
        assertThat(screen.err()).contains("cannot read a script");
        assertThat(screen.run("init", "train.py", "--llm", "openai:x")).isEqualTo(2);
        assertThat(screen.err()).contains("OPENAI_API_KEY");
        assertThat(screen.run("init", "train.py", "--llm", "nonsense")).isEqualTo(2);
        assertThat(folder.resolve("chiron.yaml")).doesNotExist();
    }

    @Test
    void whatAModelOffersIsWrittenSoThatItIsReadBack() throws IOException {
        String reply = """
                {"WINDOW_PATTERN": {"options": ["SSSL", "a\\tb\\nc", "\\u0007\\u2028", "\\ud800", "d\\"\\\\e", "\ud83d\ude00", "# : {"]},
                 "DEPTH": {"leave": "fixed\\n  method: random\\u0007"}}
                """;
        String model = model(reply);
        assertThat(screen.run("init", "train.py", "--llm", model + " 'a\nb: c'"))
                .isZero();
        assertThat(screen.run("config")).as(screen.err()).isZero();
        assertThat(screen.out()).contains("centaur").doesNotContain("random");
        assertThat(Files.readString(folder.resolve("chiron.yaml")))
                .contains(
                        "\"SSSL\", \"a\\U00000009b\\U0000000ac\", \"\\U00000007\\U00002028\"",
                        "\"d\\\"\\\\e\", \"\ud83d\ude00\", \"# : {\"");
        assertThat(task().space().find("WINDOW_PATTERN"))
                .contains(Parameter.Choice.of(
                        "WINDOW_PATTERN", "SSSL", "a\tb\nc", "\u0007\u2028", "d\"\\e", "\ud83d\ude00", "# : {"));
    }

    /** The task as a run reads it, checked against the script. */
    private Spec task() {
        Console console = new Console(
                System.out, System.err, false, folder, Map.of("HOME", folder.toString()), InstantSource.system());
        return new TaskFile(console.surroundings()).read(folder.resolve("chiron.yaml"), List.of());
    }

    @Test
    void aKeyInTheScriptIsNeverSentAndNeverShown() throws IOException {
        Files.writeString(
                folder.resolve("train.py"), SCRIPT + "API_KEY = \"hunter2\"\nlogin({\"password\": \"hunter2\"})\n");
        assertThat(screen.run("init", "train.py", "--llm", model("{\"API_KEY\": {\"options\": [\"a\", \"b\"]}}", "{}")))
                .isZero();
        assertThat(Files.readString(folder.resolve("prompt1"))).contains("API_KEY", "the script's own text");
        assertThat(Files.readString(folder.resolve("prompt0"))
                        + Files.readString(folder.resolve("prompt1"))
                        + Files.readString(folder.resolve("chiron.yaml"))
                        + screen.out()
                        + screen.err())
                .doesNotContain("hunter2");
    }
}
