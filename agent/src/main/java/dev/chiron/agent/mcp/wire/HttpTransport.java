package dev.chiron.agent.mcp.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import reactor.core.publisher.Mono;

/**
 * MCP's streamable HTTP transport on the JDK's server, on this machine alone and with a token. Requests are answered by an event stream each;
 * there is no stream for messages that answer nothing, since this server sends none.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http">the specification</a>
 */
public final class HttpTransport implements McpStreamableServerTransportProvider, AutoCloseable {

    private static final int LONGEST = 16 << 20;
    private static final int MOST_SESSIONS = 64;
    private static final String PATH = "/mcp";

    private final ObjectMapper json = new ObjectMapper();
    private final McpJsonMapper mapper = new JacksonMcpJsonMapper(json);
    private final Token token;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "mcp-http");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Client> clients = new LinkedHashMap<>();
    private Optional<McpStreamableServerSession.Factory> sessions = Optional.empty();

    private record Client(McpStreamableServerSession session, Calls calls) {}

    /**
     * Takes a port on 127.0.0.1.
     *
     * @param port 0 for any
     * @throws UncheckedIOException if it is taken
     */
    public HttpTransport(int port, Token token) {
        this.token = token;
        try {
            InetAddress local = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
            this.server = HttpServer.create(new InetSocketAddress(local, port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " of 127.0.0.1 cannot be used: " + e.getMessage(), e);
        }
    }

    /** Where clients find it. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
    }

    @Override
    public void setSessionFactory(McpStreamableServerSession.Factory factory) {
        sessions = Optional.of(factory);
    }

    /** Begins to answer, in threads of its own. */
    public void start() {
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                refuse(exchange, 404, "nothing here; the server answers at " + PATH);
            } else if (!isLocal(exchange)) {
                refuse(exchange, 403, "a request from another site");
            } else if (!token.isShown(header(exchange, "Authorization"))) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
                refuse(exchange, 401, "give the server's token: Authorization: Bearer TOKEN");
            } else {
                answer(exchange);
            }
        } catch (IOException | RuntimeException e) {
            // the client is gone; what it asked for goes on, as the specification wants it
        }
    }

    /** A page in a browser could else reach the server under a name that it makes up (DNS rebinding). */
    private boolean isLocal(HttpExchange exchange) {
        int port = server.getAddress().getPort();
        List<String> hosts = List.of("127.0.0.1:" + port, "localhost:" + port);
        String origin = header(exchange, "Origin");
        return hosts.contains(header(exchange, "Host"))
                && (origin.isEmpty() || hosts.stream().anyMatch(host -> origin.equals("http://" + host)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "POST" -> post(exchange);
            case "DELETE" -> delete(exchange);
            default -> {
                exchange.getResponseHeaders().set("Allow", "POST, DELETE");
                refuse(exchange, 405, "send messages with POST");
            }
        }
    }

    private void post(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            refuse(exchange, 413, "a message of more than " + LONGEST + " bytes");
            return;
        }
        Incoming incoming = Incoming.read(new String(body, StandardCharsets.UTF_8), json, mapper);
        if (incoming instanceof Incoming.Malformed malformed) {
            send(exchange, 400, malformed.error());
            return;
        }
        McpSchema.JSONRPCMessage message = ((Incoming.Message) incoming).content();
        if (message instanceof McpSchema.JSONRPCRequest request
                && request.method().equals(McpSchema.METHOD_INITIALIZE)) {
            begin(exchange, request);
            return;
        }
        Optional<Client> client = client(exchange);
        if (client.isPresent()) {
            take(exchange, message, client.get());
        }
    }

    private void begin(HttpExchange exchange, McpSchema.JSONRPCRequest request) throws IOException {
        McpSchema.InitializeRequest asked = mapper.convertValue(request.params(), McpSchema.InitializeRequest.class);
        McpStreamableServerSession.McpStreamableServerSessionInit begun =
                sessions.orElseThrow().startSession(asked);
        synchronized (clients) {
            if (clients.size() >= MOST_SESSIONS) {
                refuse(exchange, 503, "there are " + MOST_SESSIONS + " sessions already; end one with DELETE");
                return;
            }
            clients.put(begun.session().getId(), new Client(begun.session(), new Calls()));
        }
        McpSchema.InitializeResult result = begun.initResult().block();
        exchange.getResponseHeaders()
                .set(HttpHeaders.MCP_SESSION_ID, begun.session().getId());
        send(exchange, 200, mapper.writeValueAsString(McpSchema.JSONRPCResponse.result(request.id(), result)));
    }

    /** The session that a request belongs to; if there is none, the request is answered. */
    private Optional<Client> client(HttpExchange exchange) throws IOException {
        String id = header(exchange, HttpHeaders.MCP_SESSION_ID);
        Optional<Client> client;
        synchronized (clients) {
            client = Optional.ofNullable(clients.get(id));
        }
        if (client.isEmpty()) {
            refuse(exchange, id.isEmpty() ? 400 : 404, "no such session: send initialize first");
        }
        return client;
    }

    private void take(HttpExchange exchange, McpSchema.JSONRPCMessage message, Client client) throws IOException {
        if (message instanceof McpSchema.JSONRPCRequest request) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.getResponseHeaders().set("Cache-Control", "no-cache");
            exchange.sendResponseHeaders(200, 0);
            EventStream stream = new EventStream(exchange.getResponseBody(), client.calls(), mapper);
            client.calls()
                    .track(request, client.session().responseStream(stream).handle(request))
                    .block();
            return;
        }
        if (message instanceof McpSchema.JSONRPCNotification notification
                && !client.calls().isCancellation(notification)) {
            client.session().accept(notification).block();
        } else if (message instanceof McpSchema.JSONRPCResponse response) {
            client.session().accept(response).block();
        }
        exchange.sendResponseHeaders(202, -1);
    }

    private void delete(HttpExchange exchange) throws IOException {
        Optional<Client> client = client(exchange);
        if (client.isPresent()) {
            client.get().session().delete().block();
            synchronized (clients) {
                clients.remove(client.get().session().getId());
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    private void refuse(HttpExchange exchange, int status, String why) throws IOException {
        send(
                exchange,
                status,
                Incoming.malformed(json.getNodeFactory().nullNode(), Incoming.NO_MESSAGE, why)
                        .error());
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::close);
    }

    @Override
    public List<String> protocolVersions() {
        return List.of(
                ProtocolVersions.MCP_2025_03_26, ProtocolVersions.MCP_2025_06_18, ProtocolVersions.MCP_2025_11_25);
    }

    /** Answers nobody any more. */
    @Override
    public void close() {
        synchronized (clients) {
            clients.values().forEach(client -> client.calls().cancelAll());
            clients.clear();
        }
        server.stop(0);
        threads.shutdownNow();
    }
}
