package dev.chiron.sandbox.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.sandbox.slurm.Gathering.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GatheringTest {

    private static final Duration LONG = Duration.ofHours(1); // nobody waits that long in a test

    private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger around = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private List<Reply> handIn(List<JobFolder> together) {
        sizes.add(together.size());
        around.addAndGet(-together.size());
        List<Reply> replies = new ArrayList<>();
        together.forEach(folder ->
                replies.add(new Reply.Refused(new Complaint(folder.path().toString()), sizes.size())));
        return replies;
    }

    private static String bring(Gathering gathering, int number) throws InterruptedException {
        Reply reply = gathering.bring(new JobFolder(Path.of("order" + number)));
        return ((Reply.Refused) reply).complaint().text();
    }

    private void all(Gathering gathering, int count) throws Exception {
        List<Future<String>> replies = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            int own = number;
            replies.add(threads.submit(() -> bring(gathering, own)));
        }
        for (int number = 0; number < count; number++) {
            assertThat(replies.get(number).get()).isEqualTo("order" + number);
        }
    }

    @Test
    void asManyAsMayBeAreHandedInAtOnceAndEachHasItsOwnReply() throws Exception {
        around.set(24);
        all(new Gathering(10, LONG, around::get, this::handIn), 24);
        assertThat(sizes).containsExactly(10, 10, 4);
    }

    @Test
    void oneThatNobodyCanJoinDoesNotWait() throws Exception {
        around.set(1);
        assertThat(bring(new Gathering(10, LONG, around::get, this::handIn), 0)).isEqualTo("order0");
        around.set(5);
        assertThat(bring(new Gathering(1, LONG, around::get, this::handIn), 1)).isEqualTo("order1");
        assertThat(sizes).containsExactly(1, 1);
    }

    @Test
    void oneThatOthersCouldJoinAndDoNotWaitsForItsTimeOnly() throws Exception {
        around.set(5);
        assertThat(bring(new Gathering(10, Duration.ofMillis(1), around::get, this::handIn), 0))
                .isEqualTo("order0");
    }

    @Test
    void oneThatIsGivenUpIsNotHandedIn() throws Exception {
        around.set(3);
        CountDownLatch asked = new CountDownLatch(1);
        Gathering gathering = new Gathering(
                2,
                LONG,
                () -> {
                    asked.countDown();
                    return around.get();
                },
                this::handIn);
        Future<String> first = threads.submit(() -> bring(gathering, 0));
        asked.await();
        threads.shutdownNow();
        assertThatThrownBy(first::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        around.set(1);
        assertThat(bring(gathering, 1)).isEqualTo("order1");
        assertThat(sizes).containsExactly(1);
    }
}
