package dev.chiron.sandbox.isolate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolchainTest {

    @TempDir
    Path folder;

    private Path home;
    private Path project;
    private Toolchain toolchain;

    @BeforeEach
    void home() throws Exception {
        folder = folder.toRealPath();
        home = Files.createDirectories(folder.resolve("home/me"));
        project = Files.createDirectories(home.resolve("project"));
        toolchain = new Toolchain(home, project);
    }

    private Path program(String path) throws Exception {
        Path program = home.resolve(path);
        Files.createDirectories(program.getParent());
        Files.writeString(program, "x");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    @Test
    void anInstallationIsSeenWhole() throws Exception {
        toolchain.program(program(".pyenv/versions/3.11/bin/python3"));
        assertThat(toolchain.folders()).containsExactly(home.resolve(".pyenv/versions/3.11"));
    }

    @Test
    void aHiddenFolderOfTheHomeIsSeenInPartsThatHoldPrograms() throws Exception {
        Files.createDirectories(home.resolve(".local/share/keyrings"));
        Files.createDirectories(home.resolve(".local/lib"));
        toolchain.program(program(".local/bin/tool"));
        assertThat(toolchain.folders())
                .containsExactlyInAnyOrder(home.resolve(".local/bin"), home.resolve(".local/lib"));
    }

    @Test
    void theHomeTheProjectAndWhatHoldsThemAreNeverSeen() throws Exception {
        toolchain.program(program("bin/tool")); // whose prefix would be the home
        assertThat(toolchain.folders()).containsExactly(home.resolve("bin"));
        Toolchain other = new Toolchain(home, project);
        other.program(program("tool"));
        assertThat(other.folders()).containsExactly(home.resolve("tool"));
        for (Path wide : new Path[] {home, project, folder, Path.of("/"), Path.of("/etc"), Path.of("relative")}) {
            Toolchain none = new Toolchain(home, project);
            none.folder(wide);
            assertThat(none.folders()).isEmpty();
        }
    }

    @Test
    void aVirtualEnvironmentBringsWhatItWasMadeFrom() throws Exception {
        Path base = program("store/python-3.12/bin/python3");
        Path environment = Files.createDirectories(project.resolve(".venv/bin"));
        Files.writeString(environment.resolveSibling("pyvenv.cfg"), "home = " + base.getParent() + "\nversion = 3\n");
        Files.createSymbolicLink(environment.resolve("python3"), base);
        Files.writeString(environment.resolve("torchrun"), "#!" + environment.resolve("python3") + "\n");
        toolchain.program(environment.resolve("torchrun"));
        assertThat(toolchain.folders())
                .containsExactlyInAnyOrder(project.resolve(".venv"), home.resolve("store/python-3.12"));
    }

    @Test
    void aLinkToASocketOrAPipeShowsNothing() throws Exception {
        Path socket = home.resolve("agent.sock");
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(socket));
            toolchain.file(socket);
        }
        Path data = Files.writeString(home.resolve("data.bin"), "x");
        toolchain.file(data);
        assertThat(toolchain.folders()).containsExactly(data);
    }

    @Test
    void whatTheSystemHasIsSeenAnyway() {
        toolchain.program(Path.of("/usr/bin/env"));
        toolchain.folder(Path.of("/usr/lib"));
        toolchain.file(Path.of("/usr/bin/env"));
        assertThat(toolchain.folders()).isEmpty();
    }
}
