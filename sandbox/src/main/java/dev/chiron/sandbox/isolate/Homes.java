package dev.chiron.sandbox.isolate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The home folders of a machine, by every name. {@code $HOME} alone would not do: under sudo or as a service it is not where the programs
 * are, it may be a link, and not all users are in {@code /etc/passwd}.
 */
public final class Homes {

    private static final Path ALL = Path.of("/home");
    private static final int FIELD = 5;
    /** What only a home folder holds. */
    private static final List<String> SECRETS =
            List.of(".ssh", ".gnupg", ".aws", ".kube", ".netrc", ".local/share/keyrings", "share/keyrings");

    private final Set<Path> homes = new LinkedHashSet<>();

    /**
     * @param own the home folder of who runs this
     * @param passwd the list of users
     */
    Homes(Path own, Path passwd) {
        List<Path> named = new ArrayList<>(List.of(own));
        try {
            for (String line : Files.readAllLines(passwd, StandardCharsets.ISO_8859_1)) {
                String[] fields = line.split(":", -1);
                if (fields.length > FIELD && fields[FIELD].startsWith("/")) {
                    named.add(Path.of(fields[FIELD]));
                }
            }
        } catch (IOException unreadable) {
            named.add(own);
        }
        for (Path home : named) {
            homes.add(home.normalize());
            real(home).ifPresent(homes::add);
        }
    }

    /** Whether a folder is a home, holds one, or holds secrets as a home does. */
    boolean isHome(Path folder) {
        return ALL.equals(folder.getParent())
                || homes.stream().anyMatch(home -> home.startsWith(folder))
                || SECRETS.stream().anyMatch(name -> Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS));
    }

    /** Whether a file lies where keys do: in a hidden folder of a home, or in one that is named like a store of keys. */
    boolean isPrivate(Path file) {
        for (Path at = file; at != null && at.getFileName() != null; at = at.getParent()) {
            if (isHidden(at) || isSecret(at)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a file or folder is a store of keys, by its name, such as {@code .ssh}. */
    public static boolean isSecret(Path path) {
        return SECRETS.stream().anyMatch(path::endsWith);
    }

    /** Whether a folder is a hidden one of a home, such as ~/.local or ~/.cargo: programs, and secrets beside them. */
    boolean isHidden(Path folder) {
        Path parent = folder.getParent();
        return parent != null
                && (ALL.equals(parent.getParent()) || homes.contains(parent))
                && folder.getFileName().toString().startsWith(".");
    }

    private static Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
