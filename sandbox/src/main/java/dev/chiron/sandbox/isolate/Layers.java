package dev.chiron.sandbox.isolate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Folders of the project laid under those of a workspace instead of copied into them (Linux, Documentation/filesystems/overlayfs.rst): a run
 * sees both as one, and what it writes lies in the workspace alone. They are mounted in a namespace of the run, and are gone with it.
 *
 * @param unshare where it is
 * @param isRoot whether the namespace needs no new user
 */
record Layers(Path unshare, boolean isRoot) {

    private static final String MOUNT = """
            while [ "$1" != -- ]; do
                mount -t overlay -o "lowerdir=$1,upperdir=$2,workdir=$3$CHIRON_LAYERS" chiron "$2" || exit 125
                shift 3
            done
            shift
            unset CHIRON_LAYERS
            exec "$@"
            """;
    private static final String OPTIONS = "CHIRON_LAYERS";
    /** What can be said in the options of a mount. */
    private static final Pattern SPEAKABLE = Pattern.compile("[^,:\\\\]*");

    /** All mounts of this process, one a line (Linux, proc(5)). */
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    private static final int PLACE = 4;
    private static final int PATIENCE_SECONDS = 10;

    /** The command after the layers of a room are mounted; itself if it has none. */
    List<String> under(Room room, List<String> command) {
        List<String> places = new ArrayList<>();
        for (int i = 0; i < room.layers().size(); i++) {
            Mount layer = room.layers().get(i);
            places.addAll(List.of(
                    layer.source().toString(),
                    layer.target().toString(),
                    work(room, i).toString()));
        }
        return places.isEmpty() ? command : mounted(places, command);
    }

    private List<String> mounted(List<String> places, List<String> command) {
        List<String> words = new ArrayList<>(List.of(unshare.toString(), "--mount", "--propagation", "private"));
        if (!isRoot) {
            words.addAll(List.of("--user", "--map-root-user"));
        }
        // without the right to set trusted attributes, overlays keep theirs among the user's
        words.addAll(List.of("/usr/bin/env", OPTIONS + "=" + (isRoot ? "" : ",userxattr")));
        words.addAll(List.of("/bin/sh", "-c", MOUNT, "chiron"));
        words.addAll(places);
        words.add("--");
        words.addAll(command);
        return words;
    }

    void prepare(Room room) throws IOException {
        for (int i = 0; i < room.layers().size(); i++) {
            Files.createDirectories(work(room, i));
        }
    }

    private static Path work(Room room, int number) {
        return room.scaffold().resolve("layer" + number);
    }

    /**
     * Whether one folder can be laid under another, so that a run sees and changes all of it as if it were a copy.
     *
     * @param upper an empty folder
     */
    boolean fit(Path lower, Path upper) {
        Path trial = upper.resolve(".chiron-trial");
        List<String> places = List.of(
                lower.toString(),
                trial.resolve("upper").toString(),
                trial.resolve("work").toString());
        if (!SPEAKABLE.matcher(String.join("", places)).matches()) {
            return false;
        }
        try {
            return !holdsMounts(lower) && Ownership.holdsForAll(lower) && mounts(places, trial);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What is mounted below a folder is empty when the folder is seen through an overlay. */
    private static boolean holdsMounts(Path folder) throws IOException {
        String below = folder.toString().replace(" ", "\\040") + "/";
        return Files.readAllLines(MOUNTS, StandardCharsets.UTF_8).stream()
                .anyMatch(line -> line.split(" ", PLACE + 2)[PLACE].startsWith(below));
    }

    private boolean mounts(List<String> places, Path trial) throws IOException, InterruptedException {
        Files.createDirectories(trial.resolve("upper"));
        Files.createDirectories(trial.resolve("work"));
        Process process = new ProcessBuilder(mounted(places, List.of("/bin/true")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        for (String made : List.of("work/work", "work", "upper", "")) {
            Files.deleteIfExists(trial.resolve(made));
        }
        return ended && process.exitValue() == 0;
    }
}
