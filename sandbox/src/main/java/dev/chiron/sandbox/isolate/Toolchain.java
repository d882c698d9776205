package dev.chiron.sandbox.isolate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a program has its libraries: the folder above its {@code bin}, its virtual environment and what that was made from, the
 * interpreter that its first line names. Never a home folder, the root or a folder of secrets as a whole.
 */
final class Toolchain {

    private static final List<String> SYSTEM =
            List.of("/usr", "/bin", "/sbin", "/lib", "/lib64", "/nix/store", "/gnu/store");
    private static final List<String> TOO_WIDE =
            List.of("/", "/etc", "/home", "/mnt", "/opt", "/proc", "/root", "/run", "/srv", "/sys", "/tmp", "/var");
    private static final List<String> OWN_PARTS =
            List.of("Cellar", "bin", "include", "lib", "lib64", "libexec", "opt", "pyvenv.cfg");
    private static final List<String> INSTALLED = List.of("lib", "lib64", "libexec", "pyvenv.cfg");
    private static final int MOST_LINKS = 20;

    private final Homes homes;
    private final Path project;
    private final Set<Path> folders = new LinkedHashSet<>();

    /**
     * @param homes what is never shown whole
     * @param project the tuned project: it is copied, not shown
     */
    Toolchain(Homes homes, Path project) {
        this.homes = homes;
        this.project = project;
    }

    /** The folders found, in order. */
    List<Path> folders() {
        return new ArrayList<>(folders);
    }

    /** Adds what a program needs, every link on the way to it included. */
    void program(Path program) {
        Path at = program.toAbsolutePath().normalize();
        for (int i = 0; i < MOST_LINKS; i++) {
            above(at);
            if (!Files.isSymbolicLink(at)) {
                break;
            }
            at = next(at);
        }
        real(program).ifPresent(this::above);
        interpreter(program);
    }

    /** Adds a folder that a variable names, as far as it is one that may be seen. */
    void folder(Path folder) {
        if (!folder.isAbsolute() || isSystem(folder) || !Files.exists(folder)) {
            return;
        }
        if (isOpen(folder)) {
            show(folder);
        } else if (isOwn(folder)) {
            OWN_PARTS.stream().map(folder::resolve).filter(Files::exists).forEach(this::show);
        }
    }

    /** Adds a file or folder that a link of the project leads to; data often lies elsewhere. */
    void file(Path target) {
        if (Files.isDirectory(target)) {
            folder(target);
        } else if (!isSystem(target)
                && Files.isRegularFile(target) // never a socket: a service listens behind it
                && !homes.isPrivate(target)) {
            show(target);
        }
    }

    private void above(Path program) {
        Path folder = program.getParent();
        if (folder == null || isSystem(program)) {
            return;
        }
        Path parent = folder.getParent();
        boolean inBin = folder.endsWith("bin") && parent != null;
        Path prefix = folder.endsWith("bin") && parent != null ? parent : folder;
        boolean fit = isOwn(prefix) || (isOpen(prefix) && isInstallation(prefix));
        if (inBin && fit) {
            folder(prefix);
            base(prefix);
        } else if (isOpen(folder)) {
            show(folder);
        } else if (Files.exists(program)) {
            show(program);
        }
    }

    /** The installation that a virtual environment was made from. */
    private void base(Path prefix) {
        Path config = prefix.resolve("pyvenv.cfg");
        if (!Files.isRegularFile(config)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(config)) {
                String[] parts = line.split("=", 2);
                if (parts.length == 2 && parts[0].strip().equals("home")) {
                    above(Path.of(parts[1].strip(), "python"));
                    real(Path.of(parts[1].strip())).ifPresent(bin -> above(bin.resolve("python")));
                }
            }
        } catch (IOException unreadable) {
            return;
        }
    }

    private void interpreter(Path program) {
        try (InputStream in = Files.newInputStream(program)) {
            String start = new String(in.readNBytes(512), StandardCharsets.ISO_8859_1);
            if (start.startsWith("#!/")) {
                String line = start.lines().findFirst().orElse("").substring(2).strip();
                Path named = Path.of(line.split("\\s", 2)[0]);
                if (Files.isExecutable(named) && !named.equals(program)) {
                    program(named);
                }
            }
        } catch (IOException unreadable) {
            return;
        }
    }

    private static Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path next(Path link) {
        try {
            return link.resolveSibling(Files.readSymbolicLink(link)).normalize();
        } catch (IOException e) {
            return link;
        }
    }

    private void show(Path path) {
        folders.add(path);
        real(path)
                .filter(real -> !isSystem(real) && (isOpen(real) || Files.isRegularFile(real)))
                .ifPresent(folders::add);
    }

    private static boolean isSystem(Path path) {
        return SYSTEM.stream().anyMatch(path::startsWith);
    }

    /** What merely has a folder {@code bin} may hold anything beside it. */
    private static boolean isInstallation(Path prefix) {
        return INSTALLED.stream().anyMatch(name -> Files.exists(prefix.resolve(name)));
    }

    /** Whether all of a folder may be seen, under the name it is asked for and under its real one. */
    private boolean isOpen(Path folder) {
        return isOpenByName(folder) && real(folder).map(this::isOpenByName).orElse(true);
    }

    private boolean isOpenByName(Path folder) {
        return !homes.isHome(folder)
                && !project.startsWith(folder)
                && !homes.isHidden(folder)
                && TOO_WIDE.stream().noneMatch(wide -> folder.equals(Path.of(wide)));
    }

    /** A hidden folder of a home; only parts of it are seen. */
    private boolean isOwn(Path folder) {
        return homes.isHidden(folder) || real(folder).filter(homes::isHidden).isPresent();
    }
}
