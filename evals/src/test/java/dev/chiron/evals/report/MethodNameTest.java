package dev.chiron.evals.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.evals.compare.Run;
import dev.chiron.optimizers.study.Objective.Goal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MethodNameTest {

    private static MethodName name(String method, String optimizer, String model) {
        Run.Ours ours = new Run.Ours(
                optimizer, model, List.of(), OptionalDouble.empty(), 0, 0, 0, 0, 0, OptionalDouble.empty(), List.of());
        return MethodName.of(new Run("t", method, Goal.MINIMIZE, 0, List.of(), 0, Optional.of(ours)));
    }

    @Test
    void takesATeamApart() {
        MethodName name = name("gp+ollama:qwen3:0.6b share=0.2 without-facts", "gp", "ollama:qwen3:0.6b");

        assertThat(name.words()).containsExactly("share=0.2", "without-facts");
        assertThat(name.value("share")).contains("0.2");
        assertThat(name.value("local")).isEmpty();
        assertThat(name.wordsWithout("share=")).containsExactly("without-facts");
        assertThat(name.size()).contains(0.6);
        assertThat(name.family()).isEqualTo("ollama:qwen3:*");
    }

    @Test
    void knowsSizesInMillionsAndNone() {
        assertThat(name("gp+smollm2:135M", "gp", "smollm2:135M").size()).contains(0.135);
        assertThat(name("gp+builtin", "gp", "builtin").size()).isEmpty();
    }

    @Test
    void aModelMayHaveBlanks() {
        assertThat(name("gp+command:sh a.sh adaptive", "gp", "command:sh a.sh").words())
                .containsExactly("adaptive");
    }

    @Test
    void ofAPeerOnlyTheNameIsKnown() {
        MethodName name = MethodName.of(new Run("t", "optuna:tpe", Goal.MINIMIZE, 0, List.of(), 0));

        assertThat(name).isEqualTo(new MethodName("optuna:tpe", "none", List.of()));
    }
}
