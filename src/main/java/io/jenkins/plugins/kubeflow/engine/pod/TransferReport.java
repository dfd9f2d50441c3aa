package io.jenkins.plugins.kubeflow.engine.pod;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code curl} says of one transfer: {@code part NUMBER STATUS EXIT ETAG}. */
record TransferReport(int number, int status, int exit, String etag) {
    private static final Pattern LINE = Pattern.compile("part (\\d{1,9}) (\\d{1,4}) (\\d{1,4}) ?(.*)");

    /** Null for any other line. */
    static TransferReport of(String line) {
        Matcher matcher = LINE.matcher(line);
        return !matcher.matches() ? null : new TransferReport(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)),
                matcher.group(4).replace("\"", "").strip());
    }

    boolean isGood() {
        return exit == 0 && status / 100 == 2;
    }

    String sentence() {
        return switch (exit) {
            case 0, 22 -> "it answered " + status + (status == 403 ? "; are the access key and its rights right?"
                    : status == 404 ? "; is there such a bucket?" : "");
            case 6 -> "its name cannot be resolved in the pod";
            case 7 -> "nothing answers at its address from the pod";
            case 23 -> "the pod's volume cannot be written; is it full?";
            case 26 -> "the file cannot be read by the helper";
            case 28 -> "it did not answer in time";
            case 35, 60 -> "its certificate is not trusted by the helper image";
            default -> "curl ended with " + exit + (status == 0 ? "" : " after " + status);
        };
    }
}
