package io.jenkins.plugins.kubeflow.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodQueueTest {
    private final List<String> begun = new ArrayList<>();
    private final PodQueue queue = new PodQueue(2);

    private boolean enter(String run, int number) {
        return queue.enter(run, () -> begun.add(run + number));
    }

    @Test
    void runsTakeTurnsAndWithinARunTheFirstComesFirst() {
        for (int i = 1; i <= 4; i++) {
            assertThat(enter("big", i)).isEqualTo(i <= 2);
        }
        enter("small", 1);
        enter("other", 1);
        for (int i = 0; i < 4; i++) {
            queue.leave();
        }
        assertThat(begun).containsExactly("big1", "big2", "big3", "small1", "other1", "big4");
    }

    @Test
    void aPlaceThatIsNotWantedAnyMoreIsNotGiven() {
        enter("a", 1);
        enter("a", 2);
        Runnable third = () -> begun.add("never");
        queue.enter("a", third);
        assertThat(queue.withdraw("a", third)).isTrue();
        queue.leave();
        assertThat(queue.withdraw("a", third)).isFalse();
        assertThat(enter("b", 1)).isTrue();
        assertThat(begun).containsExactly("a1", "a2", "b1");
    }

    @Test
    void zeroIsNoLimit() {
        PodQueue unlimited = new PodQueue(0);
        for (int i = 0; i < 100; i++) {
            assertThat(unlimited.enter("a", () -> begun.add("x"))).isTrue();
        }
        assertThat(begun).hasSize(100);
    }
}
