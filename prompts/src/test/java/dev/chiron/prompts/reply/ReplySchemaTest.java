package dev.chiron.prompts.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplySchemaTest {

    @Test
    void everyParameterIsRequiredWithItsTypeAndRange() {
        SearchSpace space = SearchSpace.of(
                new Parameter.Real("LR", 1e-4, 1, true),
                new Parameter.Whole("DEPTH", 2, 24),
                new Parameter.Whole("BATCH", 16, 64, false, 1, true),
                Parameter.Choice.of("KIND", "re\"lu", "tanh"),
                new Parameter.Choice("FLAG", List.of(new Value.Flag(true), new Value.Whole(3)), true));
        assertThat(ReplySchema.config(space))
                .isEqualTo(
                        "{\"type\":\"object\",\"properties\":{"
                                + "\"LR\":{\"type\":\"number\",\"minimum\":1.0E-4,\"maximum\":1.0},"
                                + "\"DEPTH\":{\"type\":\"integer\",\"minimum\":2,\"maximum\":24},"
                                + "\"BATCH\":{\"type\":\"integer\",\"minimum\":16,\"maximum\":64,\"enum\":[16,32,64]},"
                                + "\"KIND\":{\"type\":\"string\",\"enum\":[\"re\\\"lu\",\"tanh\"]},"
                                + "\"FLAG\":{\"enum\":[true,3]}},"
                                + "\"required\":[\"LR\",\"DEPTH\",\"BATCH\",\"KIND\",\"FLAG\"],\"additionalProperties\":false}");
    }

    @Test
    void optionsOfOneKindHaveThatType() {
        SearchSpace space = SearchSpace.of(
                new Parameter.Choice("BIAS", List.of(new Value.Flag(true), new Value.Flag(false)), false),
                new Parameter.Choice("HEADS", List.of(new Value.Whole(4), new Value.Whole(6)), true),
                new Parameter.Choice("DROP", List.of(new Value.Real(0), new Value.Real(0.1)), true));
        assertThat(ReplySchema.config(space))
                .contains("\"BIAS\":{\"type\":\"boolean\",\"enum\":[true,false]}")
                .contains("\"HEADS\":{\"type\":\"integer\",\"enum\":[4,6]}")
                .contains("\"DROP\":{\"type\":\"number\",\"enum\":[0.0,0.1]}");
    }

    @Test
    void aSuggestionIsAConfigAfterItsReasons() {
        SearchSpace space = SearchSpace.of(new Parameter.Whole("DEPTH", 2, 24));
        assertThat(ReplySchema.suggestion(space))
                .isEqualTo(
                        "{\"type\":\"object\",\"properties\":{\"reasoning\":{\"type\":\"string\"},\"answer\":{\"type\":\"string\"},"
                                + "\"suggestion\":" + ReplySchema.config(space)
                                + "},\"required\":[\"reasoning\",\"answer\",\"suggestion\"],\"additionalProperties\":false}");
    }

    @Test
    void anExperimentIsAConfigWithItsObjective() {
        SearchSpace space = SearchSpace.of(new Parameter.Whole("DEPTH", 2, 24));
        assertThat(ReplySchema.experiment(space))
                .isEqualTo("{\"type\":\"object\",\"properties\":{\"objective\":{\"type\":\"string\"},\"config\":"
                        + ReplySchema.config(space)
                        + "},\"required\":[\"objective\",\"config\"],\"additionalProperties\":false}");
    }

    @Test
    void candidatesAreAListOfConfigsWithAForecastEach() {
        SearchSpace space = SearchSpace.of(new Parameter.Whole("DEPTH", 2, 24));
        assertThat(ReplySchema.candidates(space))
                .isEqualTo(
                        "{\"type\":\"object\",\"properties\":{\"candidates\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
                                + "\"properties\":{\"config\":" + ReplySchema.config(space)
                                + ",\"value\":{\"type\":\"number\"},\"failure\":{\"type\":\"number\",\"minimum\":0,\"maximum\":1}},"
                                + "\"required\":[\"config\",\"value\",\"failure\"],\"additionalProperties\":false}}},"
                                + "\"required\":[\"candidates\"],\"additionalProperties\":false}");
    }
}
