package io.jenkins.plugins.kubeflow.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.ByteArrayInputStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTest {
    @Test
    void isKnownByItsContent() {
        Document one = Document.text("text/plain", "spec");
        Document two = Document.text("text/plain", "spec!");
        assertThat(one.isKnown(one.tag())).isTrue();
        assertThat(one.isKnown("\"x\", W/" + one.tag())).isTrue();
        assertThat(one.isKnown(two.tag())).isFalse();
        assertThat(one.isKnown(null)).isFalse();
        assertThat(one.cacheControl()).isEqualTo("private, no-cache");
        assertThat(Document.json(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "5, , 5, '\"5\"'",
        "5, , 3, ",
        "5, , 0, ",
        "9, 2026-01-01T00:00:00Z, 0, '\"0-9-2026-01-01T00:00:00Z\"'",
        "9, 2026-01-01T00:00:00Z, 4, '\"4-9-2026-01-01T00:00:00Z\"'",
        "9, 2026-01-01T00:00:00Z, 9, '\"9\"'",
    })
    void stateIsKeptOnlyWhenNothingInItCanChange(long version, String ended, long since, String tag) {
        ObjectNode state = Json.MAPPER.createObjectNode().put("version", version).put("ended", ended);
        Document document = Document.state(state, since);
        assertThat(document.tag()).isEqualTo(tag);
        assertThat(document.cacheControl()).isEqualTo(tag == null ? "no-store" : "private, no-cache");
    }

    @ParameterizedTest
    @CsvSource({"'gzip, deflate, br', true", "'deflate, gzip;q=1.0', true", "'br', false", "'gzip;q=0, br', false", ", false"})
    void isCompressedForThoseWhoAskForIt(String accepts, boolean packed) throws Exception {
        Document document = Document.text("text/plain", "line\n".repeat(1000));
        byte[] bytes = document.gzip(accepts);
        assertThat(bytes != null).isEqualTo(packed);
        if (packed) {
            assertThat(bytes).hasSizeLessThan(200);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes()).isEqualTo(document.body());
        }
        assertThat(Document.text("text/plain", "short").gzip(accepts)).isNull();
    }
}
