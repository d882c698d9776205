package dev.chiron.agent.store;

import dev.chiron.agent.disk.Disk;
import dev.chiron.optimizers.study.Variant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The edited scripts of a study, each once, in {@code variants/} by their ids; the journal names them. */
final class Variants {

    private static final String ID = "[0-9a-f]{16}";

    private final Path folder;
    private final Map<String, String> texts = new HashMap<>();

    /** @param study the study's folder, whose {@code variants} need not be there */
    Variants(Path study) {
        this.folder = study.resolve("variants");
    }

    /** Writes one down if it is not there yet; on disk when this returns. */
    void keep(Variant variant) throws IOException {
        Path file = folder.resolve(variant.id());
        if (!Files.exists(file)) {
            Files.createDirectories(folder);
            Disk.replace(file, variant.text().getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * The variant of that id.
     *
     * @throws IllegalArgumentException if its text is missing or is not the one that has this id
     */
    Variant read(String id, String parent, String idea) {
        String text = texts.computeIfAbsent(id, this::text);
        Variant variant = new Variant(id, parent, text, idea);
        if (!Variant.root(text).id().equals(id)) {
            throw new IllegalArgumentException(
                    folder.resolve(id) + " was changed: it is not the script that this trial ran");
        }
        return variant;
    }

    private String text(String id) {
        if (!id.matches(ID)) {
            throw new IllegalArgumentException("no name of a script's version: " + id);
        }
        try {
            return Files.readString(folder.resolve(id));
        } catch (IOException e) {
            throw new IllegalArgumentException("the script of this trial cannot be read: " + e, e);
        }
    }
}
