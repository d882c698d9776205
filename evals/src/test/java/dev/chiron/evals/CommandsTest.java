package dev.chiron.evals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.cli.Console;
import dev.chiron.agent.cli.Main;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What every command says of itself, against {@code docs/commands.md}; {@code -Dgolden=write} rewrites it. */
class CommandsTest {

    private static final String HEAD = """
            # Commands

            What `--help` says of each command, all of them. Written by a test (`mvn test -Dgolden=write`), which fails where this page is out of date.
            """;

    @Test
    void thePageOfCommandsIsWhatTheySay() throws IOException {
        Console console = new Console(
                new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                false,
                Path.of(""),
                Map.of(),
                InstantSource.system());
        StringBuilder page = new StringBuilder(HEAD);
        add(Main.commandLine(console), page);
        Path file = Path.of("..", "docs", "commands.md");
        if (System.getProperty("golden", "check").equals("write")) {
            Files.writeString(file, page);
        }
        assertThat(page.toString()).isEqualTo(Files.readString(file));
    }

    private static void add(CommandLine command, StringBuilder page) {
        page.append("\n## ")
                .append(command.getCommandSpec().qualifiedName())
                .append("\n\n```\n")
                .append(command.getUsageMessage(Ansi.OFF).stripTrailing())
                .append("\n```\n");
        command.getSubcommands().values().stream().distinct().forEach(one -> add(one, page));
    }
}
