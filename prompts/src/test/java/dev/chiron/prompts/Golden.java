package dev.chiron.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that are read by people when they change; {@code -Dgolden=write} writes them anew. */
public final class Golden {

    private Golden() {}

    /** Compares a text with its golden file, or writes it. */
    public static void check(String name, String text) throws IOException {
        Path file = Path.of("src/test/resources/golden", name);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
