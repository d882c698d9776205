package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code serve} as a process: what it refuses, what it prints, how it ends. */
class ServeCommandTest {

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void project() throws Exception {
        SmallStudy.write(folder, 12);
        screen = new Screen(folder);
    }

    private void study() {
        assertThat(screen.run("run", "--quiet")).as(screen.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'serve',no study in chiron-study: start one with `chiron run`",
        "'serve nowhere',no study in nowhere",
        "'serve .',. is no study and none lies in it",
    })
    void aFolderThatIsNoStudyIsRefused(String line, String said) {
        assertThat(screen.run(line.split(" "))).isEqualTo(2);
        assertThat(screen.err().replace(",", "")).contains(said.replace(",", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "--host 0.0.0.0,--token",
        "--host 192.0.2.1,--token",
        "--port 70000,a port is 0 to 65535",
        "--host 192.0.2.1 --token --port 0,--host 192.0.2.1",
        "--host no.such.host.invalid --token,not a name or address of this machine"
    })
    void whatCannotBeServedIsRefused(String flags, String said) {
        study();
        assertThat(screen.run(("serve " + flags).split(" "))).isEqualTo(2);
        assertThat(screen.err()).contains(said);
    }

    @Test
    void aPortThatWasAskedForAndIsTakenIsSaid() throws Exception {
        study();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(screen.run("serve", "--port", String.valueOf(taken.getLocalPort())))
                    .isEqualTo(2);
            assertThat(screen.err())
                    .contains("port " + taken.getLocalPort() + " is taken")
                    .contains("--port, or 0");
        }
    }

    @Test
    void itPrintsItsAddressServesAllStudiesOfAFolderAndEndsWithCtrlC() throws Exception {
        study();
        try (Started serve = Started.in(folder, "serve", ".", "--port", "0")) {
            URI address = URI.create(serve.until("http://").strip());
            assertThat(address.getHost()).isEqualTo("127.0.0.1");
            JsonNode studies = json(address, "/api/studies");
            assertThat(studies).hasSize(1);
            assertThat(studies.get(0).path("name").asText()).isEqualTo("./chiron-study");
            assertThat(studies.get(0).path("trials").asInt()).isEqualTo(12);
            serve.signal("INT");
            assertThat(serve.exitCode()).isEqualTo(130);
        }
    }

    /** Each connection has a thread: who begins requests and ends none gets no more of them than there may be. */
    @Test
    void connectionsAreCounted() throws Exception {
        study();
        List<Socket> all = new ArrayList<>();
        try (Started serve = Started.in(folder, "serve", "--port", "0")) {
            URI address = URI.create(serve.until("http://").strip());
            int refused = 0;
            for (int k = 0; k < 300; k++) {
                Socket socket = new Socket(address.getHost(), address.getPort());
                all.add(socket);
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: 127.0.0.1".getBytes(StandardCharsets.US_ASCII));
            }
            for (Socket socket : all.subList(256, 300)) {
                refused += ends(socket) ? 1 : 0;
            }
            assertThat(refused).isEqualTo(44);
            for (Socket socket : all) {
                socket.close();
            }
        }
    }

    private static boolean ends(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true; // by force
        }
    }

    /** What the page shows as the optimizer's beliefs must be what the optimizer had: its last state is the one that the study kept. */
    @Test
    void beliefsEndWhereTheStudysOwnOptimizerDid() throws Exception {
        study();
        try (Started serve = Started.in(folder, "serve", "--port", "0")) {
            URI address = URI.create(serve.until("http://").strip());
            JsonNode belief = json(address, "/api/studies/0/belief");
            while (belief.path("working").asBoolean()) {
                belief = json(address, "/api/studies/0/belief");
            }
            assertThat(belief.path("problem").asText()).isEmpty();
            assertThat(belief.path("upTo").asInt()).isEqualTo(12);
            assertThat(belief.path("same").asBoolean()).isTrue();
            JsonNode last = belief.path("points").get(belief.path("points").size() - 1);
            JsonNode kept = new ObjectMapper()
                    .readTree(Files.readString(folder.resolve("chiron-study/state.json")))
                    .path("state");
            assertThat(last.path("sigma").asDouble())
                    .isEqualTo(kept.path("sigma").asDouble());
            assertThat(last.path("generation").asInt())
                    .isEqualTo(kept.path("generation").asInt());
        }
    }

    private static JsonNode json(URI address, String path) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }
}
