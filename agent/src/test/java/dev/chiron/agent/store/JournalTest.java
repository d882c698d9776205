package dev.chiron.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void place() {
        path = folder.resolve("journal.jsonl");
    }

    private static ObjectNode object(int number) {
        return JsonNodeFactory.instance.objectNode().put("number", number).put("text", "löss\n\"" + number);
    }

    private void write(int from, int to) throws IOException {
        try (Journal journal = Journal.open(path, line -> {})) {
            for (int i = from; i < to; i++) {
                journal.append(object(i));
            }
        }
    }

    private List<Integer> numbers() throws IOException {
        return Journal.read(path).stream()
                .map(line -> line.object().path("number").asInt())
                .toList();
    }

    @Test
    void whatIsAppendedIsReadBackAndGoesOnAcrossSessions() throws IOException {
        write(0, 3);
        write(3, 5);
        assertThat(numbers()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void charactersBeyondTheBasicPlaneAreReadBack() throws IOException {
        try (Journal journal = Journal.open(path, line -> {})) {
            journal.append(JsonNodeFactory.instance.objectNode().put("text", "bad shape \uD83D\uDE80, \uD83D alone"));
            journal.append(object(1));
        }
        assertThat(Journal.read(path).get(0).object().path("text").asText()).startsWith("bad shape \uD83D\uDE80");
        assertThat(numbers()).endsWith(1);
    }

    /** As versions wrote them that summed up the escaped line. */
    @Test
    void aLineThatWasSummedUpEscapedIsReadAndAChangedOneIsNot() throws IOException {
        String line = "{\"prev\":\"" + Journal.BEFORE_FIRST + "\",\"type\":\"x\",\"text\":\"\uD83D\uDE80\"";
        String escaped = line.replace("\uD83D\uDE80", "\\uD83D\\uDE80");
        String sum = HexFormat.of().formatHex(sha256(escaped)).substring(0, 16);
        Files.writeString(path, line + ",\"sum\":\"" + sum + "\"}\n");
        assertThat(Journal.read(path)).hasSize(1);
        Files.writeString(path, line.replace("\"x\"", "\"y\"") + ",\"sum\":\"" + sum + "\"}\n");
        assertThatThrownBy(() -> Journal.read(path)).isInstanceOf(UnusableStudy.class);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anInterruptDoesNotStopALineHalfWay() throws IOException {
        try (Journal journal = Journal.open(path, line -> {})) {
            Thread.currentThread().interrupt();
            journal.append(object(0));
            journal.append(object(1));
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(numbers()).containsExactly(0, 1);
    }

    @Test
    void eachLineCarriesTheHashOfTheLineBeforeIt() throws IOException {
        write(0, 3);
        List<Journal.Line> lines = Journal.read(path);
        assertThat(lines.get(0).object().path("prev").asText()).isEqualTo(Journal.BEFORE_FIRST);
        assertThat(lines.get(2).object().path("prev").asText())
                .isEqualTo(lines.get(1).hash());
    }

    @Test
    void cutAtAnyByteItLosesAtMostTheLineBeingWritten() throws IOException {
        write(0, 4);
        byte[] whole = Files.readAllBytes(path);
        for (int cut = 0; cut <= whole.length; cut++) {
            Files.write(path, Arrays.copyOf(whole, cut));
            int finished = 0;
            for (int i = 0; i < cut; i++) {
                finished += whole[i] == '\n' ? 1 : 0;
            }
            write(finished, 4);
            assertThat(Files.readAllBytes(path)).as("cut at %d", cut).isEqualTo(whole);
        }
    }

    @Test
    void aChangedByteIsNoticedWithItsLine() throws IOException {
        write(0, 4);
        String text = Files.readString(path);
        Files.writeString(path, text.replace("\"number\":1", "\"number\":7"));
        assertThatThrownBy(() -> Journal.read(path))
                .isInstanceOf(UnusableStudy.class)
                .hasMessageContaining("journal.jsonl:2")
                .hasMessageContaining("--fresh");
    }

    @Test
    void noByteOfAnyLineCanBeChangedUnnoticedNotEvenOfTheLast() throws IOException {
        write(0, 2);
        byte[] whole = Files.readAllBytes(path);
        for (int at = 0; at < whole.length - 1; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(path, changed);
            assertThatThrownBy(() -> Journal.read(path)).as("byte %d", at).isInstanceOf(UnusableStudy.class);
        }
    }

    @Test
    void aRemovedLineIsNoticed() throws IOException {
        write(0, 4);
        List<String> lines = Files.readAllLines(path);
        Files.writeString(path, lines.get(0) + "\n" + lines.get(2) + "\n" + lines.get(3) + "\n");
        assertThatThrownBy(() -> Journal.open(path, line -> {}))
                .isInstanceOf(UnusableStudy.class)
                .hasMessageContaining(":2");
    }

    @Test
    void linesThatAreNoJsonObjectsAreNoticed() throws IOException {
        for (String line : List.of("nonsense", "[1]", "\u0000\u0000\u0000", "")) {
            Files.write(path, (line + "\n").getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> Journal.open(path, each -> {})).as(line).isInstanceOf(UnusableStudy.class);
        }
    }
}
