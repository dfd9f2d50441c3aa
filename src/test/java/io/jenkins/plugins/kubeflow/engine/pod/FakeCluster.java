package io.jenkins.plugins.kubeflow.engine.pod;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import okio.ByteString;
import org.yaml.snakeyaml.Yaml;

/** An API server that keeps pods and config maps, has no kubelet, and fails as it is told to. Tests play the kubelet. */
final class FakeCluster implements AutoCloseable {
    private static final Logger SERVER = Logger.getLogger(MockWebServer.class.getName());
    private static final long LONGEST_SECONDS = 60;

    private final KubernetesCrudDispatcher objects = new KubernetesCrudDispatcher();
    private final KubernetesMockServer server;
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    final KubernetesClient client;
    /** A log that is followed, by default one that ends at once. */
    volatile MockResponse following = new MockResponse();
    /** What an exec says on its standard output before it ends; null for no exec at all. */
    volatile String exec;
    /** What containers have logged; null for the line of the wrapper and "hello". */
    volatile MockResponse log;

    private record Fault(Predicate<String> request, MockResponse response) {}

    FakeCluster() {
        SERVER.setLevel(Level.OFF);
        server = new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), new Requests(), false);
        server.init(InetAddress.getLoopbackAddress(), 0);
        client = server.createClient(builder -> builder.editOrNewConfig().withRequestRetryBackoffLimit(0).endConfig());
    }

    /** The next request whose method and path contain this gets the response instead of an answer. */
    FakeCluster fail(String request, MockResponse response) {
        synchronized (faults) {
            faults.add(new Fault(line -> line.contains(request), response));
        }
        return this;
    }

    static MockResponse error(int code, String reason, String message) {
        return new MockResponse().setResponseCode(code).setHeader("Content-Type", "application/json").setBody(
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":" + code + ",\"reason\":\"" + reason
                        + "\",\"message\":\"" + message + "\"}");
    }

    static MockResponse disconnect() {
        return new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST);
    }

    /** Waits until so many requests that contain this have been answered. */
    void await(String part, int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        synchronized (requests) {
            while (count(part) < count) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("no request ‘" + part + "’ for the " + count + ". time, but " + requests);
                }
                requests.wait(left);
            }
        }
    }

    /** How many requests that contain this have been answered. */
    long count(String part) {
        synchronized (requests) {
            return requests.stream().filter(line -> line.contains(part)).count();
        }
    }

    Pod pod(String name) {
        return client.pods().inNamespace("default").withName(name).get();
    }

    /** What the kubelet says of the pod from now on. */
    void status(String name, String yaml) {
        PodStatus status = new ObjectMapper().convertValue(new Yaml().load(yaml), PodStatus.class);
        Pod pod = new PodBuilder(pod(name)).withStatus(status).build();
        client.pods().inNamespace("default").resource(pod).updateStatus();
    }

    /** The scheduler's part. */
    void node(String name) {
        Pod pod = new PodBuilder(pod(name)).editSpec().withNodeName("n").endSpec().build();
        client.pods().inNamespace("default").resource(pod).update();
    }

    void terminated(String name, String state) {
        status(name, "{phase: Running, containerStatuses: [{name: main, state: {terminated: " + state + "}}]}");
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }

    private final class Requests extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            String line = request.getMethod() + " " + request.getPath();
            MockResponse response = fault(line);
            if (response == null && line.contains("/exec?") && exec != null) {
                response = execution(exec);
            }
            if (response == null) {
                response = isLog(line) ? (line.contains("follow=true") ? following : log == null ? hello(line) : log).clone() : objects.dispatch(request);
            }
            synchronized (requests) {
                requests.add(line);
                requests.notifyAll();
            }
            return response;
        }

        /** The API server's protocol: a byte for the channel (1 is standard output, 3 the end) before each message. */
        private MockResponse execution(String output) {
            return new MockResponse().setHeader("Sec-WebSocket-Protocol", "v4.channel.k8s.io").withWebSocketUpgrade(new WebSocketListener() {
                @Override
                public void onOpen(WebSocket socket, Response response) {
                    socket.send(ByteString.encodeUtf8("\u0001" + output));
                    socket.send(ByteString.encodeUtf8("\u0003{\"metadata\":{},\"status\":\"Success\"}"));
                    socket.close(1000, null);
                }
            });
        }

        private MockResponse hello(String line) {
            String pod = line.substring(line.indexOf("/pods/") + "/pods/".length(), line.indexOf("/log?"));
            return new MockResponse().setBody(StepScript.mark(pod) + " begin\nhello\n\n" + StepScript.mark(pod) + " done\n");
        }

        private boolean isLog(String line) {
            return line.contains("/log?");
        }

        private MockResponse fault(String line) {
            synchronized (faults) {
                for (Fault fault : faults) {
                    if (fault.request().test(line)) {
                        faults.remove(fault);
                        return fault.response();
                    }
                }
                return null;
            }
        }
    }
}
