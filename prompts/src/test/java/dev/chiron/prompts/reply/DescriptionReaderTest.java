package dev.chiron.prompts.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.prompts.describe.CardText;
import dev.chiron.prompts.describe.Request;
import dev.chiron.prompts.describe.Tunable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptionReaderTest {

    private static final Request REQUEST = Request.of(
            "Train the character model; one GPU with 24 GB, at most five minutes a trial.",
            Optional.of(CardText.of("data.md", "1,115,394 characters, 65 of them distinct; a split of 90 to 10.")),
            Optional.empty(),
            Optional.empty());

    private static final String SCRIPT = "LR = 1e-3\nWIDTH = 2**9\nprint(f'val_loss: {x}')\n";

    private final DescriptionReader reader = new DescriptionReader(
            REQUEST,
            SCRIPT,
            List.of(
                    new Tunable("LR", Value.of(0.001), 1, Optional.empty()),
                    new Tunable("WIDTH", Value.of(512L), 2, Optional.empty())));

    @Test
    void allThatStandsUpIsTaken() {
        Described described = reader.read("""
                <think>{"minutes": 7}</think>```json
                {"task": {"training": "Trains a character\\nmodel.", "data": "1.1M characters, 65 distinct, 90 % for training.",
                          "model": "512 wide.", "hardware": "One GPU with 24 GB.", "metric": ""},
                 "metric": {"name": "val_loss", "goal": "minimize"}, "minutes": 5,
                 "space": {"LR": {"low": 1e-5, "high": 0.1, "log": true, "start": 3e-4, "why": "AdamW\\nwith this width"},
                           "WIDTH": {"leave": "it is fixed"}}}
                ```""");
        assertThat(described.problems()).isEmpty();
        assertThat(described.parts())
                .containsEntry(TaskPart.TRAINING, "Trains a character model.")
                .containsEntry(TaskPart.DATA, "1.1M characters, 65 distinct, 90 % for training.")
                .containsEntry(TaskPart.MODEL, "512 wide.")
                .containsEntry(TaskPart.HARDWARE, "One GPU with 24 GB.")
                .doesNotContainKey(TaskPart.METRIC);
        assertThat(described.objective()).contains(new Objective("val_loss", Objective.Goal.MINIMIZE));
        assertThat(described.minutes()).contains(5.0);
        assertThat(described.advice())
                .containsEntry(
                        "LR",
                        new Advice.Search(
                                new Parameter.Real("LR", 1e-5, 0.1, true),
                                Optional.of(Value.of(3e-4)),
                                "AdamW with this width"))
                .containsEntry("WIDTH", new Advice.Leave("it is fixed"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {"task": {"data": "2.3 million characters."}}                       | task.data: it says 2.3 million
                    {"task": {"training": "Trains for 80 epochs."}}                     | task.training: it says 80
                    {"task": {"hardware": "One A100."}}                                 | task.hardware: it names A100
                    {"metric": {"name": "val_accuracy", "goal": "maximize"}}            | metric: the script never names val_accuracy
                    {"metric": {"name": "loss", "goal": "minimize"}}                    | metric: the script never names loss
                    {"metric": {"name": "val_loss", "goal": "lower"}}                   | metric: the goal is neither
                    {"metric": {"name": "val loss: x}", "goal": "minimize"}}            | is no name that stands before a value
                    {"minutes": 17}                                                     | minutes: neither the request nor a card speaks of 17
                    {"minutes": -5}                                                     | is no time for a run
                    {"minutes": 1e300}                                                  | is no time for a run
                    {"space": {"LR": {"low": 0, "high": 1, "log": true}}}               | log scale needs low above 0
                    {"space": {"LR": {"low": 1e-12, "high": 1, "log": true}}}           | more than a million times away
                    {"space": {"WIDTH": {"low": 1, "high": 1000000000}}}                | more than a million times away
                    {"space": {"DEPTH": {"low": 1, "high": 2}}}                         | DEPTH: is no constant of the table
                    """)
    void whatDoesNotStandUpIsLeftOutWithTheReason(String reply, String reason) {
        Described described = reader.read(reply);
        assertThat(described.isEmpty()).as(described.toString()).isTrue();
        assertThat(described.problems()).singleElement().asString().contains(reason);
    }

    @Test
    void aMachineThatNobodySpokeOfIsNotTaken() {
        Request silent = Request.of("Train it.", Optional.empty(), Optional.empty(), Optional.empty());
        Described described = new DescriptionReader(silent, SCRIPT, List.of())
                .read("{\"task\": {\"hardware\": \"One GPU.\", \"training\": \"Trains it.\"}}");
        assertThat(described.parts()).containsOnlyKeys(TaskPart.TRAINING);
        assertThat(described.problems()).singleElement().asString().contains("neither the request nor a card says");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"name\": \"f1\", \"goal\": \"maximize\"}", "{\"name\": \"val_loss\", \"goal\": \"up\"}", "{}"
            })
    void wordsOnAMetricThatIsNotTakenAreNotTaken(String metric) {
        Described described =
                reader.read("{\"task\": {\"training\": \"Trains it.\", \"metric\": \"Higher is better.\"}, "
                        + "\"metric\": " + metric + "}");
        assertThat(described.parts()).containsOnlyKeys(TaskPart.TRAINING);
        assertThat(described.objective()).isEmpty();
        assertThat(described.problems()).last().asString().startsWith("task.metric: no metric with a goal was taken");
    }

    @Test
    void aStartThatWillNotDoLeavesItsRange() {
        Described described =
                reader.read("{\"space\": {\"LR\": {\"low\": 1e-4, \"high\": 1e-2, \"log\": true, \"start\": 5}}}");
        assertThat(described.advice())
                .containsEntry("LR", new Advice.Search(new Parameter.Real("LR", 1e-4, 1e-2, true)));
        assertThat(described.problems()).singleElement().asString().startsWith("LR: start: ");
        assertThat(reader.read("{\"space\": {\"LR\": {\"low\": 1e-4, \"high\": 1e-2, \"start\": 0.001}}}")
                        .advice())
                .containsEntry("LR", new Advice.Search(new Parameter.Real("LR", 1e-4, 1e-2, false)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "I like it.",
                "{\"LR\": {\"low\": 1}}",
                "{\"task\": \"{}\"}",
                "{\"space\": []}",
                "{\"minutes\": 0}"
            })
    void aReplyWithNothingSaysSo(String reply) {
        Described described = reader.read(reply);
        assertThat(described.isEmpty()).isTrue();
        assertThat(described.problems()).hasSize(1);
    }

    @Test
    void theSchemaHasEveryFieldAndEveryConstant() {
        assertThat(reader.schema())
                .contains(
                        "\"training\"",
                        "\"hardware\"",
                        "\"minimize\"",
                        "\"minutes\"",
                        "\"WIDTH\"",
                        "\"start\"",
                        "\"why\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    24 GB and ResNet-50          | ''
                    3 layers                     | ''
                    1,115,394 characters         | ''
                    1.12 million characters      | ''
                    1.3 million characters       | 1.3 million
                    0.25 of it                   | 0.25
                    25 GB                        | 25
                    5e-4                         | 5e-4
                    """)
    void aNumberIsFoundedIfItStandsSomewhere(String sentence, String unfounded) {
        Figures figures = new Figures(List.of("24 GB, 1115394 characters"));
        assertThat(figures.unfounded(sentence).orElse("")).isEqualTo(unfounded);
    }
}
