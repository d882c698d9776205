package dev.chiron.sandbox.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.Patch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedefinitionTest {

    private static final String PYTHON = """
            import math

            # é: how it learns
            @cached
            def step(x):
                return x

            class Net:
                width = 3

                @property
                def size(self):
                    return 1

                def forward(self, x):
                    def inner(y):
                        return y
                    return inner(x)
                # chiron: end

            class Head:
                def forward(self, x):
                    return -x

            def train():
                class Local:
                    pass
                return Local
            print(step(1))
            """;

    private static final String JAVA = """
            import java.util.List;

            public class Train {
                static final double LR = 0.1;

                Train() {}

                /** é */
                static double step(double x) {
                    return x;
                }

                double step(int x, List<String> names) {
                    return -x;
                }

                record Point(int x) {}

                public static void main(String[] args) {
                    Runnable r = new Runnable() { public void run() {} };
                }
            }
            """;

    @Test
    void replacesAFunctionWithItsDecorators() {
        assertThat(python("def step(x):\n    return 2 * x  # ü"))
                .isEqualTo(PYTHON.replace(
                        "@cached\ndef step(x):\n    return x\n", "def step(x):\n    return 2 * x  # ü\n"));
        assertThat(python("\n# faster\n@jit\n@cached\ndef step(x):\n    return 3\n\n"))
                .isEqualTo(PYTHON.replace(
                        "@cached\ndef step(x):\n    return x\n", "@jit\n@cached\ndef step(x):\n    return 3\n"));
    }

    @Test
    void replacesAMethodAndIndentsItAsItWas() {
        String expected = PYTHON.replace(
                "    @property\n    def size(self):\n        return 1\n",
                "    def size(self):\n        if 1:\n\n            return 2\n");

        assertThat(python("def size(self):\n    if 1:\n\n        return 2")).isEqualTo(expected);
        assertThat(python("    def size(self):\n        if 1:\n\n            return 2"))
                .isEqualTo(expected);
    }

    @Test
    void textsOfSeveralLinesAreNotIndentedButDocstringsAre() {
        assertThat(python("def size(self):\n    \"\"\"Doc.\n\n    More.\n    \"\"\"\n    return '''a\nb\n  c'''"))
                .contains(
                        "    def size(self):\n        \"\"\"Doc.\n\n        More.\n        \"\"\"\n        return '''a\nb\n  c'''\n");
        assertThat(python("    def size(self):\n        return '''a\nb\n    c'''"))
                .contains("    def size(self):\n        return '''a\nb\n    c'''\n");
    }

    @Test
    void replacesSeveralDefinitionsAtOnce() {
        assertThat(python("class Head:\n    pass\n\ndef train():\n    return 2", "def step(x):\n    return 0"))
                .contains("def step(x):\n    return 0\n", "class Head:\n    pass\n\ndef train():\n    return 2\nprint")
                .contains("class Net:\n    width = 3\n");
    }

    @Test
    void aFunctionAndAMethodOfOneNameAreToldApart() {
        String script = "def f(x):\n    return 1\n\nclass A:\n    def f(self):\n        return 2\n";

        assertThat(applied("a.py", script, "def f(x):\n    return 3"))
                .isEqualTo("def f(x):\n    return 3\n\nclass A:\n    def f(self):\n        return 2\n");
        assertThat(applied("a.py", script, "def f(self):\n    return 3"))
                .isEqualTo("def f(x):\n    return 1\n\nclass A:\n    def f(self):\n        return 3\n");
        assertThat(applied("a.py", script, "    def f(me):\n        return 3"))
                .isEqualTo("def f(x):\n    return 1\n\nclass A:\n    def f(me):\n        return 3\n");
    }

    @Test
    void keepsTheScriptsEndsOfLinesAndItsLastLine() {
        assertThat(applied("a.py", "x = 1\r\ndef f():\r\n\treturn 1", "def f():\r\n\ty = 2\r\n\treturn y"))
                .isEqualTo("x = 1\r\ndef f():\r\n\ty = 2\r\n\treturn y");
        assertThat(applied("a.py", "\uFEFFdef f():\n\treturn 1\n\n", "def f():\n\treturn 2"))
                .isEqualTo("\uFEFFdef f():\n\treturn 2\n\n");
        assertThat(applied("a.py", "class A:\n\tdef f(self):\n\t\treturn 1\n", "def f(self):\n\treturn 2"))
                .isEqualTo("class A:\n\tdef f(self):\n\t\treturn 2\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'def other():\n    pass'|defines no other; it defines step, Net, size, forward, Head, train",
                "'def inner(y):\n    pass'|defines no inner",
                "'class Local:\n    pass'|defines no Local",
                "'def Net():\n    pass'|defines no Net",
                "'def forward(self, x):\n    pass'|defines forward 2 times (lines 15, 22)",
                "'import os\ndef step(x):\n    pass'|holds \"import os\" outside of a definition",
                "'def step(x)\n    pass'|does not parse",
                "'def step(x):\n    pass\n\ndef step(x):\n    pass'|step is replaced twice",
                "'class Net:\n    pass\n\ndef size(self):\n    pass'|size is replaced twice",
                "'# only this'|holds no definition",
                "'\tdef size(self):\n\t\tpass'|indented by other spaces or tabs than in the script (line 11)",
            })
    void whatIsNotCertainIsRefused(String definition, String reason) {
        assertThat(reason("a.py", PYTHON, definition)).contains(reason).doesNotContain("\n");
    }

    @Test
    void replacesJavasMethodsAndTypes() {
        assertThat(applied("Train.java", JAVA, "static double step(double y) {\n    return 2 * y;\n}"))
                .isEqualTo(JAVA.replace(
                        "static double step(double x) {\n        return x;\n    }",
                        "static double step(double y) {\n        return 2 * y;\n    }"));
        assertThat(applied("Train.java", JAVA, "    double step(int n, List<String> o) {\n        return 0;\n    }"))
                .isEqualTo(JAVA.replace(
                        "step(int x, List<String> names) {\n        return -x;",
                        "step(int n, List<String> o) {\n        return 0;"));
        assertThat(applied("Train.java", JAVA, "record Point(int x, int y) {}", "Train() {\n    super();\n}"))
                .isEqualTo(JAVA.replace("record Point(int x) {}", "record Point(int x, int y) {}")
                        .replace("Train() {}", "Train() {\n        super();\n    }"));
        assertThat(applied("Train.java", JAVA, "public class Train {\n    int x;\n}"))
                .isEqualTo("import java.util.List;\n\npublic class Train {\n    int x;\n}\n");
    }

    @Test
    void whatIsNotCertainInJavaIsRefused() {
        assertThat(reason("Train.java", JAVA, "double step(long x) {}")).contains("defines step 2 times (lines 9, 13)");
        assertThat(reason("Train.java", JAVA, "public void run() {}")).contains("defines no run");
        assertThat(reason("Train.java", JAVA, "int x = 1;")).contains("outside of a definition");
        assertThat(reason("Train.java", JAVA, "import java.util.Map;\nvoid f() {}"))
                .contains("does not parse");
        assertThat(reason("Train.java", JAVA, "void f() {}\n}\nclass B {")).contains("code block 1");
    }

    @Test
    void otherLanguagesHaveBlocks() {
        assertThat(reason("train.R", "f <- 1\n", "f <- 2")).contains("Python and Java only", "search/replace blocks");
        assertThat(reason("a.py", "def f(:\n", "def f():\n    pass"))
                .contains("a.py:1: syntax error", "search/replace blocks");
    }

    private static String python(String... definitions) {
        return applied("a.py", PYTHON, definitions);
    }

    private static String applied(String fileName, String script, String... definitions) {
        PatchedScript patched = PatchedScript.of(fileName, script, new Patch.Definitions(List.of(definitions)));
        assertThat(patched).isInstanceOf(PatchedScript.Applied.class);
        return ((PatchedScript.Applied) patched).text();
    }

    private static String reason(String fileName, String script, String... definitions) {
        PatchedScript patched = PatchedScript.of(fileName, script, new Patch.Definitions(List.of(definitions)));
        assertThat(patched).isInstanceOf(PatchedScript.Rejected.class);
        return ((PatchedScript.Rejected) patched).reason();
    }
}
