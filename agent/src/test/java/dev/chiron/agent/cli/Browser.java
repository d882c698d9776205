package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real Chromium without a window, driven by its DevTools protocol. Keeps what the page logged as an error, and every address that it
 * asked for.
 */
final class Browser implements AutoCloseable {

    private static final int SECONDS = 60; // for anything; a page that is right needs far less

    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> errors = Collections.synchronizedList(new ArrayList<>());
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private String session = "";

    private Browser(Process process, Path profile, String address) throws Exception {
        this.process = process;
        this.profile = profile;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address), new Listener())
                .get(SECONDS, TimeUnit.SECONDS);
        String target = call("Target.createTarget", "url", "about:blank")
                .path("targetId")
                .asText();
        session = call("Target.attachToTarget", "targetId", target, "flatten", true)
                .path("sessionId")
                .asText();
        call("Page.enable");
        call("Runtime.enable");
        call("Log.enable");
        call("Network.enable");
    }

    /** @param folder for its files, removed by who made it */
    static Browser start(Path folder) throws Exception {
        Path said = folder.resolve("chromium.log");
        Process process = new ProcessBuilder(
                        "/usr/bin/chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-dev-shm-usage",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--hide-scrollbars",
                        "--force-color-profile=srgb",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectOutput(said.toFile())
                .start();
        BufferedReader errors = process.errorReader(StandardCharsets.UTF_8);
        String line = errors.readLine();
        while (line != null && !line.startsWith("DevTools listening on ")) {
            line = errors.readLine();
        }
        if (line == null) {
            throw new IOException("chromium ended at once");
        }
        Thread rest = new Thread(() -> drain(errors), "chromium-errors");
        rest.setDaemon(true);
        rest.start();
        return new Browser(process, folder.resolve("profile"), line.substring("DevTools listening on ".length()));
    }

    /** Else it would wait for room to write. */
    private static void drain(BufferedReader reader) {
        try {
            while (reader.readLine() != null) {
                // of no interest
            }
        } catch (IOException e) {
            // it has ended
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    private void take(String message) {
        try {
            JsonNode node = json.readTree(message);
            if (node.has("id")) {
                CompletableFuture<JsonNode> answer =
                        waiting.remove(node.path("id").asInt());
                if (node.has("error")) {
                    answer.completeExceptionally(
                            new IllegalStateException(node.path("error").toString()));
                } else {
                    answer.complete(node.path("result"));
                }
                return;
            }
            JsonNode given = node.path("params");
            switch (node.path("method").asText()) {
                case "Runtime.exceptionThrown" ->
                    errors.add(given.path("exceptionDetails").toString());
                case "Log.entryAdded" -> {
                    if (given.path("entry").path("level").asText().equals("error")) {
                        errors.add(given.path("entry").path("text").asText() + " "
                                + given.path("entry").path("url").asText());
                    }
                }
                case "Network.requestWillBeSent" ->
                    requests.add(given.path("request").path("url").asText());
                default -> {
                    // of no interest
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(message, e);
        }
    }

    /** Calls a method of the protocol; the arguments are names and values in turn. */
    JsonNode call(String method, Object... arguments) throws Exception {
        int id = count.incrementAndGet();
        ObjectNode message = json.createObjectNode().put("id", id).put("method", method);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        ObjectNode given = message.putObject("params");
        for (int k = 0; k < arguments.length; k += 2) {
            given.set((String) arguments[k], json.valueToTree(arguments[k + 1]));
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        synchronized (socket) {
            socket.sendText(message.toString(), true).get(SECONDS, TimeUnit.SECONDS);
        }
        return answer.get(SECONDS, TimeUnit.SECONDS);
    }

    /** The size of the window, and the theme of the system. */
    void look(int width, int height, boolean dark) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                "width",
                width,
                "height",
                height,
                "deviceScaleFactor",
                1,
                "mobile",
                false);
        call(
                "Emulation.setEmulatedMedia",
                "features",
                List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light")));
    }

    /** Opens a page in a tab of its own, in front of those that are there, and waits until an expression is true in it. */
    void openBeside(String address, String expression) throws Exception {
        String mine = session;
        session = "";
        String target = call("Target.createTarget", "url", "about:blank")
                .path("targetId")
                .asText();
        session = call("Target.attachToTarget", "targetId", target, "flatten", true)
                .path("sessionId")
                .asText();
        open(address);
        until(expression);
        session = mine;
    }

    void open(String address) throws Exception {
        call("Page.navigate", "url", address);
    }

    /** The value of an expression; a promise is waited for. */
    JsonNode value(String expression) throws Exception {
        JsonNode answer =
                call("Runtime.evaluate", "expression", expression, "awaitPromise", true, "returnByValue", true);
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** Waits, in the page, until an expression is true: it is looked at again with each frame that is drawn. */
    void until(String expression) throws Exception {
        String waits = "new Promise(done => { const look = () => { try { if (" + expression
                + ") return done(true); } catch { /* not yet */ } requestAnimationFrame(look); }; look(); })";
        try {
            value(waits);
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "not so in " + SECONDS + " s: " + expression + "\nThe page says: "
                            + value("document.body.innerText").asText() + "\nErrors: " + errors,
                    e);
        }
    }

    void key(String key) throws Exception {
        boolean letter = key.length() == 1;
        for (String type : List.of("keyDown", "keyUp")) {
            if (letter && type.equals("keyDown")) {
                call("Input.dispatchKeyEvent", "type", type, "key", key, "text", key);
            } else {
                call("Input.dispatchKeyEvent", "type", type, "key", key, "windowsVirtualKeyCode", code(key));
            }
        }
    }

    private static int code(String key) {
        return switch (key) {
            case "Tab" -> 9;
            case "Enter" -> 13;
            case "Escape" -> 27;
            case "ArrowLeft" -> 37;
            case "ArrowUp" -> 38;
            case "ArrowRight" -> 39;
            default -> key.charAt(0);
        };
    }

    void save(Path file) throws Exception {
        Files.write(
                file,
                Base64.getDecoder()
                        .decode(call("Page.captureScreenshot", "format", "png")
                                .path("data")
                                .asText()));
    }

    /** What the page logged as errors so far. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    /** Every address that was asked for so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join();
        for (String link : List.of("SingletonLock", "SingletonSocket", "SingletonCookie")) {
            Files.deleteIfExists(profile.resolve(link)); // they lead out of the folder that is removed
        }
    }
}
