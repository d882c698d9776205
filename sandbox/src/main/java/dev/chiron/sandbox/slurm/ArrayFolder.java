package dev.chiron.sandbox.slurm;

import dev.chiron.sandbox.run.Clearing;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The files of an array of jobs: a link to the order's folder for each task, called as Slurm numbers it. Slurm knows one pattern for what all
 * tasks print, and by these links each prints into its own order's folder. It goes with the last of its orders.
 */
record ArrayFolder(Path path) {

    private static final String PREFIX = "array-";

    /**
     * Makes one.
     *
     * @param number like that of no other in the folder
     * @param orders of its tasks, the first of which is task 0
     */
    static ArrayFolder make(Path jobs, int number, List<JobFolder> orders) throws IOException {
        ArrayFolder array = new ArrayFolder(
                Files.createDirectories(jobs.resolve(PREFIX + HexFormat.of().toHexDigits(number))));
        for (int task = 0; task < orders.size(); task++) {
            Files.createSymbolicLink(
                    array.path.resolve(String.valueOf(task)), orders.get(task).path());
        }
        return array;
    }

    /** Whether a folder is one of these. */
    static boolean is(Path folder) {
        return String.valueOf(folder.getFileName()).startsWith(PREFIX)
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    /** Takes a task's link away, and the folder when it was the last. */
    static void leave(Path jobs, String task) throws IOException {
        int end = task.lastIndexOf('_');
        ArrayFolder array = new ArrayFolder(jobs.resolve(task.substring(0, end)));
        Files.deleteIfExists(array.path.resolve(task.substring(end + 1)));
        array.clear();
    }

    /** Takes the links away that lead nowhere, and the folder if none is left. */
    void sweep() throws IOException {
        for (Path link : links()) {
            if (!Files.exists(link)) {
                Files.deleteIfExists(link);
            }
        }
        clear();
    }

    private void clear() throws IOException {
        try {
            if (links().isEmpty()) {
                Clearing.remove(path);
            }
        } catch (NoSuchFileException gone) {
            return; // with another of its orders, at the same moment
        }
    }

    private List<Path> links() throws IOException {
        List<Path> links = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, Files::isSymbolicLink)) {
            entries.forEach(links::add);
        }
        return links;
    }

    /** What its jobs are called behind the label. */
    String name() {
        return String.valueOf(path.getFileName());
    }

    /** What one of its tasks is called behind the label. */
    String task(int number) {
        return name() + "_" + number;
    }

    Path script() {
        return path.resolve("job.sh");
    }
}
