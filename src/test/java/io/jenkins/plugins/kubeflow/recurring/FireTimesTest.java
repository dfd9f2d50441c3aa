package io.jenkins.plugins.kubeflow.recurring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FireTimesTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void theSoonestComeFirstAndOnce() {
        FireTimes times = new FireTimes();
        times.put("c", T.plusSeconds(3));
        times.put("a", T.plusSeconds(1));
        times.put("b", T.plusSeconds(1));
        assertThat(times.first()).contains(T.plusSeconds(1));
        assertThat(times.due(T)).isEmpty();
        assertThat(times.due(T.plusSeconds(2))).containsExactly("a", "b");
        assertThat(times.due(T.plusSeconds(2))).isEmpty();
        assertThat(times.size()).isEqualTo(1);
    }

    @Test
    void aNewTimeTakesThePlaceOfTheOld() {
        FireTimes times = new FireTimes();
        times.put("a", T);
        times.put("a", T.plusSeconds(9));
        assertThat(times.due(T.plusSeconds(5))).isEmpty();
        times.remove("a");
        times.remove("never there");
        assertThat(times.first()).isEmpty();
        assertThat(times.due(T.plusSeconds(99))).isEmpty();
    }
}
