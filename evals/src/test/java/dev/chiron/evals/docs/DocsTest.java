package dev.chiron.evals.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.agent.spec.PriceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every block of code in the pages is right. CONTRIBUTING.md says what is done with which; a block that is neither run nor says
 * why it is not fails. docs/commands.md is held against the commands themselves ({@code CommandsTest}).
 */
@Timeout(300)
class DocsTest {

    private static final Path ROOT = Path.of("..");
    private static final Path PROJECT = Path.of("src/test/resources/docs");
    private static final List<String> WHY_TEXT = List.of("drawing", "output", "not run");

    @TempDir
    Path scratch;

    private int folders;

    @TestFactory
    Stream<DynamicTest> blocksAreWrittenRight() throws IOException {
        return blocks().values().stream()
                .flatMap(List::stream)
                .map(block -> DynamicTest.dynamicTest(block.place(), () -> check(block)));
    }

    @Tag("python")
    @TestFactory
    Stream<DynamicTest> commandsDoWhatThePagesSay() throws IOException {
        return blocks().entrySet().stream()
                .filter(page -> page.getValue().stream().anyMatch(Visitor::acts))
                .map(page -> DynamicTest.dynamicTest(page.getKey().toString(), () -> follow(page.getValue())));
    }

    private static Map<Path, List<Block>> blocks() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
        for (String folder : List.of("docs", "examples")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .map(ROOT::relativize)
                        .filter(page -> !page.endsWith("commands.md"))
                        .sorted()
                        .forEach(pages::add);
            }
        }
        Map<Path, List<Block>> blocks = new LinkedHashMap<>();
        for (Path page : pages) {
            blocks.put(page, Page.blocks(ROOT, page));
        }
        return blocks;
    }

    private Path fresh() {
        return scratch.resolve(String.valueOf(folders++));
    }

    private void follow(List<Block> page) throws Exception {
        try (Visitor visitor = new Visitor(fresh(), ROOT, PROJECT)) {
            for (Block block : page) {
                visitor.follow(block);
            }
        }
    }

    private void check(Block block) throws Exception {
        if (!block.fenced()) {
            assertThat(commands(block))
                    .as("commands of chiron in " + block.text())
                    .isPositive();
            return;
        }
        switch (block.language()) {
            case "sh" -> commands(block);
            case "yaml" -> yaml(block);
            case "json" -> new ObjectMapper().readTree(block.text());
            case "python", "java" -> assertThat(block.text()).isNotBlank(); // read or run by the other test
            case "text" ->
                assertThat(block.notes().keySet())
                        .as("says what it is by a comment before it: " + WHY_TEXT)
                        .containsAnyElementsOf(WHY_TEXT);
            default -> fail(block.place() + ": say what it is: ```sh, yaml, json, python, java or text");
        }
    }

    /** All that a shell would start of ours takes the options that it is given. */
    private int commands(Block block) throws IOException, InterruptedException {
        List<List<String>> commands = new Typed(fresh()).commands(block.text());
        commands.forEach(Typed::check);
        return commands.size();
    }

    private void yaml(Block block) throws IOException {
        if (block.note("as").orElse("").equals("prices.yaml")) {
            PriceFile.read(Files.writeString(scratch.resolve("prices.yaml"), block.text()));
            return;
        }
        Workplace place = new Workplace(fresh(), "", "");
        place.bring(PROJECT.resolve("project"), "");
        new Written(place.folder()).check(block.text());
    }
}
