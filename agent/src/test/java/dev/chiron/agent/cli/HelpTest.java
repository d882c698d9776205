package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command's help against its golden file; {@code -Dgolden=write} rewrites them. */
class HelpTest {

    private static final List<String> COMMANDS = List.of(
            "demo", "init", "run", "status", "best", "trials", "show", "diff", "why", "apply", "undo", "export",
            "doctor", "methods", "config", "mcp");

    @TempDir
    Path folder;

    @Test
    void helpIsAsItWasReviewed() throws IOException {
        Screen screen = new Screen(folder);
        StringBuilder help = new StringBuilder();
        for (String command : COMMANDS) {
            assertThat(screen.run(command, "--help")).isZero();
            help.append("## ")
                    .append(command)
                    .append("\n\n")
                    .append(screen.out())
                    .append("\n");
        }
        Path golden = Path.of("src/test/resources/golden/help.md");
        if (System.getProperty("golden", "check").equals("write")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, help);
        }
        assertThat(help.toString()).isEqualTo(Files.readString(golden));
    }
}
