package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the cluster noted about a pod, as text for people, oldest first. Blocks on the API; a refusal becomes the text. */
final class PodEvents {
    private PodEvents() {}

    static String of(KubernetesClient client, String namespace, String podName) {
        try {
            List<Event> events = client.v1().events().inNamespace(namespace).withField("involvedObject.name", podName).list().getItems();
            return events.stream()
                    .sorted(Comparator.comparing(PodEvents::time))
                    .map(PodEvents::line)
                    .collect(Collectors.joining());
        } catch (KubernetesClientException e) {
            return "The events of the pod cannot be read: " + ApiTrouble.sentence(e) + "\n";
        }
    }

    private static String time(Event event) {
        String micro = event.getEventTime() == null ? null : event.getEventTime().getTime();
        return Stream.of(event.getLastTimestamp(), event.getFirstTimestamp(), micro).filter(Objects::nonNull).findFirst().orElse("");
    }

    private static String line(Event event) {
        boolean repeated = event.getCount() != null && event.getCount() > 1;
        return time(event) + "  " + event.getType() + "  " + event.getReason() + "  " + String.valueOf(event.getMessage()).strip()
                + (repeated ? " (" + event.getCount() + " times)" : "") + "\n";
    }
}
