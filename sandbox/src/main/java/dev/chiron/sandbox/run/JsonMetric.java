package dev.chiron.sandbox.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a metric from a JSON file that a run wrote. The file is not trusted: no links, no pipes, at most 1 MB. */
final class JsonMetric {

    private static final int LARGEST = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_OTHERS = 50;
    private static final Pattern PATH = Pattern.compile("\\$(?:\\.[^.\\[\\]]+|\\[[0-9]{1,9}])*+");
    private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]]+)|\\[([0-9]{1,9})]");
    private static final Pattern NUMBER = Pattern.compile(NumberText.REGEX);
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]{0,60}");

    private final ObjectMapper mapper = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // Python writes NaN and Infinity
            .build();
    private final MetricSource.JsonFile source;

    JsonMetric(MetricSource.JsonFile source) {
        this.source = source;
    }

    /** What the file says, after the run. Numbers beside the metric are its others. */
    Reading read(Path workspace) {
        try {
            return metric(mapper.readTree(bytes(workspace)));
        } catch (JsonProcessingException e) {
            return missing("is not JSON: " + e.getOriginalMessage());
        } catch (Unreadable e) {
            return missing(e.getMessage());
        } catch (IOException e) {
            return missing("cannot be read: " + e);
        }
    }

    private byte[] bytes(Path workspace) throws IOException {
        Path file = workspace.resolve(source.file()).normalize();
        if (!file.startsWith(workspace)) {
            throw new Unreadable("lies outside the workspace");
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Unreadable("was not written");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Unreadable("is not a regular file");
        }
        if (!file.toRealPath().startsWith(workspace.toRealPath())) {
            throw new Unreadable("lies outside the workspace");
        }
        byte[] bytes = read(file, PATIENCE);
        if (bytes.length > LARGEST) {
            throw new Unreadable("is larger than 1 MB");
        }
        return bytes;
    }

    /**
     * The beginning of a file, read by a thread of its own: between our look and the opening somebody may have put a pipe in its place, and
     * whoever opens a pipe waits for who writes to it.
     */
    static byte[] read(Path file, Duration patience) throws IOException {
        FutureTask<byte[]> reading = new FutureTask<>(() -> {
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                return in.readNBytes(LARGEST + 1);
            }
        });
        Thread reader = new Thread(reading, "chiron-result");
        reader.setDaemon(true);
        reader.start();
        try {
            return reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            release(file);
            throw new Unreadable("was not read: no answer in " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreadable("was not read: interrupted");
        }
    }

    /** A pipe that is opened for writing, too, lets its reader go, and never waits itself (Linux, fifo(7)). */
    private static void release(Path file) {
        try {
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
                    .close();
        } catch (IOException gone) {
            return; // then a thread waits for ever, and keeps nobody from ending
        }
    }

    private Reading metric(JsonNode root) {
        if (!PATH.matcher(source.path()).matches()) {
            return missing("cannot be searched for " + source.path() + ": write a path such as $.results[0].loss");
        }
        JsonNode parent = MissingNode.getInstance();
        JsonNode node = root;
        String name = "";
        Matcher step = STEP.matcher(source.path());
        while (step.find()) {
            parent = node;
            name = step.group();
            node = step.group(1) == null ? node.path(Integer.parseInt(step.group(2))) : node.path(step.group(1));
        }
        OptionalDouble value = number(node);
        if (value.isEmpty()) {
            return missing(node.isMissingNode() ? "has no " + source.path() : "has no number at " + source.path());
        }
        return new Reading.Found(value.getAsDouble(), others(parent, name), List.of());
    }

    private static OptionalDouble number(JsonNode node) {
        if (node.isNumber()) {
            return OptionalDouble.of(node.doubleValue());
        }
        boolean numeric = node.isTextual() && NUMBER.matcher(node.textValue()).matches();
        return numeric ? OptionalDouble.of(NumberText.parse(node.textValue())) : OptionalDouble.empty();
    }

    private static Map<String, Double> others(JsonNode parent, String metric) {
        Map<String, Double> others = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : parent.properties()) {
            JsonNode node = entry.getValue();
            boolean wanted =
                    !metric.equals("." + entry.getKey()) && node.isNumber() && Double.isFinite(node.doubleValue());
            if (wanted
                    && others.size() < MOST_OTHERS
                    && NAME.matcher(entry.getKey()).matches()) {
                others.put(entry.getKey(), node.doubleValue());
            }
        }
        return Collections.unmodifiableMap(others);
    }

    private Reading missing(String why) {
        return new Reading.Missing(source.file() + " " + why);
    }

    /** Why the file was not read, as the end of a sentence. */
    private static final class Unreadable extends IOException {
        Unreadable(String why) {
            super(why);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
