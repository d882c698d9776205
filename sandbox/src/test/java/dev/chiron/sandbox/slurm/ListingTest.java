package dev.chiron.sandbox.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What Slurm 22.05 prints. */
class ListingTest {

    @Test
    void squeue() {
        assertThat(Listing.SQUEUE.jobs("""
                        7|RUNNING|1-02:03:04|n1|chiron-a-1|None
                        8|PENDING|0:00||chiron-a-2|Nodes required for job are DOWN, DRAINED or reserved
                        9|FAILED|0:01|n1|other|NonZeroExitCode
                        """))
                .containsExactly(
                        new Seen(
                                "7",
                                "chiron-a-1",
                                "RUNNING",
                                "None",
                                Duration.ofDays(1).plusHours(2).plusMinutes(3).plusSeconds(4),
                                "n1"),
                        new Seen(
                                "8",
                                "chiron-a-2",
                                "PENDING",
                                "Nodes required for job are DOWN, DRAINED or reserved",
                                Duration.ZERO,
                                ""),
                        new Seen("9", "other", "FAILED", "NonZeroExitCode", Duration.ofSeconds(1), "n1"));
    }

    @Test
    void scontrol() {
        assertThat(Listing.SCONTROL.jobs(
                        "JobId=6 JobName=chiron-a-1 UserId=root(0) JobState=PENDING Reason=Nodes_required Requeue=1"
                                + " RunTime=00:00:05 TimeLimit=UNLIMITED ReqNodeList=(null) NodeList=(null) NumNodes=1\n"
                                + "No jobs in the system\n"))
                .containsExactly(new Seen("6", "chiron-a-1", "PENDING", "Nodes required", Duration.ofSeconds(5), ""));
    }

    @Test
    void sacct() {
        assertThat(Listing.SACCT.jobs("""
                        29|CANCELLED by 0|00:00:07|n1|chiron-a-1
                        30|PENDING|00:00:00|None assigned|chiron-a-2
                        """))
                .containsExactly(
                        new Seen("29", "chiron-a-1", "CANCELLED", "by 0", Duration.ofSeconds(7), "n1"),
                        new Seen("30", "chiron-a-2", "PENDING", "", Duration.ZERO, ""));
        Commands.Said without = new Commands.Said(0, "", "Slurm accounting storage is disabled");
        assertThat(Listing.SACCT.answered(without)).isFalse();
        assertThat(Listing.SQUEUE.answered(new Commands.Said(0, "", ""))).isTrue();
    }
}
