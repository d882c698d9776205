package dev.chiron.agent.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.store.Steering;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WishTest {

    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Real("LR", 0.001, 1, true),
            new Parameter.Whole("DEPTH", 2, 20),
            new Parameter.Choice("KIND", List.of(Value.of("adam"), Value.of("sgd")), false));

    private static Config config(double rate, long depth, String kind) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("LR", Value.of(rate));
        values.put("DEPTH", Value.of(depth));
        values.put("KIND", Value.of(kind));
        return Config.of(values);
    }

    private Steering wish(String line) {
        return new Wish(SPACE, config(0.5, 8, "sgd")).of(Order.read(line));
    }

    @Test
    void whatIsNotNamedInATryIsTheBests() {
        assertThat(wish("/try LR=0.1")).isEqualTo(new Steering.Try(config(0.1, 8, "sgd")));
        assertThat(((Steering.Try) wish("/try KIND=adam DEPTH=1_0 --again"))).satisfies(again -> {
            assertThat(again.config()).isEqualTo(config(0.5, 10, "adam"));
            assertThat(again.again()).isTrue();
        });
    }

    @Test
    void aScheduleIsTriedAsANumberAsATextOrByPieces() {
        SearchSpace space =
                SearchSpace.of(new Parameter.Real("LR@0", 0, 1, false), new Parameter.Real("LR@0.5", 0, 1, false));
        Config best = Config.of(Map.of("LR@0", Value.of(0.9), "LR@0.5", Value.of(0.8)));
        Wish wish = new Wish(space, best);
        assertThat(((Steering.Try) wish.of(Order.read("/try LR=0.25"))).config().toString())
                .isEqualTo("LR@0=0.25 LR@0.5=0.25");
        assertThat(((Steering.Try) wish.of(Order.read("/try LR=steps(0:0.5,0.5:0.1)")))
                        .config()
                        .toString())
                .isEqualTo("LR@0=0.5 LR@0.5=0.1");
        assertThat(((Steering.Try) wish.of(Order.read("/try LR@0.5=0.1")))
                        .config()
                        .toString())
                .isEqualTo("LR@0=0.9 LR@0.5=0.1");
        assertThat(wish.of(Order.read("/pin LR=steps(0:0.5,0.5:0.1)")))
                .isEqualTo(new Steering.Pin("LR", Value.of("steps(0:0.5,0.5:0.1)")));
        assertThat(wish.of(Order.read("/range LR 0.1 0.5")))
                .isEqualTo(new Steering.Range("LR", Value.of(0.1), Value.of(0.5)));
        assertThatThrownBy(() -> wish.of(Order.read("/try LR=high")))
                .hasMessage("LR is a schedule: give it a number, or as steps(0:0.1,0.5:0.01), not high");
    }

    @Test
    void changesOfTheSpaceAreRead() {
        assertThat(wish("/pin KIND=adam")).isEqualTo(new Steering.Pin("KIND", Value.of("adam")));
        assertThat(wish("/unpin KIND")).isEqualTo(new Steering.Unpin("KIND"));
        assertThat(wish("/range LR 0.01 2e-1")).isEqualTo(new Steering.Range("LR", Value.of(0.01), Value.of(0.2)));
        assertThat(wish("/range KIND sgd")).isEqualTo(new Steering.Options("KIND", List.of(Value.of("sgd"))));
        assertThat(wish("/ban DEPTH > 12")).isEqualTo(new Steering.Ban("DEPTH > 12"));
        assertThat(wish("/drop LR")).isEqualTo(new Steering.Drop("LR"));
        assertThat(wish("/add WARMUP { type: float, low: 0, high: 0.5 }"))
                .isEqualTo(new Steering.Add("WARMUP", "{ type: float, low: 0, high: 0.5 }"));
        assertThat(wish("/add WARMUP: { type: int, low: 0, high: 5 }"))
                .isEqualTo(new Steering.Add("WARMUP", "{ type: int, low: 0, high: 5 }"));
    }

    @Test
    void anOptionIsAddedWhereAPlusSaysSo() {
        assertThat(wish("/range KIND sgd +rms +-1"))
                .isEqualTo(new Steering.Options("KIND", List.of(Value.of("sgd"), Value.of("rms"), Value.of("-1"))));
        assertThatThrownBy(() -> wish("/range KIND sgd rms"))
                .isInstanceOf(BadInput.class)
                .hasMessage("KIND has no option rms; known are adam, sgd. A new one has a plus before it: +rms");
    }

    @Test
    void whatDoesNotCountNowIsLeftToTheLoop() {
        assertThat(wish("/pin MOMENTUM=0.5")).isEqualTo(new Steering.Pin("MOMENTUM", Value.of(0.5)));
        assertThat(wish("/pin NESTEROV=true")).isEqualTo(new Steering.Pin("NESTEROV", Value.of("true")));
        assertThat(wish("/pin KIND=rms")).isEqualTo(new Steering.Pin("KIND", Value.of("rms")));
        assertThat(wish("/range MOMENTUM 0 1")).isEqualTo(new Steering.Range("MOMENTUM", Value.of(0.0), Value.of(1.0)));
    }

    @Test
    void changesOfTheLoopAreRead() {
        assertThat(wish("/share 0.4")).isEqualTo(new Steering.Share(OptionalDouble.of(0.4)));
        assertThat(wish("/share adaptive")).isEqualTo(new Steering.Share(OptionalDouble.empty()));
        assertThat(wish("/model ollama:qwen3:4b")).isEqualTo(new Steering.Model("ollama:qwen3:4b"));
        assertThat(wish("/budget trials=300 time=8h usd=2.5"))
                .isEqualTo(new Steering.Limit(
                        OptionalInt.of(300), Optional.of(Duration.ofHours(8)), OptionalDouble.of(2.5)));
        assertThat(wish("/steer smaller \"nets\", please")).isEqualTo(new Steering.Note("smaller \"nets\", please"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/try | usage: /try NAME=VALUE …",
                "/try LR | LR is no NAME=VALUE",
                "/try RL=1 | no parameter RL",
                "/try LR=x | LR takes a number, not x",
                "/try LR=NaN | LR takes a number, not NaN",
                "/try LR=1e999 | LR takes a number, not 1e999",
                "/try DEPTH=2.5 | DEPTH takes a whole number, not 2.5",
                "/try DEPTH=99 | DEPTH",
                "/try KIND=adma | did you mean `adam`",
                "/range LR 1 | usage: /range",
                "/range LR 1 2 3 | usage: /range",
                "/budget | usage: /budget",
                "/budget trials=x | trials takes a whole number",
                "/budget time=8 | time is written as 90s, 30m or 8h, not 8",
                "/budget hours=8 | usage: /budget",
                "/steer | usage: /steer TEXT",
                "/add X | usage: /add",
            })
    void whatCannotBeReadIsSaid(String line, String message) {
        assertThatThrownBy(() -> wish(line)).isInstanceOf(BadInput.class).hasMessageContaining(message);
    }
}
