package dev.chiron.sandbox.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A Slurm of one node and its controller, of this test's own: in a folder, on free ports of the loopback interface, as whoever runs the test,
 * without systemd or munge, and without accounting unless it is asked for. Its node claims more processors than there are.
 */
final class OwnCluster {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int ROUNDS = 1500;

    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Daemons daemons;
    private Process controller;
    private final Process node;
    private final Thread atExit = new Thread(this::killAll, "own-cluster");

    private OwnCluster(Path folder, boolean accounted, String... more) throws IOException, InterruptedException {
        this.folder = folder;
        environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("SLURM_CONF", folder.resolve("slurm.conf").toString());
        environment.put("HOME", System.getProperty("user.home"));
        environment.put("USER", System.getProperty("user.name"));
        this.daemons = new Daemons(folder.resolve("log"), environment);
        Runtime.getRuntime().addShutdownHook(atExit);
        for (String name : List.of("state", "spool", "log")) {
            Files.createDirectories(folder.resolve(name));
        }
        int port = freePort();
        List<String> lines = new ArrayList<>(List.of(more));
        lines.add(accounted ? OwnAccounting.settings(port) : "AccountingStorageType=accounting_storage/none");
        Files.writeString(folder.resolve("slurm.conf"), configuration(folder) + String.join("\n", lines) + "\n");
        if (accounted) {
            OwnAccounting.start(folder, port, daemons, this);
        }
        this.controller = daemons.start("slurmctld", "-D", "-c");
        this.node = daemons.start("slurmd", "-D", "-N", "n1");
        awaitNode();
    }

    /** @param more lines of its configuration */
    static OwnCluster start(Path folder, String... more) throws IOException, InterruptedException {
        return new OwnCluster(folder, false, more);
    }

    /** One that also writes into a database what becomes of its jobs. */
    static OwnCluster startAccounted(Path folder) throws IOException, InterruptedException {
        return new OwnCluster(folder, true);
    }

