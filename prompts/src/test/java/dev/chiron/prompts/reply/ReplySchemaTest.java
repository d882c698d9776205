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
                Parameter.Choice.of("KIND", "re\"lu", "tanh"),
                new Parameter.Choice("FLAG", List.of(new Value.Flag(true), new Value.Whole(3)), true));
        assertThat(ReplySchema.of(space))
                .isEqualTo("{\"type\":\"object\",\"properties\":{"
                        + "\"LR\":{\"type\":\"number\",\"minimum\":1.0E-4,\"maximum\":1.0},"
                        + "\"DEPTH\":{\"type\":\"integer\",\"minimum\":2,\"maximum\":24},"
                        + "\"KIND\":{\"enum\":[\"re\\\"lu\",\"tanh\"]},"
                        + "\"FLAG\":{\"enum\":[true,3]}},"
                        + "\"required\":[\"LR\",\"DEPTH\",\"KIND\",\"FLAG\"],\"additionalProperties\":false}");
    }
}
