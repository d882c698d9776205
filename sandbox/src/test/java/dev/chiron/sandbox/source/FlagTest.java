package dev.chiron.sandbox.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlagTest {

    private static final String SCRIPT = """
            import argparse
            parser = argparse.ArgumentParser()
            parser.add_argument("data")
            parser.add_argument("-b", "--batch-size", type=int, default=16, help="rows")
            parser.add_argument("--lr", type=float, default=1)
            group = parser.add_argument_group("more")
            group.add_argument("--opt", choices=["sgd", "adam"], default="sgd")
            parser.add_argument("--amp", action="store_true", default=False)
            parser.add_argument("--betas", nargs=2, default=0.9)
            parser.add_argument("--workers", type=int, default=cores())
            parser.add_argument("--name")
            parser.add_argument("--lr", type=float, default=2)
            """;

    @Test
    void whatTakesOneValueAndHasALiteralForItIsFound() {
        assertThat(Flag.of("train.py", SCRIPT))
                .containsExactly(
                        new Flag("--batch-size", new Constant("BATCH_SIZE", new Value.Whole(16), "16", 4), List.of()),
                        new Flag("--lr", new Constant("LR", new Value.Real(1), "1", 5), List.of()),
                        new Flag(
                                "--opt",
                                new Constant("OPT", new Value.Text("sgd"), "\"sgd\"", 7),
                                List.of(new Value.Text("sgd"), new Value.Text("adam"))));
    }

    @Test
    void otherLanguagesHaveNone() {
        assertThat(Flag.of("Train.java", "class Train {}")).isEmpty();
        assertThat(Flag.of("train.sh", SCRIPT)).isEmpty();
    }
}
