package dev.chiron.sandbox.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Ends that cannot be had of a small cluster within a test. */
class VerdictTest {

    private static Verdict of(String state, String log) {
        return Verdict.of(new Seen("7", "chiron-a-1", state, "None", Duration.ofMinutes(3), "n1"), log);
    }

    private static Outcome.Failed failure(String state, String log) {
        return (Outcome.Failed) ((Verdict.Final) of(state, log)).outcome();
    }

    @Test
    void onlyWhatTheTrialDidIsItsFailure() {
        assertThat(failure("TIMEOUT", "").reason()).isEqualTo(Reason.TIMED_OUT);
        assertThat(failure("OUT_OF_MEMORY", "").reason()).isEqualTo(Reason.OUT_OF_MEMORY);
        assertThat(failure("FAILED", "slurmstepd: error: Detected 1 oom_kill event")
                        .reason())
                .isEqualTo(Reason.OUT_OF_MEMORY);
        for (String state : new String[] {
            "NODE_FAIL", "BOOT_FAIL", "CANCELLED", "DEADLINE", "COMPLETED", "FAILED", "REVOKED", Seen.UNKNOWN
        }) {
            assertThat(failure(state, "").reason()).as(state).isEqualTo(Reason.INFRASTRUCTURE);
        }
        assertThat(of("PREEMPTED", "")).isInstanceOf(Verdict.Again.class);
    }

    @Test
    void itSaysWhere() {
        assertThat(failure("NODE_FAIL", "").detail()).isEqualTo("the node n1 of job 7 failed");
        assertThat(failure("FAILED", "loading\nno module cuda/12\n\n").detail())
                .isEqualTo("job 7 failed on n1: no module cuda/12");
        assertThat(failure("FAILED", "java.io.IOException: no order\n\tat a.B.c(B.java:1)\n\t... 3 more\n")
                        .detail())
                .isEqualTo("job 7 failed on n1: java.io.IOException: no order");
        assertThat(failure("COMPLETED", "").detail()).contains("a file system that the nodes share");
    }
}
