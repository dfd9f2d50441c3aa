package io.jenkins.plugins.kubeflow.engine.pod;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Names and labels that follow from a run or an attempt alone, so that after a crash "already exists" means "adopt". */
public final class PodNames {
    public static final String PREFIX = "kubeflow.jenkins.io/";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String MANAGER = "kubeflow-pipelines-for-jenkins";
    public static final String OWNER = PREFIX + "owner";
    public static final String RUN = PREFIX + "run";
    public static final String TASK = PREFIX + "task";
    public static final String ATTEMPT = PREFIX + "attempt";
    public static final String HANDLE = PREFIX + "handle";
    public static final String TASK_PATH = PREFIX + "task-path";
    public static final String RUN_ID = PREFIX + "run-id";
    public static final String RUN_NAME = PREFIX + "run-name";
    public static final String PLAN = PREFIX + "plan";

    private PodNames() {}

    /** @param taskKey for people, the digest of the handle for uniqueness */
    public static String pod(String taskKey, String handle) {
        String key = taskKey.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+", "");
        key = key.length() > 40 ? key.substring(0, 40) : key;
        return "kfp-" + key.replaceAll("-+$", "") + (key.isEmpty() ? "" : "-") + digest(handle);
    }

    public static String anchor(String runId) {
        return "kfp-run-" + digest(runId);
    }

    /** A label's value: itself when it is one, else with its digest. */
    public static String label(String value) {
        String clean = value.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
        if (clean.equals(value) && value.length() <= 63) {
            return value;
        }
        return (clean.length() > 40 ? clean.substring(0, 40) : clean) + (clean.isEmpty() ? "" : "-") + digest(value);
    }

    /** Twelve hexadecimal digits. */
    static String digest(String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
