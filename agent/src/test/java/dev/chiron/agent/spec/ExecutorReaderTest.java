package dev.chiron.agent.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.sandbox.slurm.Allocation;
import dev.chiron.sandbox.slurm.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutorReaderTest {

    private static final String FULL = Workplace.YAML + """
            limits: { time: 30m }
            executor: slurm
            slurm:
              partition: gpu
              account: lab-7
              time: 45m
              gpus: a100:2
              cpus: 8
              memory: 64g
              max_jobs: 32
              array: 8
              pending: 48h
              poll: 30s
              options: [--qos=high, "--constraint=a100|h100"]
              setup:
                - module load cuda/12.4
                - source ~/venv/bin/activate
            """;

    @TempDir
    Path folder;

    private Workplace here;

    @BeforeEach
    void makeWorkplace() throws IOException {
        here = Workplace.in(folder);
    }

    @Test
    void everyKeyIsReadAndReadsBackFromAStudy() throws IOException {
        Spec spec = here.spec(FULL);
        assertThat(spec.executor())
                .isEqualTo(new ExecutorSpec(
                        "slurm",
                        new Allocation(
                                Optional.of("gpu"),
                                Optional.of(Duration.ofMinutes(45)),
                                Optional.of("a100:2"),
                                OptionalInt.of(8),
                                OptionalLong.of(64L << 30),
                                Optional.of("lab-7"),
                                List.of("--qos=high", "--constraint=a100|h100"),
                                List.of("module load cuda/12.4", "source ~/venv/bin/activate")),
                        new Pace(32, 8, Duration.ofSeconds(30), Duration.ofHours(48))));
        Path file = Files.writeString(folder.resolve("study.yaml"), FrozenSpec.text(spec, folder));
        assertThat(FrozenSpec.read(file)).isEqualTo(spec);
    }

    @Test
    void withoutThemAStudyIsAsItWas() throws IOException {
        Spec spec = here.spec(Workplace.YAML);
        assertThat(spec.executor().isSlurm()).isFalse();
        assertThat(FrozenSpec.text(spec, folder)).doesNotContain("executor", "slurm");
    }

    @Test
    void flagsComeBeforeTheFile() throws IOException {
        Spec spec = here.spec(
                FULL, new Setting("executor", "local", "--executor"), new Setting("slurm.max_jobs", "5", "--max-jobs"));
        assertThat(spec.executor().isSlurm()).isFalse();
        assertThat(spec.executor().pace().jobs()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    executor: slrum                                    ; executor: unknown `slrum`, did you mean `slurm`?
                    slurm: { partitoin: gpu }                          ; slurm: unknown key `partitoin`, did you mean `partition`?
                    slurm: { array: 0 }                                ; slurm.array: `0` does not lie in [1, 100000]
                    slurm: { time: 30m }                               ; slurm.time: `30m` is not more than what the runs of a trial may take, 1h
                    slurm: { memory: 100m }                            ; slurm.memory: `100m` is not enough: a job needs 512m for Chiron itself
                    slurm: { gpus: many }                              ; slurm.gpus: `many` is no number of GPUs
                    slurm: { partition: 'a b' }                        ; slurm.partition: `a b` is no name that Slurm knows
                    slurm: { max_jobs: 0 }                             ; slurm.max_jobs: `0` does not lie in [1, 100000]
                    slurm: { poll: 10ms }                              ; slurm.poll: `10ms` is more often than a cluster's controller should be asked
                    slurm: { options: [--export=ALL] }                 ; slurm.options[0]: --export is Chiron's own to say
                    slurm: { options: [-p gpu] }                       ; slurm.options[0]: `-p gpu` is no option of sbatch in one word
                    slurm: { setup: module load x }                    ; slurm.setup: expected a list, for example [module load cuda/12.4]
                    """)
    void whatCannotBeMeantIsRefused(String line, String message) throws IOException {
        assertThat(here.message(Workplace.YAML + line + "\n")).contains(message);
    }
}
