package dev.chiron.sandbox.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardsTest {

    private static final String SCRIPT = """
            import numpy as np
            from data import load

            LR = 0.1

            def evaluate(model):
                x = 1
                # chiron: protected
                y = model(x)
                print(y)
                # chiron: end
                return y

            # chiron: Protected, keep out
            HOLD = 1
            # chiron: end

            def train(model):
                z = 2
                return z
            """;

    @Test
    void anEditBesideTheRegionsMayBeMade() {
        assertThat(edit("LR = 0.1", "LR = 0.2\nimport math, numpy.linalg\nfrom data.more import x\nfrom . import y"))
                .isEmpty();
        assertThat(edit("    x = 1\n", "    x = 2\n    w = 3\n")).isEmpty();
        assertThat(edit("# chiron: end\n\ndef", "# chiron: end\nimport os\ndef"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'    y = model(x)\n'|'    y = 0\n'|'changes the protected region that begins in line 8 (first \"y = model(x)\")'",
                "'    print(y)\n'|''|'region that begins in line 8'",
                "'    print(y)\n'|'    print(y)\n    print(0)\n'|'region that begins in line 8'",
                "'    print(y)\n'|'    print(y) \n'|'region that begins in line 8'",
                "'    # chiron: protected\n'|'    # chiron:  protected\n'|'region that begins in line 8'",
                "'# chiron: Protected, keep out\nHOLD = 1\n# chiron: end\n'|''|'has 2 protected regions and the edited one 1'",
                "'LR = 0.1'|'# chiron: protected\nLR = 0.2\n# chiron: end'|'has 2 protected regions and the edited one 3'",
                "'    # chiron: end\n'|''|'begins inside another'",
                "'LR = 0.1'|'LR = 0.1  # chiron: protected'|'on a line of its own'",
                "'LR = 0.1'|'# chiron: end'|'no protected region ends here'",
                "'    return y\n'|'    return y\n# chiron: off\n'|'means nothing'",
            })
    void whatIsProtectedStaysAsItIs(String search, String replace, String reason) {
        assertThat(edit(search, replace))
                .hasValueSatisfying(
                        refusal -> assertThat(refusal).contains(reason).doesNotContain("\n"));
    }

    @Test
    void regionsMayNotChangePlaces() {
        String first = "# chiron: protected\na = 1\n# chiron: end\n";
        String second = "# chiron: protected\nb = 1\n# chiron: end\n";

        assertThat(guards("t.py", first + second).refusal(first + second, second + first))
                .isPresent();
    }

    @Test
    void aRegionCannotBePutIntoATextOrIntoSomethingElse() {
        String region = "# chiron: protected\nprint(loss())\n# chiron: end\n";
        assertThat(guards("t.py", region).refusal(region, "'''\n" + region + "'''\nprint(0)\n"))
                .isPresent();
        String inF = "def f():\n    # chiron: protected\n    print(loss())\n    # chiron: end\n\nf()\n";
        assertThat(guards("t.py", inF)
                        .refusal(
                                inF,
                                "def g():\n" + inF.replace("def f():\n", "").replace("\nf()", "\ndef f(): pass\nf()")))
                .hasValueSatisfying(reason -> assertThat(reason).contains("moves the protected region of line 2"));
        String java = "class T {\n  void f() {\n// chiron: protected\nprint();\n// chiron: end\n  }\n}\n";
        Guards guards = guards("T.java", java);
        assertThat(guards.refusal(
                        java, java.replace("{\n//", "{\nif (false) {\n//").replace("end\n", "end\n}\n")))
                .isPresent();
        assertThat(guards.refusal(java, java.replace("{\n//", "{\n/*\n//").replace("end\n", "end\n*/\n")))
                .isPresent();
        assertThat(guards.refusal(java, java.replace("  void f() {\n", "  void f() {\n    int x = 1;\n")))
                .isEmpty();
    }

    @Test
    void aRegionAtTheEndMayBeFollowedByLines() {
        String script = "x = 1\n# chiron: protected\ny = 1\n# chiron: end";

        assertThat(guards("t.py", script).refusal(script, script + "\nz = 1")).isEmpty();
        assertThat(guards("t.py", script).refusal(script, script.replace("\n", "\r\n")))
                .isPresent();
    }

    @Test
    void otherLanguagesHaveRegionsToo() {
        String script = "x <- 1\n  # chiron: protected\ny <- 1\n// chiron: end\n";

        assertThat(guards("t.R", script).refusal(script, script.replace("x <- 1", "import(x")))
                .isEmpty();
        assertThat(guards("t.R", script).refusal(script, script.replace("y <- 1", "y <- 2")))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'x = 1\n# chiron: protected\ny = 1\n'|'t.py:2: the protected region is not closed'",
                "'# chiron: protected\n# chiron: protected\n# chiron: end'|'t.py:2: a protected region begins inside another'",
                "'\n# chiron: end'|'t.py:2: no protected region ends here'",
                "'# chiron: protect\n# chiron: end'|'t.py:1: \"chiron: protect\" means nothing'",
                "'x = 1 # chiron: protected\n# chiron: end'|'t.py:1: the comment \"chiron: protected\" must stand on a line of its own'",
            })
    void regionsOfTheScriptItselfMustBeCertain(String script, String message) {
        assertThatThrownBy(() -> guards("t.py", script))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> new Guards("t.py", "", 0, Set.of())).hasMessageContaining("one line at least");
    }

    @Test
    void whatATextSaysOfMarksIsNoMark() {
        assertThat(guards("t.py", "\"\"\"Put\n# chiron: protected\nbefore it.\"\"\"\n")
                        .refusal("x = 1\n", "x = 2\n"))
                .isEmpty();
    }

    @Test
    void changedLinesAreCountedAsGitDoes() {
        String before = "a\n".repeat(10) + "b\n" + "c\n".repeat(10);
        Guards guards = new Guards("t.txt", before, 3, Set.of());

        assertThat(guards.refusal(before, before.replace("b\n", "x\ny\n"))).isEmpty();
        assertThat(guards.refusal(before, "new\n" + before)).isEmpty();
        assertThat(guards.refusal(before, before.replace("b\n", "x\ny\nz\n")))
                .contains(
                        "the edit changes 4 lines (those taken out and those put in); at most 3 may change at once, so make a smaller step");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "import torch|torch",
                "import os, torch.nn as nn|torch",
                "from torch.nn import Linear|torch",
                "from sklearn import *|sklearn",
                "x = __import__('torch')|torch",
                "import importlib; x = importlib.import_module(\"torch.nn\")|torch",
                "from importlib import import_module as m, import_module; import_module('torch')|torch",
                "x = __import__('to' + 'rch')|a module whose name is computed",
            })
    void newDependenciesOfPythonAreRefused(String line, String module) {
        assertThat(edit("LR = 0.1", line))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .isEqualTo("the edit imports " + module
                                + ", which the script did not need before; no dependency may be added to numpy, data"));
        assertThat(edit("    return z", "    " + line.replace("; ", "\n    ") + "\n    return z"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import math, collections.abc as c",
                "import prepare",
                "from prepare.more import x",
                "from __future__ import annotations",
                "x = __import__('random')",
                "import numpy",
                "from ..torch import x",
                "'import torch'",
                "# import torch",
                "import_modules('torch')",
            })
    void whatIsThereMayBeImported(String line) {
        assertThat(edit("import numpy as np", "import numpy as np\n" + line)).isEmpty();
    }

    @Test
    void newDependenciesOfJavaAreRefused() {
        String before =
                "import java.util.List;\nimport org.nd4j.Array;\nimport static com.acme.Tools.run;\nclass T {}\n";
        Guards guards = guards("T.java", before);

        assertThat(guards.refusal(
                        before,
                        "import javax.tools.*;\nimport static java.lang.Math.*;\nimport org.nd4j.Matrix;\nimport com.acme.*;\n"
                                + before))
                .isEmpty();
        assertThat(guards.refusal(before, "import prepare.Data;\n" + before)).isEmpty();
        assertThat(guards.refusal(before, "import org.apache.commons.Math;\n" + before))
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("imports org.apache.commons, which", "to org.nd4j, com.acme"));
        assertThat(guards.refusal(before, "import static org . /* x */ other . Math.*;\n" + before))
                .isPresent();
    }

    @Test
    void brokenSyntaxIsRefusedWithItsLine() {
        assertThat(edit("LR = 0.1", "LR = (0.1"))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .startsWith("the edited script does not parse: t.py:")
                        .endsWith("syntax error"));
        assertThat(guards("T.java", "class T {}\n").refusal("class T {}\n", "class T {\n  void f( {}\n}\n"))
                .contains("the edited script does not parse: T.java:2: syntax error");
        assertThat(edit("LR = 0.1", "LR = '\ud83d'"))
                .hasValueSatisfying(reason -> assertThat(reason).contains("not valid Unicode"));
    }

    @Test
    void whatTheParserDidNotUnderstandBeforeIsNoReason() {
        String odd = "x = = 1\n# chiron: protected\ny = 1\n# chiron: end\n";

        assertThat(guards("t.py", odd).refusal(odd, odd + "z = 1\n")).isEmpty();
        assertThat(guards("t.py", odd).refusal(odd, odd.replace("y = 1", "y = 2")))
                .isPresent();
    }

    private static Optional<String> edit(String search, String replace) {
        assertThat(SCRIPT).contains(search);
        return guards("t.py", SCRIPT)
                .refusal(
                        SCRIPT,
                        SCRIPT.replaceFirst(
                                java.util.regex.Pattern.quote(search),
                                java.util.regex.Matcher.quoteReplacement(replace)));
    }

    private static Guards guards(String fileName, String script) {
        return new Guards(fileName, script, 50, Set.of("prepare"));
    }
}
