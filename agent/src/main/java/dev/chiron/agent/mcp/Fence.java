package dev.chiron.agent.mcp;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.SandboxSpec;
import dev.chiron.agent.spec.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The folder that a server was started for, which nothing that a client names may leave, links followed: studies, task files, and the script, the
 * earlier results and the prices that a task file names. What a training reads besides is the sandbox's business, by the task file.
 */
final class Fence {

    private final Path root;

    /** @param root the folder, which must be there */
    Fence(Path root) {
        try {
            this.root = root.toRealPath();
        } catch (IOException e) {
            throw new BadInput(root + ": no such folder");
        }
        if (!Files.isDirectory(this.root)) {
            throw new BadInput(root + " is no folder");
        }
    }

    /** The folder without links. */
    Path root() {
        return root;
    }

    /**
     * The path that a client means.
     *
     * @throws BadInput if it lies outside
     */
    Path inside(String text) {
        try {
            return inside(root.resolve(text).normalize());
        } catch (InvalidPathException e) {
            throw new BadInput("no path: " + e.getReason());
        }
    }

    /** The same path, if it lies inside. */
    Path inside(Path path) {
        Path there = path;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            Path real = there.toRealPath();
            if (!real.startsWith(root)) {
                throw new BadInput(path + " is outside " + root + ", the folder that this server was started for. "
                        + "Only files in it are opened; start `chiron mcp` in another folder to tune there");
            }
            return real.resolve(there.relativize(path)).normalize();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be looked up: " + e.getMessage(), e);
        }
    }

    /** How a client names a path inside. */
    String shown(Path path) {
        return path.startsWith(root) && !path.equals(root)
                ? root.relativize(path).toString()
                : path.toString();
    }

    /**
     * Refuses a task that leaves the folder, or whose trials would run without a sandbox: what runs is code that an agent may have written.
     *
     * @throws BadInput saying which file, and why
     */
    void check(Spec spec, boolean unsandboxed) {
        inside(spec.folder());
        inside(spec.folder().resolve(spec.script()).normalize());
        for (String source : spec.from().sources()) {
            inside(spec.folder().resolve(source).normalize());
        }
        spec.llm()
                .prices()
                .ifPresent(prices -> inside(spec.folder().resolve(prices).normalize()));
        if (spec.sandbox().level().equals(SandboxSpec.OFF) && !unsandboxed) {
            throw new BadInput("the task says sandbox.level: off, and over MCP trials run in a sandbox: take that line "
                    + "out, or have a person start `chiron mcp --allow-sandbox-off`");
        }
    }
}
