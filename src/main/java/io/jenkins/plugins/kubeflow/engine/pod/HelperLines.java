package io.jenkins.plugins.kubeflow.engine.pod;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The lines that a helper's script says before, or instead of, an archive. Empty ones only keep the connection alive. */
final class HelperLines {
    /** Beyond the longest path of Linux. */
    private static final int LONGEST = 5000;

    private final InputStream in;
    private final Map<Integer, TransferReport> reports = new HashMap<>();

    HelperLines(InputStream in) {
        this.in = in;
    }

    /** The next line with something on it; "" at the end. Keeps what is a report. */
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && line.size() < LONGEST; c = in.read()) {
            if (c != '\n') {
                line.write(c);
            } else if (line.size() > 0) {
                break;
            }
        }
        String text = line.toString(StandardCharsets.UTF_8);
        TransferReport report = TransferReport.of(text);
        if (report != null) {
            reports.put(report.number(), report);
        }
        return text;
    }

    /** Those so far, by their number. */
    Map<Integer, TransferReport> reports() {
        return reports;
    }

    /** Reads {@code object SIZE PATH} lines up to the one that ends them. */
    void objects(Map<String, Long> files) throws IOException {
        for (String line = next(); !line.equals("objects"); line = next()) {
            int space = line.indexOf(' ', 7);
            if (!line.startsWith("object ") || space < 0) {
                throw new IOException(line.isEmpty() ? "the helper broke off" : "the step left a file whose name no object can have: " + line);
            }
            files.put(line.substring(space + 1), Long.parseLong(line.substring(7, space)));
        }
    }
}
