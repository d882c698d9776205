package dev.chiron.agent.session;

import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.view.StudyView;
import dev.chiron.optimizers.study.History;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** Watches a study that another process runs, by its journal, and says when it is free. */
final class Follower {

    private static final long BETWEEN = 500; // milliseconds

    private final Path folder;
    private final String shown;
    private final Feed feed;
    private final Runnable whenFree;
    private final Thread thread = new Thread(this::follow, "chiron-follower");
    private int seen = -1; // trials that were shown; all that was there before the first look is not

    Follower(Path folder, String shown, Feed feed, Runnable whenFree) {
        this.folder = folder;
        this.shown = shown;
        this.feed = feed;
        this.whenFree = whenFree;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
    }

    private void follow() {
        long size = -1;
        try {
            while (true) {
                Optional<String> writer = StudyFolder.writer(folder);
                long now = folder.resolve("journal.jsonl").toFile().length();
                if (now != size) {
                    size = now;
                    show();
                }
                if (writer.isEmpty()) {
                    whenFree.run();
                    return;
                }
                Thread.sleep(BETWEEN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the session ends
        }
    }

    private void show() {
        try {
            StudyView view = StudyView.read(folder, shown);
            int count = view.entries().size();
            int from = seen < 0 ? count : seen;
            History upTo = view.history().first(from);
            for (int k = from; k < count; k++) {
                Entry entry = view.entries().get(k);
                upTo.add(entry.trial());
                feed.trial(entry, upTo);
            }
            seen = count;
        } catch (RuntimeException e) {
            if (!(e instanceof UncheckedIOException) && seen >= 0) {
                throw e; // before the first line is whole there is nothing to read
            }
        }
    }
}
