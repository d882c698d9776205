package dev.chiron.sandbox.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
                        """, "chiron"))
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
                                ""));
    }

    @Test
    void scontrol() {
        assertThat(Listing.SCONTROL.jobs(
                        "JobId=6 JobName=chiron-a-1 UserId=root(0) JobState=PENDING Reason=Nodes_required Requeue=1"
                                + " RunTime=00:00:05 TimeLimit=UNLIMITED ReqNodeList=(null) NodeList=(null) NumNodes=1\n"
                                + "No jobs in the system\n",
                        "chiron"))
                .containsExactly(new Seen("6", "chiron-a-1", "PENDING", "Nodes required", Duration.ofSeconds(5), ""));
    }

    /** Of several one has a record by itself as soon as it has begun. */
    @Test
    void tasksOfAnArrayOneByOne() {
        assertThat(Listing.SQUEUE.jobs("""
                        1_[5,7-8,10-14:2%3]|PENDING|0:00||chiron-array-a|Resources
                        1_4|RUNNING|0:02|n1|chiron-array-a|None
                        """, "chiron"))
                .extracting(Seen::id, Seen::name, Seen::state)
                .containsExactly(
                        tuple("1_5", "chiron-array-a_5", "PENDING"),
                        tuple("1_7", "chiron-array-a_7", "PENDING"),
                        tuple("1_8", "chiron-array-a_8", "PENDING"),
                        tuple("1_10", "chiron-array-a_10", "PENDING"),
                        tuple("1_12", "chiron-array-a_12", "PENDING"),
                        tuple("1_14", "chiron-array-a_14", "PENDING"),
                        tuple("1_4", "chiron-array-a_4", "RUNNING"));
        assertThat(Listing.SCONTROL.jobs(
                        "JobId=1 ArrayJobId=1 ArrayTaskId=0,2-3%2 JobName=chiron-array-a JobState=PENDING Reason=None\n"
                                + "JobId=6 ArrayJobId=1 ArrayTaskId=1 JobName=chiron-array-a JobState=RUNNING Reason=None\n",
                        "chiron"))
                .extracting(Seen::id, Seen::state)
                .containsExactly(
                        tuple("1_0", "PENDING"),
                        tuple("1_2", "PENDING"),
                        tuple("1_3", "PENDING"),
                        tuple("1_1", "RUNNING"));
        assertThat(Listing.SACCT.jobs("""
                        1_[0-1]|PENDING|00:00:00|None assigned|chiron-array-a
                        1_2|CANCELLED by 0|00:00:07|n1|chiron-array-a
                        """, "chiron"))
                .extracting(Seen::name, Seen::state)
                .containsExactly(
                        tuple("chiron-array-a_0", "PENDING"),
                        tuple("chiron-array-a_1", "PENDING"),
                        tuple("chiron-array-a_2", "CANCELLED"));
    }

    @Test
    void sacct() {
        assertThat(Listing.SACCT.jobs("""
                        29|CANCELLED by 0|00:00:07|n1|chiron-a-1
                        30|PENDING|00:00:00|None assigned|chiron-a-2
                        """, "chiron"))
                .containsExactly(
                        new Seen("29", "chiron-a-1", "CANCELLED", "by 0", Duration.ofSeconds(7), "n1"),
                        new Seen("30", "chiron-a-2", "PENDING", "", Duration.ZERO, ""));
        Commands.Said without = new Commands.Said(0, "", "Slurm accounting storage is disabled");
        assertThat(Listing.SACCT.answered(without)).isFalse();
        assertThat(Listing.SQUEUE.answered(new Commands.Said(0, "", ""))).isTrue();
    }
}
