package io.jenkins.plugins.kubeflow.engine.process;

import java.nio.file.Path;
import java.util.Locale;

/** Tells a full disk (or quota) from other failures: nobody's step is to blame, and no repetition helps. */
final class DiskFull {
    private DiskFull() {}

    static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && says(cause.getMessage())) {
                return true;
            }
        }
        return false;
    }

    /** The system's words, as Java and Python hand them on. */
    static boolean says(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        return text.contains("no space left on device") || text.contains("disk quota exceeded");
    }

    static ProcessException at(Path place) {
        return ProcessException.impossible("there is no space left for ‘" + place + "’. Make room");
    }
}
