package dev.chiron.evals.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Somebody who types what a page says, block by block, in one folder: a small project, unless the page brings its
 * files itself ({@code file: NAME}). Of the notes before a block, {@code in: FOLDER} begins anew with what that folder of this
 * repository holds, {@code bring: FOLDER} copies it to the same path here, {@code after: COMMANDS} was typed before.
 */
final class Visitor implements AutoCloseable {

    private static final String SYSTEM_PATH = "/usr/bin:/bin";
    private static final String ELLIPSIS = "…";

    private final Path root;
    private final Path repository;
    private final Path projects;
    private final Ollama ollama = new Ollama();
    private Workplace place;
    private int places;
    private String printed = "";

    Visitor(Path root, Path repository, Path projects) throws IOException {
        this.root = root;
        this.repository = repository;
        this.projects = projects;
        this.place = place(projects.resolve("project"));
    }

    /** Whether there is something to do for a visitor. */
    static boolean acts(Block block) {
        return block.fenced()
                && block.note("not run").isEmpty()
                && List.of("sh", "java", "python").contains(block.language());
    }

    private Workplace place(Path project) throws IOException {
        Workplace made = new Workplace(root.resolve(String.valueOf(places++)), launcher(), SYSTEM_PATH)
                .with("OLLAMA_HOST", ollama.host())
                .with("CHIRON_BUDGET_TRIALS", "3");
        made.bring(project, "");
        return made;
    }

    /** A block's turn. */
    void follow(Block block) throws IOException, InterruptedException {
        if (block.note("in").isPresent()) {
            place = place(repository.resolve(block.note("in").get()));
        }
        if (block.note("bring").isPresent()) {
            String folder = block.note("bring").get();
            Files.createDirectories(place.folder().resolve(folder));
            place.bring(repository.resolve(folder), folder);
        }
        if (block.note("after").isPresent()) {
            type(block, block.note("after").get(), 0);
        }
        if (block.note("file").isPresent()) {
            Files.writeString(place.folder().resolve(block.note("file").get()), block.text());
        } else if (block.note("output").isPresent()) {
            requirePrinted(block);
        } else if (acts(block)) {
            run(block);
        }
    }

    private void run(Block block) throws IOException, InterruptedException {
        int exitCode = block.note("exit").map(Integer::parseInt).orElse(0);
        switch (block.language()) {
            case "java" -> java(block, exitCode);
            case "python" -> python(block);
            default -> type(block, block.text(), exitCode);
        }
    }

    private void type(Block block, String commands, int expected) throws IOException, InterruptedException {
        Said said = place.shell(commands, "-e");
        assertThat(said.exitCode()).as(block.place() + "\n" + said.text()).isEqualTo(expected);
        assertThat(said.text()).as(block.place()).doesNotContain("fell to the optimizer");
        printed = said.text();
    }

    private void java(Block block, int exitCode) throws IOException, InterruptedException {
        Files.writeString(place.folder().resolve("Example.java"), block.text());
        type(block, "'" + javaProgram() + "' -cp '" + classPath() + "' Example.java", exitCode);
    }

    /** Only whether it can be read: a piece has no beginning and no end. */
    private void python(Block block) throws IOException, InterruptedException {
        Files.writeString(place.folder().resolve("piece.py"), block.text());
        type(block, "python3 -c 'import ast; ast.parse(open(\"piece.py\").read())'", 0);
    }

    /** Each line of an output was printed by the block before, in this order; an ellipsis stands for any text. */
    private void requirePrinted(Block block) {
        String lines = block.text()
                .stripTrailing()
                .lines()
                .map(line -> Arrays.stream(line.split(ELLIPSIS, -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .collect(Collectors.joining("\\R(?:.*\\R)*?"));
        assertThat(Pattern.compile(lines).matcher(printed).find())
                .as(block.place() + " was\n" + printed)
                .isTrue();
    }

    /** A quarter of what so short a process takes is checking classes that javac has just made. */
    private static String launcher() {
        return "#!/bin/sh\nexec '" + javaProgram()
                + "' -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote -XX:TieredStopAtLevel=1"
                + " -XX:+UseSerialGC -Xshare:auto -cp '"
                + classPath() + "' " + Main.class.getName() + " \"$@\"\n";
    }

    private static Path javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(":"))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(":"));
    }

    @Override
    public void close() {
        ollama.close();
    }
}
