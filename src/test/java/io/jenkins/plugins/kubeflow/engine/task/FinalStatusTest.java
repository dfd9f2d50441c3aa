package io.jenkins.plugins.kubeflow.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.kubeflow.engine.graph.TaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinalStatusTest {

    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, SUCCEEDED, COMPLETE", "CACHED, SUCCEEDED, CACHED", "FAILED, FAILED, FAILED", "CANCELED, CANCELLED, CANCELED", "SKIPPED, SKIPPED, CANCELED", "RUNNING, RUNNING, RUNNING"})
    void namesOfStates(TaskState state, String documented, String ofTheServer) {
        assertThat(FinalStatus.of(state, "why", "iris-1", "exit", false).path("state").asText()).isEqualTo(documented);
        assertThat(FinalStatus.of(state, "why", "iris-1", "exit", true).path("state").asText()).isEqualTo(ofTheServer);
    }

    @Test
    void theMessage() {
        assertThat(FinalStatus.of(TaskState.FAILED, "exit code 3", "iris-1", "exit", false).toString()).isEqualTo(
                "{\"state\":\"FAILED\",\"error\":{\"code\":9,\"message\":\"exit code 3\"},\"pipelineJobResourceName\":\"iris-1\",\"pipelineTaskName\":\"exit\"}");
        assertThat(FinalStatus.of(TaskState.FAILED, null, "iris-1", "exit", false).at("/error/message").asText()).isEmpty();
        assertThat(FinalStatus.of(TaskState.SUCCEEDED, "left over", "iris-1", "exit", false).path("error")).isEmpty();
    }
}
