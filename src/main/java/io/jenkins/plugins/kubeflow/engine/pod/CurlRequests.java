package io.jenkins.plugins.kubeflow.engine.pod;

import java.nio.charset.StandardCharsets;

/**
 * A configuration file for {@code curl}: transfers between URLs and files of a pod, each of which reports how it went as
 * {@code part NUMBER STATUS EXIT ETAG}. Options are local to a transfer, so each repeats them.
 */
final class CurlRequests {
    private static final String REPORT = "\\npart %d %%{http_code} %%{exitcode} %%header{etag}\\n";
    private final StringBuilder config = new StringBuilder();
    private int count;

    /** @return the number of the transfer, from 0 */
    int get(String url, String file) {
        return add(url, "create-dirs\noutput = " + quote(file));
    }

    int put(String url, String file) {
        return add(url, "upload-file = " + quote(file) + "\noutput = \"/dev/null\"\nheader = \"Expect:\"");
    }

    private int add(String url, String how) {
        config.append(count == 0 ? "" : "next\n")
                .append("url = ").append(quote(url)).append('\n')
                .append(how).append('\n')
                .append("globoff\nfail\nretry = 3\nretry-connrefused\nconnect-timeout = 10\nspeed-limit = 1\nspeed-time = 120\n")
                .append("write-out = \"").append(String.format(REPORT, count)).append("\"\n");
        return count++;
    }

    /** How many transfers there are. */
    int count() {
        return count;
    }

    byte[] bytes() {
        return config.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
