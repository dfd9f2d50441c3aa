package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Follows the log of a pod's main container as it is written. Nobody waits for it: bytes go to the sink on the client's threads, and an
 * API server that does not even begin to answer (a silent step has no first byte) holds nothing up.
 */
final class LogFollow {

    /** How it ended. */
    enum End {
        /** The wrapper's last line was seen. */
        COMPLETE,
        /** There was no log to follow (yet). */
        NONE,
        /** The stream ended or was stopped. */
        ENDED
    }

    private final StepLog sink;
    private final CompletableFuture<End> end = new CompletableFuture<>();

    private LogFollow(StepLog sink) {
        this.sink = sink;
    }

    /** Returns at once. The sink is used by one thread at a time until {@link #end} has come. */
    static LogFollow open(KubernetesClient client, String namespace, String podName, StepLog sink) {
        LogFollow follow = new LogFollow(sink);
        follow.start(client, client.getMasterUrl() + "api/v1/namespaces/" + namespace + "/pods/" + podName + "/log?container="
                + TaskManifest.MAIN + "&follow=true");
        return follow;
    }

    private void start(KubernetesClient client, String url) {
        HttpClient http = client.getHttpClient();
        CompletableFuture<HttpResponse<AsyncBody>> call = http.consumeBytes(http.newHttpRequestBuilder().uri(url).forStreaming().build(), this::consume);
        call.whenComplete((response, trouble) -> {
            if (trouble != null) {
                end(End.NONE);
            } else if (!response.isSuccessful() || end.isDone()) {
                response.body().cancel();
                end(End.NONE);
            } else {
                response.body().done().whenComplete((nothing, broken) -> end(End.ENDED));
                response.body().consume();
            }
        });
    }

    private synchronized void consume(List<ByteBuffer> buffers, AsyncBody from) throws IOException {
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            if (!end.isDone()) {
                sink.accept(bytes, bytes.length);
            }
        }
        if (sink.isComplete()) {
            end(End.COMPLETE);
            from.cancel();
        } else if (end.isDone()) {
            from.cancel();
        } else {
            from.consume();
        }
    }

    private void end(End how) {
        end.complete(how);
    }

    /** Completes on any thread; whoever waits for it must not block. */
    CompletableFuture<End> end() {
        return end;
    }

    /** The sink is left alone from the moment this returns; the stream is closed with its next byte, as its reader may be waiting. */
    synchronized void stop() {
        end(End.ENDED);
    }
}
