package io.jenkins.plugins.kubeflow.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermitsTest {
    private final List<String> granted = new ArrayList<>();
    private final Permits permits = new Permits(2, Runnable::run);

    private void request(String owner, int n) {
        permits.request(owner, () -> granted.add(owner + n));
    }

    @Test
    void firstComeFirstServedWithinARunAndInTurnsBetweenRuns() {
        for (int i = 0; i < 5; i++) {
            request("a", i);
        }
        request("b", 0);
        request("b", 1);
        assertThat(granted).containsExactly("a0", "a1");
        for (int i = 0; i < 5; i++) {
            permits.release();
        }
        assertThat(granted).containsExactly("a0", "a1", "a2", "b0", "a3", "b1", "a4");
    }

    @Test
    void whatIsForgottenIsNotGranted() {
        for (int i = 0; i < 4; i++) {
            request("a", i);
        }
        permits.forget("a");
        permits.release();
        request("b", 0);
        assertThat(granted).containsExactly("a0", "a1", "b0");
    }

    @Test
    void aLargerLimitLetsWaitersGoAtOnce() {
        for (int i = 0; i < 5; i++) {
            request("a", i);
        }
        permits.resize(4);
        assertThat(granted).containsExactly("a0", "a1", "a2", "a3");
        permits.release();
        assertThat(granted).hasSize(5);
    }

    @Test
    void aSmallerLimitLetsGoOnWhatIsOnItsWay() {
        for (int i = 0; i < 4; i++) {
            request("a", i);
        }
        permits.resize(1);
        permits.release();
        assertThat(granted).as("one of two has ended, one is allowed").hasSize(2);
        permits.release();
        assertThat(granted).hasSize(3);
        permits.release();
        permits.release();
        permits.resize(2);
        request("b", 0);
        request("b", 1);
        assertThat(granted).endsWith("b0", "b1").hasSize(6);
        assertThatThrownBy(() -> permits.resize(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void atLeastOne() {
        assertThatThrownBy(() -> new Permits(0, Runnable::run)).hasMessage("the parallelism must be at least 1, got 0");
    }
}
