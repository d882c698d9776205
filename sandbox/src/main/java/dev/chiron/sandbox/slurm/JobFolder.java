package dev.chiron.sandbox.slurm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.sandbox.run.Clearing;
import dev.chiron.sandbox.run.Execution;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The files of one order, on a file system that its node sees. Whatever is lost, they say what is to be run ({@code order.json}), for whom
 * ({@code slot}), which job may run it ({@link Attempt}, and {@code id} once that is known), what it reports on the way ({@link CurveFile})
 * and what came of it ({@code end.json}, written last and whole). The job works in {@code work}.
 */
record JobFolder(Path path) {

    private static final String ORDER = "order.json";
    private static final String SLOT = "slot";
    private static final String ATTEMPT = "attempt";
    private static final String ID = "id";
    private static final String END = "end.json";

    /** Makes one for an order; it counts once the order is in it. */
    static JobFolder make(Path path, String order, Path slot) throws IOException {
        Files.createDirectories(path);
        JobFolder folder = new JobFolder(path);
        folder.put(ATTEMPT, Attempt.NONE.text() + "\n");
        folder.put(SLOT, slot + "\n");
        folder.put(ORDER, order);
        return folder;
    }

    /** The text of the order; empty if there is none, or its outcome was handed over. */
    Optional<String> order() {
        return text(ORDER);
    }

    /** The workspace for which it was ordered. */
    String slot() {
        return text(SLOT).map(String::strip).orElse("");
    }

    /** The job that may run it. */
    Attempt attempt() {
        return text(ATTEMPT).map(Attempt::read).orElse(Attempt.NONE);
    }

    /**
     * The name of its job, like that of no other.
     *
     * @param label the beginning of all names
     */
    String name(String label) {
        Attempt attempt = attempt();
        return label + "-" + attempt.task().orElseGet(() -> path.getFileName() + "-" + attempt.number());
    }

    /** Lets only that job run it; any other that still waits ends at once when it begins. */
    void admit(Attempt attempt) throws IOException {
        leave();
        Files.deleteIfExists(path.resolve(ID));
        put(ATTEMPT, attempt.text() + "\n");
    }

    /** The job's number in the cluster, if it is known. */
    Optional<String> id() {
        return text(ID).map(String::strip);
    }

    void put(String id) throws IOException {
        put(ID, id + "\n");
    }

    Path script() {
        return path.resolve("job.sh");
    }

    Path log() {
        return path.resolve("log");
    }

    Path work() {
        return path.resolve("work");
    }

    /** Writes the script. */
    void script(String text) throws IOException {
        put("job.sh", text);
    }

    /** The end of the job's own output, which says why it ended before its time. */
    String lastWords() {
        return text("log")
                .map(log -> log.substring(Math.max(0, log.length() - 4000)))
                .orElse("");
    }

    /** Says what came of it; on the node. */
    void end(Execution execution) throws IOException {
        ObjectNode object = ExecutionJson.write(execution);
        put(END, new ObjectMapper().writeValueAsString(object));
    }

    /**
     * What came of it, once the job has said so.
     *
     * @throws IOException if it is there and cannot be read
     */
    Optional<Execution> end() throws IOException {
        Optional<String> text = text(END);
        try {
            return text.isPresent()
                    ? Optional.of(ExecutionJson.read(new ObjectMapper().readTree(text.get())))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IOException(path.resolve(END) + ": " + e.getMessage(), e);
        }
    }

    /** Nobody may run it any more, and nobody takes it for an order; a job that does is perhaps still ending. */
    void retire() {
        try {
            Files.deleteIfExists(path.resolve(ORDER));
            put(ATTEMPT, attempt().over().text() + "\n");
        } catch (IOException lost) {
            return; // then it runs to its end, for nobody
        }
    }

    /** The same, and all of it goes; what a job may still be writing to goes with a later session. */
    void close() {
        retire();
        try {
            leave();
            Clearing.remove(path);
        } catch (IOException busy) {
            return;
        }
    }

    /** Its array needs no link to it any more, if there is one. */
    private void leave() throws IOException {
        Optional<String> task = attempt().task();
        if (task.isPresent()) {
            ArrayFolder.leave(path.resolveSibling(""), task.get());
        }
    }

    private Optional<String> text(String name) {
        try {
            return Optional.of(Files.readString(path.resolve(name)));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** Streams, no channels: an interrupt, by which a run is given up, must not cut it off. */
    private void put(String name, String text) throws IOException {
        Path fresh = path.resolve("." + name + ".new");
        try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.getFD().sync(); // on a file system over the network it must be there before the name is
        }
        Files.move(fresh, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
