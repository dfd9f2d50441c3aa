package io.jenkins.plugins.kubeflow.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricDirectionTest {
    @ParameterizedTest
    @CsvSource({
        "accuracy, UP", "val_accuracy, UP", "testAUC, UP", "f1, UP", "f1-score, UP", "R2, UP", "train/precision, UP",
        "loss, DOWN", "valLoss, DOWN", "accuracy_loss, DOWN", "rmse, DOWN", "mean absolute error, DOWN", "eval.wer, DOWN",
        "rows, UNKNOWN", "epochs, UNKNOWN", "map_size_in_lossless, UP", "timeline, UNKNOWN", "loss/rows, UNKNOWN", "'', UNKNOWN",
    })
    void isToldByTheName(String metric, MetricDirection direction) {
        assertThat(MetricDirection.of(metric)).isEqualTo(direction);
    }
}
