package dev.chiron.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.mcp.wire.HttpTransport;
import dev.chiron.agent.mcp.wire.Token;
import dev.chiron.agent.start.Surroundings;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streamable HTTP on this machine, with the token and without. */
class HttpTest {

    @TempDir
    Path folder;

    @Test
    void theSdksClientRunsATrialWithTheToken() throws Exception {
        Bowl.in(folder);
        Token token = Token.random();
        try (StudyServer server = server();
                HttpTransport http = server.overHttp(0, token)) {
            URI address = http.address();
            HttpClientStreamableHttpTransport transport = HttpClientStreamableHttpTransport.builder(
                            "http://127.0.0.1:" + address.getPort())
                    .jsonMapper(Agent.mapper())
                    .requestBuilder(HttpRequest.newBuilder().header("Authorization", "Bearer " + token.text()))
                    .build();
            try (Agent agent = new Agent(transport)) {
                agent.text("open_study", Map.of("task_file", "chiron.yaml"));
                assertThat(agent.text("run_trial", Map.of())).contains("\"baseline\"");
            }
        }
    }

    @Test
    void aTokenIsKeptInAFileThatItsOwnerAloneCanRead() throws Exception {
        Path file = folder.resolve("token");
        String kept = Token.in(file).text();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Token.in(file).text()).isEqualTo(kept);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> Token.in(file)).isInstanceOf(BadInput.class).hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, "short\n");
        assertThatThrownBy(() -> Token.in(file)).isInstanceOf(BadInput.class).hasMessageContaining("16 characters");
    }

    @Test
    void withoutTheTokenOrFromAnotherSiteNothingIsAnswered() throws Exception {
        Token token = Token.random();
        try (StudyServer server = server();
                HttpTransport http = server.overHttp(0, token)) {
            assertThat(status(http, HttpRequest.newBuilder())).isEqualTo(401);
            assertThat(status(http, HttpRequest.newBuilder().header("Authorization", "Bearer wrong")))
                    .isEqualTo(401);
            assertThat(status(
                            http,
                            HttpRequest.newBuilder()
                                    .header("Authorization", "Bearer " + token.text())
                                    .header("Origin", "https://example.org")))
                    .isEqualTo(403);
            assertThat(status(http, HttpRequest.newBuilder().header("Authorization", "Bearer " + token.text())))
                    .isEqualTo(400);
        }
    }

    private StudyServer server() {
        return new StudyServer(
                "test", folder, false, new Surroundings(folder, Map.of(), InstantSource.system(), note -> {}));
    }

    private static int status(HttpTransport http, HttpRequest.Builder request) throws Exception {
        HttpRequest post = request.uri(http.address())
                .POST(HttpRequest.BodyPublishers.ofString("{bad"))
                .build();
        return HttpClient.newHttpClient()
                .send(post, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
