package dev.chiron.agent.describe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeAskedTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    at most 5 minutes a trial              | 5m
                    I give it 90 s per run                 | 90s
                    2 hours for each training, no more     | 2h
                    1.5h/run                               | 90m
                    a 10-minute training                   | ''
                    within 10 min for every experiment     | 10m
                    5 MINUTES PER TRIAL                    | 5m
                    finish in 8 hours, 5m a trial          | 5m
                    500 million tokens a run               | ''
                    0 minutes a trial                      | ''
                    nothing of it                          | ''
                    """)
    void timeIsWhatStandsBeforeATrial(String words, String time) {
        assertThat(TimeAsked.in(words).map(TimeAsked::text).orElse("")).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({"5, 5m", "0.5, 30s", "0.001, 1s", "120, 2h", "1.25, 75s"})
    void minutesAreWrittenAsChironYamlHasThem(double minutes, String time) {
        assertThat(TimeAsked.text(TimeAsked.ofMinutes(minutes))).isEqualTo(time);
    }
}
