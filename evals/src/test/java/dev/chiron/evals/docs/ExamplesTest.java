package dev.chiron.evals.docs;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Examples that need more than the blocks of their own pages may ask for; the others are run by {@link DocsTest}. */
@Timeout(300)
class ExamplesTest {

    @TempDir
    Path scratch;

    @Tag("sklearn")
    @Test
    void theModelOfScikitLearnIsTuned() throws Exception {
        follow("examples/sklearn", "chiron run\nchiron best\n");
    }

    private void follow(String folder, String commands) throws Exception {
        try (Visitor visitor =
                new Visitor(scratch.resolve("visitor"), Path.of(".."), Path.of("src/test/resources/docs"))) {
            visitor.follow(new Block(Path.of(folder), 1, "sh", true, Map.of("in", folder), commands));
        }
    }
}
