package dev.chiron.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.Taken;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ControlTest {

    private static final Steering NOTE = new Steering.Note("Small steps.");

    private final Control control = new Control();

    @Test
    void aStepIsSoManyTrialsWithoutTheOneThatRuns() {
        control.pause();
        assertThat(control.isIdle()).isTrue();
        control.step(2);
        assertThat(control.isIdle()).isFalse();
        control.begin();
        assertThat(control.isPaused()).isFalse();
        control.begin();
        assertThat(control.isPaused()).isTrue();
        assertThat(control.isIdle()).isTrue();
        assertThatThrownBy(() -> control.step(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void resumingHasNoEnd() {
        control.step(1);
        control.resume();
        for (int trial = 0; trial < 1000; trial++) {
            control.begin();
        }
        assertThat(control.isPaused()).isFalse();
    }

    @Test
    void whatIsSteeredIsTakenUpInOrderEvenWhilePaused() {
        control.pause();
        CompletableFuture<Taken> answer = control.steer(NOTE);
        var second = control.steer(new Steering.Forget());
        assertThat(control.isIdle()).isFalse();
        assertThat(control.queued()).containsExactly(NOTE, new Steering.Forget());
        assertThat(control.next().get(0).steering()).isEqualTo(NOTE);
        assertThat(control.next().get(0).steering()).isEqualTo(new Steering.Forget());
        assertThat(control.next()).isEmpty();
        assertThat(control.isIdle()).isTrue();
        assertThat(answer).isNotDone();
        assertThat(second).isNotDone();
    }

    @Test
    void stoppingComesBeforeAPauseAndIsNewsOnce() {
        control.pause();
        assertThat(control.stop()).isTrue();
        assertThat(control.stop()).isFalse();
        assertThat(control.isIdle()).isFalse();
    }

    @Test
    void aStudyThatStaysIsPausedWhenItIsDoneUnlessItStops() {
        assertThat(control.waitsWhenDone()).isFalse();
        Control stays = Control.staying();
        assertThat(stays.waitsWhenDone()).isTrue();
        assertThat(stays.isPaused()).isTrue();
        stays.resume();
        stays.stop();
        assertThat(stays.waitsWhenDone()).isFalse();
        assertThat(stays.isPaused()).isFalse();
    }

    @Test
    void afterTheEndNothingIsTakenUp() {
        CompletableFuture<Taken> before = control.steer(NOTE);
        control.close();
        CompletableFuture<Taken> after = control.steer(NOTE);
        assertThatThrownBy(before::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(BadInput.class)
                .hasMessageContaining("has ended");
        assertThatThrownBy(after::join).hasMessageContaining("open it again");
        assertThat(control.queued()).isEmpty();
    }
}
