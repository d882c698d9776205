package dev.chiron.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.start.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/mcp.md lists the tools as they are; {@code -Dgolden=write} rewrites the list. */
class ToolDocsTest {

    private static final String HEADING = "\n## Tools\n";

    @TempDir
    Path folder;

    @Test
    void theListOfToolsIsUpToDate() throws IOException {
        Surroundings nowhere = new Surroundings(folder, Map.of(), InstantSource.system(), note -> {});
        List<Tool> tools = Toolbox.tools(new Desk(new Fence(folder), false, nowhere));
        Path page = Path.of("../docs/mcp.md");
        String text = Files.readString(page);
        String head = text.substring(0, text.indexOf(HEADING) + HEADING.length());
        String written = head + "\n" + tools.stream().map(ToolDocsTest::section).collect(Collectors.joining("\n"));
        if (System.getProperty("golden", "check").equals("write")) {
            Files.writeString(page, written);
        }
        assertThat(text).isEqualTo(written);
    }

    private static String section(Tool tool) {
        return "### " + tool.name() + "\n\n" + tool.description() + "\n"
                + (tool.fields().isEmpty() ? "" : "\n")
                + tool.fields().stream().map(ToolDocsTest::line).collect(Collectors.joining());
    }

    private static String line(Field field) {
        String options = field.options()
                .map(all -> ": " + all.stream().map(String::valueOf).collect(Collectors.joining(", ")))
                .orElse("");
        return "- `" + field.name() + "` (" + field.schema().get("type") + options
                + (field.required() ? ", needed" : "") + "): " + field.description() + "\n";
    }
}
