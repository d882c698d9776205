package dev.chiron.agent.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A Slurm of one node, of this test's own, as whoever runs it; all that it started ends with it. */
final class OneNode implements AutoCloseable {

    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Thread atExit = new Thread(this::killAll, "one-node");

    /** Linux ends what it starts when its thread ends, which is when this JVM does. */
    private final ExecutorService starter = Executors.newFixedThreadPool(1, task -> {
        Thread immortal = new Thread(task, "one-node-starter");
        immortal.setDaemon(true);
        return immortal;
    });

    OneNode(Path folder) throws Exception {
        this.folder = folder;
        environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("SLURM_CONF", folder.resolve("slurm.conf").toString());
        Files.createDirectories(folder.resolve("state"));
        Files.createDirectories(folder.resolve("spool"));
        String host = InetAddress.getLocalHost().getHostName().split("\\.", 2)[0];
        String user = System.getProperty("user.name");
        Files.writeString(
                folder.resolve("slurm.conf"),
                String.join(
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
                        "SlurmdParameters=config_overrides",
                        "ProctrackType=proctrack/linuxproc",
                        "TaskPlugin=task/none",
                        "JobAcctGatherType=jobacct_gather/none",
                        "AccountingStorageType=accounting_storage/none",
                        "SelectType=select/cons_tres",
                        "SelectTypeParameters=CR_CPU_Memory",
                        "SchedulerParameters=batch_sched_delay=0,sched_min_interval=100000,bf_interval=1",
                        "SwitchType=switch/none",
                        "MpiDefault=none",
                        "ReturnToService=2",
                        "KillWait=1",
                        "PropagateResourceLimits=NONE",
                        "NodeName=n1 NodeHostname=" + host + " NodeAddr=127.0.0.1 CPUs=8 RealMemory=100000",
                        "PartitionName=main Nodes=n1 Default=YES MaxTime=INFINITE DefMemPerCPU=1000 State=UP",
                        ""));
        Runtime.getRuntime().addShutdownHook(atExit);
        daemon("slurmctld", "-D", "-c");
        daemon("slurmd", "-D", "-N", "n1");
        while (!said("sinfo", "--noheader", "--format=%T").strip().equals("idle")) {
            LockSupport.parkNanos(20_000_000); // until another process is ready, which says nothing by itself
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void daemon(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(words[0] + ".out").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        starter.submit(builder::start).get();
    }

    Map<String, String> environment() {
        return new LinkedHashMap<>(environment);
    }

    String said(String... words) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Override
    public void close() {
        killAll();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void killAll() {
        for (List<ProcessHandle> left = left(); !left.isEmpty(); left = left()) {
            left.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private List<ProcessHandle> left() {
        String wanted = folder.resolve("slurm.conf").toString();
        List<ProcessHandle> left = new ArrayList<>();
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