    private static String configuration(Path folder) throws IOException {
        String host = InetAddress.getLocalHost().getHostName().split("\\.", 2)[0];
        String user = System.getProperty("user.name");
        return String.join(
                "\n",
                "ClusterName=chiron",
                "SlurmctldHost=" + host + "(127.0.0.1)",
                "SlurmctldPort=" + freePort(),
                "SlurmdPort=" + freePort(),
                "CommunicationParameters=NoCtldInAddrAny,NoInAddrAny",
                "SlurmUser=" + user,
                "SlurmdUser=" + user,
                "AuthType=auth/none",
                "CredType=cred/none",
                "StateSaveLocation=" + folder.resolve("state"),
                "SlurmdSpoolDir=" + folder.resolve("spool"),
                "SlurmctldPidFile=" + folder.resolve("slurmctld.pid"),
                "SlurmdPidFile=" + folder.resolve("slurmd.pid"),
                "SlurmctldLogFile=" + folder.resolve("log/slurmctld.log"),
                "SlurmdLogFile=" + folder.resolve("log/slurmd.log"),
                "SlurmdParameters=config_overrides",
                "ProctrackType=proctrack/linuxproc",
                "TaskPlugin=task/none",
                "JobAcctGatherType=jobacct_gather/linux",
                "JobAcctGatherFrequency=1",
                "JobAcctGatherParams=OverMemoryKill",
                "SelectType=select/cons_tres",
                "SelectTypeParameters=CR_CPU_Memory",
                "SchedulerType=sched/backfill",
                "SchedulerParameters=batch_sched_delay=0,sched_min_interval=100000,bf_interval=1",
                "PreemptType=preempt/partition_prio",
                "PreemptMode=CANCEL",
                "SwitchType=switch/none",
                "MpiDefault=none",
                "ReturnToService=2",
                "MinJobAge=300",
                "KillWait=1",
                "MessageTimeout=2",
                "PropagateResourceLimits=NONE",
                "NodeName=n1 NodeHostname=" + host + " NodeAddr=127.0.0.1 CPUs=16 RealMemory=200000 State=UNKNOWN",
                "PartitionName=main Nodes=n1 Default=YES MaxTime=INFINITE DefMemPerCPU=1000 PriorityTier=5 State=UP",
                "PartitionName=low Nodes=n1 MaxTime=INFINITE DefMemPerCPU=1000 PriorityTier=1 State=UP",
                "PartitionName=short Nodes=n1 MaxTime=1 DefMemPerCPU=1000 PriorityTier=5 State=UP",
                "PartitionName=shut Nodes=n1 MaxTime=INFINITE DefMemPerCPU=1000 PriorityTier=5 State=DOWN",
                "");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitNode() throws IOException, InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            if (said("sinfo", "--noheader", "--format=%T", "--partition=main")
                    .strip()
                    .matches("idle|mixed|allocated")) {
                return;
            }
            LockSupport.parkNanos(PAUSE); // until another process is ready, which says nothing by itself
        }
        throw new AssertionError("no Slurm: " + Files.readString(folder.resolve("log/slurmctld.log")));
    }

    /** The variables with which Slurm's programs find it. */
    Map<String, String> environment() {
        return new LinkedHashMap<>(environment);
    }

    /** What a program of Slurm says, complaints included. */
    String said(String... words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    /** The states of a plant's jobs, the newest last. */
    List<String> states(Plant plant) throws IOException, InterruptedException {
        return jobs(plant).stream().map(job -> job.split("\\|")[1]).toList();
    }

    /** The numbers of a plant's jobs, the newest last. */
    List<String> ids(Plant plant) throws IOException, InterruptedException {
        return jobs(plant).stream().map(job -> job.split("\\|")[0]).toList();
    }

    private List<String> jobs(Plant plant) throws IOException, InterruptedException {
        return said("squeue", "--noheader", "--states=all", "--sort=i", "--format=%i|%T|%j")
                .lines()
                .filter(line -> line.contains(plant.label()))
                .toList();
    }

    /** Waits until the newest of a plant's jobs is in one of the states. */
    void await(Plant plant, String... wanted) throws IOException, InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            List<String> states = states(plant);
            if (!states.isEmpty() && List.of(wanted).contains(states.get(states.size() - 1))) {
                return;
            }
            LockSupport.parkNanos(PAUSE);
        }
        throw new AssertionError("not " + List.of(wanted) + " but " + states(plant));
    }

    /**
     * Has a job that was requeued begin soon, and not two minutes after it has left its node, until which no other time is kept. It must
     * not begin in the very second in which it left: the node knows seconds only and takes it for the run that was ended.
     */
    void hurry(String job) throws IOException, InterruptedException {
        long left = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            String shown = said("scontrol", "show", "job", job, "--oneliner");
            if (shown.contains(" JobState=RUNNING ") && shown.contains(" Restarts=1 ")) {
                return;
            }
            long second = Instant.now().getEpochSecond();
            if (shown.contains(" JobState=PENDING ")) {
                left = Math.min(left, second);
            }
            if (second > left) {
                said("scontrol", "update", "JobId=" + job, "StartTime=now");
            }
            LockSupport.parkNanos(PAUSE);
        }
        throw new AssertionError("not begun anew: " + said("scontrol", "show", "job", job)
                + Files.readString(folder.resolve("log/slurmd.log")));
    }

    /** Waits until nothing of any job is left on the node, whatever the controller believes, and for the next second. */
    void awaitIdleNode() {
        while (left().stream()
                .anyMatch(process -> process.info().command().orElse("").endsWith("/slurmstepd"))) {
            LockSupport.parkNanos(PAUSE);
        }
        long second = Instant.now().getEpochSecond();
        while (Instant.now().getEpochSecond() == second) {
            LockSupport.parkNanos(PAUSE);
        }
    }

    void killController() throws InterruptedException {
        controller.destroyForcibly().waitFor();
    }

    void startController() throws IOException, InterruptedException {
        controller = daemons.start("slurmctld", "-D");
        awaitNode();
    }

    /** Ends all jobs, then both daemons; nothing that they have started is left. */
    public void close() throws IOException, InterruptedException {
        if (controller.isAlive()) {
            said("scancel", "--user=" + environment.get("USER"));
            for (int round = 0; round < ROUNDS && !said("squeue", "--noheader").isBlank(); round++) {
                LockSupport.parkNanos(PAUSE);
            }
        }
        node.destroy();
        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
        controller.destroy();
        assertThat(controller.waitFor(60, TimeUnit.SECONDS)).isTrue();
        killAll();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    /** Whatever ends the tests, no process of theirs is left. */
    private void killAll() {
        for (List<ProcessHandle> left = left(); !left.isEmpty(); left = left()) {
            left.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Living processes that know of this cluster, as all have that it started. */
    private List<ProcessHandle> left() {
        List<ProcessHandle> left = new ArrayList<>();
        String wanted = folder.resolve("slurm.conf").toString();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                        .filter(handle -> handle.isAlive() && knows(process, wanted))
                        .ifPresent(left::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return left;
    }

    private static boolean knows(Path process, String wanted) {
        try {
            return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1)
                    .contains(wanted);
        } catch (IOException gone) {
            return false;
        }
    }
}
