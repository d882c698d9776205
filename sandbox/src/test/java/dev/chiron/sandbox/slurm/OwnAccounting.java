package dev.chiron.sandbox.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The accounting of an {@link OwnCluster}: a slurmdbd, and a MariaDB that is spoken to by a socket in the cluster's folder only. */
final class OwnAccounting {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int ROUNDS = 1500;

    private OwnAccounting() {}

    /** What the cluster must be told of it. */
    static String settings(int port) {
        return String.join(
                "\n",
                "AccountingStorageType=accounting_storage/slurmdbd",
                "AccountingStorageHost=127.0.0.1",
                "AccountingStoragePort=" + port);
    }

    /** Starts it for a cluster whose own daemons have not begun. */
    static void start(Path folder, int port, Daemons daemons, OwnCluster cluster)
            throws IOException, InterruptedException {
        Path socket = folder.resolve("sql");
        database(folder, socket, daemons, cluster);
        Path settings = folder.resolve("slurmdbd.conf");
        Files.writeString(settings, configuration(folder, port));
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-------"));
        daemons.start("env", "MYSQL_UNIX_PORT=" + socket, "slurmdbd", "-D");
        for (int round = 0; round < ROUNDS; round++) {
            String said = cluster.said("sacctmgr", "--immediate", "add", "cluster", "chiron");
            if (said.contains("Adding Cluster") || said.contains("already exists")) {
                return;
            }
            LockSupport.parkNanos(PAUSE); // until another process is ready, which says nothing by itself
        }
        throw new AssertionError("no slurmdbd: " + Files.readString(folder.resolve("log/slurmdbd.log")));
    }

    private static void database(Path folder, Path socket, Daemons daemons, OwnCluster cluster)
            throws IOException, InterruptedException {
        String data = "--datadir=" + folder.resolve("data");
        String user = "--user=" + System.getProperty("user.name");
        String installed = cluster.said(
                "mariadb-install-db",
                "--no-defaults",
                data,
                user,
                "--auth-root-authentication-method=socket",
                "--skip-test-db");
        assertThat(installed).contains("OK");
        daemons.start("mariadbd", "--no-defaults", data, user, "--socket=" + socket, "--skip-networking");
        for (int round = 0; round < ROUNDS && !Files.exists(socket); round++) {
            LockSupport.parkNanos(PAUSE);
        }
        assertThat(socket).exists();
    }

    private static String configuration(Path folder, int port) {
        String user = System.getProperty("user.name");
        return String.join(
                "\n",
                "AuthType=auth/none",
                "DbdHost=localhost",
                "DbdAddr=127.0.0.1",
                "DbdPort=" + port,
                "SlurmUser=" + user,
                "StorageType=accounting_storage/mysql",
                "StorageHost=localhost",
                "StorageUser=" + user,
                "StorageLoc=slurm_acct_db",
                "LogFile=" + folder.resolve("log/slurmdbd.log"),
                "PidFile=" + folder.resolve("slurmdbd.pid"),
                "");
    }
}
