package dev.chiron.agent.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandModelTest extends ModelContract {
    @TempDir
    Path folder;

    @Override
    Model answering() {
        return script("echo 0.003");
    }

    @Override
    Model failing() {
        return script("echo 'no \u0007luck' >&2; exit 3");
    }

    private Model script(String lines) {
        return script(lines, Map.of(), LlmOptions.defaults());
    }

    private Model script(String lines, Map<String, String> environment, LlmOptions options) {
        try {
            Path script = Files.writeString(folder.resolve("a script.sh"), lines + "\n");
            Map<String, String> all = new TreeMap<>(environment);
            all.put("PATH", "/usr/local/bin:/usr/bin:/bin");
            return new Models(all, prompt -> "")
                    .open("command:sh '" + script + "' 'one  word' \"$HOME\"", options)
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String said(Model model) throws InterruptedException {
        return ((Answer.Replied) model.answer(QUESTION)).text();
    }

    @Test
    void thePromptComesInAndTheReplyGoesOut() throws InterruptedException {
        assertThat(said(script("cat; echo; echo 'Größe 0.003'"))).isEqualTo(QUESTION.prompt() + "\nGröße 0.003\n");
    }

    @Test
    void wordsAreSplitAndNoShellReadsThem() throws InterruptedException {
        assertThat(said(script("printf '%s|' \"$@\""))).isEqualTo("one  word|$HOME|");
    }

    @Test
    void onlyNamedVariablesAreGiven() throws InterruptedException {
        Map<String, String> environment = Map.of(
                "HOME", "/home/me",
                "LC_ALL", "C",
                "XDG_CONFIG_HOME", "/c",
                "OPENAI_API_KEY", "sk-openai-123456",
                "ANTHROPIC_API_KEY", "sk-ant-123456",
                "AGENT_MODE", "fast",
                "LD_PRELOAD", "/tmp/x.so");

        String variables = said(script("env", environment, LlmOptions.defaults().withEnv(List.of("AGENT_MODE"))));

        assertThat(variables)
                .contains("HOME=/home/me", "LC_ALL=C", "XDG_CONFIG_HOME=/c", "AGENT_MODE=fast", "PATH=")
                .doesNotContain("API_KEY", "sk-", "LD_PRELOAD");
    }

    @Test
    void aProgramThatFailsSaysItsLastWords() throws InterruptedException {
        Answer answer = script("echo first >&2; echo 'not logged in: sk-ant-abcdefgh1234' >&2; echo >&2; exit 3")
                .answer(QUESTION);

        assertThat(answer)
                .isEqualTo(new Answer.Unreachable("sh ended with status 3: not logged in: ***", Usage.inVain(1, 1)));
    }

    @Test
    void aKeyGivenOnPurposeIsNotShownEither() throws InterruptedException {
        for (String name : List.of("AGENT_TOKEN", "LAB_KEY", "AGENT_PASS")) {
            Map<String, String> environment = Map.of(name, "open-sesame-42");
            LlmOptions options = LlmOptions.defaults().withEnv(List.of(name));

            Answer failed = script("echo \"$" + name + "\" >&2; exit 1", environment, options)
                    .answer(QUESTION);
            Answer told =
                    script("echo \"it is $" + name + "\"", environment, options).answer(QUESTION);

            assertThat(failed.toString()).contains("***").doesNotContain("sesame");
            assertThat(told.toString()).contains("it is ***").doesNotContain("sesame");
        }
    }

    @Test
    void silenceIsNoReply() throws InterruptedException {
        assertThat(why(script("echo 'rate limited' >&2; echo ' '").answer(QUESTION)))
                .contains("no reply", "rate limited");
    }

    @Test
    void aProgramThatIsNotThereIsKnownBeforeANightBegins() {
        Models models = new Models(Map.of("PATH", "/usr/bin"), prompt -> "");
        for (String program : List.of("/no/such/program", "no-such-program", "/tmp")) {
            assertThatThrownBy(() -> models.open("command:" + program + " -p", LlmOptions.defaults()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("there is no program " + program);
        }
    }

    @Test
    void aLongPromptThatNobodyReadsBlocksNothing() throws InterruptedException {
        Question question = new Question("x".repeat(1 << 20), "", "0001-0");

        assertThat(script("echo 0.003").answer(question)).isEqualTo(new Answer.Replied("0.003\n", new Usage(1, 0, 0)));
    }

    @Test
    void theTimeLimitEndsTheWholeTree() throws Exception {
        Path child = folder.resolve("child");
        String lines = "sleep 600 & echo $! > '" + child + ".part'; mv '" + child + ".part' '" + child + "'; wait";

        Answer answer = script(lines, Map.of(), LlmOptions.defaults().withTimeout(Duration.ofMillis(1500)))
                .answer(QUESTION);

        assertThat(why(answer)).contains("no reply within 1500 ms");
        assertThat(endOf(child)).isTrue();
    }

    @Test
    void anInterruptEndsTheWholeTree() throws Exception {
        Path child = folder.resolve("child");
        Model model =
                script("sleep 600 & echo $! > '" + child + ".part'; mv '" + child + ".part' '" + child + "'; wait");
        List<String> ends = new CopyOnWriteArrayList<>();
        Thread asking = new Thread(() -> {
            try {
                model.answer(QUESTION);
                ends.add("answered");
            } catch (InterruptedException interrupted) {
                ends.add("interrupted");
            }
        });
        asking.start();
        while (!Files.exists(child)) {
            Thread.onSpinWait();
        }
        asking.interrupt();
        asking.join();

        assertThat(ends).containsExactly("interrupted");
        assertThat(endOf(child)).isTrue();
    }

    @Test
    void aChildThatIsLeftBehindAtOnceEndsWithTheCall() throws Exception {
        Path child = folder.resolve("child");
        String left = "(setsid sleep 600 > /dev/null 2>&1 & echo $! > '" + child + "'); echo 0.003";

        assertThat(said(script(left))).isEqualTo("0.003\n");
        assertThat(endOf(child)).isTrue();
    }

    /** Waits for the end of the process whose number is in the file. */
    private static boolean endOf(Path file) throws Exception {
        long pid = Long.parseLong(Files.readString(file).strip());
        var handle = ProcessHandle.of(pid);
        if (handle.isPresent()) {
            handle.get().onExit().get(60, TimeUnit.SECONDS);
        }
        return true;
    }

    @Test
    void endlessOutputIsCutOff() throws InterruptedException {
        assertThat(why(script("yes").answer(QUESTION))).contains("more than 4 MiB");
    }

    @Test
    void aKeyInTheCommandLineIsRefusedSinceTheLineIsWrittenDown() {
        Models models = new Models(Map.of("X_API_KEY", "my-secret-key"), prompt -> "");

        assertThatThrownBy(() -> models.open("command:/bin/sh --key my-secret-key", LlmOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("llm.env")
                .hasMessageNotContaining("my-secret-key");
    }
}
