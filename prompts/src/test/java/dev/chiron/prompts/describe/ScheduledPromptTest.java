package dev.chiron.prompts.describe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.Golden;
import dev.chiron.prompts.reply.Reply;
import dev.chiron.prompts.reply.ReplyReader;
import dev.chiron.prompts.reply.ReplySchema;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model reads of schedules, and how it writes them. */
class ScheduledPromptTest {

    private static final SearchSpace SPACE = new SearchSpace(
            List.of(
                    new Parameter.Choice("KIND", List.of(Value.of("adam"), Value.of("sgd")), false),
                    new Parameter.Real("LR@0", 1e-4, 1, true),
                    new Parameter.Real("LR@0.25", 1e-4, 1, true),
                    new Parameter.Real("LR@0.5", 1e-4, 1, true),
                    new Parameter.Real("WD@0", 0, 0.5, false),
                    new Parameter.Real("WD@1", 0.1, 0.1, false)),
            List.of(Constraint.parse("LR@0.5 <= LR@0")),
            Stream.of("WD@0", "WD@1")
                    .map(piece -> new Condition(piece, "KIND", List.of(Value.of("sgd"))))
                    .toList());

    private static Config config(String kind, double... values) {
        return SPACE.config(Map.of(
                "KIND", Value.of(kind),
                "LR@0", Value.of(values[0]),
                "LR@0.25", Value.of(values[1]),
                "LR@0.5", Value.of(values[2]),
                "WD@0", Value.of(values[3]),
                "WD@1", Value.of(0.1)));
    }

    private static final Task TASK = new Task(
            "Trains a small model.",
            new Objective("loss", Objective.Goal.MINIMIZE),
            SPACE,
            config("sgd", 0.01, 0.01, 0.01, 0.1));

    private static History history() {
        History history = new History(TASK.objective());
        List<Config> configs = List.of(
                TASK.baseline(), config("sgd", 0.1, 0.031234567, 0.01, 0.2), config("adam", 0.001, 0.001, 0.0005, 0));
        for (int i = 0; i < configs.size(); i++) {
            history.add(new Trial(
                    i,
                    new Change.Settings(configs.get(i)),
                    i == 0 ? Origin.BASELINE : Origin.TPE,
                    new Outcome.Measured(0.9 - 0.1 * i),
                    Duration.ofSeconds(1)));
        }
        return history;
    }

    @Test
    void theSmallPromptIsAsItWasChecked() throws IOException {
        TaskText text = new TaskText(TASK);
        Map<String, String> values = text.values(200);
        String shown = values.get("parameters") + "\n\n" + values.get("constraints") + "\n\n"
                + new TrialTables(TASK, Detail.of(SPACE.size())).best(history()) + "\n\n"
                + new TrialTables(TASK, Detail.of(SPACE.size())).examples(history()) + "\n\n"
                + RunText.variables(TASK.baseline());
        Golden.check("scheduled.txt", shown + "\n");
    }

    @Test
    void aScheduleIsOneListInAConfig() {
        assertThat(Written.json(config("sgd", 0.1, 0.031234567, 0.01, 0.2)))
                .isEqualTo("{\"KIND\":\"sgd\",\"LR\":[0.1,0.031234567,0.01],\"WD\":[0.2,0.1]}");
        assertThat(Written.shortJson(config("adam", 0.1, 0.031234567, 0.01, 0.2)))
                .isEqualTo("{\"KIND\":\"adam\",\"LR\":[0.1,0.03123,0.01]}");
    }

    @Test
    void theSchemaAsksForAList() {
        assertThat(ReplySchema.config(SPACE))
                .contains(
                        "\"LR\":{\"type\":\"array\",\"minItems\":3,\"maxItems\":3,\"items\":{\"type\":\"number\",\"minimum\":1.0E-4,"
                                + "\"maximum\":1.0}}")
                .contains(
                        "\"WD\":{\"type\":\"array\",\"minItems\":2,\"maxItems\":2,\"items\":{\"type\":\"number\",\"minimum\":0.0,"
                                + "\"maximum\":0.5}}")
                .contains("\"required\":[\"KIND\",\"LR\",\"WD\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[0.2, 0.1, 0.05] | LR@0=0.2 LR@0.25=0.1 LR@0.5=0.05",
                "0.2 | LR@0=0.2 LR@0.25=0.2 LR@0.5=0.2",
                "\"0.2\" | LR@0=0.2 LR@0.25=0.2 LR@0.5=0.2",
                "\"steps(0:0.2, 0.25:0.1, 0.5:5e-2)\" | LR@0=0.2 LR@0.25=0.1 LR@0.5=0.05",
                "[\"2e-1\", 0.1, 5e-2] | LR@0=0.2 LR@0.25=0.1 LR@0.5=0.05",
            })
    void aModelWritesOneAsAListANumberOrATheScriptsText(String written, String read) {
        assertThat(reply("{\"KIND\":\"adam\",\"LR\":" + written + ",\"WD\":[0,0.1]}"))
                .isEqualTo("KIND=adam " + read);
    }

    @Test
    void piecesMayBeNamedAsWell() {
        assertThat(reply("{\"KIND\":\"adam\",\"LR@0\":0.2,\"LR@0.25\":0.1,\"lr@0.5\":0.05}"))
                .isEqualTo("KIND=adam LR@0=0.2 LR@0.25=0.1 LR@0.5=0.05");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[0.2, 0.1] | LR must be a list of one value for each of its points, not [0.2,0.1]",
                "[0.2, 0.1, 5] | LR@0.5 must lie in [0.0001, 1], not 5",
                "\"linear(0:0.2,1:0.1)\" | LR@0 must be float in [0.0001, 1], log scale, not \"linear(0:0.2,1:0.1)\"; LR@0.25 must be"
                        + " float in [0.0001, 1], log scale, not \"linear(0:0.2,1:0.1)\"",
            })
    void whatIsNoSuchThingIsSentBack(String written, String reason) {
        Reply reply =
                new ReplyReader(SPACE).read("{\"KIND\":\"adam\",\"LR\":" + written + "}", TASK.baseline(), history());
        assertThat(((Reply.Rejected) reply).reason()).startsWith(reason);
    }

    private static String reply(String text) {
        Reply reply = new ReplyReader(SPACE).read(text, TASK.baseline(), history());
        assertThat(reply).isInstanceOf(Reply.Candidates.class);
        return ((Reply.Candidates) reply).candidates().get(0).config().toString();
    }
}
