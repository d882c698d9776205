package dev.chiron.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A real {@code chiron mcp}, with its bare lines. */
final class ServerProcess implements AutoCloseable {

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    private ServerProcess(Process process) {
        this.process = process;
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.chiron.agent.cli.Main",
                "mcp"));
        command.addAll(List.of(arguments));
        return command;
    }

    static ServerProcess start(Path folder, String... arguments) throws IOException {
        return new ServerProcess(new ProcessBuilder(command(arguments))
                .directory(folder.toFile())
                .redirectError(
                        ProcessBuilder.Redirect.to(folder.resolve("stderr.txt").toFile()))
                .start());
    }

    /** One that is past the opening of the protocol. */
    static ServerProcess ready(Path folder, String... arguments) throws IOException {
        ServerProcess server = start(folder, arguments);
        server.say(
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\","
                        + "\"capabilities\":{},\"clientInfo\":{\"name\":\"raw\",\"version\":\"1\"}}}");
        server.hear();
        server.say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return server;
    }

    void say(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
    }

    /** Calls a tool, with its arguments as JSON. */
    void call(int id, String tool, String arguments) throws IOException {
        say(request(id, tool, arguments));
    }

    /** The same on a line that has no end. */
    void callUnfinished(int id, String tool, String arguments) throws IOException {
        in.write(request(id, tool, arguments));
        in.flush();
    }

    private static String request(int id, String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + ",\"_meta\":{\"progressToken\":" + id + "}}}";
    }

    /** The next line, which must be JSON. */
    JsonNode hear() throws IOException {
        return new ObjectMapper().readTree(Optional.ofNullable(out.readLine()).orElseThrow());
    }

    /** The next answer to a request, past whatever is said before it. */
    JsonNode answer(int id) throws IOException {
        JsonNode line = hear();
        while (line.path("id").asInt(-1) != id || line.has("method")) {
            line = hear();
        }
        return line;
    }

    /** All that it says until its end. */
    String rest() {
        return out.lines().collect(Collectors.joining("\n"));
    }

    /** Ends its input, and waits for its end. */
    int end() throws IOException, InterruptedException {
        in.close();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new AssertionError("the server did not end with its input");
        }
        return process.exitValue();
    }

    Process process() {
        return process;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
