package dev.chiron.agent.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.llm.KeyMask;
import dev.chiron.agent.spec.FrozenSpec;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Tail;
import dev.chiron.agent.store.UnusableStudy;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * One study that is looked at again and again, by one thread, and told of to many. It is never locked and never written to; of a journal
 * that grows only what is new is read.
 */
final class WatchedStudy {

    private static final int LONG = 2_000; // trials

    private final Path folder;
    private final String name;
    private final Tail tail;
    private final List<Best> bests = new ArrayList<>();
    private Optional<History> history = Optional.empty(); // of the trials below
    private final Worked worked = new Worked();
    private final CountDownLatch looked = new CountDownLatch(1);
    private volatile Snapshot now;
    private volatile Optional<Packed> packed = Optional.empty();

    /**
     * The columns of a long study's first trials, ready to be sent: writing 100,000 takes a second, and they do not change.
     *
     * @param study whose they are
     * @param trials how many
     */
    @SuppressWarnings("ArrayRecordComponent") // sent, never compared
    record Packed(String study, int trials, byte[] columns) {}

    WatchedStudy(Path folder, String name) {
        this.folder = folder;
        this.name = name;
        this.tail = new Tail(folder);
        this.now = new Snapshot(folder, name, "", Optional.empty(), List.of(), Optional.empty(), "");
    }

    /** As it was at the last look; from any thread. Waits for the first one. */
    Snapshot now() throws InterruptedException {
        looked.await();
        return now;
    }

    /** What was worked out of it. */
    Worked worked() {
        return worked;
    }

    /** What is ready to be sent of it. */
    Optional<Packed> packed() {
        return packed.filter(ready -> ready.study().equals(now.study()));
    }

    /** Looks again, and says whether anything is new. In one thread. */
    boolean look() {
        try {
            return lookAgain();
        } finally {
            looked.countDown();
        }
    }

    /** Makes ready what can be, after a look. In the same thread. */
    void pack(ObjectMapper json, KeyMask mask) throws IOException {
        int trials = now.trials();
        if (trials >= LONG && trials > 1.1 * packed().map(Packed::trials).orElse(0)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(trials * 160);
            try (JsonGenerator generator = json.createGenerator(bytes)) {
                new Columns(now, 0, mask).write(generator);
            }
            packed = Optional.of(new Packed(now.study(), trials, bytes.toByteArray()));
        }
    }

    private boolean lookAgain() {
        Optional<Snapshot> next = next(now, StudyFolder.seenWriter(folder));
        next.ifPresent(snapshot -> now = snapshot);
        return next.isPresent();
    }

    private Optional<Snapshot> next(Snapshot before, Optional<String> writer) {
        try {
            Optional<Tail.Look> look = tail.look();
            if (look.isPresent()) {
                return Optional.of(read(look.get(), writer));
            }
            return writer.equals(before.writer())
                    ? Optional.empty()
                    : Optional.of(new Snapshot(
                            folder, name, before.study(), before.read(), before.bests(), writer, before.problem()));
        } catch (UnusableStudy | BadInput | UncheckedIOException e) {
            String problem = String.valueOf(e.getMessage());
            return problem.equals(before.problem())
                    ? Optional.empty()
                    : Optional.of(new Snapshot(folder, name, "", Optional.empty(), List.of(), writer, problem));
        }
    }

    private Snapshot read(Tail.Look look, Optional<String> writer) {
        if (look.recording().isEmpty()) {
            history = Optional.empty();
            return new Snapshot(folder, name, "", Optional.empty(), List.of(), writer, "");
        }
        Recording recording = look.recording().get().inOrder();
        boolean isSame = look.study().equals(now.study());
        Spec spec = isSame ? now.known().spec() : FrozenSpec.read(folder.resolve("study.yaml"));
        if (!isSame || history.isEmpty()) {
            history = Optional.of(new History(
                    spec.objective(), spec.evidence(), recording.imported().earlier()));
            bests.clear();
        }
        History all = history.get();
        for (Entry entry : recording
                .entries()
                .subList(all.trials().size(), recording.entries().size())) {
            all.add(entry.trial());
            best(all);
        }
        return new Snapshot(
                folder, name, look.study(), Optional.of(new Snapshot.Read(spec, recording)), bests, writer, "");
    }

    private void best(History all) {
        Optional<Trial> incumbent = all.incumbent();
        if (incumbent.isPresent()) {
            Trial trial = incumbent.get();
            Best best = new Best(
                    all.trials().size() - 1, trial.number(), all.value(trial).orElseThrow(), all.measured(trial));
            Optional<Best> last = bests.isEmpty() ? Optional.empty() : Optional.of(bests.get(bests.size() - 1));
            if (last.filter(one -> one.trial() == best.trial() && one.runs() == best.runs())
                    .isEmpty()) {
                bests.add(best);
            }
        }
    }
}
