package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Proposed;
import dev.chiron.agent.store.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several trials at once as a person starts them, with real processes. Which of them ends when is said by files. */
@Timeout(240)
class WorkersCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), """
                script: train.sh
                run: sh {script} {X}
                metric: { name: loss }
                space: { X: { type: float, low: 0, high: 1, default: 0.5 } }
                method: sobol
                budget: { trials: 9 }
                """);
        Files.writeString(folder.resolve("train.sh"), "echo loss: $1\n");
    }

    /** Every trial but the baseline says that it has started, waits for the file `go`, and says that it has ended. */
    private void waiting() throws IOException {
        Files.writeString(folder.resolve("train.sh"), """
                dir=%s
                if [ "$1" = 0.5 ]; then echo loss: $1; exit 0; fi
                echo $$ > $dir/started-$1
                until [ -e $dir/go ]; do sleep 0.02; done
                echo again >> $dir/ended-$1
                echo loss: $1
                """.formatted(folder));
    }

    private List<Path> files(String glob) throws IOException {
        List<Path> files = new ArrayList<>();
        try (var listed = Files.newDirectoryStream(folder, glob)) {
            listed.forEach(files::add);
        }
        return files;
    }

    private void until(String glob, int count) throws IOException {
        while (files(glob).size() < count) {
            Thread.onSpinWait();
        }
    }

    private Recording recording() {
        return Recording.read(folder.resolve("chiron-study")).orElseThrow();
    }

    private Screen screen() {
        return new Screen(folder);
    }

    @Test
    void eachWorkerShowsItsTrialsAGpuOfItsOwn() throws IOException {
        Files.writeString(folder.resolve("train.sh"), "echo sees $CUDA_VISIBLE_DEVICES\necho loss: $1\n");
        Screen screen = screen();
        assertThat(screen.run("run", "--json", "--gpus", "3,GPU-1a2b", "--trials", "15"))
                .as(screen.err())
                .isZero();
        assertThat(recording().entries()).hasSize(15);
        for (Entry entry : recording().entries()) {
            String gpu = entry.gpu().orElseThrow();
            Path log = folder.resolve("chiron-study/trials")
                    .resolve("%04d".formatted(entry.trial().number()))
                    .resolve("tail.log");
            assertThat(Files.readString(log)).contains("sees " + gpu + "\n");
        }
        JsonNode end =
                JSON.readTree(screen.out().lines().reduce((one, other) -> other).orElseThrow());
        assertThat(end.at("/workers/workers").asInt()).isEqualTo(2);
        assertThat(end.at("/workers/utilisation").asDouble()).isBetween(0.0, 1.0);
        assertThat(Files.readString(folder.resolve("chiron-study/journal.jsonl")))
                .contains("\"type\":\"worked\"");
    }

    @Test
    void theSummarySaysHowBusyTheWorkersWere() {
        Screen screen = screen();
        assertThat(screen.run("run", "--workers", "3")).as(screen.err()).isZero();
        assertThat(screen.out()).containsPattern("workers +3, busy [0-9.]+ % of the time: ");
        assertThat(screen.run("trials", "--json")).isZero();
        List<Integer> numbers = screen.out()
                .lines()
                .map(line -> line.replaceFirst(".*\"trial\":([0-9]+).*", "$1"))
                .map(Integer::valueOf)
                .toList();
        assertThat(numbers).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        for (String command : List.of("status", "best", "export", "show 7", "why 5", "export --format optuna")) {
            assertThat(screen.run(command.split(" ")))
                    .as(command + screen.err())
                    .isZero();
        }
        assertThat(screen.run("config")).isZero();
        assertThat(screen.out()).containsPattern("workers +auto");
        assertThat(screen.run("run")).isZero();
        assertThat(screen.out()).as("nothing was left to run").doesNotContain("busy");
    }

    @Test
    void ctrlCOnceFinishesTheRunningTrialsAndTheyGoOnLater() throws Exception {
        waiting();
        try (Started chiron = Started.in(folder, "run", "--json", "--sandbox", "off", "--workers", "3")) {
            until("started-*", 3);
            chiron.signal("INT");
            while (!chiron.err().contains("Stopping after the running trials")) {
                Thread.onSpinWait();
            }
            Files.createFile(folder.resolve("go"));
            assertThat(chiron.exitCode()).as(chiron.err()).isEqualTo(130);
            assertThat(chiron.out()).contains("\"end\":\"interrupted\",\"why\":\"paused\"");
        }
        assertThat(recording().entries()).hasSize(4);
        assertThat(recording().pending()).isEmpty();
        Screen screen = screen();
        assertThat(screen.run("run", "--sandbox", "off", "--workers", "3"))
                .as(screen.err())
                .isZero();
        assertThat(recording().entries()).hasSize(9);
    }

    @Test
    void ctrlCTwiceStopsAllAtOnceAndLeavesNothingRunning() throws Exception {
        waiting();
        try (Started chiron = Started.in(folder, "run", "--json", "--sandbox", "off", "--workers", "3")) {
            until("started-*", 3);
            chiron.signal("TERM");
            while (!chiron.err().contains("once more stops now")) {
                Thread.onSpinWait();
            }
            chiron.signal("TERM");
            assertThat(chiron.exitCode()).as(chiron.err()).isEqualTo(130);
            assertThat(chiron.out()).contains("the running trials were given up");
        }
        requireNoneRuns();
        List<Proposed> pending = recording().pending();
        assertThat(pending).hasSize(3);
        assertThat(recording().entries()).hasSize(1);
        goOn(pending);
    }

    /** Whatever was started has ended. */
    private void requireNoneRuns() throws Exception {
        for (Path started : files("started-*")) {
            String pid = Files.readString(started).strip();
            ProcessHandle.of(Long.parseLong(pid))
                    .ifPresent(left ->
                            left.onExit().orTimeout(30, TimeUnit.SECONDS).join());
        }
    }

    /** The pending trials are run as they were proposed, and the study to its end. */
    private void goOn(List<Proposed> pending, String... flags) throws IOException {
        if (!Files.exists(folder.resolve("go"))) {
            Files.createFile(folder.resolve("go"));
        }
        List<String> words = new ArrayList<>(List.of("run", "--sandbox", "off", "--workers", "4"));
        words.addAll(List.of(flags));
        Screen screen = screen();
        assertThat(screen.run(words.toArray(String[]::new))).as(screen.err()).isZero();
        List<Entry> entries = recording().entries();
        assertThat(entries).hasSize(9);
        assertThat(entries.stream().map(entry -> entry.trial().config()).distinct())
                .hasSize(9);
        for (Proposed trial : pending) {
            assertThat(entries)
                    .anyMatch(entry -> entry.trial().number() == trial.number()
                            && entry.trial().change().equals(trial.change())
                            && entry.trial().origin() == trial.origin());
        }
    }

    @Test
    void killedWithFourUnderWayItRunsThemAgain() throws Exception {
        waiting();
        try (Started chiron = Started.in(folder, "run", "--json", "--sandbox", "off", "--workers", "4")) {
            until("started-*", 4);
            chiron.signal("KILL");
            chiron.exitCode();
        }
        List<Proposed> pending = recording().pending();
        assertThat(pending).hasSize(4);
        assertThat(recording().entries()).hasSize(1);
        Screen status = screen();
        assertThat(status.run("status")).isZero();
        assertThat(status.out()).contains("under way  1, 2, 3, 4: run again when the study goes on");
        assertThat(status.run("trials", "--json")).isZero();
        goOn(pending);
        requireNoneRuns();
    }

    @Test
    void killedWhileOneKeepsTheOthersWaitingNothingThatHasEndedIsLost() throws Exception {
        Files.writeString(folder.resolve("train.sh"), """
                dir=%s
                if [ "$1" = 0.5 ]; then echo loss: $1; exit 0; fi
                if mkdir $dir/slow 2> /dev/null; then
                  echo $$ > $dir/started-$1
                  until [ -e $dir/go ]; do sleep 0.02; done
                fi
                echo again >> $dir/ended-$1
                echo loss: $1
                """.formatted(folder));
        try (Started chiron =
                Started.in(folder, "run", "--json", "--sandbox", "off", "--workers", "4", "--deterministic")) {
            until("started-*", 1);
            while (!isHeldUp()) {
                Thread.onSpinWait();
            }
            chiron.signal("KILL");
            chiron.exitCode();
        }
        assertThat(recording().pending()).isNotEmpty();
        goOn(recording().pending(), "--deterministic");
        List<Integer> times = new ArrayList<>();
        for (Path ended : files("ended-*")) {
            String started = ended.getFileName().toString().replace("ended", "started");
            if (!Files.exists(folder.resolve(started))) { // else it was running, and is run again
                times.add(Files.readAllLines(ended).size());
            }
        }
        assertThat(times).as("none has run to its end twice").hasSize(7).containsOnly(1);
        assertThat(recording().entries().stream().map(entry -> entry.trial().number()))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        requireNoneRuns();
    }

    /** Whether all that is pending has ended but for the first, on which everything else waits. */
    private boolean isHeldUp() {
        List<Proposed> pending = Recording.read(folder.resolve("chiron-study"))
                .map(Recording::pending)
                .orElse(List.of());
        return pending.size() == 4
                && !hasEnded(pending.get(0))
                && pending.subList(1, 4).stream().allMatch(this::hasEnded);
    }

    private boolean hasEnded(Proposed trial) {
        return Files.exists(folder.resolve("chiron-study/trials/%04d/outcome.json".formatted(trial.number())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--workers 0 | --workers: `0` does not lie in [1, 4096]",
                "--workers two | --workers: `two` is not a whole number",
                "--gpus 0,x | --gpus: `x` is no GPU; name them by number, such as 0,1, or as nvidia-smi -L does",
                "--gpus 0,,1 | --gpus: `` is no GPU",
                "--workers 3 --gpus 0,1 | --gpus: names 2 GPUs for 3 workers (--workers); each worker has one",
                "--workers 2 --method commons-cma-es | 2 trials at once are not to be had: the library of commons-cma-es waits",
                "--workers 2 --method centaur-code | 2 trials at once are not to be had: the method centaur-code edits the best script",
            })
    void whatCannotBeIsRefusedAndNothingIsMade(String flags, String message) {
        Screen screen = screen();
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(List.of(flags.split(" ")));
        assertThat(screen.run(words.toArray(String[]::new))).isEqualTo(2);
        assertThat(screen.err()).contains(message);
        assertThat(folder.resolve("chiron-study")).doesNotExist();
    }

    /** For CUDA, and for the batch systems that set it so, an empty list shows none. */
    @Test
    void anEmptyListOfGpusShowsNone() throws IOException {
        Screen screen = screen().with("CUDA_VISIBLE_DEVICES", "");
        assertThat(screen.run("run", "--gpus", "0")).isEqualTo(2);
        assertThat(screen.err()).contains("gpus (--gpus): 0 is not among those that CUDA_VISIBLE_DEVICES= shows here");
        assertThat(folder.resolve("chiron-study")).doesNotExist();
    }

    @Test
    void thePersonsOwnChoiceOfGpusHolds() throws IOException {
        Screen screen = screen().with("CUDA_VISIBLE_DEVICES", "2,3");
        assertThat(screen.run("run", "--gpus", "0,2")).isEqualTo(2);
        assertThat(screen.err())
                .contains("gpus (--gpus): 0 is not among those that CUDA_VISIBLE_DEVICES=2,3 shows here");
        assertThat(screen.run("run", "--gpus", "3,2", "--trials", "3"))
                .as(screen.err())
                .isZero();
        Files.writeString(
                folder.resolve("chiron.yaml"),
                Files.readString(folder.resolve("chiron.yaml"))
                        + "env: { CUDA_VISIBLE_DEVICES: \"2\" }\ngpus: [2, 3]\n");
        assertThat(screen.run("run", "--fresh")).isEqualTo(2);
        assertThat(screen.err()).contains("gives each worker a GPU by CUDA_VISIBLE_DEVICES, and env: sets that");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpus: [0, 1]\n", "gpus: 0, 1\n", "gpus: \"0,1\"\nworkers: 2\n"})
    void theTaskFileNamesThemToo(String lines) throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), Files.readString(folder.resolve("chiron.yaml")) + lines);
        Screen screen = screen();
        assertThat(screen.run("run")).as(screen.err()).isZero();
        assertThat(recording().entries())
                .allMatch(entry -> List.of("0", "1").contains(entry.gpu().orElse("")));
        assertThat(screen.run("run", "--trials", "12", "--gpus", "5"))
                .as(screen.err())
                .isEqualTo(lines.contains("workers") ? 2 : 0);
        assertThat(screen.run("config")).isZero();
        assertThat(screen.out()).containsPattern("gpus +0, ?1");
    }

    @Test
    void theDoctorLooksWhetherTheyAreThere() throws IOException {
        Path smi = folder.resolve("nvidia-smi");
        Files.writeString(smi, "#!/bin/sh\necho 'GPU 0: NVIDIA H200 (UUID: GPU-12ab)'\n");
        assertThat(smi.toFile().setExecutable(true)).isTrue();
        Screen screen = screen().with("PATH", folder + ":" + System.getenv("PATH"));
        Files.writeString(
                folder.resolve("chiron.yaml"),
                Files.readString(folder.resolve("chiron.yaml")) + "gpus: [0, GPU-12ab]\n");
        assertThat(screen.run("doctor", "--no-baseline")).as(screen.out()).isZero();
        assertThat(screen.out()).containsPattern("gpus +ok +one for each of 2 workers");
        Files.writeString(
                folder.resolve("chiron.yaml"),
                Files.readString(folder.resolve("chiron.yaml")).replace("GPU-12ab", "7"));
        assertThat(screen.run("doctor", "--no-baseline")).isEqualTo(1);
        assertThat(screen.out()).containsPattern("gpus +broken +the task names 7, which nvidia-smi -L does not list");
    }
}
