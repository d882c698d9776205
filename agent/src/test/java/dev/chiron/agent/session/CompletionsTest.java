package dev.chiron.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionsTest {

    private final Completions completions = new Completions(
            () -> SearchSpace.of(
                    new Parameter.Real("LR", 0, 1, false),
                    new Parameter.Choice("KIND", List.of(Value.of("adam"), Value.of("sgd")), false)),
            () -> 12);

    @Test
    void commandsBeginALine() {
        assertThat(completions.of(List.of("/st"))).containsExactly("/status", "/state", "/step", "/stop", "/steer");
        assertThat(completions.of(List.of("why"))).isEmpty();
        assertThat(completions.of(List.of())).isEmpty();
    }

    @Test
    void parametersAndTheirOptionsFollow() {
        assertThat(completions.of(List.of("/try", ""))).containsExactly("LR=", "KIND=");
        assertThat(completions.of(List.of("/try", "LR=0.1", "KIND=s"))).containsExactly("KIND=sgd");
        assertThat(completions.of(List.of("/pin", "LR="))).isEmpty();
        assertThat(completions.of(List.of("/drop", "K"))).containsExactly("KIND");
        assertThat(completions.of(List.of("/range", "KIND", ""))).containsExactly("adam", "sgd");
    }

    @Test
    void plotsAndTrialsFollow() {
        assertThat(completions.of(List.of("/plot", "s"))).containsExactly("slice");
        assertThat(completions.of(List.of("/plot", "slice", ""))).containsExactly("LR", "KIND");
        assertThat(completions.of(List.of("/why", "1"))).containsExactly("11", "10");
        assertThat(completions.of(List.of("/unknown", "1"))).isEmpty();
    }
}
