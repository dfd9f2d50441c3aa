package io.jenkins.plugins.kubeflow.engine.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelperLinesTest {
    private static HelperLines lines(String text) {
        return new HelperLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void reportsAreKeptAndEmptyLinesAreNothing() throws IOException {
        HelperLines lines = lines("\n\npart 0 200 0 \"abc\"\n\npart 1 404 22 \nfetched\n");
        assertThat(lines.next()).startsWith("part 0");
        assertThat(lines.next()).startsWith("part 1");
        assertThat(lines.next()).isEqualTo("fetched");
        assertThat(lines.next()).isEmpty();
        assertThat(lines.reports()).isEqualTo(Map.of(0, new TransferReport(0, 200, 0, "abc"), 1, new TransferReport(1, 404, 22, "")));
    }

    @Test
    void filesHaveTheirSize() throws IOException {
        Map<String, Long> files = new LinkedHashMap<>();
        lines("object 12 s3/b/a b\nobject 0 s3/b/ü\nobjects\n").objects(files);
        assertThat(files).containsExactly(Map.entry("s3/b/a b", 12L), Map.entry("s3/b/ü", 0L));
        assertThatThrownBy(() -> lines("object 1 s3/b/a\nb\nobjects\n").objects(files)).hasMessageContaining("whose name no object can have");
        assertThatThrownBy(() -> lines("object 1 s3/b/a\n").objects(files)).hasMessageContaining("broke off");
    }

    @ParameterizedTest
    @CsvSource({
        "200, 0, true, it answered 200",
        "403, 22, false, rights",
        "0, 7, false, nothing answers",
        "0, 6, false, cannot be resolved",
        "0, 60, false, certificate",
        "0, 23, false, is it full",
    })
    void whatCurlSays(int status, int exit, boolean good, String words) {
        TransferReport report = new TransferReport(0, status, exit, "");
        assertThat(report.isGood()).isEqualTo(good);
        assertThat(report.sentence()).contains(words);
    }

    @Test
    void curlsConfigurationQuotes() {
        CurlRequests requests = new CurlRequests();
        requests.get("http://s/x?a=b", "s3/a \"b\" \\c");
        requests.put("http://s/y", "f");
        String text = new String(requests.bytes(), StandardCharsets.UTF_8);
        assertThat(text).contains("output = \"s3/a \\\"b\\\" \\\\c\"", "next\nurl = \"http://s/y\"", "part 1 %{http_code} %{exitcode}");
        assertThat(text.split("globoff", -1)).as("options are local to a transfer").hasSize(3);
    }
}
