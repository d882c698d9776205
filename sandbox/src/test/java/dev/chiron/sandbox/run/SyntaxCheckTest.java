package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.isolate.Isolation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(100)
class SyntaxCheckTest {

    @TempDir
    Path folder;

    private static Optional<String> check(Bench bench, String text) throws Exception {
        Variant variant = Variant.root("").edited(text, "");
        Optional<String> problem = new LocalRunner(bench.training(), System.getenv(), bench.sandbox())
                .syntax(new Change.Edit(Config.of(Map.of()), variant), bench.workspace());
        assertThat(bench.workspace()).isEmptyDirectory();
        assertThat(bench.folder().resolve(".workspace-syntax")).doesNotExist();
        return problem;
    }

    @Tag("python")
    @Test
    void pythonsCompilerSaysWhereItStumbles() throws Exception {
        Bench bench = Bench.python(folder, "print(1)");
        assertThat(check(bench, "x = 1\n\nif x\n    print('é')\n").orElseThrow())
                .isEqualTo("train.py, line 3: expected ':': if x");
        assertThat(check(bench, "def f():\n\tx = 1\n        y = 2\n").orElseThrow())
                .contains("line 3", "indentation");
        assertThat(check(bench, "x = 1\0\n").orElseThrow()).contains("null bytes");
        assertThat(check(bench, "return 1\r\n").orElseThrow()).contains("line 1: 'return' outside function");
        assertThat(check(bench, "x = " + "(".repeat(500)).orElseThrow()).contains("train.py");
    }

    @Tag("python")
    @Test
    void whatIsPythonPassesAndNothingOfItRuns() throws Exception {
        Bench bench = Bench.python(folder, "print(1)");
        Path proof = folder.resolve("ran");
        assertThat(check(
                        bench,
                        "# é\r\nopen('" + proof + "', 'w')\r\nimport nosuchmodule\r\n\tpass".replace("\r\n\tpass", "")))
                .isEmpty();
        assertThat(proof).doesNotExist();
        assertThat(check(bench, "x = '\\d'\nx is 1\n")).isEmpty(); // a warning is no error
        assertThat(check(bench, "")).isEmpty();
        assertThat(check(bench, "x = 1\n".repeat(5000))).isEmpty();
    }

    @Tag("python")
    @Tag("bubblewrap")
    @Test
    void itIsDoneInTheSandbox() throws Exception {
        Bench bench = Bench.python(folder, "print(1)").inside(Walled.of(Isolation.BUBBLEWRAP, Optional.empty()));
        assertThat(check(bench, "x = = 1\n").orElseThrow()).contains("train.py, line 1: invalid syntax");
        assertThat(check(bench, "x = 1\n")).isEmpty();
    }

    @Test
    void javasCompilerSaysWhereItStumbles() throws Exception {
        Bench bench = java("class Train { public static void main(String[] a) { System.out.println(1); } }");
        assertThat(check(bench, "class Train {\n  int x = 1\n}\n").orElseThrow())
                .startsWith("Train.java:2: error: ';' expected")
                .doesNotContain(folder.toString());
        assertThat(check(bench, "class Train {\n  int x = new Other().x;\n}\n")).isEmpty();
        assertThat(check(bench, "class Train { int x = y; }\n").orElseThrow()).contains("cannot find symbol");
    }

    @Test
    void aCompilerThatRefusesTheProjectsOwnScriptIsNotBelieved() throws Exception {
        Bench bench = java("import nosuchlibrary.Thing;\nclass Train { Thing thing; }");
        assertThat(check(bench, "import nosuchlibrary.Thing;\nclass Train { Thing other; }\n"))
                .isEmpty();
    }

    private Bench java(String script) throws Exception {
        Bench shell = Bench.shell(folder, script);
        Files.writeString(shell.project().resolve("Train.java"), script);
        Files.writeString(shell.project().resolve("Other.java"), "class Other { int x; }");
        return new Bench(
                shell.folder(),
                "Train.java",
                Path.of(System.getProperty("java.home"), "bin", "java") + " {script}",
                shell.env(),
                shell.metric(),
                shell.limits(),
                shell.sandbox(),
                shell.readonly(),
                shell.access());
    }

    @Test
    void ofOtherFilesNothingIsSaid() throws Exception {
        assertThat(check(Bench.shell(folder, "echo"), "if then fi (((")).isEmpty();
        assertThat(new LocalRunner(Bench.shell(folder, "echo").training(), System.getenv(), Walled.plain())
                        .syntax(new Change.Settings(Config.of(Map.of())), folder.resolve("workspace")))
                .isEmpty();
    }
}
