package dev.chiron.agent.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.llm.KeyMask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a study gains, as server-sent events. {@code trials} holds the {@link Columns} of new trials; its id, {@code STUDY-COUNT}, says how
 * many the page has then, so that it goes on from there whenever it comes back, to this server or the next. {@code again} says that the
 * page has another study than lies there now. {@code state} says whether it runs.
 */
final class EventFeed {

    private static final long QUIET = 15_000; // milliseconds after which a line shows that the feed is alive
    private static final int SHORT = 12; // of a hash of 64

    private final Watch watch;
    private final WatchedStudy study;
    private final KeyMask mask;
    private final ObjectMapper json;

    EventFeed(Watch watch, WatchedStudy study, KeyMask mask, ObjectMapper json) {
        this.watch = watch;
        this.study = study;
        this.mask = mask;
        this.json = json;
    }

    /** The name of a study in ids: as long as it is the same one, whoever serves it. */
    static String shortName(Snapshot snapshot) {
        return snapshot.study().substring(0, Math.min(SHORT, snapshot.study().length()));
    }

    /**
     * Sends events until the page is gone or the server ends.
     *
     * @param last the id of the last event that the page has; empty if it has none
     * @throws IOException when the page is gone
     */
    void send(String last, OutputStream out) throws IOException, InterruptedException {
        String name = last.contains("-") ? last.substring(0, last.indexOf('-')) : "";
        String number = last.substring(last.indexOf('-') + 1);
        int count = number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0;
        String state = "";
        out.write("retry: 1000\n\n".getBytes(StandardCharsets.UTF_8));
        long known;
        do {
            known = watch.count();
            Snapshot now = study.now();
            if (!shortName(now).equals(name) || now.trials() < count) {
                name = shortName(now);
                count = now.trials();
                event("again", "", "{}", out);
            } else if (now.trials() > count) {
                event("trials", name + "-" + now.trials(), columns(now, count), out);
                count = now.trials();
            }
            String is = state(now);
            if (!is.equals(state)) {
                state = is;
                event("state", "", is, out);
            }
            out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
        } while (watch.await(known, QUIET));
    }

    private String state(Snapshot now) {
        ObjectNode object = json.createObjectNode();
        object.put("running", now.writer().isPresent());
        object.put("there", now.read().isPresent());
        object.put("problem", mask.mask(now.problem()));
        return object.toString();
    }

    private String columns(Snapshot now, int from) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = json.createGenerator(bytes)) {
            new Columns(now, from, mask).write(generator);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void event(String type, String id, String data, OutputStream out) throws IOException {
        String text = (id.isEmpty() ? "" : "id: " + id + "\n") + "event: " + type + "\ndata: " + data + "\n\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
