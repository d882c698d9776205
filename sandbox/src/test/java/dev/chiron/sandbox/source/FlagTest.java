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
            parser.add_argument("--bias", type=bool, default=True)
            parser.add_argument("--norm", type=yes_or_no, default=True)
            parser.add_argument("--decay", type=float, default=None)
            parser.add_argument("--depth", type=int, default=DEPTH)
            parser.add_argument("--version", action="version", version="1")
            """;

    @Test
    void whatTakesOneValueAndHasALiteralForItIsFound() {
        assertThat(Flag.of("train.py", SCRIPT).flags())
                .containsExactly(
                        new Flag("--batch-size", new Constant("BATCH_SIZE", new Value.Whole(16), "16", 4), List.of()),
                        new Flag("--lr", new Constant("LR", new Value.Real(1), "1", 5), List.of()),
                        new Flag(
                                "--opt",
                                new Constant("OPT", new Value.Text("sgd"), "\"sgd\"", 7),
                                List.of(new Value.Text("sgd"), new Value.Text("adam"))),
                        new Flag("--norm", new Constant("NORM", new Value.Flag(true), "True", 14), List.of()));
    }

    @Test
    void theOthersAreNamedWithWhyTheyAreLeftOut() {
        assertThat(Flag.of("train.py", SCRIPT).others())
                .containsExactly(
                        new Unsettable("--amp", 8, "takes no value"),
                        new Unsettable("--betas", 9, "takes several values"),
                        new Unsettable("--workers", 10, "has a default that is worked out: a call"),
                        new Unsettable("--name", 11, "has no default"),
                        new Unsettable("--bias", 13, "is true for argparse whatever text it is given, false as well"),
                        new Unsettable("--decay", 15, "has no default"));
    }

    @Test
    void aFlagThatIsCalledLikeAConstantIsLeftToTheConstant() {
        Source source = Source.of("train.py", "LR = 0.5\nDEPTH = 3\n" + SCRIPT);
        assertThat(source.flags()).extracting(Flag::flag).containsExactly("--batch-size", "--opt", "--norm");
        assertThat(source.otherFlags())
                .contains(new Unsettable("--lr", 7, "is called like the constant, which is set"));
        assertThat(source.tunable())
                .extracting(Constant::name)
                .containsExactly("LR", "DEPTH", "BATCH_SIZE", "OPT", "NORM");
    }

    @Test
    void otherLanguagesHaveNone() {
        assertThat(Source.of("Train.java", "class Train {}").flags()).isEmpty();
        assertThat(Source.of("train.sh", SCRIPT).flags()).isEmpty();
    }
}
