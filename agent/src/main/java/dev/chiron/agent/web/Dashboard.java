package dev.chiron.agent.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chiron.agent.llm.KeyMask;
import dev.chiron.agent.start.Surroundings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A page about studies, on the JDK's HTTP server. It answers nothing but reads, and changes nothing. */
public final class Dashboard implements AutoCloseable {

    private static final int CONNECTIONS = 256;
    private static final int SECONDS = 30;

    private final HttpServer server;
    private final String host;
    private final Gate gate;
    private final Optional<String> token;
    private final Watch watch;
    private final Routes routes;
    private final KeyMask mask;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "chiron-web");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Takes a port.
     *
     * @param studies folders by what they are called
     * @param host a name or an address of this machine
     * @param port 0 for any
     * @param token what visitors must show; empty for nothing
     * @param mask hides keys
     * @param surroundings in which studies are gone through again; their environment is not looked at
     * @throws IOException if the port is taken, or this machine has no such address
     */
    public Dashboard(
            Map<String, Path> studies,
            String host,
            int port,
            Optional<String> token,
            KeyMask mask,
            Surroundings surroundings)
            throws IOException {
        InetAddress address = InetAddress.getByName(host);
        this.host = host.contains(":") ? "[" + host + "]" : host;
        this.token = token;
        this.mask = mask;
        this.server = HttpServer.create(new InetSocketAddress(address, port), 0);
        this.gate = new Gate(
                this.host, address.isLoopbackAddress(), server.getAddress().getPort(), token);
        this.watch = new Watch(
                studies.entrySet().stream()
                        .map(study -> new WatchedStudy(study.getValue(), study.getKey()))
                        .toList(),
                mask);
        this.routes = new Routes(watch, new Beliefs(surroundings), mask);
    }

    /**
     * Has the JDK's server take at most {@value #CONNECTIONS} connections at once, and end those whose request has not come whole after
     * {@value #SECONDS} seconds: each has a thread, and whoever has no token may begin requests, too. It reads both once a process, when its
     * first server is made, so this is called before; what is set on the command line stays.
     */
    public static void limit() {
        limit("jdk.httpserver.maxConnections", CONNECTIONS);
        limit("sun.net.httpserver.maxReqTime", SECONDS);
    }

    private static void limit(String name, int value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, String.valueOf(value));
        }
    }

    /** Whether others than this machine could reach a server there; true where the name is not known. */
    public static boolean isOpen(String host) {
        try {
            return !InetAddress.getByName(host).isLoopbackAddress();
        } catch (IOException e) {
            return true;
        }
    }

    /** Where a browser finds it, with the token if there is one. */
    public String address() {
        return "http://" + host + ":" + server.getAddress().getPort() + "/"
                + token.map(text -> "?token=" + text).orElse("");
    }

    /** Begins to read the studies and to answer, in threads of its own. */
    public void start() {
        watch.start();
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) {
        try (exchange) {
            try {
                answer(exchange);
            } catch (RuntimeException e) {
                // what cannot be shown must not look as if it were empty
                new Answer(exchange).text(500, mask.mask("This cannot be shown: " + e) + "\n");
            }
        } catch (IOException e) {
            // the page is gone, or the answer had begun
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server ends
        }
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        Answer answer = new Answer(exchange);
        Gate.Verdict verdict = gate.judge(exchange.getRequestHeaders(), exchange.getRequestURI());
        String method = exchange.getRequestMethod();
        if (verdict == Gate.Verdict.WRONG_NAME) {
            answer.text(403, "This server answers by its own name alone, not as another site.\n");
        } else if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            answer.text(405, "This server only shows.\n");
        } else if (verdict == Gate.Verdict.NO_TOKEN) {
            answer.text(401, "Open the address that `chiron serve` printed: it ends with ?token=…\n");
        } else if (verdict == Gate.Verdict.ARRIVES) {
            exchange.getResponseHeaders().set("Set-Cookie", gate.cookie());
            exchange.getResponseHeaders().set("Location", "/");
            answer.text(303, "\n");
        } else {
            routes.answer(exchange);
        }
    }

    /** Answers nobody any more. */
    @Override
    public void close() {
        watch.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
