package dev.chiron.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configs as agents write them, where a parameter is a schedule. */
class CheckTest {

    private static final ProgressSchedule SCHEDULE = new ProgressSchedule("LR", List.of("0", "0.5"));
    private static final SearchSpace SPACE = new SearchSpace(
            SCHEDULE.pieces().stream()
                    .<Parameter>map(piece -> new Parameter.Real(piece, 0, 1, false))
                    .toList(),
            List.of(Constraint.parse("LR@0.5 <= LR@0")));
    private static final Config BASELINE =
            Config.of(SCHEDULE.assigned(List.of(new Value.Real(0.9), new Value.Real(0.8))));

    private static Check check(Map<String, Object> given) {
        return Check.of(given, SPACE, BASELINE, new History(new Objective("loss", Objective.Goal.MINIMIZE)));
    }

    @Test
    void aListHasAValueForEachPiece() {
        assertThat(check(Map.of("LR", List.of(0.5, 0.1))).config().toString()).isEqualTo("LR@0=0.5 LR@0.5=0.1");
    }

    @Test
    void aNumberIsForAllAndATextIsTheScripts() {
        assertThat(check(Map.of("LR", 0.25)).config().toString()).isEqualTo("LR@0=0.25 LR@0.5=0.25");
        assertThat(check(Map.of("LR", "steps(0:0.5,0.5:0.1)")).config().toString())
                .isEqualTo("LR@0=0.5 LR@0.5=0.1");
    }

    @Test
    void aPieceIsSetAlone() {
        assertThat(check(Map.of("LR@0.5", 0.1)).config().toString()).isEqualTo("LR@0=0.9 LR@0.5=0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"high", "linear(0:0.5,1:0.1)", "[0.5]"})
    void anythingElseIsRefused(String given) {
        assertThatThrownBy(() -> check(Map.of("LR", given.startsWith("[") ? List.of(0.5) : given)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("LR is a schedule: give it a number, a list of 2 numbers, or a text as");
    }
}
