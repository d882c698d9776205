package dev.chiron.agent.earlier;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Imported;
import dev.chiron.agent.store.UnusableStudy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a task's earlier results from wherever they are; what a source is, its content says. */
public final class Sources {

    private static final String SQLITE = "SQLite format 3\u0000";
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf"; // as Latin-1
    private static final int HEAD = 4096;

    private final Wanted wanted;

    /** @param environment of this process */
    public Sources(Spec spec, Map<String, String> environment) {
        this.wanted = new Wanted(spec, new LinkedHashMap<>(environment));
    }

    /**
     * All that the task names, checked against its space.
     *
     * @throws BadInput if one of them is not there, cannot be read, or has nothing in common with the task
     */
    public Imported read() {
        List<Matched> matched = new ArrayList<>();
        for (String source : wanted.spec().from().sources()) {
            matched.add(new Matching(source, wanted).of(found(source)));
        }
        return Matched.together(wanted.spec(), matched);
    }

    private Found found(String source) {
        Path whole = wanted.spec().folder().resolve(source).normalize();
        int hash = source.lastIndexOf('#');
        if (Files.exists(whole) || hash < 1) {
            return found(whole, source, Optional.empty());
        }
        String file = source.substring(0, hash);
        Path path = wanted.spec().folder().resolve(file).normalize();
        return found(path, file, Optional.of(source.substring(hash + 1)));
    }

    private Found found(Path path, String name, Optional<String> study) {
        if (Files.isDirectory(path)) {
            return study(path, name);
        }
        if (!Files.isRegularFile(path)) {
            throw new BadInput(
                    "no file " + path + ": name a study's folder, a table or an optuna.db with --from (from:)");
        }
        String head = head(path, name);
        String text = head.replace(BYTE_ORDER_MARK, "").stripLeading();
        if (head.startsWith(SQLITE)) {
            return new OptunaDatabase(path, name, study, wanted).read();
        }
        if (text.isEmpty()) {
            throw new BadInput(name + " is empty: give a table with a header and a row for each run");
        }
        if (head.indexOf(0) >= 0 || head.startsWith("\u001f\u008b") || head.startsWith("PK\u0003\u0004")) {
            throw new BadInput(name
                    + " is neither a text in UTF-8 nor a SQLite file: give a CSV table, unpacked, or an optuna.db");
        }
        if (text.startsWith("{")) {
            return lines(path, name, text, study);
        }
        return text.startsWith("[")
                ? new StudySource(name, wanted).export(path)
                : new TableFile(path, name, wanted).read();
    }

    private Found study(Path folder, String name) {
        try {
            return new StudySource(name, wanted).folder(folder);
        } catch (UnusableStudy e) {
            throw new BadInput(name + " cannot be read as a study: " + e.getMessage(), e);
        }
    }

    private Found lines(Path path, String name, String text, Optional<String> study) {
        if (text.contains("\"op_code\"")) {
            return new OptunaJournalFile(path, name, study, wanted).read();
        }
        if (text.contains("\"type\":\"study\"")) {
            return study(Optional.ofNullable(path.getParent()).orElse(path), name);
        }
        throw new BadInput(name + " holds JSON, but neither Chiron's trials nor an Optuna journal: give a CSV table");
    }

    private static String head(Path path, String name) {
        try (InputStream in = Files.newInputStream(path)) {
            return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new BadInput(name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
