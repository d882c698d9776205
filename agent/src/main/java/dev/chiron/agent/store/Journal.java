package dev.chiron.agent.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * An append-only file of JSON objects, one a line. Each line carries the SHA-256 of the line before it and, at its end, the
 * beginning of its own, so that a changed or missing line is noticed, the last one too. A line counts once its line feed is on disk: what a killed process left of an unfinished
 * line is cut off when the journal is opened.
 */
final class Journal implements Closeable {

    static final String BEFORE_FIRST = "0".repeat(64);

    private static final int SUM = 16; // hexadecimal digits
    private static final int SUM_FIELD = ",\"sum\":\"\"}".length() + SUM;

    private final ObjectMapper json = new ObjectMapper();
    private final RandomAccessFile file;
    private String last;

    /** A line as read: its object, and the hash by which the next line names it. */
    record Line(JsonNode object, String hash) {}

    /**
     * What was read of a file.
     *
     * @param lines how many were finished
     * @param bytes that these take
     * @param last the hash of the last of them, or of the line before the first
     */
    record Content(int lines, long bytes, String last) {}

    private Journal(RandomAccessFile file, String last) {
        this.file = file;
        this.last = last;
    }

    /**
     * Opens a journal for writing, after checking the chain and cutting off an unfinished last line.
     *
     * @param each is given each line that is there, in order; all at once they may be more than the memory holds
     * @throws UnusableStudy if a line was changed, removed or is no JSON, naming the line
     */
    static Journal open(Path path, Consumer<Line> each) throws IOException {
        Content content = content(path, each);
        // no channel: an interrupt, by which a trial is given up, would close it
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        file.setLength(content.bytes());
        file.seek(content.bytes());
        return new Journal(file, content.last());
    }

    /**
     * The finished lines of a journal, checked; none if there is no such file.
     *
     * @throws UnusableStudy if a line was changed, removed or is no JSON, naming the line
     */
    static List<Line> read(Path path) throws IOException {
        List<Line> lines = new ArrayList<>();
        read(path, lines::add);
        return lines;
    }

    /** The same, line by line. */
    static void read(Path path, Consumer<Line> each) throws IOException {
        content(path, each);
    }

    private static Content content(Path path, Consumer<Line> each) throws IOException {
        byte[] bytes = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
        return content(path, bytes, 0, BEFORE_FIRST, each);
    }

    /**
     * What a journal that another process writes has gained since it was last read; an unfinished line is left for the next time.
     *
     * @param from how many of its bytes are known
     * @param known how many lines they are
     * @param before the hash of the last of them
     * @param each is given each line that was gained
     * @throws UnusableStudy if a line was changed, removed or is no JSON, naming the line
     */
    static Content gained(Path path, long from, int known, String before, Consumer<Line> each) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long more = file.length() - from;
            if (more < 0 || more > Integer.MAX_VALUE) {
                throw new UnusableStudy(path + " was cut off, or is too large");
            }
            byte[] bytes = new byte[(int) more];
            file.seek(from);
            file.readFully(bytes);
            return content(path, bytes, known, before, each);
        }
    }

    private static Content content(Path path, byte[] bytes, int known, String last, Consumer<Line> each) {
        int lines = 0;
        ObjectMapper json = new ObjectMapper();
        String before = last;
        int start = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] != '\n') {
                continue;
            }
            int number = known + lines + 1;
            Line line = parse(json, path, number, bytes, start, end);
            if (!line.object().path("prev").asText().equals(before)) {
                throw damaged(path, number, "it does not follow the line before it");
            }
            each.accept(line);
            lines++;
            before = line.hash();
            start = end + 1;
        }
        return new Content(lines, start, before);
    }

    private static Line parse(ObjectMapper json, Path path, int number, byte[] bytes, int start, int end) {
        try {
            JsonNode object = json.readTree(bytes, start, end - start);
            if (!object.isObject()) {
                throw damaged(path, number, "it is no JSON object");
            }
            String sum = object.path("sum").asText();
            if (!sum.equals(sum(bytes, start, end)) && !sum.equals(escaped(bytes, start, end))) {
                throw damaged(path, number, "it is not as it was written");
            }
            return new Line(object, hash(bytes, start, end - start));
        } catch (JsonProcessingException e) {
            throw damaged(path, number, "it is no JSON");
        } catch (IOException e) {
            throw new UnusableStudy(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The check of a line, over all of it but the field that holds it. */
    private static String sum(byte[] bytes, int start, int end) {
        return hash(bytes, start, Math.max(0, end - start - SUM_FIELD)).substring(0, SUM);
    }

    /** The same as it was made when characters beyond the basic plane were summed up escaped and written as they are. */
    private static String escaped(byte[] bytes, int start, int end) {
        String text = new String(bytes, start, Math.max(0, end - start - SUM_FIELD), StandardCharsets.UTF_8);
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(unit -> escaped.append(
                        Character.isSurrogate((char) unit)
                                ? String.format(Locale.ROOT, "\\u%04X", unit)
                                : Character.toString(unit)));
        byte[] summed = escaped.toString().getBytes(StandardCharsets.UTF_8);
        return hash(summed, 0, summed.length).substring(0, SUM);
    }

    private static UnusableStudy damaged(Path path, int number, String why) {
        return new UnusableStudy(path + ":" + number + ": the journal was damaged in this line: " + why
                + ". Restore the file, or start over with --fresh (the old study is kept aside).");
    }

    /** The hash of the last line. */
    String last() {
        return last;
    }

    /** Appends an object, with the hash of the line before it, and forces it to disk. */
    void append(ObjectNode object) throws IOException {
        ObjectNode chained = json.createObjectNode();
        chained.put("prev", last);
        chained.setAll(object);
        String body = json.writeValueAsString(chained);
        byte[] start =
                body.substring(0, body.length() - 1).getBytes(StandardCharsets.UTF_8); // without the closing brace
        String end = ",\"sum\":\"" + hash(start, 0, start.length).substring(0, SUM) + "\"}\n";
        byte[] line = Arrays.copyOf(start, start.length + end.length());
        System.arraycopy(end.getBytes(StandardCharsets.UTF_8), 0, line, start.length, end.length());
        file.write(line);
        file.getFD().sync();
        last = hash(line, 0, line.length - 1);
    }

    private static String hash(byte[] bytes, int start, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, start, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
