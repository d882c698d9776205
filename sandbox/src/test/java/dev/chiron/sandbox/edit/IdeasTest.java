package dev.chiron.sandbox.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdeasTest {

    @Test
    void whatChangesCommentsAloneIsNoEdit() {
        Ideas ideas = new Ideas("train.py");
        assertThat(ideas.isNothing("a = 1\n", "# better\n\na = 1  # one\n")).isTrue();
        assertThat(ideas.isNothing("a = 1\n", "a = 2\n")).isFalse();
        assertThat(ideas.isNothing("a = '1'\n", "a = '1 # one'\n")).isFalse();
    }

    private static final String SCRIPT = """
            import math

            def step(x):
                y = x + 1
                return y

            def loss(a, b):
                return (a - b) ** 2
            """;

    private static final String WARM_UP = SCRIPT.replace("    return y\n", """
                progress = step / total
                if progress < 0.1:
                    rate = base * progress / 0.1
                else:
                    rate = base * 0.5 * (1 + math.cos(math.pi * (progress - 0.1) / 0.9))
                for group in optimizer.param_groups:
                    group["lr"] = rate
                return y
            """);

    private static final String LONG = WARM_UP.replace("def loss", """
            def clip(model, most):
                norm = math.sqrt(sum(float(p.grad.norm()) ** 2 for p in model.parameters()))
                for p in model.parameters():
                    p.grad.mul_(min(1.0, most / (norm + 1e-6)))
                return norm

            def loss""");

    @Test
    void theSameScriptIsTheSameEditWhateverIsWrittenAroundIt() {
        Ideas ideas = new Ideas("t.py");
        ideas.add(3, SCRIPT, WARM_UP);

        assertThat(ideas.similar(SCRIPT, WARM_UP)).contains(new Similar(3, 1));
        assertThat(ideas.similar(
                        SCRIPT,
                        "# comment\n\n" + WARM_UP.replace("\n", "  \r\n").replace("return y", "return y  # é")))
                .contains(new Similar(3, 1));
        assertThat(ideas.similar(SCRIPT.replace("import math\n", ""), WARM_UP)).contains(new Similar(3, 1));
        assertThat(ideas.similar(SCRIPT, WARM_UP.replace("return y\n", "return '# no comment'\n")))
                .isEmpty();
    }

    @Test
    void nearlyTheSameChangeIsRefusedAlsoOfAnotherScript() {
        Ideas ideas = new Ideas("t.py");
        ideas.add(3, SCRIPT, SCRIPT.replace("x + 1", "x - 1"));
        ideas.add(4, SCRIPT, WARM_UP);
        String other = SCRIPT.replace("** 2", "** 4").replace("import math\n", "import math\nimport os\n");
        String edited = WARM_UP.replace("** 2", "** 4").replace("import math\n", "import math\nimport os\n");

        assertThat(ideas.similar(other, edited)).contains(new Similar(4, 1));
        assertThat(ideas.similar(SCRIPT, WARM_UP.replace("= rate\n    return", "= float(rate)\n    return")))
                .hasValueSatisfying(similar -> {
                    assertThat(similar.trial()).isEqualTo(4);
                    assertThat(similar.similarity()).isBetween(0.9, 0.99);
                });
    }

    @Test
    void anotherNumberIsAnotherTry() {
        Ideas ideas = new Ideas("t.py");
        ideas.add(1, SCRIPT, WARM_UP);
        ideas.add(2, SCRIPT, LONG);

        assertThat(ideas.similar(SCRIPT, WARM_UP.replace("0.5", "5e-1_0"))).isEmpty();
        assertThat(ideas.similar(SCRIPT, WARM_UP.replace("0.1", "0x1f"))).isEmpty();
        assertThat(ideas.similar(SCRIPT, LONG.replace("0.5", "0.6"))).isEmpty();
        assertThat(ideas.similar(SCRIPT, LONG.replace("0.5", "0.6").replace("return norm", "return most")))
                .hasValueSatisfying(similar -> assertThat(similar.trial()).isEqualTo(2));
    }

    @Test
    void anotherIdeaIsAnotherTry() {
        Ideas ideas = new Ideas("t.py");
        ideas.add(1, SCRIPT, SCRIPT.replace("x + 1", "x - 1"));
        ideas.add(2, SCRIPT, WARM_UP);

        assertThat(ideas.similar(SCRIPT, SCRIPT.replace("x + 1", "math.tanh(x)")))
                .isEmpty();
        assertThat(ideas.similar(SCRIPT, SCRIPT.replace("(a - b) ** 2", "abs(a - b)")))
                .isEmpty();
        assertThat(ideas.similar(SCRIPT.replace("x + 1", "x - 1"), SCRIPT))
                .as("taken back")
                .isEmpty();
        assertThat(ideas.similar(SCRIPT, WARM_UP.replace("math.cos", "math.tan").replace("rate", "speed")))
                .isEmpty();
    }

    @Test
    void ofEquallyLikeEditsTheFirstIsNamed() {
        Ideas ideas = new Ideas("t.R");
        ideas.add(7, "a\n", "b c d\n");
        ideas.add(8, "a\n", "b c d\n");

        assertThat(ideas.similar("a\n", "b c d\n\n")).contains(new Similar(7, 1));
        assertThat(ideas.similar("a\nz\n", "b c d\nz\n")).contains(new Similar(7, 1));
    }

    @Test
    void inOtherLanguagesCommentsCount() {
        Ideas ideas = new Ideas("t.R");
        ideas.add(1, "x\n", "y # a\n");

        assertThat(ideas.similar("x\n", "y # a \n\n")).isPresent();
        assertThat(ideas.similar("x\n", "y # b\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t.py|'x = \"# a\" # b'|'x = \"# a\"'",
                "t.py|'x = \"\\\"# a\" # b'|'x = \"\\\"# a\"'",
                "t.py|'\"\"\"\n# a \"x\" \\\"\"\"\n# b\"\"\" # c'|'\"\"\"\n# a \"x\" \\\"\"\"\n# b\"\"\"'",
                "t.py|'# a\nx = 1 # b'|'x = 1'",
                "t.py|'x = ''it # a\ny # b'|'x = ''it # a\ny'",
                "t.py|'x = 7 // 2'|'x = 7 // 2'",
                "T.java|'/* a */ x; // b'|' x;'",
                "T.java|'x = \"// a\"; /* b'|'x = \"// a\";'",
                "T.java|'c = ''\"''; // a'|'c = ''\"'';'",
                "T.java|'s = \"\"\"\n// a \"\n\"\"\"; // b'|'s = \"\"\"\n// a \"\n\"\"\";'",
                "t.sh|'x # a'|'x # a'",
            })
    void commentsAreNotInTexts(String fileName, String code, String bare) {
        assertThat(String.join(
                        "\n", BareCode.of(fileName, code.replace("\\n", "\n")).lines()))
                .isEqualTo(bare.replace("\\n", "\n"));
    }

    @Test
    void javaHasCommentsToo() {
        Ideas ideas = new Ideas("T.java");
        ideas.add(1, "class T {}\n", "class T { int x; }\n");

        assertThat(ideas.similar("class T {}\n", "/** Doc. */\nclass T { int x; /* why */ } // end\n"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyTriedEditIsFoundAgainUnderItsOwnNumber(long seed) {
        Random random = new Random(seed);
        Ideas ideas = new Ideas("t.py");
        String[] edits = new String[60];
        for (int i = 0; i < edits.length; i++) {
            String word = Long.toString(random.nextLong() & Long.MAX_VALUE, Character.MAX_RADIX);
            edits[i] = SCRIPT.replace("return y", "y = f_" + word + "(y, x_" + word + ")\n    # note\n    return y");
            assertThat(ideas.similar(SCRIPT, edits[i])).isEqualTo(Optional.empty());
            ideas.add(i, SCRIPT, edits[i]);
        }
        for (int i = 0; i < edits.length; i++) {
            assertThat(ideas.similar(SCRIPT, edits[i].replace("note", "another")))
                    .contains(new Similar(i, 1));
        }
    }
}
