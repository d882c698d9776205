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
    private Homes homes;
    private Toolchain toolchain;

    @BeforeEach
    void home() throws Exception {
        folder = folder.toRealPath();
        home = Files.createDirectories(folder.resolve("home/me"));
        project = Files.createDirectories(home.resolve("project"));
        homes = new Homes(home, folder.resolve("passwd"));
        toolchain = new Toolchain(homes, project);
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
        Files.createDirectories(home.resolve(".pyenv/versions/3.11/lib"));
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
        Toolchain other = new Toolchain(homes, project);
        other.program(program("tool"));
        assertThat(other.folders()).containsExactly(home.resolve("tool"));
        for (Path wide : new Path[] {home, project, folder, Path.of("/"), Path.of("/etc"), Path.of("relative")}) {
            Toolchain none = new Toolchain(homes, project);
            none.folder(wide);
            assertThat(none.folders()).isEmpty();
        }
    }

    @Test
    void aVirtualEnvironmentBringsWhatItWasMadeFrom() throws Exception {
        Path base = program("store/python-3.12/bin/python3");
        Files.createDirectories(home.resolve("store/python-3.12/lib"));
        Path environment = Files.createDirectories(project.resolve(".venv/bin"));
        Files.writeString(environment.resolveSibling("pyvenv.cfg"), "home = " + base.getParent() + "\nversion = 3\n");
        Files.createSymbolicLink(environment.resolve("python3"), base);
        Files.writeString(environment.resolve("torchrun"), "#!" + environment.resolve("python3") + "\n");
        toolchain.program(environment.resolve("torchrun"));
        assertThat(toolchain.folders())
                .containsExactlyInAnyOrder(project.resolve(".venv"), home.resolve("store/python-3.12"));
    }

    @Test
    void aHomeBehindALinkStaysHidden() throws Exception {
        Path named = Files.createSymbolicLink(folder.resolve("me"), home);
        program("bin/tool");
        Files.createDirectories(home.resolve("lib"));
        Homes linked = new Homes(named, folder.resolve("passwd"));
        for (Path way : new Path[] {named, home}) {
            Toolchain other = new Toolchain(linked, project);
            other.program(way.resolve("bin/tool"));
            other.folder(way);
            assertThat(other.folders()).isNotEmpty().doesNotContain(named, home);
        }
    }

    @Test
    void theHomeOfSomebodyElseStaysHidden() throws Exception { // as under sudo
        Path other = Files.createDirectories(folder.resolve("people/other/lib")).getParent();
        Files.createDirectories(other.resolve(".local/lib"));
        Files.createDirectories(other.resolve(".local/share/private"));
        Path passwd = Files.writeString(
                folder.resolve("passwd"),
                "root:x:0:0:root:/root:/bin/sh\nother:x:9:9::" + other + ":/bin/sh\nbroken\n");
        Homes all = new Homes(home, passwd);
        for (String place : new String[] {"bin/tool", ".local/bin/tool"}) {
            Files.createDirectories(other.resolve(place).getParent());
            Files.writeString(other.resolve(place), "x");
        }
        Toolchain sudo = new Toolchain(all, project);
        sudo.program(other.resolve("bin/tool"));
        sudo.program(other.resolve(".local/bin/tool"));
        sudo.folder(other);
        assertThat(sudo.folders())
                .containsExactlyInAnyOrder(
                        other.resolve("bin"), other.resolve(".local/bin"), other.resolve(".local/lib"));
    }

    @Test
    void whatHoldsSecretsIsNotSeenWhoeverItBelongsTo() throws Exception {
        for (String secret : new String[] {".ssh", ".gnupg", ".aws", ".local/share/keyrings", "share/keyrings"}) {
            Path service = Files.createDirectories(folder.resolve("service-" + secret.replace('/', '-')));
            Files.createDirectories(service.resolve(secret));
            Files.createDirectories(service.resolve("lib"));
            Files.writeString(Files.createDirectories(service.resolve("bin")).resolve("tool"), "x");
            Toolchain other = new Toolchain(homes, project);
            other.program(service.resolve("bin/tool"));
            other.folder(service);
            assertThat(other.folders()).containsExactly(service.resolve("bin"));
        }
    }

    @Test
    void aFolderWithProgramsButWithoutLibrariesIsNotAnInstallation() throws Exception {
        toolchain.program(program("work/bin/train"));
        assertThat(toolchain.folders()).containsExactly(home.resolve("work/bin"));
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
