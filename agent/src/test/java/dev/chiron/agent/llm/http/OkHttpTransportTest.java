package dev.chiron.agent.llm.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OkHttpTransportTest {
    private static final Proxies DIRECT = new Proxies(Map.of());

    private WireMockServer server;

    @BeforeEach
    void start() {
        server = new WireMockServer(options().dynamicPort());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private List<String> events(int status, String body) {
        server.stubFor(get("/events").willReturn(aResponse().withStatus(status).withBody(body)));
        List<String> seen = new ArrayList<>();
        HttpRequest request = HttpRequest.builder()
                .method(HttpMethod.GET)
                .url("http://127.0.0.1:" + server.port() + "/events")
                .build();
        Exchange exchange = new Exchange(
                new OkHttpTransport(Duration.ofSeconds(30), InstantSource.fixed(java.time.Instant.EPOCH), DIRECT),
                UnaryOperator.identity());
        exchange.execute(request, new DefaultServerSentEventParser(), new ServerSentEventListener() {
            @Override
            public void onOpen(SuccessfulHttpResponse response) {
                seen.add("open " + response.statusCode());
            }

            @Override
            public void onEvent(ServerSentEvent event) {
                seen.add(event.event() + " " + event.data());
                throw new IllegalStateException("a listener that fails");
            }

            @Override
            public void onError(Throwable error) {
                seen.add("error " + (error instanceof HttpException http ? http.statusCode() : error.getMessage()));
            }

            @Override
            public void onClose() {
                seen.add("closed");
            }
        });
        return seen;
    }

    @Test
    void anErrorInACallbackReachesWhoAsked() {
        server.stubFor(get("/").willReturn(aResponse().withStatus(503).withHeader("retry-after", "1")));
        OkHttpTransport transport = new OkHttpTransport(
                Duration.ofSeconds(30),
                () -> {
                    throw new StackOverflowError("of the clock");
                },
                DIRECT);
        HttpRequest request = HttpRequest.builder()
                .method(HttpMethod.GET)
                .url("http://127.0.0.1:" + server.port() + "/")
                .build();

        assertThatThrownBy(() -> transport.execute(request))
                .isInstanceOf(StackOverflowError.class)
                .hasMessage("of the clock");
    }

    @Test
    void bytesThatAreNotUtf8AreReadAsTheHeaderSays() throws Exception {
        try (ServerSocket latin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread serving = new Thread(() -> serve(
                    latin,
                    "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=ISO-8859-1\r\nContent-Length: 3\r\n\r\nfür"
                            .getBytes(StandardCharsets.ISO_8859_1)));
            serving.start();
            HttpRequest request = HttpRequest.builder()
                    .method(HttpMethod.GET)
                    .url("http://127.0.0.1:" + latin.getLocalPort() + "/")
                    .build();
            OkHttpTransport transport = new OkHttpTransport(Duration.ofSeconds(5), InstantSource.system(), DIRECT);

            assertThat(transport.execute(request).body()).isEqualTo("für");
            serving.join();
        }
    }

    private static void serve(ServerSocket server, byte[] answer) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[4096]);
            socket.getOutputStream().write(answer);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Minutes lie between a model's turns: by then many a server, or what stands before it, has forgotten the connection. */
    @Test
    void everyTurnHasAConnectionOfItsOwn() throws Exception {
        try (ServerSocket forgetful = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answerOnceAConnection(forgetful, 3));
            answering.start();
            Exchange exchange = new Exchange(
                    new OkHttpTransport(Duration.ofSeconds(5), InstantSource.fixed(java.time.Instant.EPOCH), DIRECT),
                    UnaryOperator.identity());
            HttpRequest request = HttpRequest.builder()
                    .method(HttpMethod.GET)
                    .url("http://127.0.0.1:" + forgetful.getLocalPort() + "/")
                    .build();
            for (int turn = 0; turn < 3; turn++) {
                assertThat(exchange.execute(request).body()).isEqualTo("{}");
            }
            answering.join();
        }
    }

    private static void answerOnceAConnection(ServerSocket server, int turns) {
        List<Socket> open = new ArrayList<>();
        try {
            for (int turn = 0; turn < turns; turn++) {
                Socket socket = server.accept();
                open.add(socket);
                socket.getInputStream().read(new byte[4096]);
                OutputStream out = socket.getOutputStream();
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void deliversEventsInOrderAlsoToAListenerThatFails() {
        assertThat(events(200, "data: a\n\nevent: x\ndata: b\n\n")).contains("open 200", "null a", "x b", "closed");
    }

    @Test
    void anErrorComesToTheListener() {
        assertThat(events(503, "busy")).containsExactly("error 503");
    }

    @Test
    void aReplyThatDribblesIsBoundedAsAWhole() throws Exception {
        try (ServerSocket dribbling = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread serving = new Thread(() -> dribble(dribbling));
            serving.start();
            HttpRequest request = HttpRequest.builder()
                    .method(HttpMethod.GET)
                    .url("http://127.0.0.1:" + dribbling.getLocalPort() + "/")
                    .build();
            OkHttpTransport transport = new OkHttpTransport(Duration.ofSeconds(1), InstantSource.system(), DIRECT);

            assertThatThrownBy(() -> transport.execute(request)).isInstanceOf(TimeoutException.class);
            serving.join();
        }
    }

    /** 400 bytes in 10 s, each long before a read would time out. */
    private static void dribble(ServerSocket server) {
        try (Socket socket = server.accept();
                OutputStream out = socket.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 400; i++) {
                out.write('x');
                out.flush();
                Thread.sleep(25);
            }
        } catch (IOException | InterruptedException leftByTheClient) {
            Thread.currentThread().interrupt();
        }
    }
}
