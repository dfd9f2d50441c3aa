package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** What an error of the API server means: pressure or a gap is waited for, a refusal is final. */
final class ApiTrouble {
    private static final Set<Integer> PASSING = Set.of(401, 408, 429, 500, 502, 503, 504);
    private static final long FIRST_MILLIS = 200;
    private static final long LAST_MILLIS = 10_000;

    private ApiTrouble() {}

    /** Whether the same request may well succeed later: overload, a restart, a lost connection, an expired token, a full quota. */
    static boolean passes(KubernetesClientException e) {
        return isUnreachable(e) || PASSING.contains(e.getCode()) || isQuota(e) || e.getCode() == 409 && text(e).contains("resourcequotas");
    }

    /** No answer at all: the client gives such errors no status code. */
    private static boolean isUnreachable(KubernetesClientException e) {
        return e.getCode() <= 0;
    }

    static boolean isQuota(KubernetesClientException e) {
        return e.getCode() == 403 && text(e).contains("exceeded quota");
    }

    /** Whether the pod as such is refused, which is the pipeline's fault. */
    static boolean isInvalid(KubernetesClientException e) {
        return e.getCode() == 400 || e.getCode() == 422;
    }

    static String sentence(KubernetesClientException e) {
        if (isQuota(e)) {
            return "the namespace's quota is used up: " + text(e);
        }
        if (e.getCause() instanceof StoreException store) {
            return store.getMessage();
        }
        if (isUnreachable(e)) {
            return "the API server cannot be reached: " + text(e);
        }
        return switch (e.getCode()) {
            case 429 -> "the API server is overloaded (429)";
            default -> "the API server says " + e.getCode() + ": " + text(e);
        };
    }

    private static String text(KubernetesClientException e) {
        if (e.getStatus() != null && e.getStatus().getMessage() != null) {
            return e.getStatus().getMessage();
        }
        String message = e.getCause() != null && e.getCause().getMessage() != null ? e.getCause().getMessage() : e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /** Doubles up to ten seconds, with some chance so that many do not come at once. */
    static Duration backoff(int failures) {
        long millis = Math.min(LAST_MILLIS, FIRST_MILLIS << Math.min(failures, 10));
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }
}
