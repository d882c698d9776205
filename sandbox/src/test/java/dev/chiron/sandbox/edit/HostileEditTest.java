package dev.chiron.sandbox.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.Patch;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits that nobody would write: they are applied or refused, and nothing else happens. */
class HostileEditTest {

    private static final List<String> PARTS = List.of(
            "def f(x):",
            "class A:",
            "    return 1",
            "\tx = 1",
            "@d",
            "import torch",
            "# chiron: protected",
            "# chiron: end",
            "\"\"\"",
            "'",
            "(",
            ")",
            "}",
            "{",
            "\\",
            "\r",
            "\u0000",
            "\uFEFF",
            "é😀",
            "0x",
            "1e",
            "/*",
            "*/",
            "// chiron: protected",
            "int f(int x) {",
            "record R(int x) {}",
            "");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyTextMayBeEditedByAnyText(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            String script = text(random);
            for (String name : List.of("a.py", "A.java", "a.R")) {
                for (Patch patch : List.of(
                        new Patch.Blocks(List.of(
                                new Patch.Block(line(random), text(random)),
                                new Patch.Block(line(random), line(random)))),
                        new Patch.Definitions(List.of(text(random), text(random))),
                        new Patch.WholeFile(text(random)))) {
                    PatchedScript patched = PatchedScript.of(name, script, patch);
                    if (patched instanceof PatchedScript.Rejected rejected) {
                        assertThat(rejected.reason()).isNotBlank().doesNotContain("\n", "\r");
                    } else {
                        String edited = ((PatchedScript.Applied) patched).text();
                        assertThat(edited).isNotEqualTo(script);
                        assertThat(new Guards(name, "", 5, Set.of()).refusal("", edited))
                                .isNotNull();
                        assertThat(new Ideas(name).similar(script, edited)).isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void nestingHoweverDeepIsNoHarm() {
        String deep = "x = " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + "\n";
        String lists = "x = " + "[".repeat(50_000) + "\n";
        StringBuilder blocks = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            blocks.append(" ".repeat(i)).append("if x:\n");
        }
        blocks.append(" ".repeat(300)).append("def f(): pass\n");
        for (String edited : List.of(deep, lists, blocks.toString())) {
            assertThat(new Guards("a.py", "x = 1\n", 500, Set.of()).refusal("x = 1\n", edited))
                    .isNotNull();
            assertThat(PatchedScript.of("a.py", edited, new Patch.Definitions(List.of("def f():\n    return 1"))))
                    .isNotNull();
        }
        String java = "class A { int x = " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + "; }";
        assertThat(new Guards("A.java", "class A {}", 500, Set.of()).refusal("class A {}", java))
                .isEmpty();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(line(random)).append(random.nextInt(5) == 0 ? "\r\n" : "\n");
        }
        return text.toString();
    }

    private static String line(Random random) {
        return PARTS.get(random.nextInt(PARTS.size()))
                + (random.nextInt(3) == 0 ? PARTS.get(random.nextInt(PARTS.size())) : "");
    }
}
