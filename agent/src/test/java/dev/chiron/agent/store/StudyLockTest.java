package dev.chiron.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyLockTest {

    @TempDir
    Path folder;

    /** Another process: says whether it got the lock, or why not, and waits to be ended. */
    static final class Other {
        private Other() {}

        public static void main(String[] args) throws Exception {
            try {
                StudyLock taken = StudyLock.take(Path.of(args[0]));
                System.out.println("taken");
                while (System.in.read() >= 0) {
                    // until it is ended
                }
                taken.close();
            } catch (UnusableStudy refused) {
                System.out.println(refused.getMessage());
            }
        }
    }

    private Process other() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        folder.resolve("lock").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private String answer() throws Exception {
        Process other = other();
        String said = other.inputReader(StandardCharsets.UTF_8).readLine();
        other.destroyForcibly().waitFor();
        return said;
    }

    @Test
    void whoeverHasItIsNamedWithHisHost() throws Exception {
        Path lock = folder.resolve("lock");
        Process other = other();
        assertThat(other.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("taken");
        String name = other.pid() + " on " + InetAddress.getLocalHost().getHostName();
        assertThat(StudyLock.owner(lock))
                .hasValueSatisfying(owner -> assertThat(owner).startsWith(name));
        assertThatThrownBy(() -> StudyLock.take(lock))
                .isInstanceOf(UnusableStudy.class)
                .hasMessageContaining("is being written by process " + name);
        other.destroyForcibly().waitFor();
        assertThat(StudyLock.owner(lock)).isEmpty();
        StudyLock.take(lock).close();
    }

    /** POSIX locks go when the process closes any descriptor of the file, also one that it only looked through. */
    @Test
    void itHoldsWhileItsOwnProcessLooksWhoHasIt() throws Exception {
        Path lock = folder.resolve("lock");
        StudyLock taken = StudyLock.take(lock);
        assertThat(StudyLock.owner(lock)).isPresent();
        assertThatThrownBy(() -> StudyLock.take(lock)).isInstanceOf(UnusableStudy.class);
        assertThat(answer())
                .contains(
                        "is being written by process " + ProcessHandle.current().pid());
        taken.close();
        assertThat(StudyLock.owner(lock)).isEmpty();
        assertThat(answer()).isEqualTo("taken");
    }
}
