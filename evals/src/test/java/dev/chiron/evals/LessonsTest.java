package dev.chiron.evals;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/lessons.md names the tests that keep old mistakes away: they have to exist. */
class LessonsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test|\\w+Contract)(?:#(\\w+))?`");

    @Test
    void everyTestThatItNamesExists() throws IOException {
        Map<String, String> tests = tests();
        List<MatchResult> named = NAMED.matcher(Files.readString(ROOT.resolve("docs/lessons.md")))
                .results()
                .filter(match -> !match.group(1).equals("LessonsTest"))
                .toList();
        assertThat(named).hasSizeGreaterThan(20);
        for (MatchResult match : named) {
            assertThat(tests).containsKey(match.group(1));
            if (match.group(2) != null) {
                assertThat(tests.get(match.group(1))).contains("void " + match.group(2) + "(");
            }
        }
    }

    /** The text of each test class by its name, with that of the contract that it keeps. */
    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new TreeMap<>();
        for (String module : List.of("optimizers", "prompts", "sandbox", "agent", "evals")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        return tests;
    }
}
