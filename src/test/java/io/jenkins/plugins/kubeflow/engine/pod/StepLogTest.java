package io.jenkins.plugins.kubeflow.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.kubeflow.engine.run.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepLogTest {

    /** A bar is a line break. However the bytes come in pieces, the same is left. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', nullValues = "none", value = {
        "#m# begin|hello||#m# done|; hello|; true; true",
        "#m# begin|hello|#m# done|; hello; true; true",
        "#m# begin||#m# done|; ''; true; true",
        "#m# begin|a||b|||#m# done|; a||b||; true; true",
        "#m# begin|#m|#|##m# x|; #m|#|##m# x|; true; false",
        "#m# begin|#m; #m; true; false",
        "late|; late|; false; false",
        "late|#m# begin|more|; latemore|; false; false",
        "#m# begin|x||#m# done|what comes after; x|; true; true",
        "#m# begin|x||#m# used 5 6|#m# done|; x|; true; true",
        "#m# begin|x|#m# used 5 6|#m# done|; x; true; true",
    })
    void theStepsOwnOutput(String written, String left, boolean whole, boolean complete) throws IOException {
        byte[] bytes = written.replace('|', '\n').getBytes(StandardCharsets.UTF_8);
        for (int piece = 1; piece <= bytes.length; piece++) {
            ByteArrayOutputStream log = new ByteArrayOutputStream();
            StepLog step = new StepLog("#m#", log);
            for (int from = 0; from < bytes.length; from += piece) {
                byte[] part = java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
                step.accept(part, part.length);
            }
            step.finish();
            assertThat(log.toString(StandardCharsets.UTF_8)).isEqualTo(left.equals("''") ? "" : left.replace('|', '\n'));
            assertThat(step.isWhole()).isEqualTo(whole);
            assertThat(step.isComplete()).isEqualTo(complete);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "none", value = {
        "#m# begin|x||#m# used 2500000 1048576|#m# done|; 2.5; 1048576",
        "#m# begin|x||#m# done|; none; none",
        "#m# begin|x||#m# used 12 much|#m# done|; none; none",
        "#m# begin|x||#m# used 12 12345678901234567890|#m# done|; none; none",
        "#m# begin|used 1 2||#m# done|; none; none",
    })
    void whatTheStepUsed(String written, Double seconds, Long memory) throws IOException {
        byte[] bytes = written.replace('|', '\n').getBytes(StandardCharsets.UTF_8);
        StepLog step = new StepLog("#m#", new ByteArrayOutputStream());
        step.accept(bytes, bytes.length);
        assertThat(step.usage()).isEqualTo(seconds == null ? null : new Usage(seconds, memory));
    }
}
