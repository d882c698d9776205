package dev.chiron.agent.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.sandbox.run.Marker;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallFolderTest {

    @TempDir
    Path temporary;

    private long folders() throws Exception {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.count();
        }
    }

    private Process program(Path folder) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sleep", "600");
        builder.environment().put(Marker.VARIABLE, Marker.of(folder).value("call"));
        return builder.start();
    }

    @Test
    void whatAKilledJvmLeftIsSweptWithItsProgram() throws Exception {
        Path left = Files.createDirectory(temporary.resolve("chiron-command123"));
        Files.writeString(left.resolve("lock"), "");
        Files.writeString(left.resolve("prompt"), "a prompt");
        Process program = program(left);

        CallFolder.sweep(temporary);

        assertThat(left).doesNotExist();
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsInUseStaysAndIsGoneWhenItIsClosed() throws Exception {
        try (CallFolder folder = CallFolder.open(temporary)) {
            Files.writeString(folder.file("prompt"), "a prompt");
            CallFolder.sweep(temporary);
            assertThat(folder.file("prompt")).exists();
        }
        assertThat(folders()).isZero();
    }

    @Test
    void foldersOfAnotherProcessThatLivesStay() throws Exception {
        Path used = Files.createDirectory(temporary.resolve("chiron-command456"));
        try (FileChannel lock =
                FileChannel.open(used.resolve("lock"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            lock.lock();
            CallFolder.sweep(temporary);
            assertThat(used).exists();
        }
    }

    @Test
    void whatIsNoCallsFolderStays() throws Exception {
        Path elsewhere = Files.createDirectory(temporary.resolve("mine"));
        Files.writeString(elsewhere.resolve("lock"), "");
        Files.createSymbolicLink(temporary.resolve("chiron-command-link"), elsewhere);
        Files.createDirectory(temporary.resolve("chiron-command-old"));
        Files.writeString(temporary.resolve("chiron-command.txt"), "");

        CallFolder.sweep(temporary);
        CallFolder.sweep(temporary.resolve("nowhere"));

        assertThat(folders()).isEqualTo(4);
        assertThat(elsewhere.resolve("lock")).exists();
    }
}
